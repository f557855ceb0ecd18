-- Every replica keeps the models in memory: live calls go on while the database is away.
INSERT INTO revision (topic, version) VALUES ('models', 1);

CREATE TRIGGER model_changed AFTER INSERT OR UPDATE OR DELETE ON model
  FOR EACH STATEMENT EXECUTE FUNCTION revision_next('models');

-- How a streamed answer reaches the client: judged before it, or as it comes and judged after.
ALTER TABLE task ADD COLUMN streaming text NOT NULL DEFAULT 'BUFFERED'
  CHECK (streaming IN ('BUFFERED', 'PASSTHROUGH'));
