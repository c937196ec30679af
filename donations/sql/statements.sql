-- Providers' statements: totals that are written once, and replaced as a whole.

CREATE OR REPLACE FUNCTION memorial_guard_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Moscow')::date;
BEGIN
    IF TG_OP = 'DELETE' THEN PERFORM memorial_refuse_donation('statement_is_frozen'); END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.replaced_on IS NOT NULL OR NEW.replaced_on IS NULL
           OR to_jsonb(NEW) - 'replaced_on' <> to_jsonb(OLD) - 'replaced_on' THEN
            PERFORM memorial_refuse_donation('statement_is_frozen');
        END IF;
        NEW.replaced_on := today;
        RETURN NEW;
    END IF;
    IF current_user = 'staff_rw' THEN
        NEW.taken_on := today;
        NEW.taken_by := left(coalesce(current_setting('memorial.actor', true), ''), 80);
        NEW.replaced_on := NULL;
    END IF;
    IF NEW.last_month > today OR NEW.taken_on > today THEN
        PERFORM memorial_refuse_donation('statement_not_ahead');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_provider_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM memorial_refuse_donation('statement_is_frozen'); END IF;
    IF NOT EXISTS (
        SELECT 1 FROM donations_statement s
         WHERE s.id = NEW.statement_id AND extract(day FROM NEW.month) = 1
           AND NEW.month BETWEEN s.first_month AND s.last_month) THEN
        PERFORM memorial_refuse_donation('providertotal_in_its_months');
    END IF;
    RETURN NEW;
END $$;
