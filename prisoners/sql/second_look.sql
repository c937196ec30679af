-- The second pair of eyes (domain, «How a small staff works»; docs/decisions/0016).
--
-- Who acts is what memorial.actor says: `staff:7`, `command:…`. Two named actors at once are written
-- `one & other`: the second one has looked at what the first one wrote (the invented world does so).
-- Rows written by the owner of the tables without a name are those of migrations and of a restore,
-- and are taken as they are; the web roles never act without one.

CREATE OR REPLACE FUNCTION memorial_is_maintenance(actor text) RETURNS boolean LANGUAGE sql STABLE
-- The role of the session, not of the function, which runs with the owner's rights.
RETURN actor = '' AND (CASE current_setting('role') WHEN 'none' THEN session_user::text
                       ELSE current_setting('role') END) NOT IN ('staff_rw', 'site_ro');

-- Writes down who entered what, anew; whoever confirmed or returned the former text did so to that text.
CREATE OR REPLACE FUNCTION memorial_note_look(person bigint, fact text, fact_id bigint, asked text, actor text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM prisoners_secondlook l
     WHERE CASE fact WHEN 'recognition' THEN l.recognition_id = fact_id
                     WHEN 'end_of_custody' THEN l.end_of_custody_id = fact_id
                     WHEN 'death' THEN l.death_id = fact_id
                     ELSE l.prisoner_id = person AND l.recognition_id IS NULL
                          AND l.end_of_custody_id IS NULL AND l.death_id IS NULL END;
    INSERT INTO prisoners_secondlook
        (prisoner_id, recognition_id, end_of_custody_id, death_id, wanted, entered_by, entered_at,
         confirmed_by, confirmed_at, returned_word, returned_by)
    VALUES (person,
            CASE fact WHEN 'recognition' THEN fact_id END,
            CASE fact WHEN 'end_of_custody' THEN fact_id END,
            CASE fact WHEN 'death' THEN fact_id END,
            asked, split_part(actor, ' & ', 1), clock_timestamp(),
            split_part(actor, ' & ', 2),
            CASE WHEN split_part(actor, ' & ', 2) <> '' THEN clock_timestamp() END, '', '');
END $$;

-- A fact that needs two people. Arguments: its name in the table of looks, then the columns that make it
-- what it is. Written or changed in these, it is not verified until another account says so.
CREATE OR REPLACE FUNCTION memorial_wait_for_second_look() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := coalesce(current_setting('memorial.actor', true), '');
    given jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    before jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END;
    is_new boolean := TG_OP = 'INSERT';
    look record;
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM prisoners_secondlook l
         WHERE OLD.id = CASE TG_ARGV[0] WHEN 'recognition' THEN l.recognition_id
                        WHEN 'end_of_custody' THEN l.end_of_custody_id ELSE l.death_id END;
        RETURN OLD;
    END IF;
    IF memorial_is_maintenance(actor) THEN RETURN NEW; END IF;
    FOREACH name IN ARRAY TG_ARGV[1:] LOOP
        is_new := is_new OR given -> name IS DISTINCT FROM before -> name;
    END LOOP;
    IF is_new THEN
        PERFORM memorial_note_look(NEW.prisoner_id, TG_ARGV[0], NEW.id,
            CASE WHEN NEW.verification = 'unverified' THEN '' ELSE NEW.verification END, actor);
        IF split_part(actor, ' & ', 2) = '' THEN NEW.verification := 'unverified'; END IF;
    ELSIF NEW.verification = 'unverified' AND OLD.verification <> 'unverified' THEN
        -- Hidden by one person; shown again it is looked at again.
        UPDATE prisoners_secondlook l SET wanted = '', confirmed_by = '', confirmed_at = NULL
         WHERE NEW.id = CASE TG_ARGV[0] WHEN 'recognition' THEN l.recognition_id
                        WHEN 'end_of_custody' THEN l.end_of_custody_id ELSE l.death_id END;
    ELSIF NEW.verification <> 'unverified' AND OLD.verification = 'unverified' THEN
        SELECT l.id, l.entered_by INTO look FROM prisoners_secondlook l
         WHERE NEW.id = CASE TG_ARGV[0] WHEN 'recognition' THEN l.recognition_id
                        WHEN 'end_of_custody' THEN l.end_of_custody_id ELSE l.death_id END;
        IF look.id IS NOT NULL AND actor <> '' AND look.entered_by <> actor THEN
            UPDATE prisoners_secondlook l
               SET wanted = NEW.verification, confirmed_by = actor, confirmed_at = clock_timestamp(),
                   returned_word = '', returned_by = ''
             WHERE l.id = look.id;
        ELSE
            PERFORM memorial_note_look(NEW.prisoner_id, TG_ARGV[0], NEW.id, NEW.verification, actor);
            IF split_part(actor, ' & ', 2) = '' THEN NEW.verification := 'unverified'; END IF;
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- The page of somebody under 18, accused of treason, and so on, is published by another person than the one
-- who sent it for review. What makes a page such is said in cases/sql/second_look.sql, where all is known.
CREATE OR REPLACE FUNCTION memorial_publish_by_two() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := coalesce(current_setting('memorial.actor', true), '');
    was text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
    look record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM prisoners_secondlook l WHERE l.prisoner_id = OLD.id;
        RETURN OLD;
    END IF;
    IF NEW.state = was OR memorial_is_maintenance(actor) THEN RETURN NEW; END IF;
    SELECT l.id, l.entered_by INTO look FROM prisoners_secondlook l
     WHERE l.prisoner_id = NEW.id AND l.recognition_id IS NULL
       AND l.end_of_custody_id IS NULL AND l.death_id IS NULL;
    IF NEW.state = 'ready' THEN
        PERFORM memorial_note_look(NEW.id, '', NULL, 'published', split_part(actor, ' & ', 1));
    ELSIF NEW.state <> 'published' THEN
        DELETE FROM prisoners_secondlook l WHERE l.id = look.id;
    ELSIF split_part(actor, ' & ', 2) <> '' THEN
        PERFORM memorial_note_look(NEW.id, '', NULL, 'published', actor);
    ELSIF look.id IS NOT NULL AND actor <> '' AND look.entered_by <> actor THEN
        UPDATE prisoners_secondlook l
           SET confirmed_by = actor, confirmed_at = clock_timestamp(), returned_word = '', returned_by = ''
         WHERE l.id = look.id;
    ELSIF memorial_second_look_reasons(
        NEW.id, NEW.letters_from_abroad_harmful, partial_date_earliest(NEW.born)) <> '{}' THEN
        RAISE EXCEPTION 'published by the one who sent it for review'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoner_published_by_two';
    ELSE
        DELETE FROM prisoners_secondlook l WHERE l.id = look.id;
    END IF;
    RETURN NEW;
END $$;

-- Returns what waits to its author with a word; the author's own call, without a word, sends it again.
CREATE OR REPLACE FUNCTION memorial_return_look(look bigint, word text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := coalesce(current_setting('memorial.actor', true), '');
BEGIN
    UPDATE prisoners_secondlook l
       SET returned_word = btrim(word), returned_by = CASE WHEN btrim(word) <> '' THEN actor ELSE '' END
     WHERE l.id = look AND l.confirmed_by = '' AND l.wanted <> '' AND actor <> ''
       AND (btrim(word) <> '') = (l.entered_by <> actor);
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION memorial_return_look(bigint, text) IS 'called by staff_rw';
