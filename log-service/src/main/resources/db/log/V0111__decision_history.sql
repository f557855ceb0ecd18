-- Who decided and why, and what the decision replaced.
ALTER TABLE decision
  ADD COLUMN before text,
  ADD COLUMN reviewer text,
  -- A JSON string.
  ADD COLUMN reason bytea;

CREATE INDEX decision_of_entry ON decision (day, id);

-- What waits for a person, in the order in which it came.
CREATE INDEX entry_pending ON entry (day, ts, id) WHERE decision = 'pending';
