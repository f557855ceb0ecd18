-- For how long an answer is given again to the same question of the same user; 0: never.
ALTER TABLE task ADD COLUMN cache_seconds integer NOT NULL DEFAULT 0
  CHECK (cache_seconds BETWEEN 0 AND 86400);

-- Raised when every replica has to forget what it keeps.
INSERT INTO revision (topic, version) VALUES ('response_cache', 1);
