-- Notices of safety: proposed by one, approved by another who has proved just now who they are, ended early
-- by anybody who may propose. Readers see only what this writes; where it has written nothing for today, they are told not to pay.

CREATE OR REPLACE FUNCTION memorial_refuse_notice(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'notice: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- Who acts; '' for the owner of the tables without a name, as in a migration or a restore.
CREATE OR REPLACE FUNCTION memorial_notice_actor() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF actor = '' AND current_user IN ('staff_rw', 'site_ro') THEN
        PERFORM memorial_refuse_notice('notice_has_a_proposer');
    END IF;
    RETURN actor;
END $$;

-- Five minutes, and one for clocks of two hosts that differ, as for payment details.
CREATE OR REPLACE FUNCTION memorial_require_notice_confirmed(confirmed timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF confirmed IS NULL OR confirmed NOT BETWEEN clock_timestamp() - interval '6 minutes'
                                              AND clock_timestamp() + interval '1 minute' THEN
        PERFORM memorial_refuse_notice('notice_confirmed_just_now');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION memorial_propose_notice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_notice_actor();
BEGIN
    IF actor <> '' THEN
        NEW.proposed_by := actor;
        NEW.proposed_at := now();
        NEW.decision := '';
        NEW.decided_by := '';
        NEW.decided_at := NULL;
        NEW.decider_confirmed_at := NULL;
        NEW.ended_by := '';
        NEW.ended_at := NULL;
    END IF;
    IF NEW.proposed_by = '' THEN PERFORM memorial_refuse_notice('notice_has_a_proposer'); END IF;
    IF NEW.checked_on > (now() AT TIME ZONE 'Europe/Moscow')::date THEN
        PERFORM memorial_refuse_notice('notice_checked_already');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_decide_notice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_notice_actor();
    decided text[] := ARRAY['decision', 'decided_by', 'decided_at', 'decider_confirmed_at', 'version'];
    ended text[] := ARRAY['ended_by', 'ended_at', 'version'];
BEGIN
    IF TG_OP = 'DELETE' THEN PERFORM memorial_refuse_notice('notice_is_frozen'); END IF;
    IF to_jsonb(NEW) - 'version' = to_jsonb(OLD) - 'version' THEN RETURN NEW; END IF;
    IF actor = '' THEN PERFORM memorial_refuse_notice('notice_has_a_proposer'); END IF;
    IF OLD.decision = '' AND NEW.decision <> '' AND to_jsonb(NEW) - decided = to_jsonb(OLD) - decided THEN
        IF NOT memorial_staff_may('donations', 'approve_notices') THEN
            PERFORM memorial_refuse_notice('notice_approved_by_right');
        END IF;
        PERFORM memorial_require_notice_confirmed(NEW.decider_confirmed_at);
        IF NEW.decision = 'approved'
           AND NEW.valid_until < (now() AT TIME ZONE 'Europe/Moscow')::date THEN
            PERFORM memorial_refuse_notice('notice_approved_in_time');
        END IF;
        NEW.decided_by := actor;
        NEW.decided_at := now();
    ELSIF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
          AND to_jsonb(NEW) - ended = to_jsonb(OLD) - ended THEN
        IF NOT memorial_staff_may('donations', 'add_safetyproposal') THEN
            PERFORM memorial_refuse_notice('notice_ended_by_right');
        END IF;
        NEW.ended_by := actor;
        NEW.ended_at := now();
    ELSE
        PERFORM memorial_refuse_notice('notice_is_frozen');
    END IF;
    RETURN NEW;
END $$;

-- Approved: what readers see is written, with the owner's rights. What held for the cell before gives way.
CREATE OR REPLACE FUNCTION memorial_publish_safety() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.ended_at IS NOT NULL THEN
        DELETE FROM donations_safetynotice n WHERE n.id = NEW.id;
        RETURN NULL;
    END IF;
    IF NEW.decision <> 'approved' OR OLD.decision = 'approved' THEN RETURN NULL; END IF;
    DELETE FROM donations_safetynotice n
     WHERE n.place = NEW.place AND n.method_id IS NOT DISTINCT FROM NEW.method_id
       AND n.valid_from BETWEEN NEW.valid_from AND NEW.valid_until;
    UPDATE donations_safetynotice n SET valid_until = NEW.valid_from - 1
     WHERE n.place = NEW.place AND n.method_id IS NOT DISTINCT FROM NEW.method_id
       AND n.valid_from < NEW.valid_from AND n.valid_until >= NEW.valid_from;
    INSERT INTO donations_safetynotice (id, place, method_id, level, reason, reason_ru, reason_en,
                                        checked_on, valid_from, valid_until)
    VALUES (NEW.id, NEW.place, NEW.method_id, NEW.level, '', NEW.reason_ru, NEW.reason_en,
            NEW.checked_on, NEW.valid_from, NEW.valid_until);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_publish_donor_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.ended_at IS NOT NULL THEN
        DELETE FROM donations_donornotice n WHERE n.id = NEW.id;
        RETURN NULL;
    END IF;
    IF NEW.decision <> 'approved' OR OLD.decision = 'approved' THEN RETURN NULL; END IF;
    DELETE FROM donations_donornotice n WHERE n.valid_from BETWEEN NEW.valid_from AND NEW.valid_until;
    UPDATE donations_donornotice n SET valid_until = NEW.valid_from - 1
     WHERE n.valid_from < NEW.valid_from AND n.valid_until >= NEW.valid_from;
    INSERT INTO donations_donornotice (id, title, title_ru, title_en, text, text_ru, text_en,
                                       checked_on, valid_from, valid_until)
    VALUES (NEW.id, '', NEW.title_ru, NEW.title_en, '', NEW.text_ru, NEW.text_en,
            NEW.checked_on, NEW.valid_from, NEW.valid_until);
    RETURN NULL;
END $$;

-- Only the two functions above change a notice. Taking one away forbids, and is let through.
CREATE OR REPLACE FUNCTION memorial_guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN PERFORM memorial_refuse_notice('notice_through_two_people'); END IF;
    RETURN NEW;
END $$;
