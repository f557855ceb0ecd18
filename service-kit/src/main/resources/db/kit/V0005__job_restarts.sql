-- A job that failed or was cancelled can be restarted, which is counted.
ALTER TABLE job ADD COLUMN restarts integer NOT NULL DEFAULT 0;
