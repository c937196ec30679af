-- Stories of those whom we helped: told while somebody agrees to it, and as a second person has read them.

CREATE OR REPLACE FUNCTION memorial_refuse_story(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'story: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

CREATE OR REPLACE FUNCTION memorial_today() RETURNS date LANGUAGE sql STABLE
RETURN (now() AT TIME ZONE 'Europe/Moscow')::date;

-- What of a story's row is no word of it. All else is what the second person reads.
CREATE OR REPLACE FUNCTION memorial_no_word_of_story() RETURNS text[] LANGUAGE sql IMMUTABLE
RETURN ARRAY['id', 'state', 'version', 'first_published_at', 'shown_until', 'title', 'text'];

CREATE OR REPLACE FUNCTION memorial_story_words(story jsonb) RETURNS text LANGUAGE sql IMMUTABLE
RETURN encode(sha256(convert_to((story - memorial_no_word_of_story())::text, 'UTF8')), 'hex');

-- The last day on which a story may be told; none where nobody agrees. A withdrawal ends what was agreed before.
CREATE OR REPLACE FUNCTION memorial_story_until(of_story bigint, is_named boolean) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (
        SELECT max(coalesce(c.expires_on, date '9999-12-31')) FROM assistance_storyconsent c
         WHERE c.story_id = of_story AND c.withdrawn_on IS NULL AND (NOT is_named OR c.scope = 'name')
           AND NOT EXISTS (SELECT 1 FROM assistance_storyconsent w
                            WHERE w.story_id = of_story AND w.withdrawn_on >= c.given_on));
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_story() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text := memorial_story_words(to_jsonb(NEW));
    was text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
BEGIN
    NEW.shown_until := memorial_story_until(NEW.id, NEW.prisoner_id IS NOT NULL);
    IF TG_OP = 'UPDATE' THEN
        IF OLD.first_published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN
            PERFORM memorial_refuse_story('story_keeps_its_address');
        END IF;
        IF was IN ('ready', 'published') AND NEW.state IN ('ready', 'published')
           AND told <> memorial_story_words(to_jsonb(OLD))
           AND coalesce(current_setting('memorial.merging', true), '') <> 'on' THEN
            PERFORM memorial_refuse_story('story_stays_as_it_was_read');
        END IF;
    END IF;
    IF NEW.state = 'published' AND was <> 'published' THEN
        IF NEW.shown_until IS NULL OR NEW.shown_until < memorial_today() THEN
            PERFORM memorial_refuse_story('story_needs_consent');
        END IF;
        IF NOT coalesce((SELECT d.decision = 'approved' AND d.words = told FROM (
                SELECT r.decision, r.words FROM assistance_storyreading r
                 WHERE r.story_id = NEW.id ORDER BY r.id DESC LIMIT 1) d), false) THEN
            PERFORM memorial_refuse_story('story_read_by_two');
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Who wrote is what the history says, which nobody can write by hand: whoever added the story, or changed
-- a word of it. An entry whose text was lawfully removed counts as a word.
CREATE OR REPLACE FUNCTION memorial_wrote_story(of_story bigint, actor text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM base_historyentry h
         WHERE h."table" = 'assistance_story' AND h."row" = of_story::text AND h.actor = $2
           AND (h.operation = 'I' OR h.before IS NULL OR h.before - memorial_no_word_of_story() <> '{}'))
$$;

CREATE OR REPLACE FUNCTION memorial_read_story() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF TG_OP = 'UPDATE' THEN PERFORM memorial_refuse_story('story_reading_is_frozen'); END IF;
    IF actor <> '' OR NOT memorial_is_maintenance(actor) THEN
        NEW.read_by := actor;
        NEW.read_at := clock_timestamp();
    END IF;
    IF NEW.read_by = '' THEN PERFORM memorial_refuse_story('story_reading_has_a_reader'); END IF;
    IF NOT memorial_staff_may('assistance', 'publish_story') THEN
        PERFORM memorial_refuse_story('story_reading_by_right');
    END IF;
    IF memorial_wrote_story(NEW.story_id, NEW.read_by) THEN
        PERFORM memorial_refuse_story('story_reading_by_another');
    END IF;
    NEW.words := (SELECT memorial_story_words(to_jsonb(s)) FROM assistance_story s WHERE s.id = NEW.story_id);
    RETURN NEW;
END $$;

-- A consent that is withdrawn or taken out takes the story away at once. One that merely ends needs no deed:
-- the story's own rule hides it. A new one shows nothing again by itself: somebody publishes it anew.
CREATE OR REPLACE FUNCTION memorial_consent_to_story() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    story record;
    till date;
BEGIN
    FOR story IN
        SELECT s.id, s.state, s.shown_until, s.prisoner_id FROM assistance_story s
         WHERE s.id IN (OLD.story_id, NEW.story_id) FOR UPDATE
    LOOP
        till := memorial_story_until(story.id, story.prisoner_id IS NOT NULL);
        CONTINUE WHEN till IS NOT DISTINCT FROM story.shown_until;
        UPDATE assistance_story s
           SET shown_until = till,
               state = CASE WHEN s.state = 'published' AND (till IS NULL OR s.shown_until < memorial_today())
                            THEN 'withdrawn' ELSE s.state END
         WHERE s.id = story.id;
    END LOOP;
    RETURN NULL;
END $$;

-- Whoever is hidden, or shown by initials, is named in no story; and in none again until somebody publishes it.
CREATE OR REPLACE FUNCTION memorial_withdraw_stories() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'published' OR NEW.initials_only THEN
        UPDATE assistance_story SET state = 'withdrawn' WHERE prisoner_id = NEW.id AND state = 'published';
    END IF;
    RETURN NULL;
END $$;
