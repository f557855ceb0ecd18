-- What people decided, each decision once, in the order of commit: whoever takes numbers holds the
-- lock of DecisionWriter until it commits, so that no lower number appears behind a higher one.
CREATE TABLE decision (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  id uuid NOT NULL,
  decision text NOT NULL,
  -- JSON, as it stood with this decision.
  final_action bytea,
  at timestamptz NOT NULL
);
