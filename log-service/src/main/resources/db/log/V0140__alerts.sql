-- From where on figures are too bad: the guide's thresholds until somebody sets others. One row.
CREATE TABLE alert_threshold (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  error_rate double precision NOT NULL,
  -- Milliseconds, at the 95th percentile.
  response_time double precision NOT NULL,
  confidence_drop double precision NOT NULL,
  rejection_rate double precision NOT NULL,
  minimum_sample integer NOT NULL,
  window_seconds integer NOT NULL
);

INSERT INTO alert_threshold (error_rate, response_time, confidence_drop, rejection_rate,
  minimum_sample, window_seconds)
VALUES (0.05, 2000, 0.1, 0.2, 50, 900);

-- When figures were last looked at. One row, which is locked while one replica looks.
CREATE TABLE alert_look (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at timestamptz NOT NULL
);

INSERT INTO alert_look (at) VALUES (timestamptz 'epoch');

CREATE TABLE alert (
  id uuid PRIMARY KEY,
  rule text NOT NULL,
  task_type text NOT NULL,
  -- Empty for calls that no route assigned.
  variant text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
  value double precision NOT NULL,
  threshold double precision NOT NULL,
  since timestamptz NOT NULL,
  -- How many looks in a row speak for the next change.
  looks integer NOT NULL,
  unseen_since timestamptz,
  resolved_at timestamptz,
  reason text,
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
);

CREATE UNIQUE INDEX alert_open ON alert (rule, task_type, variant) WHERE state <> 'resolved';
CREATE INDEX alert_newest ON alert (since DESC, id DESC);
CREATE INDEX alert_resolved ON alert (resolved_at);

REVOKE INSERT, DELETE, TRUNCATE ON alert_threshold, alert_look FROM ${app_role};
