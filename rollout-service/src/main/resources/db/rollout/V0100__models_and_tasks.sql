-- What every replica keeps a copy of in memory: one row a topic, its version grows with each change.
CREATE TABLE revision (
  topic text PRIMARY KEY,
  version bigint NOT NULL
);

INSERT INTO revision (topic, version) VALUES ('tasks', 1);

-- Wakes the replicas when the change is committed; a poll finds what a lost connection missed.
CREATE FUNCTION revision_notify() RETURNS trigger
LANGUAGE plpgsql
AS $notify$
BEGIN
  PERFORM pg_notify('acey_rollout', NEW.topic);
  RETURN NULL;
END
$notify$;

CREATE TRIGGER revision_changed AFTER UPDATE ON revision
  FOR EACH ROW EXECUTE FUNCTION revision_notify();

-- On a table whose rows are a topic: names the topic as its argument.
CREATE FUNCTION revision_next() RETURNS trigger
LANGUAGE plpgsql
AS $next$
BEGIN
  UPDATE revision SET version = version + 1 WHERE topic = TG_ARGV[0];
  RETURN NULL;
END
$next$;

CREATE TABLE model (
  name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9._-]{0,63}$'),
  base_url text NOT NULL,
  upstream_model text NOT NULL,
  -- The name of a key, never the key.
  api_key_ref text,
  timeout_ms integer NOT NULL CHECK (timeout_ms > 0),
  -- US dollars for a million tokens.
  prompt_per_million double precision CHECK (prompt_per_million >= 0),
  completion_per_million double precision CHECK (completion_per_million >= 0),
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((prompt_per_million IS NULL) = (completion_per_million IS NULL))
);

CREATE INDEX model_newest ON model (created_at DESC, name);

CREATE TABLE task (
  task_type text PRIMARY KEY CHECK (task_type ~ '^[a-z][a-z0-9_-]{0,63}$'),
  baseline text REFERENCES model,
  candidate text REFERENCES model,
  risk text CHECK (risk IN ('LOW', 'MEDIUM', 'HIGH')),
  -- JSON in UTF-8, {key: model}: keys are the clients' own.
  overrides bytea NOT NULL,
  -- The baselines before this one, newest first.
  previous_baselines text[] NOT NULL,
  version bigint NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK (baseline IS NOT NULL OR (candidate IS NULL AND overrides = '{}')),
  CHECK (candidate <> baseline)
);

CREATE TRIGGER task_changed AFTER INSERT OR UPDATE OR DELETE ON task
  FOR EACH STATEMENT EXECUTE FUNCTION revision_next('tasks');
