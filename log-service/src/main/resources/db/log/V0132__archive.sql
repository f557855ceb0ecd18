-- Days that stand as files.
CREATE TABLE archived_day (
  day date PRIMARY KEY,
  entries bigint NOT NULL,
  at timestamptz NOT NULL,
  -- How often the files were asked to be written anew, and up to which of these they were.
  asked bigint NOT NULL DEFAULT 0,
  written bigint NOT NULL DEFAULT 0
);

-- People whose entries are being taken out of the archive, until it is done.
CREATE TABLE erasing (
  job uuid PRIMARY KEY,
  user_hash bytea NOT NULL,
  -- How many entries were taken out.
  logs bigint NOT NULL DEFAULT 0
);
