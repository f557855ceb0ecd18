-- How far each feed of events has been followed, here or by any other replica. Whoever moves a
-- position does so from where it was read, in the transaction of what follows from the events.
CREATE TABLE followed (
  feed text PRIMARY KEY,
  position text NOT NULL
);

INSERT INTO followed (feed, position) VALUES
  ('log', '0-0'), ('dataset', '0-0'), ('simulation', '0-0'), ('rollout', '0-0'), ('webhooks', '0-0');

REVOKE INSERT, DELETE, TRUNCATE ON followed FROM ${app_role};

CREATE TABLE webhook (
  id uuid PRIMARY KEY,
  url text NOT NULL,
  -- Names of events, or beginnings of names with a star at their end.
  events text[] NOT NULL,
  -- The key that signs: what is behind whsec_.
  secret bytea NOT NULL CHECK (octet_length(secret) BETWEEN 24 AND 64),
  created_at timestamptz NOT NULL,
  -- When its receiver said that it is gone for good.
  disabled_at timestamptz
);

CREATE TABLE delivery (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
  event_id uuid NOT NULL,
  type text NOT NULL,
  body bytea NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  -- From when on a worker may take it; while one has it, when its lease ends.
  due_at timestamptz DEFAULT now(),
  -- Grows each time a worker takes it: what fences that worker's result.
  version bigint NOT NULL DEFAULT 0,
  -- Of the last attempt: the answer's status, why it failed, and how the answer began.
  status integer,
  error text,
  answer text,
  created_at timestamptz NOT NULL DEFAULT now(),
  attempted_at timestamptz,
  ended_at timestamptz,
  UNIQUE (webhook_id, event_id),
  CHECK ((state = 'pending') = (due_at IS NOT NULL)),
  CHECK ((state = 'pending') = (ended_at IS NULL))
);

CREATE INDEX delivery_due ON delivery (webhook_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_newest ON delivery (webhook_id, id DESC);
CREATE INDEX delivery_ended ON delivery (ended_at) WHERE ended_at IS NOT NULL;
