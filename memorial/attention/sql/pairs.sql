-- Two people who look alike: who said what of them is taken from whoever acts; gone with either of the two.

CREATE OR REPLACE FUNCTION memorial_answer_pair() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF NEW.answer <> '' AND NEW.answer IS DISTINCT FROM OLD.answer AND actor <> '' THEN
        NEW.answered_by := actor;
        NEW.answered_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_forget_pairs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM attention_suspectedpair p WHERE p.one = OLD.id OR p.other = OLD.id;
    RETURN NULL;
END $$;
