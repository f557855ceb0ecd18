-- When a task passes a simulation, where that was decided otherwise than by default.
CREATE TABLE task_criteria (
  task_type text PRIMARY KEY,
  -- Counts the changes.
  version integer NOT NULL,
  -- JSON as UTF-8 bytes, with who changed it and why.
  criteria bytea NOT NULL
);
