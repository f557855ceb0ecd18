-- How far each rollout under way has been watched. One replica at a time does, under a lease; every
-- write of it names the fence that it got with the lease.
CREATE TABLE rollout_watch (
  rollout_id uuid PRIMARY KEY REFERENCES rollout,
  fence bigint NOT NULL DEFAULT 0,
  lease_until timestamptz,
  due_at timestamptz NOT NULL,
  -- The place in log-service's feed of observations.
  position text,
  -- The tick that is next.
  next_tick bigint,
  -- Of the last tick that was kept: its stage, and since when that was; null before the first.
  stage integer,
  since timestamptz,
  -- The guard's state after it, as JSON.
  guard text
);

-- What was read from the feed and waits for its tick.
CREATE TABLE rollout_observation (
  rollout_id uuid NOT NULL REFERENCES rollout,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  stage integer,
  candidate boolean NOT NULL,
  shadow boolean NOT NULL,
  -- Of a call.
  key_hash text,
  failed boolean,
  rejected boolean,
  slow boolean,
  confidence double precision,
  -- Of feedback.
  positive boolean,
  PRIMARY KEY (rollout_id, seq)
);

CREATE INDEX rollout_observation_at ON rollout_observation (rollout_id, at);

-- How often calls of a stickiness key were counted.
CREATE TABLE rollout_key (
  rollout_id uuid NOT NULL REFERENCES rollout,
  key_hash text NOT NULL,
  shadow boolean NOT NULL,
  candidate boolean NOT NULL,
  counted smallint NOT NULL,
  stage smallint NOT NULL,
  PRIMARY KEY (rollout_id, key_hash, shadow, candidate)
);

-- What the guard saw and said, tick by tick: the evidence. Counts and verdict are JSON.
CREATE TABLE rollout_tick (
  rollout_id uuid NOT NULL REFERENCES rollout,
  tick bigint NOT NULL,
  since timestamptz NOT NULL,
  counts text NOT NULL,
  verdict text NOT NULL,
  PRIMARY KEY (rollout_id, tick)
);

REVOKE UPDATE, DELETE, TRUNCATE ON rollout_tick FROM ${app_role};
