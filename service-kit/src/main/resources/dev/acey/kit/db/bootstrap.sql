-- What a superuser runs once for each service, before the service's first migration, in the
-- database the services share. Running it again changes nothing but the passwords, which become
-- the ones given.
--
-- Whoever runs it replaces ${schema} (^[a-z][a-z0-9_]*$), ${owner_password} and ${app_password}
-- (both without quotes) in the text. The owner role migrates; the application role works with the
-- tables and owns nothing.

BEGIN;

-- Roles and the schema "public" belong to everybody: services bootstrap one after the other.
DO $bootstrap$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('acey.bootstrap', 0));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'acey_${schema}_owner') THEN
    CREATE ROLE "acey_${schema}_owner";
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'acey_${schema}_app') THEN
    CREATE ROLE "acey_${schema}_app";
  END IF;
END
$bootstrap$;

ALTER ROLE "acey_${schema}_owner" WITH LOGIN PASSWORD '${owner_password}';
ALTER ROLE "acey_${schema}_app" WITH LOGIN PASSWORD '${app_password}';
ALTER ROLE "acey_${schema}_owner" SET search_path = "${schema}";
ALTER ROLE "acey_${schema}_app" SET search_path = "${schema}";

CREATE SCHEMA IF NOT EXISTS "${schema}";
ALTER SCHEMA "${schema}" OWNER TO "acey_${schema}_owner";

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA "${schema}" FROM PUBLIC;
GRANT USAGE ON SCHEMA "${schema}" TO "acey_${schema}_app";

ALTER DEFAULT PRIVILEGES FOR ROLE "acey_${schema}_owner" IN SCHEMA "${schema}"
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "acey_${schema}_app";
ALTER DEFAULT PRIVILEGES FOR ROLE "acey_${schema}_owner" IN SCHEMA "${schema}"
  GRANT USAGE, SELECT ON SEQUENCES TO "acey_${schema}_app";

-- What PUBLIC has by default can only be taken away for all schemas at once.
ALTER DEFAULT PRIVILEGES FOR ROLE "acey_${schema}_owner"
  REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "acey_${schema}_owner" IN SCHEMA "${schema}"
  GRANT EXECUTE ON ROUTINES TO "acey_${schema}_app";

COMMIT;
