-- Rule sets are named by their content: a row is never changed.
CREATE TABLE rule_set (
  hash text PRIMARY KEY CHECK (hash ~ '^sha256:[0-9a-f]{64}$'),
  -- Canonical JSON, of which the hash is.
  canonical bytea NOT NULL,
  -- As it was posted, comments and all.
  source bytea NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE INDEX rule_set_newest ON rule_set (created_at DESC, hash);

-- The latest is the active one. The version is that of the topic, so that they follow one another.
CREATE TABLE rule_activation (
  version bigint PRIMARY KEY,
  hash text NOT NULL REFERENCES rule_set,
  activated_at timestamptz NOT NULL
);

CREATE INDEX rule_activation_of ON rule_activation (hash, version DESC);

REVOKE UPDATE, DELETE, TRUNCATE ON rule_set, rule_activation FROM ${app_role};

-- Version 0: nothing was ever activated.
INSERT INTO revision (topic, version) VALUES ('rules', 0);
