-- Where the keys of a task go while a candidate is tried; a task without a row has its baseline alone.
CREATE TABLE flag (
  task_type text PRIMARY KEY REFERENCES task,
  candidate text REFERENCES model,
  salt text,
  -- Shares in basis points: of the keys, and of the baseline's requests.
  weight integer NOT NULL CHECK (weight BETWEEN 0 AND 10000),
  shadow_share integer NOT NULL CHECK (shadow_share BETWEEN 0 AND 10000),
  rollout_id uuid,
  stage integer CHECK (stage >= 0),
  -- Since when the kill switch holds the task at its baseline.
  killed_at timestamptz,
  version bigint NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((candidate IS NULL) = (salt IS NULL)),
  CHECK (candidate IS NOT NULL OR (killed_at IS NOT NULL AND rollout_id IS NULL)),
  CHECK (killed_at IS NULL OR (weight = 0 AND shadow_share = 0)),
  CHECK (stage IS NULL OR rollout_id IS NOT NULL)
);

-- Replicas read tasks and flags together.
CREATE TRIGGER flag_changed AFTER INSERT OR UPDATE OR DELETE ON flag
  FOR EACH STATEMENT EXECUTE FUNCTION revision_next('tasks');
