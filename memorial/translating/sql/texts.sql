-- What translations were made from, and the way of a translation to readers.

-- The digest of a text: spaces of all kinds count as one, soft hyphens as none. Like `text_digest` in Python.
CREATE OR REPLACE FUNCTION memorial_text_digest(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(btrim(regexp_replace(
        translate(given, U&'\00A0\202F\2009\00AD', '   '), '[ \t\r\n\f\v]+', ' ', 'g'), ' '), 'UTF8')), 'hex')
$$;

-- The last entry of a row's history. By its index; a row has some dozens.
CREATE OR REPLACE FUNCTION memorial_history_mark(of_table text, of_row text) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT h.id FROM base_historyentry h
                      WHERE h."table" = of_table AND h."row" = of_row ORDER BY h.id DESC LIMIT 1), 0)
$$;

-- Arguments: the column of the primary key, the languages other than Russian, then the translated fields. The setting `memorial.texts` says how
-- the texts were written: 'written' in a form beside the Russian, 'minor' the same with a slight change of the
-- Russian, 'translated <column>' at the desk; nothing by imports, commands, scripts and bulk writes.
CREATE OR REPLACE FUNCTION memorial_note_translation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    how text := coalesce(current_setting('memorial.texts', true), '');
    was jsonb := '{}';
    is_now jsonb;
    number bigint;
    name text;
    tongue text;
    russian text;
    said text;
    said_before text;
