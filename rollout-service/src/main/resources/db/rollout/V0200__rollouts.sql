-- A candidate on its way to be a task's baseline. Every change holds the task's row first, then this.
CREATE TABLE rollout (
  id uuid PRIMARY KEY,
  task_type text NOT NULL REFERENCES task,
  risk text NOT NULL CHECK (risk IN ('LOW', 'MEDIUM', 'HIGH')),
  baseline text NOT NULL REFERENCES model,
  candidate text NOT NULL REFERENCES model,
  state text NOT NULL CHECK (state IN
    ('WAITING_FOR_APPROVAL', 'RUNNING', 'PAUSED', 'PROMOTED', 'ROLLED_BACK', 'CANCELLED')),
  -- Of one that is paused: what it is again when it is resumed.
  paused_from text CHECK (paused_from IN ('WAITING_FOR_APPROVAL', 'RUNNING')),
  -- The stage it is in, or that it waits to be let into.
  stage integer NOT NULL CHECK (stage >= 0),
  -- JSON, escaped to ASCII: the plan, what the watch and the guard were set to, what let the rollout
  -- through the gate, and what the guard said last.
  stages text NOT NULL,
  settings text NOT NULL,
  gate text NOT NULL,
  guard text,
  -- The set that the gate's answer holds for.
  rule_set text NOT NULL,
  -- Since when the stage's traffic has been looked at without a pause.
  stage_since timestamptz NOT NULL,
  steps integer NOT NULL DEFAULT 0,
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK (candidate <> baseline),
  CHECK ((state = 'PAUSED') = (paused_from IS NOT NULL)),
  CHECK ((state IN ('PROMOTED', 'ROLLED_BACK', 'CANCELLED')) = (ended_at IS NOT NULL))
);

-- One at a time for each task.
CREATE UNIQUE INDEX rollout_of_task ON rollout (task_type) WHERE ended_at IS NULL;

-- What became of it, step by step; a number is taken once.
CREATE TABLE rollout_step (
  rollout_id uuid NOT NULL REFERENCES rollout,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  action text NOT NULL,
  actor text NOT NULL,
  state text NOT NULL,
  stage integer NOT NULL,
  -- JSON, escaped to ASCII: why, with the numbers.
  detail text NOT NULL,
  PRIMARY KEY (rollout_id, number)
);

REVOKE UPDATE, DELETE, TRUNCATE ON rollout_step FROM ${app_role};

-- The rollout that is under way; its end takes this away in the same transaction.
ALTER TABLE task ADD COLUMN rollout_id uuid REFERENCES rollout;
