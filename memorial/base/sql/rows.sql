-- What must hold for a row by every path of writing.

CREATE OR REPLACE FUNCTION memorial_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;

-- The bare column of a translated field says Russian, else English, else the next language: never what
-- happened to be the language of the last one who saved, and never a name that was taken out of all of them.
-- A language that a function or an import does not know of is empty. Arguments: the languages, then the fields.
CREATE OR REPLACE FUNCTION memorial_fill_bare_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    bare jsonb := '{}';
    name text;
    tongue text;
    said text;
    shown text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV[1:] LOOP
        shown := '';
        FOREACH tongue IN ARRAY string_to_array(TG_ARGV[0], ',') LOOP
            said := given ->> (name || '_' || tongue);
            IF shown = '' THEN shown := coalesce(said, ''); END IF;
            IF said IS NULL THEN bare := bare || jsonb_build_object(name || '_' || tongue, ''); END IF;
        END LOOP;
        bare := bare || jsonb_build_object(name, shown);
    END LOOP;
    NEW := jsonb_populate_record(NEW, bare);
    RETURN NEW;
END $$;
