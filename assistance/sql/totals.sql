-- Totals of help given: proposed by one, approved by another, frozen. Readers see only what this writes.

-- The last day of a fixed period; nothing for a code that no period has.
CREATE OR REPLACE FUNCTION memorial_period_ends(code text) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN code = 'first-three-years' THEN date '2025-10-27'
        WHEN code !~ '^20(2[3-9]|[3-9][0-9])(-[12])?$' THEN NULL
        WHEN code LIKE '%-1' THEN make_date(left(code, 4)::int, 6, 30)
        ELSE make_date(left(code, 4)::int, 12, 31) END
$$;

CREATE OR REPLACE FUNCTION memorial_refuse_totals(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'totals: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- Who acts; '' for the owner of the tables without a name, as in a migration or a restore.
CREATE OR REPLACE FUNCTION memorial_totals_actor() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF actor = '' AND current_user IN ('staff_rw', 'site_ro') THEN
        PERFORM memorial_refuse_totals('totals_have_a_proposer');
    END IF;
    RETURN actor;
END $$;

CREATE OR REPLACE FUNCTION memorial_propose_totals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_totals_actor();
BEGIN
    IF memorial_period_ends(NEW.period) IS NULL
       OR memorial_period_ends(NEW.period) >= (now() AT TIME ZONE 'Europe/Moscow')::date
       OR NEW.as_of <= memorial_period_ends(NEW.period) THEN
        PERFORM memorial_refuse_totals('totals_of_a_closed_period');
    END IF;
    IF actor <> '' THEN
        NEW.proposed_by := actor;
        NEW.proposed_at := now();
        NEW.decision := '';
        NEW.decided_by := '';
        NEW.decided_at := NULL;
    END IF;
    IF NEW.proposed_by = '' THEN PERFORM memorial_refuse_totals('totals_have_a_proposer'); END IF;
    -- PostgreSQL shows a limited coordinator some clients only: their sums would be too small.
    IF NOT memorial_sees_all_clients() THEN PERFORM memorial_refuse_totals('totals_by_who_sees_all'); END IF;
    IF NEW.reason_ru = '' AND EXISTS (
        SELECT 1 FROM assistance_totalspublication p WHERE p.period = NEW.period) THEN
        PERFORM memorial_refuse_totals('totals_correction_says_why');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_decide_totals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_totals_actor();
    decided text[] := ARRAY['decision', 'decided_by', 'decided_at', 'version'];
BEGIN
    IF TG_OP = 'DELETE' THEN PERFORM memorial_refuse_totals('totals_are_frozen'); END IF;
    IF to_jsonb(NEW) - 'version' = to_jsonb(OLD) - 'version' THEN RETURN NEW; END IF;
    IF OLD.decision <> '' OR NEW.decision = '' OR to_jsonb(NEW) - decided <> to_jsonb(OLD) - decided THEN
        PERFORM memorial_refuse_totals('totals_are_frozen');
    END IF;
    IF actor = '' THEN PERFORM memorial_refuse_totals('totals_have_a_proposer'); END IF;
    IF NOT memorial_staff_may('assistance', 'approve_totals') THEN
        PERFORM memorial_refuse_totals('totals_approved_by_right');
    END IF;
    NEW.decided_by := actor;
    NEW.decided_at := now();
    RETURN NEW;
END $$;

-- Approved: what readers see is written, with the owner's rights, and nothing else ever writes it.
CREATE OR REPLACE FUNCTION memorial_publish_totals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    publication bigint;
BEGIN
    IF NEW.decision <> 'approved' OR OLD.decision = 'approved' THEN RETURN NULL; END IF;
    INSERT INTO assistance_totalspublication (period, number, as_of, published_on, reason, reason_ru, reason_en)
    SELECT NEW.period, coalesce(max(p.number), 0) + 1, NEW.as_of, (now() AT TIME ZONE 'Europe/Moscow')::date,
           '', NEW.reason_ru, NEW.reason_en
      FROM assistance_totalspublication p WHERE p.period = NEW.period
    RETURNING id INTO publication;
    INSERT INTO assistance_publictotal (publication_id, figure, label, label_ru, label_en, people)
    SELECT publication, t.figure, '', t.label_ru, t.label_en, CASE WHEN NOT t.withheld THEN t.people END
      FROM assistance_proposedtotal t WHERE t.proposal_id = NEW.id ORDER BY t.id;
    RETURN NULL;
END $$;

-- Numbers are written by who proposes them, and by nobody once somebody has decided.
CREATE OR REPLACE FUNCTION memorial_guard_proposed_total() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_totals_actor();
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM memorial_refuse_totals('totals_are_frozen'); END IF;
    IF actor <> '' AND NOT EXISTS (
        SELECT 1 FROM assistance_totalsproposal p
         WHERE p.id = NEW.proposal_id AND p.decision = '' AND p.proposed_by = actor) THEN
        PERFORM memorial_refuse_totals('totals_added_by_the_proposer');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_refuse_frozen_totals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM memorial_refuse_totals('totals_are_frozen');
    RETURN NULL;
END $$;
