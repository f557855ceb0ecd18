-- What a rollout's guard is told, once for each call of a rollout and for each feedback on it.
-- Rows are read in the order of (xid, seq), and only where xid is below the snapshot's xmin: every
-- transaction below it has ended, so nothing can appear behind a place that was read. Rows are
-- never changed. A day's rows go with its entries:
-- DELETE FROM observation WHERE day = …
CREATE TABLE observation (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq bigint GENERATED ALWAYS AS IDENTITY,
  day date NOT NULL,
  -- The entry.
  id uuid NOT NULL,
  rollout_id text NOT NULL,
  stage integer,
  variant text,
  environment text NOT NULL,
  -- When the call was made, or the feedback given.
  at timestamptz NOT NULL,
  -- Of a call.
  served_by text,
  key_hash text,
  failed boolean,
  decision text,
  response_time double precision,
  confidence double precision,
  -- Of feedback: what it is about, within 0 and 1.
  metric text,
  score double precision,
  PRIMARY KEY (xid, seq)
);

CREATE INDEX observation_of_rollout ON observation (rollout_id, xid, seq);
CREATE INDEX observation_by_day ON observation USING brin (day);
