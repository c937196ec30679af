-- Whether readers may know of something that concerns several people, some of them perhaps hidden.
-- With the owner's rights: the public role sees no hidden row, so that by itself it could not tell
-- what concerns only hidden people from what concerns nobody in particular.

CREATE OR REPLACE FUNCTION memorial_hearing_has_public_people(hearing bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM cases_hearingperson x
        JOIN cases_prosecution s ON s.id = x.prosecution_id JOIN prisoners_prisoner p ON p.id = s.prisoner_id
        WHERE x.hearing_id = hearing AND p.state = 'published');
END $$;
COMMENT ON FUNCTION memorial_hearing_has_public_people(bigint) IS 'called by site_ro, staff_rw';

CREATE OR REPLACE FUNCTION memorial_decision_has_public_people(decision bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM cases_decisionperson x
        JOIN cases_prosecution s ON s.id = x.prosecution_id JOIN prisoners_prisoner p ON p.id = s.prisoner_id
        WHERE x.decision_id = decision AND p.state = 'published');
END $$;
COMMENT ON FUNCTION memorial_decision_has_public_people(bigint) IS 'called by site_ro, staff_rw';

-- A term tells of every decision it comes from: one of a case that is not public keeps it back.
CREATE OR REPLACE FUNCTION memorial_term_is_of_public_cases(term bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT 1 FROM cases_termdecision t
        JOIN cases_decisionperson x ON x.id = t.decision_person_id
        JOIN cases_decision d ON d.id = x.decision_id JOIN cases_case c ON c.id = d.case_id
        WHERE t.term_id = term AND (c.state <> 'published' OR d.verification = 'unverified'));
END $$;
COMMENT ON FUNCTION memorial_term_is_of_public_cases(bigint) IS 'called by site_ro, staff_rw';

CREATE OR REPLACE FUNCTION memorial_finding_is_about_public(finding bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM cases_findingperson x JOIN prisoners_prisoner p ON p.id = x.prisoner_id
        WHERE x.finding_id = finding AND p.state = 'published')
    OR EXISTS (
        SELECT 1 FROM cases_internationalfinding f JOIN cases_case c ON c.id = f.case_id
        WHERE f.id = finding AND c.state = 'published');
END $$;
COMMENT ON FUNCTION memorial_finding_is_about_public(bigint) IS 'called by site_ro, staff_rw';

-- A case is taken from readers with the last of its people whom they knew, by whatever path: it would go on
-- telling of somebody by deeds, dates and courts, and name nobody. Staff publish it again, never the database.
-- Argument: whose row has changed, a person's or a prosecution's.
CREATE OR REPLACE FUNCTION memorial_withdraw_deserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_by bigint[];
BEGIN
    IF TG_ARGV[0] = 'prosecution' THEN
        left_by := ARRAY[OLD.case_id];
    ELSIF OLD.state = 'published' AND NEW.state <> 'published' THEN
        left_by := ARRAY(SELECT s.case_id FROM cases_prosecution s WHERE s.prisoner_id = NEW.id);
    END IF;
    UPDATE cases_case c SET state = 'withdrawn'
    WHERE c.id = ANY (left_by) AND c.state = 'published' AND NOT EXISTS (
        SELECT 1 FROM cases_prosecution s JOIN prisoners_prisoner p ON p.id = s.prisoner_id
        WHERE s.case_id = c.id AND p.state = 'published');
    RETURN NULL;
END $$;
