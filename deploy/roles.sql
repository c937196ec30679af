-- The three database roles. Run once as a superuser, on any server; running it again is harmless:
--     psql --dbname=postgres --file=deploy/roles.sql
-- Passwords, or better certificates, are set by whoever runs the server: ALTER ROLE … PASSWORD …
-- Then: CREATE DATABASE memorial OWNER owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
-- What each role may read is granted by `manage.py migrate`, from the models' PUBLIC declarations.
DO $$
DECLARE
    wanted text;
BEGIN
    -- owner: migrations. staff_rw: the editors' office. site_ro: the readers' site.
    FOREACH wanted IN ARRAY ARRAY['owner', 'staff_rw', 'site_ro'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', wanted);
        END IF;
        EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS', wanted);
    END LOOP;
END
$$;
-- The office makes what it hands to readers as a reader would (the data package), with no more rights than one.
GRANT site_ro TO staff_rw;
-- Belt and braces: even a query that may write elsewhere cannot write as a reader.
ALTER ROLE site_ro SET default_transaction_read_only = on;
