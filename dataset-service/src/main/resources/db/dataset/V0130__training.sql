-- Jobs that read a version: while one has not ended, the version is not deleted.
CREATE TABLE version_use (
  job_id uuid PRIMARY KEY,
  version_id uuid NOT NULL REFERENCES dataset_version
);

CREATE INDEX version_use_of ON version_use (version_id);

-- What others have to say to a training; how far it is is its job's business (kind "finetune").
CREATE TABLE training (
  job_id uuid PRIMARY KEY,
  cancel_requested boolean NOT NULL DEFAULT false,
  -- Since when it is known that its dataset held calls of somebody who was erased.
  stale_since timestamptz
);
