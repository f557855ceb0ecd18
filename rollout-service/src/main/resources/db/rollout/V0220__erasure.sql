-- Erasures of people, which every replica sees to on its own disk. A person is a keyed hash.
CREATE TABLE erasure (
  version bigint PRIMARY KEY,
  person text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO revision (topic, version) VALUES ('erasures', 0);

-- The spools that replicas keep on their disks, and the erasure up to which each has let go of what
-- the erased said.
CREATE TABLE spool (
  id uuid PRIMARY KEY,
  erased_version bigint NOT NULL,
  seen_at timestamptz NOT NULL
);
