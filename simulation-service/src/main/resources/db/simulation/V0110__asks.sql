-- What has been asked of models for a simulation: calls made, and US dollars in billionths, with what
-- those under way may cost at most.
ALTER TABLE simulation
  ADD COLUMN calls integer NOT NULL DEFAULT 0,
  ADD COLUMN nanodollars bigint NOT NULL DEFAULT 0;

-- The right answer as a person gave it, JSON as UTF-8 bytes; null where nobody did.
ALTER TABLE simulation_case ADD COLUMN demonstration bytea;

-- What a model is asked about a case, once for each purpose. An answer that is here is never asked
-- for again.
CREATE TABLE simulation_ask (
  simulation uuid NOT NULL,
  position integer NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('candidate', 'judge', 'judge_swapped')),
  -- Grows with each call; an answer counts only for the last one.
  calls integer NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  -- The call that is under way has ended by then; null when none is.
  until timestamptz,
  -- JSON as UTF-8 bytes: the answer, or how the last call failed; null before.
  answer bytea,
  PRIMARY KEY (simulation, position, purpose),
  FOREIGN KEY (simulation, position) REFERENCES simulation_case ON DELETE CASCADE
);

CREATE INDEX simulation_ask_under_way ON simulation_ask (until) WHERE until IS NOT NULL;
