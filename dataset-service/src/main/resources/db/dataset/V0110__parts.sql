-- The parts of a version's split, as JSON: name, count, bytes and sha256 of each. What was made
-- before there were splits is one part.
ALTER TABLE dataset_version ADD COLUMN parts text;

UPDATE dataset_version
SET parts = json_build_array(json_build_object(
  'name', 'train', 'count', examples, 'bytes', bytes, 'sha256', sha256,
  'sourceBytes', 0, 'sourceSha256', ''))::text;

ALTER TABLE dataset_version ALTER COLUMN parts SET NOT NULL;
