-- The audit trail: append-only, each row chained to the one before by its hash.
CREATE TABLE audit (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail text NOT NULL,
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE INDEX audit_subject ON audit (subject, seq);
CREATE INDEX audit_at ON audit (at);

-- The application role adds and reads; it never changes what is there. Neither does it touch the
-- record of migrations.
REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM ${app_role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON flyway_schema_history FROM ${app_role};

-- One field as the hash sees it: its length in bytes (4 bytes, big-endian), then its UTF-8.
CREATE FUNCTION audit_field(field text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT
RETURN int4send(octet_length(convert_to(field, 'UTF8'))) || convert_to(field, 'UTF8');

-- Appends one row within the caller's transaction and returns its seq. The lock is held until that
-- transaction ends, so that rows become visible in the order of seq and nobody chains to a row that
-- may still be rolled back. It is volatile on purpose: each of its statements sees what was
-- committed while it waited for the lock.
--
-- hash = sha256(previous_hash, seq, at in milliseconds (8 bytes each, big-endian), and the fields
-- actor, action, subject, detail).
CREATE FUNCTION audit_append(
  at_millis bigint, actor text, action text, subject text, detail text
) RETURNS bigint
LANGUAGE plpgsql VOLATILE
AS $append$
DECLARE
  last_seq bigint;
  last_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('acey.audit.' || current_schema(), 0));
  SELECT a.seq, a.hash INTO last_seq, last_hash FROM audit a ORDER BY a.seq DESC LIMIT 1;
  IF last_seq IS NULL THEN
    last_seq := 0;
    last_hash := decode(repeat('00', 32), 'hex');
  END IF;
  INSERT INTO audit (seq, at, actor, action, subject, detail, previous_hash, hash)
  VALUES (
    last_seq + 1,
    timestamptz 'epoch' + at_millis * interval '1 millisecond',
    audit_append.actor, audit_append.action, audit_append.subject, audit_append.detail,
    last_hash,
    sha256(
      last_hash || int8send(last_seq + 1) || int8send(at_millis)
      || audit_field(audit_append.actor) || audit_field(audit_append.action)
      || audit_field(audit_append.subject) || audit_field(audit_append.detail))
  );
  RETURN last_seq + 1;
END
$append$;
