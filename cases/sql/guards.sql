-- What must hold within the legal record, whoever writes it (domain, rules 1, 6, 7 and 9).

-- Two references of a row lead to one case, person or prosecution. Arguments: the rule's name, the column
-- compared, then column and table of each reference; no table where the row says it itself.
CREATE OR REPLACE FUNCTION memorial_guard_same() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    found bigint[] := '{}';
    owner bigint;
BEGIN
    FOR i IN 0..1 LOOP
        owner := (given ->> TG_ARGV[2 + 2 * i])::bigint;
        IF TG_ARGV[3 + 2 * i] <> '' THEN
            EXECUTE format('SELECT %I FROM %I WHERE id = $1', TG_ARGV[1], TG_ARGV[3 + 2 * i]) INTO owner USING owner;
        END IF;
        found := found || owner;
    END LOOP;
    IF found[1] <> found[2] THEN
        RAISE EXCEPTION '%: the references lead to different owners', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
    END IF;
    RETURN NEW;
END $$;

-- A prosecution, a hearing or a decision keeps its case while something of that case points to it.
-- Argument: the column by which the links point to the row.
CREATE OR REPLACE FUNCTION memorial_guard_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    linked boolean;
BEGIN
    IF NEW.case_id = OLD.case_id THEN RETURN NEW; END IF;
    linked := CASE TG_ARGV[0]
        WHEN 'hearing_id' THEN
            EXISTS (SELECT 1 FROM cases_hearingperson x WHERE x.hearing_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_hearing x WHERE x.postponed_to_id = NEW.id)
        WHEN 'decision_id' THEN
            EXISTS (SELECT 1 FROM cases_decisionperson x WHERE x.decision_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_decision x WHERE x.supersedes_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_chargeevent x WHERE x.decision_id = NEW.id)
        ELSE
            EXISTS (SELECT 1 FROM cases_hearingperson x WHERE x.prosecution_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_decisionperson x WHERE x.prosecution_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_event x WHERE x.prosecution_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_document x WHERE x.prosecution_id = NEW.id)
            OR EXISTS (SELECT 1 FROM cases_chargeevent x JOIN cases_charge c ON c.id = x.charge_id
                       WHERE c.prosecution_id = NEW.id AND x.decision_id IS NOT NULL)
        END;
    IF linked THEN
        RAISE EXCEPTION '%: something of the old case points here', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_of_one_case';
    END IF;
    RETURN NEW;
END $$;

-- An event or a document of one person's prosecution is of that case.
CREATE OR REPLACE FUNCTION memorial_fill_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.case_id IS NULL AND NEW.prosecution_id IS NOT NULL THEN
        NEW.case_id := (SELECT s.case_id FROM cases_prosecution s WHERE s.id = NEW.prosecution_id);
    END IF;
    RETURN NEW;
END $$;

