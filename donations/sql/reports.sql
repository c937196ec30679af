-- Reports on money: proposed by one, approved by another, frozen. Readers see only what this writes.

-- The days of a fixed period; nothing for a code that no period has.
CREATE OR REPLACE FUNCTION memorial_report_days(code text) RETURNS daterange LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    part text := substr(code, 6);
    first_month int := 1;
    months int := 12;
BEGIN
    IF code = 'first-three-years' THEN
        RETURN daterange(make_date(2022, 10, 28), make_date(2025, 10, 28));
    END IF;
    IF code !~ '^(2022-(q4|m1[0-2])|20(2[3-9]|[3-9][0-9])(-([12]|q[1-4]|m(0[1-9]|1[0-2])))?)$' THEN
        RETURN NULL;
    END IF;
    IF part LIKE 'm%' THEN
        months := 1;
        first_month := substr(part, 2)::int;
    ELSIF part LIKE 'q%' THEN
        months := 3;
        first_month := 3 * substr(part, 2)::int - 2;
    ELSIF part <> '' THEN
        months := 6;
        first_month := 6 * part::int - 5;
    END IF;
    RETURN daterange(
        make_date(left(code, 4)::int, first_month, 1),
        (make_date(left(code, 4)::int, first_month, 1) + make_interval(months => months))::date);
END $$;

CREATE OR REPLACE FUNCTION memorial_refuse_report(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'report: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- Who acts; '' for the owner of the tables without a name, as in a migration or a restore.
CREATE OR REPLACE FUNCTION memorial_report_actor() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    actor text := left(coalesce(current_setting('memorial.actor', true), ''), 80);
BEGIN
    IF actor = '' AND current_user IN ('staff_rw', 'site_ro') THEN
        PERFORM memorial_refuse_report('report_has_a_proposer');
    END IF;
    RETURN actor;
END $$;

CREATE OR REPLACE FUNCTION memorial_propose_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_report_actor();
    days daterange := memorial_report_days(NEW.period);
BEGIN
    -- The upper end of the range is the first day after the period.
    IF days IS NULL OR upper(days) > (now() AT TIME ZONE 'Europe/Moscow')::date OR NEW.as_of < upper(days) THEN
        PERFORM memorial_refuse_report('report_of_a_closed_period');
    END IF;
    IF actor <> '' THEN
        NEW.proposed_by := actor;
        NEW.proposed_at := now();
        NEW.decision := '';
        NEW.decided_by := '';
        NEW.decided_at := NULL;
    END IF;
    IF NEW.proposed_by = '' THEN PERFORM memorial_refuse_report('report_has_a_proposer'); END IF;
    IF NEW.reason_ru = '' AND EXISTS (
        SELECT 1 FROM donations_fundreport r WHERE r.fund = NEW.fund AND r.period = NEW.period) THEN
        PERFORM memorial_refuse_report('report_correction_says_why');
    END IF;
    RETURN NEW;
END $$;

-- Refuses a report whose lines are not its sums, or that does not begin where the period before ended.
CREATE OR REPLACE FUNCTION memorial_check_report(report bigint) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM donations_reportproposal p
          LEFT JOIN donations_proposedline l ON l.proposal_id = p.id
         WHERE p.id = report
         GROUP BY p.id
        HAVING coalesce(sum(l.euros) FILTER (WHERE l.side = 'received'), 0) <> p.received_euros
            OR coalesce(sum(l.euros) FILTER (WHERE l.side = 'spent'), 0) <> p.spent_euros) THEN
        PERFORM memorial_refuse_report('report_adds_up');
    END IF;
    IF EXISTS (
        SELECT 1 FROM donations_reportproposal p JOIN donations_fundreport r ON r.fund = p.fund
         WHERE p.id = report
           AND upper(memorial_report_days(r.period)) = lower(memorial_report_days(p.period))
           AND r.carried_to_euros <> p.carried_from_euros
           AND NOT EXISTS (SELECT 1 FROM donations_fundreport n
                            WHERE n.fund = r.fund AND n.period = r.period AND n.number > r.number)) THEN
        PERFORM memorial_refuse_report('report_goes_on_from_the_last');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION memorial_decide_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_report_actor();
    decided text[] := ARRAY['decision', 'decided_by', 'decided_at', 'version'];
