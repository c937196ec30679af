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

-- Nobody is seized, held or released certainly after death. Arguments: columns holding partial dates.
CREATE OR REPLACE FUNCTION memorial_refuse_after_death() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    died date := (SELECT d.on_latest FROM prisoners_death d
                  WHERE d.prisoner_id = NEW.prisoner_id AND d.verification <> 'unverified');
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF partial_date_valid(given ->> name) AND partial_date_earliest(given ->> name) > died THEN
            RAISE EXCEPTION '%.% lies after the death', TG_TABLE_NAME, name
                USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoners_after_death';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- The same, when it is the death that is entered or corrected.
CREATE OR REPLACE FUNCTION memorial_refuse_death_before() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    died date := CASE WHEN partial_date_valid(NEW."on") AND NEW.verification <> 'unverified'
                      THEN partial_date_latest(NEW."on") END;
BEGIN
    IF EXISTS (SELECT 1 FROM prisoners_stay s WHERE s.prisoner_id = NEW.prisoner_id
               AND greatest(s.began_earliest, s.ended_earliest) > died)
       OR EXISTS (SELECT 1 FROM prisoners_custody c WHERE c.prisoner_id = NEW.prisoner_id
               AND greatest(c.seized_on_earliest, c.detained_on_earliest, c.remanded_on_earliest) > died)
       OR EXISTS (SELECT 1 FROM prisoners_endofcustody e WHERE e.prisoner_id = NEW.prisoner_id
               AND e.on_earliest > died) THEN
        RAISE EXCEPTION 'something is entered after this death'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoners_after_death';
    END IF;
    RETURN NEW;
END $$;
