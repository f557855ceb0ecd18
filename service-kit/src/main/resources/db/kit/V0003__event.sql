-- The outbox: what happened here, told in the transaction in which it happened. Data is JSON, escaped
-- to ASCII, so that any text can be kept.
CREATE TABLE event (
  id uuid PRIMARY KEY,
  type text NOT NULL,
  subject text NOT NULL,
  data text NOT NULL,
  at timestamptz NOT NULL,
  -- The place in the feed. Whoever reads only what lies below the oldest transaction still running
  -- (pg_snapshot_xmin) never meets an event behind one it has read.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq bigint GENERATED ALWAYS AS IDENTITY,
  stored_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX event_place ON event (xid, seq);
CREATE INDEX event_age ON event (stored_at);

-- Appends within the caller's transaction; an id that is there already changes nothing. Whoever
-- listens is told when that transaction commits.
CREATE FUNCTION event_append(
  event_id uuid, event_type text, event_subject text, event_data text, at_millis bigint
) RETURNS bigint
LANGUAGE plpgsql VOLATILE
AS $append$
BEGIN
  INSERT INTO event (id, type, subject, data, at)
  VALUES (
    event_id, event_type, event_subject, event_data,
    timestamptz 'epoch' + at_millis * interval '1 millisecond')
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  PERFORM pg_notify('acey_event_' || current_schema(), '');
  RETURN 1;
END
$append$;