BEGIN
    IF TG_OP = 'DELETE' THEN PERFORM memorial_refuse_report('report_is_frozen'); END IF;
    IF to_jsonb(NEW) - 'version' = to_jsonb(OLD) - 'version' THEN RETURN NEW; END IF;
    IF OLD.decision <> '' OR NEW.decision = '' OR to_jsonb(NEW) - decided <> to_jsonb(OLD) - decided THEN
        PERFORM memorial_refuse_report('report_is_frozen');
    END IF;
    IF actor = '' THEN PERFORM memorial_refuse_report('report_has_a_proposer'); END IF;
    IF NOT memorial_staff_may('donations', 'approve_report') THEN
        PERFORM memorial_refuse_report('report_approved_by_right');
    END IF;
    IF NEW.decision = 'approved' THEN PERFORM memorial_check_report(NEW.id); END IF;
    NEW.decided_by := actor;
    NEW.decided_at := now();
    RETURN NEW;
END $$;

-- Approved: what readers see is written, with the owner's rights, and nothing else ever writes it.
CREATE OR REPLACE FUNCTION memorial_publish_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made bigint;
    totals bigint;
BEGIN
    IF NEW.decision <> 'approved' OR OLD.decision = 'approved' THEN RETURN NULL; END IF;
    INSERT INTO donations_fundreport (fund, period, number, as_of, published_on, received_euros, spent_euros,
        carried_from_euros, exchange_euros, carried_to_euros, reason, reason_ru, reason_en)
    SELECT NEW.fund, NEW.period, coalesce(max(r.number), 0) + 1, NEW.as_of,
           (now() AT TIME ZONE 'Europe/Moscow')::date, NEW.received_euros, NEW.spent_euros,
           NEW.carried_from_euros, NEW.exchange_euros, NEW.carried_to_euros, '', NEW.reason_ru, NEW.reason_en
      FROM donations_fundreport r WHERE r.fund = NEW.fund AND r.period = NEW.period
    RETURNING id INTO made;
    -- How many people the money of the prisoners' fund helped: the newest approved totals of the same period.
    IF NEW.fund = 'prisoners' THEN
        SELECT t.id INTO totals FROM assistance_totalspublication t
         WHERE t.period = NEW.period ORDER BY t.number DESC LIMIT 1;
    END IF;
    INSERT INTO donations_reportline (report_id, side, way, purpose, campaign_id, currency, amount, per_euro,
        rate_on, rate_basis, rate_basis_ru, rate_basis_en, helped_id)
    SELECT made, l.side, l.way, l.purpose, l.campaign_id, l.currency, l.amount, l.per_euro, l.rate_on,
           '', l.rate_basis_ru, l.rate_basis_en,
           CASE WHEN l.purpose IN ('lawyers', 'detention', 'parcels') THEN totals END
      FROM donations_proposedline l WHERE l.proposal_id = NEW.id ORDER BY l.id;
    RETURN NULL;
END $$;

-- Lines are written by who proposes them, and by nobody once somebody has decided.
CREATE OR REPLACE FUNCTION memorial_guard_proposed_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor text := memorial_report_actor();
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM memorial_refuse_report('report_is_frozen'); END IF;
    IF actor <> '' AND NOT EXISTS (
        SELECT 1 FROM donations_reportproposal p
         WHERE p.id = NEW.proposal_id AND p.decision = '' AND p.proposed_by = actor) THEN
        PERFORM memorial_refuse_report('report_lines_by_the_proposer');
    END IF;
    IF EXISTS (
        SELECT 1 FROM donations_campaign c JOIN donations_reportproposal p ON p.id = NEW.proposal_id
         WHERE c.id = NEW.campaign_id AND c.fund <> p.fund) THEN
        PERFORM memorial_refuse_report('report_campaign_of_the_fund');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_refuse_frozen_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM memorial_refuse_report('report_is_frozen');
    RETURN NULL;
END $$;
