-- Urgent appeals: wanted and agreed to by the person, as a second person has read them, for two weeks at most.

CREATE OR REPLACE FUNCTION memorial_refuse_appeal(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'appeal: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- The last day on which a person's consent of a kind holds; NULL where there is none today or in days to come.
-- A refusal, and a withdrawal, end what was agreed before them.
CREATE OR REPLACE FUNCTION memorial_agreed_until(person bigint, wanted text) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(least(coalesce(c.expires_on, date '9999-12-31'), coalesce(c.withdrawn_on - 1, date '9999-12-31')))
      FROM prisoners_consent c
     WHERE c.prisoner_id = person AND c.scope = wanted AND c.given
       AND NOT EXISTS (SELECT 1 FROM prisoners_consent w
                        WHERE w.prisoner_id = person AND w.scope = wanted
                          AND ((NOT w.given AND w.given_on >= c.given_on)
                               OR (w.withdrawn_on >= c.given_on AND w.id <> c.id
                                   AND w.withdrawn_on <= (now() AT TIME ZONE 'Europe/Moscow')::date)))
$$;

-- That of an appeal: the first of its consents to end.
CREATE OR REPLACE FUNCTION memorial_appeal_agreed(person bigint, subject text) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    till date := memorial_agreed_until(person, 'appeal');
    more date;
BEGIN
    IF subject = 'other' OR till IS NULL THEN RETURN till; END IF;
    more := memorial_agreed_until(person, subject);
    RETURN CASE WHEN more IS NULL THEN NULL ELSE least(till, more) END;
END $$;

-- What of an appeal's row is no word of it. All else is what the second person reads.
CREATE OR REPLACE FUNCTION memorial_no_word_of_appeal() RETURNS text[] LANGUAGE sql IMMUTABLE
RETURN ARRAY['id', 'state', 'version', 'first_published_at', 'shown_until', 'open_until', 'prisoner_id'];

-- Bare columns hold what a language column says, and the outcome comes later.
CREATE OR REPLACE FUNCTION memorial_read_in_appeal(appeal jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
RETURN (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(appeal - memorial_no_word_of_appeal()) e
         WHERE e.key NOT LIKE 'outcome%' AND e.key NOT IN ('title', 'happened', 'steps', 'letter'));

CREATE OR REPLACE FUNCTION memorial_appeal_words(appeal jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(memorial_read_in_appeal(appeal)::text || coalesce((
        SELECT string_agg((to_jsonb(a) - 'id' - 'appeal_id' - 'name')::text, '' ORDER BY a."order", a.id)
          FROM appeals_appealaddressee a WHERE a.appeal_id = (appeal ->> 'id')::bigint), ''), 'UTF8')), 'hex')
$$;

-- Whether an appeal may be made for a person at all.
CREATE OR REPLACE FUNCTION memorial_appeal_is_wanted(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM prisoners_prisoner p
                    WHERE p.id = person AND p.state = 'published' AND NOT p.initials_only AND p.attention_wanted
                      AND (p.quiet_until IS NULL OR p.quiet_until < (now() AT TIME ZONE 'Europe/Moscow')::date))
$$;

CREATE OR REPLACE FUNCTION memorial_guard_appeal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Moscow')::date;
    was text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
    reading record;
BEGIN
    NEW.shown_until := memorial_appeal_agreed(NEW.prisoner_id, NEW.subject);
    SELECT r.decision, r.until, r.words INTO reading FROM appeals_appealreading r
     WHERE r.appeal_id = NEW.id ORDER BY r.id DESC LIMIT 1;
    NEW.open_until := (SELECT r.until FROM appeals_appealreading r
                        WHERE r.appeal_id = NEW.id AND r.decision = 'approved' ORDER BY r.id DESC LIMIT 1);
    IF TG_OP = 'UPDATE' THEN
        IF OLD.first_published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN
            PERFORM memorial_refuse_appeal('appeal_keeps_its_address');
        END IF;
        IF was IN ('ready', 'published') AND NEW.state IN ('ready', 'published')
           AND (memorial_read_in_appeal(to_jsonb(NEW)) <> memorial_read_in_appeal(to_jsonb(OLD))
                OR (NEW.prisoner_id <> OLD.prisoner_id
                    AND coalesce(current_setting('memorial.merging', true), '') <> 'on')) THEN
            PERFORM memorial_refuse_appeal('appeal_stays_as_it_was_read');
        END IF;
        IF was = 'published' AND NOT memorial_staff_may('appeals', 'publish_appeal') AND EXISTS (
                SELECT 1 FROM jsonb_each(to_jsonb(NEW)) n
                 WHERE n.key LIKE 'outcome%' AND n.value IS DISTINCT FROM to_jsonb(OLD) -> n.key) THEN
            PERFORM memorial_refuse_appeal('appeal_outcome_by_right');
        END IF;
    END IF;
    IF NEW.outcome_on > today THEN PERFORM memorial_refuse_appeal('appeal_outcome_happened'); END IF;
    IF NEW.state = 'published' AND was <> 'published' THEN
        IF NOT memorial_appeal_is_wanted(NEW.prisoner_id) THEN
            PERFORM memorial_refuse_appeal('appeal_is_wanted');
        END IF;
        IF NEW.shown_until IS NULL OR NEW.shown_until < today THEN
            PERFORM memorial_refuse_appeal('appeal_needs_consent');
        END IF;
        IF NOT coalesce(reading.decision = 'approved' AND reading.words = memorial_appeal_words(to_jsonb(NEW)),
                        false) THEN
            PERFORM memorial_refuse_appeal('appeal_read_by_two');
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- What somebody reads, addressees included, is changed only after it was taken back. Where the appeal itself
-- goes, its addressees go with it.
CREATE OR REPLACE FUNCTION memorial_guard_addressee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM appeals_appeal a WHERE a.state IN ('ready', 'published')
                AND ((TG_OP <> 'INSERT' AND a.id = OLD.appeal_id)
                     OR (TG_OP <> 'DELETE' AND a.id = NEW.appeal_id))) THEN
        PERFORM memorial_refuse_appeal('appeal_stays_as_it_was_read');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Who wrote is what the history says, which nobody can write by hand: whoever added the appeal or an
