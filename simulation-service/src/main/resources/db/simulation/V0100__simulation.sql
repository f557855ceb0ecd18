-- A simulation as it was asked for; how far it is and what came of it is its job's business (kind
-- "simulate", named by this id).
CREATE TABLE simulation (
  id uuid PRIMARY KEY,
  idempotency_key text UNIQUE,
  request_hash text NOT NULL,
  created_at timestamptz NOT NULL
);

-- One prompt of a simulation: the log entry, what a candidate answered, and what the rules make of
-- both. JSON as UTF-8 bytes, because PostgreSQL's text cannot hold everything a client may send.
CREATE TABLE simulation_case (
  simulation uuid NOT NULL REFERENCES simulation ON DELETE CASCADE,
  position integer NOT NULL,
  task_type text NOT NULL,
  log_id uuid,
  entry bytea NOT NULL,
  candidate bytea,
  result bytea,
  PRIMARY KEY (simulation, position)
);
