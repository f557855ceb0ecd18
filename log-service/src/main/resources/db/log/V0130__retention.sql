-- How long what is stored is kept: one row, by which all replicas go.
CREATE TABLE retention (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Days; null: as configured.
  log_days integer,
  payload_days integer,
  archive_days integer,
  -- Entries of earlier days are gone, or about to go. It only grows, and no partition is made for
  -- them again, however the days are changed: nothing is acknowledged that is about to be dropped.
  dropped_before date NOT NULL DEFAULT DATE '1970-01-01'
);

INSERT INTO retention DEFAULT VALUES;

REVOKE INSERT, DELETE ON retention FROM ${app_role};

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
  FOREACH parent IN ARRAY ARRAY['entry', 'payload'] LOOP
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