-- Hearings and decisions of chosen people are not of the whole case: said by the first person entered,
-- and never taken back by the last one taken out, for then what concerned a hidden person would show.
CREATE OR REPLACE FUNCTION memorial_not_whole_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE %I SET whole_case = false WHERE id = $1 AND whole_case', TG_ARGV[0])
        USING (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
    RETURN NULL;
END $$;

-- Staff say again that it is of the whole case: then of nobody in particular.
CREATE OR REPLACE FUNCTION memorial_empty_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.whole_case AND NOT OLD.whole_case THEN
        EXECUTE format('DELETE FROM %I WHERE %I = $1', TG_ARGV[0], TG_ARGV[1]) USING NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_time_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.time_zone <> '' THEN
        BEGIN
            PERFORM now() AT TIME ZONE NEW.time_zone;
        EXCEPTION WHEN invalid_parameter_value THEN
            RAISE EXCEPTION 'no such time zone'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'court_time_zone_known';
        END;
    END IF;
    RETURN NEW;
END $$;

-- A held hearing is not on a day to come, by the court's own calendar; else by the first that begins a day there.
CREATE OR REPLACE FUNCTION memorial_guard_hearing_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    zone text := coalesce(
        nullif((SELECT c.time_zone FROM cases_court c WHERE c.id = NEW.court_id), ''), 'Asia/Kamchatka');
BEGIN
    IF NEW.hearing_state = 'held' AND NEW."on" > (now() AT TIME ZONE zone)::date THEN
        RAISE EXCEPTION 'a hearing to come was not held'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_hearing_happened';
    END IF;
    RETURN NEW;
END $$;

-- The entry in readers' calendars changes whenever what they show changes (RFC 5545, 3.8.7.4).
CREATE OR REPLACE FUNCTION memorial_raise_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW."on", NEW."at", NEW.room, NEW.court_id, NEW.hearing_state, NEW.postponed_to_id,
        NEW.subject_ru, NEW.subject_en, NEW.access)
       IS DISTINCT FROM
       (OLD."on", OLD."at", OLD.room, OLD.court_id, OLD.hearing_state, OLD.postponed_to_id,
        OLD.subject_ru, OLD.subject_en, OLD.access) THEN
        NEW.sequence := OLD.sequence + 1;
    ELSE
        NEW.sequence := OLD.sequence;
    END IF;
    NEW.uid := OLD.uid;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_charge_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.article_id <> (SELECT e.article_id FROM cases_articleedition e WHERE e.id = NEW.edition_id) THEN
        RAISE EXCEPTION 'the edition of another article'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_edition_of_its_article';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_charge_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT d.case_id FROM cases_decision d WHERE d.id = NEW.decision_id) <>
       (SELECT s.case_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id
        WHERE c.id = NEW.charge_id) THEN
        RAISE EXCEPTION 'the decision of another case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_of_one_case';
    END IF;
    RETURN NEW;
END $$;

-- What becomes of a charge follows its being brought; where it was brought more than once, the first time.
CREATE OR REPLACE FUNCTION memorial_guard_charge_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    brought date := (
        SELECT CASE WHEN bool_and(b.on_earliest IS NOT NULL) THEN min(b.on_earliest) END
        FROM cases_chargeevent b
        WHERE b.charge_id = NEW.charge_id AND b.kind = 'brought' AND b.verification <> 'unverified');
BEGIN
    IF EXISTS (
        SELECT 1 FROM cases_chargeevent e
        WHERE e.charge_id = NEW.charge_id AND e.kind <> 'brought' AND e.verification <> 'unverified'
          AND e.on_latest < brought
    ) THEN
        RAISE EXCEPTION 'decided before it was brought'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chargeevent_not_before_brought';
    END IF;
    RETURN NULL;
END $$;

-- A superseding decision is not certainly earlier than what it supersedes.
CREATE OR REPLACE FUNCTION memorial_guard_superseding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM cases_decision late JOIN cases_decision early ON early.id = late.supersedes_id
        WHERE (late.id = NEW.id OR early.id = NEW.id) AND late.on_latest < early.on_earliest
    ) THEN
        RAISE EXCEPTION 'superseded by an earlier decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_supersedes_an_earlier_one';
    END IF;
    RETURN NULL;
END $$;

-- Nobody's verdict is reviewed before it is passed, in one round. Argument: the column that names the decision.
-- Only decisions on guilt count: a remand is appealed against long before there is a verdict.
CREATE OR REPLACE FUNCTION memorial_guard_instances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF EXISTS (
        SELECT 1
        FROM cases_decision mine
        JOIN cases_decision other ON other.case_id = mine.case_id AND other.round = mine.round
        CROSS JOIN LATERAL (SELECT
            CASE WHEN mine.instance = 'first' THEN mine.id ELSE other.id END AS trial,
            CASE WHEN mine.instance = 'first' THEN mine.kind ELSE other.kind END AS passed,
            CASE WHEN mine.instance = 'first' THEN mine.on_earliest ELSE other.on_earliest END AS passed_on,
            CASE WHEN mine.instance = 'first' THEN other.kind ELSE mine.kind END AS reviewed,
            CASE WHEN mine.instance = 'first' THEN other.on_latest ELSE mine.on_latest END AS reviewed_on) x
        WHERE mine.id = decision
          AND (mine.instance = 'first') <> (other.instance = 'first')
          AND mine.instance IN ('first', 'appeal', 'cassation', 'supervisory')
          AND other.instance IN ('first', 'appeal', 'cassation', 'supervisory')
          AND mine.verification <> 'unverified' AND other.verification <> 'unverified'
          AND x.passed IN ('guilty_verdict', 'acquittal', 'medical_ruling')
          AND x.reviewed IN ('upheld', 'quashed', 'reduced', 'increased', 'remitted', 'guilty_verdict', 'acquittal')
          AND x.reviewed_on < x.passed_on
          AND ((mine.whole_case AND other.whole_case) OR EXISTS (
              SELECT 1 FROM cases_decisionperson a JOIN cases_decisionperson b ON b.prosecution_id = a.prosecution_id
              WHERE a.decision_id = mine.id AND b.decision_id = other.id))
    ) THEN
        RAISE EXCEPTION 'reviewed before it was passed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_instances_in_order';
    END IF;
    RETURN NULL;
