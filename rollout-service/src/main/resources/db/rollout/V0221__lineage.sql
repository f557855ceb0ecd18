-- What a model that was trained here learned from.
CREATE TABLE model_lineage (
  model text PRIMARY KEY REFERENCES model,
  dataset text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  sha256 text NOT NULL,
  training uuid NOT NULL,
  -- Since when it is known that the dataset held calls of somebody who was erased.
  stale_since timestamptz
);
