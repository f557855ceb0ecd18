-- What lists are filtered by, in one index: few values each, so that equal ones share their entry and
-- the index stays a sixth of the one by time. A filter on any of the columns skips from value to value
-- (PostgreSQL 18; before, it reads the whole of this small index), so that one that matches nothing
-- does not go through a month of entries.
CREATE INDEX entry_values ON entry (environment, variant, decision, task_type, model);

-- For the few entries above a high confidence; most are found by time.
CREATE INDEX entry_confidence ON entry (confidence);

-- The words of each entry's prompt and speech, by their hashes: written when the day is closed.
CREATE TABLE word (
  day date NOT NULL,
  id uuid NOT NULL,
  hashes integer[] NOT NULL,
  PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);

CREATE INDEX word_hashes ON word USING gin (hashes);

-- Days whose entries, but the late ones, all have their words.
CREATE TABLE indexed_day (day date PRIMARY KEY);

-- Makes the partitions of one day, unless they are there. A partition is made apart and attached
-- when it is complete, which no insert into other days waits for. The lock lets one session at a
-- time do so, and none that inserts ever takes it.
--
-- AC001: the day is past the retention. AC002: the day's payloads are just being dropped.
CREATE OR REPLACE FUNCTION ensure_day(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $ensure_day$
DECLARE
  parent text;
  part text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('acey.log.ensure_day', 0));
  IF wanted < (SELECT dropped_before FROM retention) THEN
    RAISE EXCEPTION 'the day % is past the retention', wanted USING ERRCODE = 'AC001';
  END IF;
  FOREACH parent IN ARRAY ARRAY['entry', 'payload', 'word'] LOOP
    part := parent || to_char(wanted, '_YYYYMMDD');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
      EXECUTE format(
        'ALTER TABLE %I ADD CHECK (day >= %L AND day < %L)', part, wanted, wanted + 1);
      EXECUTE format(
        'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        parent, part, wanted, wanted + 1);
    ELSIF NOT EXISTS (
      SELECT FROM pg_inherits WHERE inhrelid = to_regclass(part) AND NOT inhdetachpending
    ) THEN
      RAISE EXCEPTION 'the partition % is being dropped', part USING ERRCODE = 'AC002';
    END IF;
  END LOOP;
END
$ensure_day$;