END $$;

-- Acquittals and rulings on compulsory medical measures impose nothing (domain, rule 7).
CREATE OR REPLACE FUNCTION memorial_imposes_nothing(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN kind IN ('acquittal', 'medical_ruling', 'medical_extended', 'medical_changed', 'medical_ended');

CREATE OR REPLACE FUNCTION memorial_guard_penalty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind <> 'none' AND memorial_imposes_nothing(
        (SELECT d.kind FROM cases_decisionperson x JOIN cases_decision d ON d.id = x.decision_id
         WHERE x.id = NEW.decision_person_id)) THEN
        RAISE EXCEPTION 'a penalty of a decision that imposes none'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_without_penalty';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_decision_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF memorial_imposes_nothing(NEW.kind) AND EXISTS (
        SELECT 1 FROM cases_decisionperson x
        WHERE x.decision_id = NEW.id
          AND (EXISTS (SELECT 1 FROM cases_penalty y WHERE y.decision_person_id = x.id AND y.kind <> 'none')
               OR EXISTS (SELECT 1 FROM cases_termdecision t WHERE t.decision_person_id = x.id))
    ) THEN
        RAISE EXCEPTION 'a decision that imposes nothing has a penalty or a term'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_without_penalty';
    END IF;
    IF EXISTS (SELECT 1 FROM cases_decisionperson x
               WHERE x.decision_id = NEW.id AND NOT memorial_medical_measure_fits(NEW.kind, x.medical_measure)) THEN
        RAISE EXCEPTION 'a medical measure that this decision cannot bring'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisionperson_medical_measure_fits';
    END IF;
    RETURN NEW;
END $$;

