-- What must hold of dated facts and stays, whoever writes them (domain, rules 4 and 8).

-- What happened is not in the future. Arguments: columns holding partial dates. Refused is only
-- what certainly lies ahead of the civil date in Moscow; «after March» or «about» may pass.
CREATE OR REPLACE FUNCTION memorial_refuse_future() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    today date := (now() AT TIME ZONE 'Europe/Moscow')::date;
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        -- A text that is no date is refused by the column's own constraint, in its own words.
        IF partial_date_valid(given ->> name) AND partial_date_earliest(given ->> name) > today THEN
            RAISE EXCEPTION '%.% lies in the future', TG_TABLE_NAME, name
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_happened';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- The region of a stay is that of its institution: a page that may not name the institution,
-- because it is not published, still says where the person is.
CREATE OR REPLACE FUNCTION memorial_fill_stay_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.facility_id IS NOT NULL THEN
        NEW.region_id := coalesce(
            (SELECT f.region_id FROM prisoners_facility f WHERE f.id = NEW.facility_id), NEW.region_id);
    END IF;
    RETURN NEW;
END $$;