-- addressee, or changed a word. An entry whose text was lawfully removed counts as a word.
CREATE OR REPLACE FUNCTION memorial_wrote_appeal(of_appeal bigint, actor text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM base_historyentry h
         WHERE h."table" = 'appeals_appeal' AND h."row" = of_appeal::text AND h.actor = $2
           AND (h.operation = 'I' OR h.before IS NULL OR memorial_read_in_appeal(h.before) <> '{}'))
    OR EXISTS (
        SELECT 1 FROM base_historyentry h JOIN appeals_appealaddressee a ON h."row" = a.id::text
         WHERE h."table" = 'appeals_appealaddressee' AND a.appeal_id = of_appeal AND h.actor = $2)
$$;

CREATE OR REPLACE FUNCTION memorial_read_appeal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
    read_on date;
BEGIN
    IF TG_OP = 'UPDATE' THEN PERFORM memorial_refuse_appeal('appeal_reading_is_frozen'); END IF;
    IF actor <> '' OR NOT memorial_is_maintenance(actor) THEN
        NEW.read_by := actor;
        NEW.read_at := clock_timestamp();
    END IF;
    IF NEW.read_by = '' THEN PERFORM memorial_refuse_appeal('appeal_reading_has_a_reader'); END IF;
    IF NOT memorial_staff_may('appeals', 'publish_appeal') THEN
        PERFORM memorial_refuse_appeal('appeal_reading_by_right');
    END IF;
    IF memorial_wrote_appeal(NEW.appeal_id, NEW.read_by) THEN
        PERFORM memorial_refuse_appeal('appeal_reading_by_another');
    END IF;
    -- Fourteen days from the decision, whose day is that of the reading (what is restored has past ones).
    read_on := (coalesce(NEW.read_at, now()) AT TIME ZONE 'Europe/Moscow')::date;
    IF NEW.until NOT BETWEEN read_on AND read_on + 14 THEN
        PERFORM memorial_refuse_appeal('appeal_reading_within_two_weeks');
    END IF;
    NEW.words := (SELECT memorial_appeal_words(to_jsonb(a)) FROM appeals_appeal a WHERE a.id = NEW.appeal_id);
    RETURN NEW;
END $$;

-- A consent that is withdrawn, refused or taken out takes the appeal away at once. One that merely ends needs
-- no deed: the appeal's own rule hides it. A new one shows nothing again by itself: somebody publishes anew.
CREATE OR REPLACE FUNCTION memorial_consent_to_appeal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Moscow')::date;
    appeal record;
    till date;
BEGIN
    FOR appeal IN
        SELECT a.id, a.prisoner_id, a.subject, a.shown_until FROM appeals_appeal a
         WHERE a.prisoner_id IN (OLD.prisoner_id, NEW.prisoner_id) FOR UPDATE
    LOOP
        till := memorial_appeal_agreed(appeal.prisoner_id, appeal.subject);
        CONTINUE WHEN till IS NOT DISTINCT FROM appeal.shown_until;
        UPDATE appeals_appeal a
           SET shown_until = till,
               state = CASE WHEN a.state = 'published' AND (till IS NULL OR till < today OR a.shown_until < today)
                            THEN 'withdrawn' ELSE a.state END
         WHERE a.id = appeal.id;
    END LOOP;
    RETURN NULL;
END $$;

-- Whoever is hidden, shown by initials, wants no attention or wants quiet has no appeal; and none again until
-- somebody publishes it. Only a record that is merged into another one becomes a draft: its appeal follows.
CREATE OR REPLACE FUNCTION memorial_withdraw_appeals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state NOT IN ('published', 'draft') OR NEW.initials_only OR NEW.attention_wanted IS NOT TRUE
       OR NEW.quiet_until >= (now() AT TIME ZONE 'Europe/Moscow')::date THEN
        UPDATE appeals_appeal SET state = 'withdrawn' WHERE prisoner_id = NEW.id AND state = 'published';
    END IF;
    RETURN NULL;
END $$;

-- Two people become one: appeals follow the one that stays, as they were read.
CREATE OR REPLACE FUNCTION memorial_appeals_follow_merge(of_table text, of_column text, gone bigint, kept bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('memorial.merging', 'on', true);
    UPDATE appeals_appeal SET prisoner_id = kept WHERE prisoner_id = gone;
    PERFORM set_config('memorial.merging', '', true);
END $$;
COMMENT ON FUNCTION memorial_appeals_follow_merge(text, text, bigint, bigint) IS 'called by staff_rw';
