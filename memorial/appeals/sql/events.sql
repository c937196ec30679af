-- Events abroad: a zone that there is, an address that stays, and a number that readers' calendars understand.

CREATE OR REPLACE FUNCTION memorial_refuse_event(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'event: %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        PERFORM now() AT TIME ZONE NEW.time_zone;
    EXCEPTION WHEN invalid_parameter_value THEN
        PERFORM memorial_refuse_event('event_time_zone_known');
    END;
    IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
    IF OLD.first_published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN
        PERFORM memorial_refuse_event('event_keeps_its_address');
    END IF;
    NEW.uid := OLD.uid;
    NEW.sequence := OLD.sequence;
    IF to_jsonb(NEW) - ARRAY['version', 'first_published_at', 'state']
       <> to_jsonb(OLD) - ARRAY['version', 'first_published_at', 'state'] THEN
        NEW.sequence := OLD.sequence + 1;
    END IF;
    RETURN NEW;
END $$;
