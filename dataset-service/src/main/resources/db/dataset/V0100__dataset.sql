-- Numbers the versions of a task's dataset; a number is never given twice.
CREATE TABLE dataset (
  task_type text PRIMARY KEY,
  last_version integer NOT NULL CHECK (last_version > 0)
);

-- A version that was published. Its row stays when it is deleted, so that its number stays taken
-- and its readers learn that it is gone.
CREATE TABLE dataset_version (
  id uuid PRIMARY KEY,
  task_type text NOT NULL REFERENCES dataset,
  version integer NOT NULL CHECK (version > 0),
  job_id uuid NOT NULL,
  format text NOT NULL,
  examples bigint NOT NULL CHECK (examples > 0),
  bytes bigint NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz,
  UNIQUE (task_type, version),
  UNIQUE (job_id, task_type)
);

CREATE INDEX dataset_version_newest ON dataset_version (id DESC) WHERE deleted_at IS NULL;

-- What a preparation came to, written with the versions it made: it publishes once, whoever ends it.
CREATE TABLE preparation (
  job_id uuid PRIMARY KEY,
  result text NOT NULL
);
