-- Decisions and feedback whose entry has not arrived yet, in the order in which they came.
CREATE TABLE early (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  -- JSON, as it was commanded.
  command bytea NOT NULL,
  at timestamptz NOT NULL
);

CREATE INDEX early_for_entry ON early (day, id);
