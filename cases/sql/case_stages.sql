-- Where the prosecutions of cases stand, on every day that is ever shown: the same rules as cases/stage.py, held
-- together by tests/filters. One stage is told less exactly: whoever serves a sentence has one in force, and whether
-- it is being served is a matter of the person and not of the case, so here both are «in_force».

-- No list is ever asked about an earlier day; what begins before it needs no date.
CREATE OR REPLACE FUNCTION memorial_first_day_shown() RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN DATE '2026-01-01';

-- What a decision makes of a prosecution: LEADS_TO of cases/stage.py; NULL where it leaves it where it stands.
CREATE OR REPLACE FUNCTION memorial_stage_after(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN kind = 'guilty_verdict' THEN 'first_instance'
    WHEN kind = 'acquittal' THEN 'acquitted'
    WHEN kind IN ('medical_ruling', 'medical_extended', 'medical_changed') THEN 'compulsory_treatment'
    WHEN kind = 'medical_ended' THEN 'unknown'
    WHEN kind = 'discontinuation' THEN 'discontinued'
    WHEN kind = 'returned_to_prosecutor' THEN 'returned_to_prosecutor'
    WHEN kind IN ('remitted', 'quashed') THEN 'new_trial'
    WHEN kind = 'adm_ruling' THEN 'adm_ruling'
    WHEN kind = 'extradition' THEN 'extradition_decision'
END;

-- The stages of published people in published cases among some: each from a day until the day before another.
CREATE OR REPLACE FUNCTION memorial_case_stages(cases bigint[])
RETURNS TABLE ("case" bigint, stage text, since date, until date) LANGUAGE sql STABLE AS $$
WITH one AS MATERIALIZED (
    SELECT s.*, k.kind AS case_kind FROM cases_prosecution s
      JOIN cases_case k ON k.id = s.case_id AND k.state = 'published'
      JOIN prisoners_prisoner p ON p.id = s.prisoner_id AND p.state = 'published'
     WHERE s.case_id = ANY (cases)
), decision AS MATERIALIZED (
    SELECT one.id AS prosecution, one.case_id, d.id, d.kind, d.instance, d.on_earliest, d.in_force_on_latest, d.supersedes_id,
           memorial_stage_after(d.kind) AS stage, (d.round, coalesce(d.on_latest, d.on_earliest, '-infinity'), d.id) AS place
      FROM one JOIN cases_decision d ON d.case_id = one.case_id AND d.verification <> 'unverified'
     WHERE d.whole_case OR EXISTS (
           SELECT 1 FROM cases_decisionperson l WHERE l.decision_id = d.id AND l.prosecution_id = one.id)
), hearing AS MATERIALIZED (
    SELECT one.id AS prosecution, h.on, h.instance FROM one
      JOIN cases_hearing h ON h.case_id = one.case_id AND h.verification <> 'unverified' AND h.hearing_state <> 'cancelled'
     WHERE h.whole_case OR EXISTS (
           SELECT 1 FROM cases_hearingperson l WHERE l.hearing_id = h.id AND l.prosecution_id = one.id)
), charge AS MATERIALIZED (
    -- The first day on which a court can have judged any of a person's charges: of all days where undated.
    SELECT one.id AS prosecution, one.case_id, min(coalesce(e.on_earliest, '-infinity')) FILTER (WHERE e.id IS NOT NULL) AS judged
      FROM one JOIN cases_charge c ON c.prosecution_id = one.id AND c.verification <> 'unverified'
      LEFT JOIN cases_chargeevent e ON e.charge_id = c.id AND e.verification <> 'unverified'
                                   AND e.kind IN ('convicted', 'acquitted')
     GROUP BY one.id, one.case_id
), slot AS MATERIALIZED (
    -- A stage can only change on these days.
    SELECT case_id, "day", lead("day") OVER (PARTITION BY case_id ORDER BY "day") AS until FROM (
        SELECT case_id, memorial_first_day_shown() AS "day" FROM one
        UNION SELECT case_id, on_earliest FROM decision WHERE on_earliest > memorial_first_day_shown()
        UNION SELECT case_id, in_force_on_latest FROM decision WHERE in_force_on_latest > memorial_first_day_shown()
        UNION SELECT case_id, judged FROM charge WHERE judged > memorial_first_day_shown()
    ) AS days
), standing AS (
    -- What was decided by then, without what a decision that leads elsewhere has superseded by then.
    SELECT slot."day", d.*, d.in_force_on_latest <= slot."day" AS is_in_force FROM decision d
      JOIN slot ON slot.case_id = d.case_id AND (d.on_earliest IS NULL OR d.on_earliest <= slot."day")
     WHERE NOT EXISTS (
           SELECT 1 FROM decision later WHERE later.prosecution = d.prosecution AND later.supersedes_id = d.id
              AND later.stage IS NOT NULL AND (later.on_earliest IS NULL OR later.on_earliest <= slot."day"))
), led AS (
    SELECT DISTINCT ON (prosecution, "day") prosecution, "day", stage, place, instance FROM standing
     WHERE stage IS NOT NULL ORDER BY prosecution, "day", place DESC
), decided AS (
    SELECT l.prosecution, l."day", CASE
           WHEN l.stage = 'first_instance' AND (l.instance IN ('appeal', 'cassation', 'supervisory') OR EXISTS (
                SELECT 1 FROM standing s WHERE s.prosecution = l.prosecution AND s."day" = l."day" AND s.place >= l.place
                   AND (s.is_in_force OR s.kind IN ('upheld', 'reduced', 'increased'))))
           THEN 'in_force' ELSE l.stage END AS stage
      FROM led l
), last AS (
    SELECT DISTINCT ON (prosecution, "day") prosecution, "day", on_earliest FROM standing
     ORDER BY prosecution, "day", place DESC
), told AS (
    SELECT one.case_id, slot."day", slot.until, CASE
        WHEN one.stage_entered <> '' THEN CASE one.stage_entered WHEN 'serving' THEN 'in_force' ELSE one.stage_entered END
        WHEN one.suspension_reason <> '' AND one.resumed_on IS NULL
             AND coalesce(decided.stage, 'new_trial') IN ('returned_to_prosecutor', 'new_trial')
             THEN 'suspended_' || one.suspension_reason
        WHEN decided.stage = 'adm_ruling' AND heard.on_review <> '' THEN 'adm_complaint'
        WHEN decided.stage = 'extradition_decision' AND heard.on_review <> '' THEN 'extradition_appeal'
        WHEN decided.stage = 'first_instance' AND heard.on_review <> '' THEN heard.on_review
        WHEN decided.stage IS NOT NULL THEN decided.stage
        WHEN one.case_kind = 'administrative' THEN 'adm_protocol'
        WHEN one.case_kind = 'extradition' THEN 'extradition_request'
        WHEN one.case_kind = 'no_proceedings' THEN 'held_no_proceedings'
        WHEN heard.in_court THEN 'first_instance'
        WHEN charge.judged <= slot."day" THEN 'unknown'
        WHEN charge.prosecution IS NOT NULL OR one.since IS NOT NULL THEN 'investigation'
        ELSE 'unknown' END AS stage
      FROM one JOIN slot ON slot.case_id = one.case_id
      LEFT JOIN decided ON decided.prosecution = one.id AND decided."day" = slot."day"
      LEFT JOIN last ON last.prosecution = one.id AND last."day" = slot."day"
      LEFT JOIN charge ON charge.prosecution = one.id
      LEFT JOIN LATERAL (
           -- A hearing after the last decision tells what the prosecution has come to since.
           SELECT CASE WHEN bool_or(h.instance = 'appeal') THEN 'appeal' WHEN bool_or(h.instance = 'cassation') THEN 'cassation'
                       WHEN bool_or(h.instance = 'supervisory') THEN 'supervisory' ELSE '' END AS on_review,
                  coalesce(bool_or(h.instance = 'first'), false) AS in_court
             FROM hearing h WHERE h.prosecution = one.id AND (last.on_earliest IS NULL OR h.on > last.on_earliest)
      ) AS heard ON true
), known AS (
    -- That one person's stage is not known is no stage of a case in which another's is.
    SELECT DISTINCT t.case_id, t."day", t.until, t.stage FROM told t
     WHERE t.stage <> 'unknown' OR NOT EXISTS (
           SELECT 1 FROM told x WHERE x.case_id = t.case_id AND x."day" = t."day" AND x.stage <> 'unknown')
), run AS (
    SELECT *, count(*) FILTER (WHERE NOT goes_on) OVER (PARTITION BY case_id, stage ORDER BY "day") AS number FROM (
        SELECT *, coalesce(lag(until) OVER (PARTITION BY case_id, stage ORDER BY "day") = "day", false) AS goes_on FROM known
    ) AS in_order
)
SELECT case_id, stage, nullif(min("day"), memorial_first_day_shown()),
       CASE WHEN bool_or(until IS NULL) THEN NULL ELSE max(until) END
  FROM run GROUP BY case_id, stage, number
$$;
