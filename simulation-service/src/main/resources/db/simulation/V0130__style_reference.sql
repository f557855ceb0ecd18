-- The voice a task is held against, pinned by a person. Its sample holds numbers about outputs and
-- the ids of their log entries, and nothing of what was said.
CREATE TABLE style_reference (
  task_type text PRIMARY KEY,
  source bytea NOT NULL,
  outputs integer NOT NULL,
  sample bytea NOT NULL,
  pinned_by text NOT NULL,
  pinned_at timestamptz NOT NULL
);