-- Art. 97 and 99 of the Criminal Code: beside a penalty there is only out-patient treatment.
CREATE OR REPLACE FUNCTION memorial_medical_measure_fits(kind text, measure text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN measure = '' THEN true
    WHEN kind = 'acquittal' THEN false
    WHEN kind = 'guilty_verdict' THEN measure = 'outpatient'
    ELSE true
END;

CREATE OR REPLACE FUNCTION memorial_guard_medical_measure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT memorial_medical_measure_fits(
        (SELECT d.kind FROM cases_decision d WHERE d.id = NEW.decision_id), NEW.medical_measure) THEN
        RAISE EXCEPTION 'a medical measure that this decision cannot bring'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisionperson_medical_measure_fits';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_term_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided record;
BEGIN
    SELECT s.prisoner_id, d.kind INTO decided
      FROM cases_decisionperson x
      JOIN cases_prosecution s ON s.id = x.prosecution_id
      JOIN cases_decision d ON d.id = x.decision_id
     WHERE x.id = NEW.decision_person_id;
    IF decided.prisoner_id <> (SELECT t.prisoner_id FROM cases_term t WHERE t.id = NEW.term_id) THEN
        RAISE EXCEPTION 'the decision of another person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_of_one_person';
    END IF;
    IF memorial_imposes_nothing(decided.kind) THEN
        RAISE EXCEPTION 'a term of a decision that imposes none'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'term_not_of_treatment';
    END IF;
    RETURN NEW;
END $$;

-- Nobody is locked up certainly after death; a search for somebody, or a surety, may outlive them on paper.
CREATE OR REPLACE FUNCTION memorial_guard_restraint_alive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.measure IN ('police_detention', 'house_arrest', 'custody', 'extraprocedural')
       AND partial_date_valid(NEW.began) AND partial_date_earliest(NEW.began) > (
            SELECT d.on_latest FROM prisoners_death d JOIN cases_prosecution s ON s.prisoner_id = d.prisoner_id
            WHERE s.id = NEW.prosecution_id AND d.verification <> 'unverified') THEN
        RAISE EXCEPTION 'locked up after the death'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prisoners_after_death';
    END IF;
    RETURN NEW;
END $$;

-- Officials: published, and shown in a prosecution, only when two different people confirmed it.
CREATE OR REPLACE FUNCTION memorial_guard_official() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND (
        SELECT count(DISTINCT x."by") FROM cases_officialconfirmation x WHERE x.official_id = NEW.id) < 2 THEN
        RAISE EXCEPTION 'not confirmed by two'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'official_two_people_confirm';
    END IF;
    RETURN NEW;
END $$;

-- What was confirmed is the part as it stood: changed in substance, it is confirmed anew.
CREATE OR REPLACE FUNCTION memorial_count_confirmations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.official_id, NEW.prosecution_id, NEW.part)
       IS DISTINCT FROM (OLD.official_id, OLD.prosecution_id, OLD.part) THEN
        NEW.confirmed := false;
    ELSE
        NEW.confirmed := (
            SELECT count(DISTINCT x."by") >= 2 FROM cases_officialconfirmation x WHERE x.role_id = NEW.id);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_drop_confirmations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.official_id, NEW.prosecution_id, NEW.part)
       IS DISTINCT FROM (OLD.official_id, OLD.prosecution_id, OLD.part) THEN
        DELETE FROM cases_officialconfirmation x WHERE x.role_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_confirmations_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was record := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        UPDATE cases_officialrole o SET confirmed = confirmed WHERE o.id = NEW.role_id;
    END IF;
    UPDATE cases_officialrole o SET confirmed = confirmed WHERE o.id = was.role_id AND TG_OP <> 'INSERT';
    IF EXISTS (
        SELECT 1 FROM cases_official o WHERE o.id = was.official_id AND o.state = 'published'
        AND (SELECT count(DISTINCT x."by") FROM cases_officialconfirmation x WHERE x.official_id = o.id) < 2
    ) THEN
        RAISE EXCEPTION 'a published official stays confirmed by two'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'official_published_stays_confirmed';
    END IF;
    RETURN NULL;
END $$;

-- A file is published only after somebody looked whether anything hidden can be read in it.
CREATE OR REPLACE FUNCTION memorial_redaction_is_checked(document bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM cases_documentoriginal o
                   WHERE o.document_id = document AND o.redaction_checked_on IS NOT NULL
                     AND o.redaction_checked_by IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION memorial_guard_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND (
        (NEW.stem <> '' AND NOT memorial_redaction_is_checked(NEW.id))
        OR EXISTS (SELECT 1 FROM cases_documentoriginal o WHERE o.document_id = NEW.id AND o.confidential)) THEN
        RAISE EXCEPTION 'the redaction is not checked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_redaction_is_checked';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_check_new_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.file <> OLD.file AND OLD.file <> ''
       AND (NEW.redaction_checked_on, NEW.redaction_checked_by)
           IS NOT DISTINCT FROM (OLD.redaction_checked_on, OLD.redaction_checked_by) THEN
        NEW.redaction_checked_on := NULL;
        NEW.redaction_checked_by := NULL;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_redaction_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.document_id ELSE OLD.document_id END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM cases_document d
        WHERE d.id = document AND d.state = 'published' AND (
            (d.stem <> '' AND NOT memorial_redaction_is_checked(d.id))
            OR EXISTS (SELECT 1 FROM cases_documentoriginal o WHERE o.document_id = d.id AND o.confidential))
    ) THEN
        RAISE EXCEPTION 'the file is published'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_published_stays_checked';
    END IF;
    RETURN NULL;
END $$;
