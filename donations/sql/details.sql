-- Payment details: proposed by one, decided on by another, both having proved just now who they are; then
-- frozen. And signed sets, which are taken in and never changed. What is shown is not decided here: pages
-- believe a signature and nothing else (donations/signing/current.py).

CREATE OR REPLACE FUNCTION memorial_refuse_details(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payment details: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- Who acts; '' for the owner of the tables without a name, as in a migration or a restore.
CREATE OR REPLACE FUNCTION memorial_details_actor() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF actor = '' AND current_user IN ('staff_rw', 'site_ro') THEN
        PERFORM memorial_refuse_details('details_have_a_proposer');
    END IF;
    RETURN actor;
END $$;

-- Five minutes, and one for clocks of two hosts that differ.
CREATE OR REPLACE FUNCTION memorial_require_confirmed(confirmed timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF confirmed IS NULL OR confirmed NOT BETWEEN clock_timestamp() - interval '6 minutes'
                                              AND clock_timestamp() + interval '1 minute' THEN
        PERFORM memorial_refuse_details('details_confirmed_just_now');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION memorial_propose_details() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_details_actor();
BEGIN
    IF actor <> '' THEN
        PERFORM memorial_require_confirmed(NEW.proposer_confirmed_at);
        NEW.proposed_by := actor;
        NEW.proposed_at := clock_timestamp();
        NEW.decision := '';
        NEW.decided_by := '';
        NEW.decided_at := NULL;
        NEW.decider_confirmed_at := NULL;
    END IF;
    IF NEW.proposed_by = '' OR NEW.proposed_at IS NULL THEN
        PERFORM memorial_refuse_details('details_have_a_proposer');
    END IF;
    -- In a restore the way to give may come after.
    IF actor <> '' AND NOT EXISTS (
        SELECT 1 FROM donations_paymentmethod m
         WHERE m.id = NEW.method_id
           AND starts_with(NEW.block, format(E'method %s\nkind %s\n', m.slug, m.kind))) THEN
        PERFORM memorial_refuse_details('details_of_their_method');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_decide_details() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_details_actor();
    decided text[] := ARRAY['decision', 'decided_by', 'decided_at', 'decider_confirmed_at', 'version'];
BEGIN
    IF TG_OP = 'DELETE' THEN PERFORM memorial_refuse_details('details_are_frozen'); END IF;
    IF to_jsonb(NEW) - 'version' = to_jsonb(OLD) - 'version' THEN RETURN NEW; END IF;
    IF OLD.decision <> '' OR NEW.decision = '' OR to_jsonb(NEW) - decided <> to_jsonb(OLD) - decided THEN
        PERFORM memorial_refuse_details('details_are_frozen');
    END IF;
    IF actor = '' THEN PERFORM memorial_refuse_details('details_have_a_proposer'); END IF;
    IF NOT memorial_staff_may('donations', 'approve_details') THEN
        PERFORM memorial_refuse_details('details_approved_by_right');
    END IF;
    PERFORM memorial_require_confirmed(NEW.decider_confirmed_at);
    NEW.decided_by := actor;
    NEW.decided_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_take_payment_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'staff_rw' AND NOT memorial_staff_may('donations', 'load_paymentset') THEN
        PERFORM memorial_refuse_details('paymentset_taken_by_right');
    END IF;
    IF NOT starts_with(NEW.signed_text, format(E'donations-set 1\nserial %s\n', NEW.serial)) THEN
        PERFORM memorial_refuse_details('paymentset_serial_of_its_text');
    END IF;
    -- One at a time, so that of two people neither overtakes the other.
    PERFORM pg_advisory_xact_lock(hashtext('donations_paymentset'));
    IF EXISTS (SELECT 1 FROM donations_paymentset s WHERE s.serial > NEW.serial) THEN
        PERFORM memorial_refuse_details('paymentset_serial_rises');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_refuse_frozen_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM memorial_refuse_details('paymentset_is_frozen');
    RETURN NULL;
END $$;
