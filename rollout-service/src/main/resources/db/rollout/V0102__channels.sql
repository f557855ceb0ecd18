-- What the rules know of each channel. Names are the clients' own, as UTF-8.
CREATE TABLE channel (
  name bytea PRIMARY KEY,
  -- The state as JSON.
  state bytea NOT NULL,
  version bigint NOT NULL,
  -- What has been judged and is being logged: the entries as NDJSON, the state that follows them,
  -- and the instant they were judged at. Once the entries are stored, the state holds.
  pending_entries bytea,
  pending_state bytea,
  pending_at timestamptz,
  updated_at timestamptz NOT NULL,
  CHECK ((pending_entries IS NULL) = (pending_state IS NULL)),
  CHECK ((pending_entries IS NULL) = (pending_at IS NULL))
);

CREATE INDEX channel_pending ON channel (pending_at) WHERE pending_at IS NOT NULL;

-- Entries whose held-back intents a person let through: that changes a state once.
CREATE TABLE late_delivery (
  entry_id uuid PRIMARY KEY,
  delivered_at timestamptz NOT NULL
);

-- How far a feed has been read.
CREATE TABLE feed_position (
  feed text PRIMARY KEY,
  position bigint NOT NULL
);

INSERT INTO feed_position (feed, position) VALUES ('decisions', 0);
