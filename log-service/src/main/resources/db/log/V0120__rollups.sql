-- What entries are counted under: every combination of these that came in, up to a bound. An empty
-- text and a stage of -1 stand for none, so that the combination is a plain key.
CREATE TABLE series (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_type text NOT NULL,
  environment text NOT NULL,
  variant text NOT NULL,
  model text NOT NULL,
  rollout_id text NOT NULL,
  stage integer NOT NULL,
  -- When a replica last took it into its memory; one that none uses may go.
  seen_at timestamptz NOT NULL,
  UNIQUE (task_type, environment, variant, model, rollout_id, stage)
);

ALTER TABLE entry
  ADD COLUMN series integer,
  ADD COLUMN prompt_tokens bigint,
  ADD COLUMN completion_tokens bigint;

-- What each commit added to the figures, or took from them: inserted with the entries, folded into
-- the roll-ups and deleted soon after, never updated.
CREATE TABLE delta (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The first instant of the minute; of the hour or the day for entries too old for minutes.
  start timestamptz NOT NULL,
  series integer NOT NULL,
  oldest timestamptz,
  newest timestamptz,
  -- Histograms of response times, in HdrHistogram's encoding (V2, not deflated).
  latency bytea,
  latency_taken bytea,
  entries bigint NOT NULL,
  failed bigint NOT NULL,
  approved bigint NOT NULL,
  modified bigint NOT NULL,
  rejected bigint NOT NULL,
  pending bigint NOT NULL,
  applications bigint NOT NULL,
  confidences bigint NOT NULL,
  response_times bigint NOT NULL,
  feedback bigint NOT NULL,
  positive bigint NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  confidence double precision NOT NULL,
  response_time double precision NOT NULL,
  cost double precision NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Sums of all that was folded, by the minute, the hour and the UTC day.
CREATE TABLE rollup_minute (
  start timestamptz NOT NULL,
  series integer NOT NULL,
  oldest timestamptz,
  newest timestamptz,
  latency bytea,
  entries bigint NOT NULL,
  failed bigint NOT NULL,
  approved bigint NOT NULL,
  modified bigint NOT NULL,
  rejected bigint NOT NULL,
  pending bigint NOT NULL,
  applications bigint NOT NULL,
  confidences bigint NOT NULL,
  response_times bigint NOT NULL,
  feedback bigint NOT NULL,
  positive bigint NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  confidence double precision NOT NULL,
  response_time double precision NOT NULL,
  cost double precision NOT NULL,
  PRIMARY KEY (start, series)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE rollup_hour (LIKE rollup_minute INCLUDING ALL)
  WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE TABLE rollup_day (LIKE rollup_minute INCLUDING ALL)
  WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Entries from before: all but the distribution of their response times and their tokens.
INSERT INTO series (task_type, environment, variant, model, rollout_id, stage, seen_at)
SELECT DISTINCT task_type, environment, coalesce(variant, ''), coalesce(model, ''), '', -1, now()
FROM entry;

UPDATE entry SET series = s.id
FROM series s
WHERE s.task_type = entry.task_type AND s.environment = entry.environment
  AND s.variant = coalesce(entry.variant, '') AND s.model = coalesce(entry.model, '');

INSERT INTO delta (start, series, oldest, newest, entries, failed, approved, modified, rejected,
  pending, applications, confidences, response_times, feedback, positive, prompt_tokens,
  completion_tokens, confidence, response_time, cost)
SELECT date_trunc('minute', ts), series, min(ts), max(ts), count(*),
  count(*) FILTER (WHERE failed),
  count(*) FILTER (WHERE decision = 'approved'),
  count(*) FILTER (WHERE decision = 'modified'),
  count(*) FILTER (WHERE decision = 'rejected'),
  count(*) FILTER (WHERE decision = 'pending'),
  count(*) FILTER (WHERE findings > 0),
  count(confidence), count(response_time), 0, 0, 0, 0,
  coalesce(sum(confidence), 0), coalesce(sum(response_time), 0), coalesce(sum(cost), 0)
FROM entry
GROUP BY 1, 2;
