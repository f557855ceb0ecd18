-- Hashes of the links of other services' audit trails, kept here so that nobody who owns such a trail
-- can recompute it unseen. Append-only, as the trail itself.
CREATE TABLE audit_anchor (
  service text NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  anchored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (service, seq)
);

REVOKE UPDATE, DELETE, TRUNCATE ON audit_anchor FROM ${app_role};

-- Read newest first, all of it or of one subject.
CREATE INDEX audit_newest ON audit (at, seq);
CREATE INDEX audit_subject_newest ON audit (subject, at, seq);
DROP INDEX audit_at;
DROP INDEX audit_subject;
