-- What people said about entries. An entry may have any number of these, and each stays.
CREATE TABLE feedback (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  id uuid NOT NULL,
  metric text NOT NULL,
  -- JSON: a boolean, a number from 0 to 1, or a demonstration.
  value bytea NOT NULL,
  -- True is 1, false 0; null for a demonstration.
  score double precision,
  -- A JSON string.
  comment bytea,
  reviewer text,
  at timestamptz NOT NULL
);

CREATE INDEX feedback_of_entry ON feedback (day, id);
