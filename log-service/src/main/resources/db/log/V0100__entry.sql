-- Log entries, by UTC day of the id's time, which is the day of ts as well.

-- What entries are filtered and counted by, and what a person may still change.
CREATE TABLE entry (
  day date NOT NULL,
  id uuid NOT NULL,
  ts timestamptz NOT NULL,
  task_type text NOT NULL,
  environment text NOT NULL,
  decision text,
  action text,
  variant text,
  model text,
  confidence double precision,
  response_time double precision,
  cost double precision,
  failed boolean NOT NULL,
  -- How much the rules found; null where they did not judge.
  findings integer,
  -- JSON, as bytes: a client's text may hold what a text column cannot.
  final_action bytea,
  review bytea,
  PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);

CREATE INDEX entry_in_order ON entry (day, ts, id);

-- The entry's JSON as UTF-8, without the fields that stand in columns and can change.
CREATE TABLE payload (
  day date NOT NULL,
  id uuid NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);

-- Makes the partitions of one day, unless they are there. A partition is made apart and attached
-- when it is complete, which no insert into other days waits for. The lock lets one session at a
-- time do so, and none that inserts ever takes it.
CREATE FUNCTION ensure_day(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $ensure_day$
DECLARE
  parent text;
  part text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('acey.log.ensure_day', 0));
  FOREACH parent IN ARRAY ARRAY['entry', 'payload'] LOOP
    part := parent || to_char(wanted, '_YYYYMMDD');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
      EXECUTE format(
        'ALTER TABLE %I ADD CHECK (day >= %L AND day < %L)', part, wanted, wanted + 1);
      EXECUTE format(
        'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        parent, part, wanted, wanted + 1);
    END IF;
  END LOOP;
END
$ensure_day$;
