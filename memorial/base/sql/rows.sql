-- What must hold for a row by every path of writing.

CREATE OR REPLACE FUNCTION memorial_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;

-- The bare column of a translated field says Russian, else English: never what
-- happened to be the language of the last one who saved, and never a name that
-- was taken out of both languages.
CREATE OR REPLACE FUNCTION memorial_fill_bare_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    bare jsonb := '{}';
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        bare := bare || jsonb_build_object(name,
            coalesce(nullif(given ->> (name || '_ru'), ''), given ->> (name || '_en'), given ->> (name || '_ru'), ''));
    END LOOP;
    NEW := jsonb_populate_record(NEW, bare);
    RETURN NEW;
END $$;
