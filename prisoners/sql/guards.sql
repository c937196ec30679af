-- What the law of this project forbids, whoever writes it (domain, rules 14 and 15).

-- Certainly under 18 when first deprived of liberty: even the oldest possible age is too low.
CREATE OR REPLACE FUNCTION memorial_certainly_minor(person bigint, born_earliest date)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT born_earliest IS NOT NULL AND EXISTS (
        SELECT 1 FROM prisoners_custody c
        WHERE c.prisoner_id = person
          AND least(c.seized_on_latest, c.detained_on_latest, c.remanded_on_latest)
              < born_earliest + interval '18 years'
    ) AND NOT EXISTS (
        SELECT 1 FROM prisoners_prisonerprivate x WHERE x.prisoner_id = person AND x.minor_decision <> ''
    )
$$;
COMMENT ON FUNCTION memorial_certainly_minor(bigint, date) IS 'called by staff_rw';

CREATE OR REPLACE FUNCTION memorial_guard_minor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND NOT NEW.initials_only
       AND memorial_certainly_minor(NEW.id, partial_date_earliest(NEW.born)) THEN
        RAISE EXCEPTION 'a person under 18 at arrest is shown by initials only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoner_minor_by_initials';
    END IF;
    RETURN NEW;
END $$;

-- The same, when it is the date of arrest that is entered or changed, or the decision that is taken out.
CREATE OR REPLACE FUNCTION memorial_guard_minor_detail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN person := OLD.prisoner_id; ELSE person := NEW.prisoner_id; END IF;
    IF EXISTS (
        SELECT 1 FROM prisoners_prisoner p
        WHERE p.id = person AND p.state = 'published' AND NOT p.initials_only
          AND memorial_certainly_minor(p.id, p.born_earliest)
    ) THEN
        RAISE EXCEPTION 'a person under 18 at arrest is shown by initials only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoner_minor_by_initials';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_minor_photo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person record;
BEGIN
    IF NEW.stem <> '' THEN
        SELECT p.initials_only, p.born_earliest INTO person FROM prisoners_prisoner p WHERE p.id = NEW.prisoner_id;
        IF person.initials_only OR memorial_certainly_minor(NEW.prisoner_id, person.born_earliest) THEN
            RAISE EXCEPTION 'a person shown by initials has no public photo'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'photo_not_of_initials';
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Initials are worth nothing beside a photo, another spelling or an identifier that tells the name.
CREATE OR REPLACE FUNCTION memorial_guard_initials() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.initials_only AND (
        EXISTS (SELECT 1 FROM prisoners_photo x WHERE x.prisoner_id = NEW.id AND x.stem <> '')
        OR EXISTS (SELECT 1 FROM prisoners_namevariant x WHERE x.prisoner_id = NEW.id)
        OR EXISTS (SELECT 1 FROM prisoners_externalidentifier x WHERE x.prisoner_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'something beside the initials tells the name'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoner_initials_stand_alone';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_initials_detail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM prisoners_prisoner p WHERE p.id = NEW.prisoner_id AND p.initials_only) THEN
        RAISE EXCEPTION 'this would tell the name of a person shown by initials'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoner_initials_stand_alone';
    END IF;
    RETURN NEW;
END $$;

-- Health, ill-treatment and the like are shown only with a consent in force.
CREATE OR REPLACE FUNCTION memorial_require_consent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needed text;
BEGIN
    SELECT v.consent_scope INTO needed FROM prisoners_vulnerability v WHERE v.id = NEW.vulnerability_id;
    IF needed <> '' AND NOT EXISTS (
        SELECT 1 FROM prisoners_consent c
        WHERE c.prisoner_id = NEW.prisoner_id AND c.scope = needed AND c.given
          AND (c.withdrawn_on IS NULL OR c.withdrawn_on > current_date)
          AND (c.expires_on IS NULL OR c.expires_on >= current_date)
    ) THEN
        RAISE EXCEPTION 'this needs a consent that is not there: %', needed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisonervulnerability_needs_consent';
    END IF;
    RETURN NEW;
END $$;

-- A consent that is withdrawn, or was entered by mistake, takes along what was shown only by it.
-- One that merely expires is found by staff: nothing is written on that day.
CREATE OR REPLACE FUNCTION memorial_hide_without_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM prisoners_prisonervulnerability l
     USING prisoners_vulnerability v
     WHERE v.id = l.vulnerability_id AND l.prisoner_id = OLD.prisoner_id AND v.consent_scope = OLD.scope
       AND NOT EXISTS (
        SELECT 1 FROM prisoners_consent c
        WHERE c.prisoner_id = l.prisoner_id AND c.scope = v.consent_scope AND c.given
          AND (c.withdrawn_on IS NULL OR c.withdrawn_on > current_date)
          AND (c.expires_on IS NULL OR c.expires_on >= current_date)
    );
    RETURN NULL;
END $$;

-- Where an old path leads today; nothing for what is hidden or shown by initials. The table
-- itself is closed to the public role, for an old path may hold a name that was moved away.
-- With a slash before it the answer names its language: «/en/prisoners/…/».
CREATE OR REPLACE FUNCTION memorial_new_address(old_path text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN o.language = '' THEN '' ELSE '/' || o.language || '/' END
           || coalesce('prisoners/' || p.slug || '/', 'facilities/' || f.slug || '/', nullif(o.page, ''))
      FROM prisoners_oldaddress o
      LEFT JOIN prisoners_prisoner p
             ON p.id = o.prisoner_id AND p.state = 'published' AND NOT p.initials_only
      LEFT JOIN prisoners_facility f ON f.id = o.facility_id AND f.state = 'published'
     WHERE o.path = old_path AND (p.id IS NOT NULL OR f.id IS NOT NULL OR o.page <> '')
$$;
COMMENT ON FUNCTION memorial_new_address(text) IS 'called by site_ro, staff_rw';
