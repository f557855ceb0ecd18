-- Durable jobs. Config, checkpoint, result and error are JSON, escaped to ASCII, so that any text a
-- client sends can be kept.
CREATE TABLE job (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  state text NOT NULL
    CHECK (state IN ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled')),
  config text NOT NULL,
  checkpoint text,
  done bigint NOT NULL DEFAULT 0,
  total bigint NOT NULL DEFAULT 0,
  eta_seconds integer,
  result text,
  error text,
  attempts integer NOT NULL DEFAULT 0,
  -- Faults and lost workers since the last checkpoint; more than a bound fails the job.
  retries integer NOT NULL DEFAULT 0,
  -- Grows with every change a reader can see.
  version bigint NOT NULL DEFAULT 1,
  -- The version at which the running worker took the job: what fences that worker's writes.
  lease_version bigint,
  lease_owner text,
  -- From when on a worker may take the job: after a back-off or a wait, or at the end of the lease
  -- it runs under. Null: not before it is woken, or never again.
  due_at timestamptz,
  cancel_requested boolean NOT NULL DEFAULT false,
  -- Woken while it ran: if it parks now, it is due at once.
  woken boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz,
  UNIQUE (kind, name),
  CHECK ((state = 'running') = (lease_version IS NOT NULL)),
  CHECK ((state IN ('completed', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
);

CREATE INDEX job_due ON job (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX job_newest ON job (kind, id DESC);
