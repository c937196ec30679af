-- Pages that become grave after they were published: somebody else looks afterwards (docs/decisions/0016, 0044).

-- Brings the rows of one person to what memorial_second_look_reasons (cases/sql) says of a published page.
CREATE OR REPLACE FUNCTION memorial_note_grave(person bigint, by_two boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := coalesce(current_setting('memorial.actor', true), '');
    first_actor text := left(split_part(actor, ' & ', 1), 80);
    second_actor text := left(split_part(actor, ' & ', 2), 80);
    found text[];
BEGIN
    IF person IS NULL OR memorial_is_maintenance(actor) THEN RETURN; END IF;
    SELECT memorial_second_look_reasons(p.id, p.letters_from_abroad_harmful, partial_date_earliest(p.born))
      INTO found FROM prisoners_prisoner p WHERE p.id = person AND p.state = 'published';
    IF found IS NULL THEN RETURN; END IF;
    DELETE FROM attention_afterlook l
     WHERE l.prisoner_id = person AND l.outcome = '' AND (by_two OR l.reason <> ALL (found));
    UPDATE attention_afterlook l SET stands = false
     WHERE l.prisoner_id = person AND l.stands AND l.reason <> ALL (found);
    INSERT INTO attention_afterlook
        (prisoner_id, reason, entered_by, entered_at, outcome, word, looked_by, looked_at, stands)
    SELECT person, r.reason, first_actor, clock_timestamp(),
           CASE WHEN by_two OR second_actor <> '' THEN 'published' ELSE '' END, '',
           CASE WHEN by_two AND second_actor = '' THEN first_actor ELSE second_actor END,
           CASE WHEN by_two OR second_actor <> '' THEN clock_timestamp() END, true
      FROM unnest(found) AS r(reason)
        ON CONFLICT (prisoner_id, reason) WHERE stands DO NOTHING;
END $$;

-- The trigger on what makes a page grave. Arguments: the column that leads to the person, and by what.
CREATE OR REPLACE FUNCTION memorial_follow_grave() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before bigint;
    after bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'version' = to_jsonb(NEW) - 'version' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) ->> TG_ARGV[0]; END IF;
    IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) ->> TG_ARGV[0]; END IF;
    IF TG_ARGV[1] = 'prosecution' THEN
        before := (SELECT s.prisoner_id FROM cases_prosecution s WHERE s.id = before);
        after := (SELECT s.prisoner_id FROM cases_prosecution s WHERE s.id = after);
    END IF;
    PERFORM memorial_note_grave(after, false);
    IF before IS DISTINCT FROM after THEN PERFORM memorial_note_grave(before, false); END IF;
    RETURN NULL;
END $$;

-- The trigger on people: published by two, what is grave already was looked at; withdrawn, nothing waits.
CREATE OR REPLACE FUNCTION memorial_follow_grave_page() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM attention_afterlook l WHERE l.prisoner_id = OLD.id;
    ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN
        PERFORM memorial_note_grave(NEW.id, true);
    ELSIF NEW.state <> 'published' AND OLD.state = 'published' THEN
        DELETE FROM attention_afterlook l WHERE l.prisoner_id = NEW.id AND l.outcome = '';
        UPDATE attention_afterlook l SET stands = false WHERE l.prisoner_id = NEW.id AND l.stands;
    ELSIF (NEW.born, NEW.letters_from_abroad_harmful) IS DISTINCT FROM (OLD.born, OLD.letters_from_abroad_harmful) THEN
        PERFORM memorial_note_grave(NEW.id, false);
    END IF;
    RETURN NULL;
END $$;

-- A second person's answer: written once, by somebody who may confirm and has not made the change.
CREATE OR REPLACE FUNCTION memorial_answer_after_look(look bigint, answer text, said text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF actor = '' OR NOT memorial_staff_may('prisoners', 'confirm_secondlook') THEN RETURN false; END IF;
    UPDATE attention_afterlook l
       SET outcome = answer, word = btrim(said), looked_by = actor, looked_at = clock_timestamp()
     WHERE l.id = look AND l.outcome = '' AND l.entered_by <> actor
       AND answer IN ('stays', 'withdrawn') AND (answer = 'stays' OR btrim(said) <> '');
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION memorial_answer_after_look(bigint, text, text) IS 'called by staff_rw';