BEGIN
    IF TG_OP = 'INSERT' AND how = '' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
    IF TG_OP = 'DELETE' THEN
        number := (was ->> TG_ARGV[0])::bigint;
        DELETE FROM translating_textsource s WHERE s."table" = TG_TABLE_NAME AND s."row" = number;
        DELETE FROM translating_draft d
         WHERE d."table" = TG_TABLE_NAME AND d."row" = number AND d.step <> 'published';
        RETURN NULL;
    END IF;
    is_now := to_jsonb(NEW);
    number := (is_now ->> TG_ARGV[0])::bigint;
    -- Shown by initials from now on: a translation on its way may hold the name.
    IF (is_now -> 'initials_only') = 'true' AND (was -> 'initials_only') = 'false' THEN
        DELETE FROM translating_draft d
         WHERE d."table" = TG_TABLE_NAME AND d."row" = number AND d.step <> 'published';
    END IF;
    FOREACH name IN ARRAY TG_ARGV[2:] LOOP
        russian := is_now ->> (name || '_ru');
        FOREACH tongue IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
            said := is_now ->> (name || '_' || tongue);
            said_before := coalesce(was ->> (name || '_' || tongue), '');
            IF said = '' THEN
                DELETE FROM translating_textsource s WHERE s."table" = TG_TABLE_NAME AND s."row" = number
                   AND s.field = name AND s.language = tongue;
            ELSIF how = 'translated ' || name || '_' || tongue
                  OR (how IN ('written', 'minor') AND said <> said_before
                      AND (said_before = '' OR memorial_text_digest(russian)
                           <> memorial_text_digest(was ->> (name || '_ru')))) THEN
                INSERT INTO translating_textsource AS s ("table", "row", field, language, digest, mark, by, at)
                VALUES (TG_TABLE_NAME, number, name, tongue, memorial_text_digest(russian),
                        memorial_history_mark(TG_TABLE_NAME, number::text),
                        left(coalesce(current_setting('memorial.actor', true), ''), 80), now())
                ON CONFLICT ("table", "row", field, language) DO UPDATE
                   SET digest = excluded.digest, mark = excluded.mark, by = excluded.by, at = excluded.at;
            ELSIF said <> said_before AND how NOT IN ('written', 'minor') THEN
                -- English from elsewhere: nobody knows what it was made from.
                DELETE FROM translating_textsource s WHERE s."table" = TG_TABLE_NAME AND s."row" = number
                   AND s.field = name AND s.language = tongue;
            ELSIF how = 'minor' AND russian <> (was ->> (name || '_ru')) THEN
                -- What was up to date stays so; what was outdated stays outdated.
                UPDATE translating_textsource s
                   SET digest = memorial_text_digest(russian),
                       mark = memorial_history_mark(TG_TABLE_NAME, number::text)
                 WHERE s."table" = TG_TABLE_NAME AND s."row" = number AND s.field = name
                   AND s.language = tongue AND s.digest = memorial_text_digest(was ->> (name || '_ru'));
            END IF;
        END LOOP;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_refuse_draft(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'draft: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- Written by who has taken it, reviewed by another person, published by right, and frozen then.
CREATE OR REPLACE FUNCTION memorial_guard_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    -- The owner of the tables without a name, as in a migration, writes for whoever has the text.
    IF actor = '' AND current_user NOT IN ('staff_rw', 'site_ro') THEN actor := NEW.holder; END IF;
    IF actor = '' THEN PERFORM memorial_refuse_draft('draft_has_somebody'); END IF;
    IF TG_OP = 'UPDATE' AND OLD.step = 'published' THEN
        IF to_jsonb(NEW) - 'version' = to_jsonb(OLD) - 'version' THEN RETURN NEW; END IF;
        PERFORM memorial_refuse_draft('draft_is_published');
    END IF;
    NEW.changed_at := now();
    IF TG_OP = 'INSERT' THEN
        IF NEW.step <> 'at_work' THEN PERFORM memorial_refuse_draft('draft_published_after_review'); END IF;
        IF NEW.holder <> actor AND NOT memorial_staff_may('translating', 'clear_texts') THEN
            PERFORM memorial_refuse_draft('draft_by_its_holder');
        END IF;
        IF NEW.cleared_digest <> '' AND NOT memorial_staff_may('translating', 'clear_texts') THEN
            PERFORM memorial_refuse_draft('draft_cleared_by_right');
        END IF;
        NEW.writers := CASE WHEN NEW.text = '' THEN '{}' ELSE ARRAY[actor] END;
        RETURN NEW;
    END IF;
    IF NEW.cleared_digest <> OLD.cleared_digest AND NEW.cleared_digest <> ''
       AND NOT memorial_staff_may('translating', 'clear_texts') THEN
        PERFORM memorial_refuse_draft('draft_cleared_by_right');
    END IF;
    IF NEW.text <> OLD.text THEN
        IF NEW.holder <> actor OR NEW.step NOT IN ('at_work', 'offered') THEN
            PERFORM memorial_refuse_draft('draft_by_its_holder');
        END IF;
        NEW.writers := array_append(array_remove(OLD.writers, actor), actor);
    ELSE
        NEW.writers := OLD.writers;
    END IF;
    IF NEW.step = 'approved' AND OLD.step <> 'approved' THEN
        IF NOT memorial_staff_may('translating', 'review_draft') THEN
            PERFORM memorial_refuse_draft('draft_reviewed_by_right');
        END IF;
        IF actor = ANY(OLD.writers) OR actor = NEW.holder THEN
            PERFORM memorial_refuse_draft('draft_reviewed_by_another');
        END IF;
        NEW.reviewed_by := actor;
        NEW.reviewed_at := now();
    ELSIF NEW.step = 'published' THEN
        IF OLD.step <> 'approved' THEN PERFORM memorial_refuse_draft('draft_published_after_review'); END IF;
        IF NOT memorial_staff_may('translating', 'publish_draft') THEN
            PERFORM memorial_refuse_draft('draft_published_by_right');
        END IF;
        NEW.reviewed_by := OLD.reviewed_by;
        NEW.published_by := actor;
        NEW.published_at := now();
    ELSIF NEW.step <> 'approved' THEN
        NEW.reviewed_by := '';
        NEW.reviewed_at := NULL;
    ELSE
        NEW.reviewed_by := OLD.reviewed_by;
    END IF;
    RETURN NEW;
END $$;
