-- When a version was withdrawn because it held calls of somebody who was erased; its files are gone.
ALTER TABLE dataset_version ADD COLUMN withdrawn_at timestamptz,
  ADD CHECK (withdrawn_at IS NULL OR deleted_at IS NOT NULL);

-- Erasures of people. The name is kept only until the person is gone everywhere.
CREATE TABLE erasure (
  id uuid PRIMARY KEY,
  person text NOT NULL,
  -- As UTF-8.
  name bytea,
  asked_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX erasure_under_way ON erasure (person) WHERE name IS NOT NULL;
