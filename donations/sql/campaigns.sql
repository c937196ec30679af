-- Campaigns: an address that was published stays; entries of what was collected are written once.

CREATE OR REPLACE FUNCTION memorial_refuse_donation(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'donations: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.slug <> OLD.slug AND OLD.first_published_at IS NOT NULL THEN
        PERFORM memorial_refuse_donation('campaign_address_stays');
    END IF;
    IF NEW.currency <> OLD.currency
       AND EXISTS (SELECT 1 FROM donations_progress p WHERE p.campaign_id = NEW.id) THEN
        PERFORM memorial_refuse_donation('campaign_currency_stays');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_progress() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Moscow')::date;
    campaign donations_campaign%ROWTYPE;
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM memorial_refuse_donation('progress_is_written_once'); END IF;
    -- Two entries of one campaign wait for each other, so that neither misses the other's day.
    SELECT * INTO campaign FROM donations_campaign c WHERE c.id = NEW.campaign_id FOR UPDATE;
    IF current_user = 'staff_rw' THEN NEW.entered_on := today; END IF;
    IF NEW.as_of > today OR NEW.entered_on > today OR NEW.as_of > NEW.entered_on OR NEW.rate_on > today THEN
        PERFORM memorial_refuse_donation('progress_not_ahead');
    END IF;
    IF NEW.as_of < campaign.begins THEN
        PERFORM memorial_refuse_donation('progress_after_the_beginning');
    END IF;
    IF campaign.currency <> (CASE WHEN NEW.rate IS NULL THEN NEW.currency ELSE NEW.rate_to END) THEN
        PERFORM memorial_refuse_donation('progress_in_the_goals_currency');
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM donations_progress p
         WHERE p.id = NEW.corrects_id AND p.campaign_id = NEW.campaign_id) THEN
        PERFORM memorial_refuse_donation('progress_corrects_its_own');
    END IF;
    IF EXISTS (
        SELECT 1 FROM donations_progress p
         WHERE p.campaign_id = NEW.campaign_id AND p.as_of = NEW.as_of
           AND p.id IS DISTINCT FROM NEW.corrects_id
           AND NOT EXISTS (SELECT 1 FROM donations_progress c WHERE c.corrects_id = p.id)) THEN
        PERFORM memorial_refuse_donation('progress_of_a_day_once');
    END IF;
    RETURN NEW;
END $$;
