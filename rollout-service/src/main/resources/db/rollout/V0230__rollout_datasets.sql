-- What the models of a rollout had learned from when it began: JSON, escaped to ASCII, by model.
ALTER TABLE rollout ADD COLUMN datasets text NOT NULL DEFAULT '{}';
