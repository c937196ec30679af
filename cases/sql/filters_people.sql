-- What the filters of the list of people know of each person: only what the person's page tells readers
-- (domain, rules 5, 8, 14 and 15). The same rules as prisoners/display and prisoners/letters.py, held
-- together by tests/filters.
--
-- A trait is «filter=value». One that holds from a day on, or until a day, has that day beside it; nothing
-- here asks what day it is, so that a row made today is right tomorrow and a rebuild makes the same.
--
-- Of a person shown by initials no trait describes the person (profession, community, year of birth, age,
-- place): together they would tell who it is. What describes the prosecution stays.

-- The day of an age; of those born on 29 February, 1 March.
CREATE OR REPLACE FUNCTION memorial_birthday(born date, years integer) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (born + make_interval(years => years))::date
    + CASE WHEN extract(day FROM born) <> extract(day FROM born + make_interval(years => years)) THEN 1 ELSE 0 END;

-- What an open stay says of liberty: STATUS_OF_STAY of prisoners/querysets.py.
CREATE OR REPLACE FUNCTION memorial_liberty_in(reason text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN reason IN ('captured', 'seized', 'no_case') THEN 'held_without_case'
    WHEN reason IN ('police_detention', 'remand', 'extradition') THEN 'pretrial_detention'
    WHEN reason IN ('serving', 'transit', 'temporary', 'hospital', 'unknown') THEN 'imprisoned'
    WHEN reason = 'house_arrest' THEN 'house_arrest'
    WHEN reason = 'examination' THEN 'psychiatric_examination'
    WHEN reason = 'compulsory_treatment' THEN 'inpatient_treatment'
    WHEN reason = 'administrative_arrest' THEN 'administrative_arrest'
    WHEN reason = 'forced_labour' THEN 'forced_labour'
    WHEN reason = 'expulsion' THEN 'immigration_detention'
    ELSE ''
END;

CREATE OR REPLACE FUNCTION memorial_liberty_after(kind text, circumstance text, ground text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN kind = 'death' THEN 'died'
    WHEN circumstance = 'sent_to_war' OR ground IN ('war_78_1', 'war_80_2', 'war_pardon') THEN 'sent_to_war'
    WHEN kind = 'escape' THEN 'not_known'
    ELSE 'at_liberty'
END;

-- The traits of published people among some; one row a trait. `since` is the first day, `until` the day after the last.
CREATE OR REPLACE FUNCTION memorial_person_traits(people bigint[])
RETURNS TABLE (person bigint, trait text, since date, until date) LANGUAGE sql STABLE AS $$
WITH one AS MATERIALIZED (
    SELECT p.* FROM prisoners_prisoner p WHERE p.id = ANY (people) AND p.state = 'published'
), stay AS MATERIALIZED (
    -- What happened is not in the future, so a stay that has an end is over.
    SELECT s.*, f.state = 'published' AS facility_shown, f.slug AS facility_slug,
           f.accepts_letters <> 'no' AND f.city <> '' AND f.postal_index <> '' AS takes_letters
      FROM prisoners_stay s LEFT JOIN prisoners_facility f ON f.id = s.facility_id
     WHERE s.prisoner_id = ANY (people) AND s.ongoing AND s.verification <> 'unverified'
), custody AS MATERIALIZED (
    SELECT c.id, c.prisoner_id,
           CASE WHEN c.seized_on IS NOT NULL THEN c.seized_on_earliest
                WHEN c.detained_on IS NOT NULL THEN c.detained_on_earliest
                ELSE c.remanded_on_earliest END AS earliest,
           CASE WHEN c.seized_on IS NOT NULL THEN c.seized_on_latest
                WHEN c.detained_on IS NOT NULL THEN c.detained_on_latest
                ELSE c.remanded_on_latest END AS latest,
           least(c.seized_on_earliest, c.detained_on_earliest, c.remanded_on_earliest) AS arrested,
           least(c.seized_on_latest, c.detained_on_latest, c.remanded_on_latest) AS arrested_by,
           EXISTS (SELECT 1 FROM prisoners_endofcustody e
                   WHERE e.custody_id = c.id AND e.verification <> 'unverified') AS is_over
      FROM prisoners_custody c WHERE c.prisoner_id = ANY (people) AND c.verification <> 'unverified'
), custody_end AS MATERIALIZED (
    SELECT e.* FROM prisoners_endofcustody e
     WHERE e.prisoner_id = ANY (people) AND e.verification <> 'unverified'
), told AS MATERIALIZED (
    SELECT one.id, coalesce(
        (SELECT 'died' FROM prisoners_death d WHERE d.prisoner_id = one.id AND d.verification <> 'unverified'),
        (SELECT memorial_liberty_in(s.reason) FROM stay s WHERE s.prisoner_id = one.id
          ORDER BY s.temporary, s.began_earliest DESC NULLS LAST, s.id DESC LIMIT 1),
        (SELECT memorial_liberty_after(e.kind, e.circumstance, e.ground) FROM custody_end e
          WHERE e.prisoner_id = one.id
            AND NOT EXISTS (SELECT 1 FROM custody c WHERE c.prisoner_id = one.id AND c.arrested > e.on_latest)
          ORDER BY e.on_earliest DESC NULLS LAST, e.id DESC LIMIT 1)) AS liberty
      FROM one
), free AS MATERIALIZED (
    SELECT one.id, coalesce(told.liberty, nullif(one.liberty_entered, ''), 'not_known') AS liberty,
           CASE WHEN told.liberty IS NULL AND one.liberty_entered <> '' AND one.liberty_as_of > memorial_first_day_shown()
                THEN one.liberty_as_of END AS known_since,
           coalesce(told.liberty, '') IN (
               'pretrial_detention', 'imprisoned', 'house_arrest', 'inpatient_treatment', 'psychiatric_examination',
               'held_without_case', 'administrative_arrest', 'immigration_detention') AS is_deprived
      FROM one JOIN told USING (id)
), shown AS MATERIALIZED (
    -- The custody that the page speaks of (prisoners/display/custody.py).
    SELECT DISTINCT ON (c.prisoner_id) c.*,
           (SELECT count(*) FROM custody x WHERE x.prisoner_id = c.prisoner_id) > 1 AS is_one_of_several,
           NOT c.is_over AND (free.is_deprived OR NOT EXISTS (
               SELECT 1 FROM custody_end e WHERE e.prisoner_id = c.prisoner_id AND e.custody_id IS NULL
                  AND (e.on_latest < c.earliest) IS NOT TRUE)) AS goes_on
      FROM custody c JOIN free ON free.id = c.prisoner_id
     WHERE NOT (c.is_over AND free.is_deprived)
     ORDER BY c.prisoner_id, c.is_over, coalesce(c.earliest, c.latest) DESC NULLS LAST, c.id DESC
), decision AS MATERIALIZED (
    SELECT r.* FROM prisoners_recognition r
     WHERE r.prisoner_id = ANY (people) AND r.verification <> 'unverified'
       AND r.decided_by IN ('this_project', 'memorial_hrc')
), standing AS MATERIALIZED (
    -- The decision that the mark on a card speaks of: ours first, then the newest.
    SELECT DISTINCT ON (r.prisoner_id) r.* FROM decision r
     WHERE r.outcome = 'recognised' AND NOT EXISTS (
           SELECT 1 FROM decision w WHERE w.prisoner_id = r.prisoner_id AND w.decided_by = r.decided_by
              AND w.outcome = 'withdrawn'
              AND (w.on_latest IS NULL OR r.on_earliest IS NULL OR w.on_latest >= r.on_earliest))
     ORDER BY r.prisoner_id, r.decided_by DESC, r.on_earliest DESC NULLS FIRST, r.id DESC
), prosecution AS MATERIALIZED (
    SELECT s.id, s.prisoner_id, s.in_absentia, k.slug, k.region_id
      FROM cases_prosecution s JOIN cases_case k ON k.id = s.case_id AND k.state = 'published'
     WHERE s.prisoner_id = ANY (people)
), charge AS MATERIALIZED (
    SELECT s.prisoner_id, coalesce(a.slug, c.code || '-' || c.number) AS article, c.part
      FROM cases_charge c JOIN prosecution s ON s.id = c.prosecution_id
      LEFT JOIN cases_article a ON a.id = c.article_id
     WHERE c.verification <> 'unverified' AND (a.id IS NOT NULL OR c.number <> '')
), mail AS MATERIALIZED (
    -- Whether the page has an envelope (prisoners/letters.py), the person's age left aside.
    SELECT one.id, coalesce(
        free.liberty NOT IN ('died', 'at_liberty', 'beyond_reach', 'sent_to_war', 'house_arrest')
        AND NOT one.initials_only AND first.public = 'yes' AND first.reason <> 'transit'
        AND first.facility_shown AND first.takes_letters
        AND CASE WHEN one.surname_ru || one.given_names_ru || one.described_as_ru <> '' THEN one.described_as_ru = ''
                 ELSE one.described_as_en = '' AND one.envelope_name_confirmed END, false) AS arrives
      FROM one JOIN free USING (id)
      LEFT JOIN LATERAL (
           SELECT s.* FROM stay s WHERE s.prisoner_id = one.id
            ORDER BY s.temporary, coalesce(s.began_earliest, s.began_latest) DESC NULLS LAST, s.id DESC LIMIT 1
      ) AS first ON true
), age AS MATERIALIZED (
    -- What the page tells of a birth: the day only while letters arrive, else the year.
    SELECT one.id, date_part('year', one.born_earliest) AS first_year, date_part('year', one.born_latest) AS last_year,
           CASE WHEN NOT one.initials_only THEN memorial_birthday(CASE
                WHEN mail.arrives THEN one.born_latest
                ELSE make_date(date_part('year', one.born_latest)::integer, 12, 31) END, 60) END AS sixty_on,
           memorial_birthday(coalesce(one.born_latest, one.born_earliest), 18) AS adult_on
      FROM one JOIN mail USING (id)
), found AS (
    SELECT id, 'liberty=' || liberty, known_since, NULL::date FROM free
    UNION ALL SELECT id, 'liberty=not_known', NULL, known_since FROM free WHERE known_since IS NOT NULL
    UNION ALL
    SELECT one.id, 'recognition=' || CASE
        WHEN r.id IS NULL THEN CASE WHEN EXISTS (
            SELECT 1 FROM decision w WHERE w.prisoner_id = one.id AND w.outcome = 'withdrawn')
            THEN 'withdrawn' ELSE 'none' END
        WHEN c.goes_on AND CASE WHEN r.custody_id IS NOT NULL THEN r.custody_id <> c.id
             ELSE c.is_one_of_several AND coalesce(r.on_latest < c.earliest, false) END THEN 'earlier_case'
        ELSE r.decided_by END, NULL, NULL
      FROM one LEFT JOIN standing r ON r.prisoner_id = one.id LEFT JOIN shown c ON c.prisoner_id = one.id
    UNION ALL
    SELECT l.prisoner_id, 'list=' || v.code, NULL, NULL
      FROM prisoners_prisonerlisting l JOIN prisoners_prisonerlist v ON v.id = l.prisoner_list_id
     WHERE l.prisoner_id = ANY (people)
    UNION ALL
    SELECT l.prisoner_id, 'theme=' || v.code, NULL, NULL
      FROM prisoners_prisonertheme l JOIN prisoners_theme v ON v.id = l.theme_id WHERE l.prisoner_id = ANY (people)
    UNION ALL
    SELECT one.id, 'community=' || v.code, NULL, NULL FROM one
      JOIN prisoners_prisonercommunity l ON l.prisoner_id = one.id JOIN prisoners_community v ON v.id = l.community_id
     WHERE NOT one.initials_only
    UNION ALL
    SELECT one.id, 'profession=' || v.code, NULL, NULL FROM one
      JOIN prisoners_prisonerprofession l ON l.prisoner_id = one.id JOIN prisoners_profession v ON v.id = l.profession_id
     WHERE NOT one.initials_only
    UNION ALL
    SELECT one.id, 'vulnerability=' || v.code, NULL, NULL FROM one
      JOIN prisoners_prisonervulnerability l ON l.prisoner_id = one.id
      JOIN prisoners_vulnerability v ON v.id = l.vulnerability_id
     WHERE NOT one.initials_only OR v.code = 'minor_at_arrest'
    UNION ALL SELECT id, 'vulnerability=women', NULL, NULL FROM one WHERE gender = 'f'
    UNION ALL
    SELECT id, 'vulnerability=age_60', CASE WHEN sixty_on > memorial_first_day_shown() THEN sixty_on END, NULL
      FROM age WHERE sixty_on IS NOT NULL
    UNION ALL
    -- By the year alone, which is all that the page tells.
    SELECT age.id, 'vulnerability=minor_at_arrest', NULL, NULL FROM age
     WHERE EXISTS (SELECT 1 FROM custody c WHERE c.prisoner_id = age.id
                   AND c.arrested_by < make_date(age.first_year::integer + 18, 1, 1))
    UNION ALL SELECT prisoner_id, 'article=' || article, NULL, NULL FROM charge
    UNION ALL SELECT prisoner_id, 'part=' || article || '_' || part, NULL, NULL FROM charge WHERE part <> ''
    UNION ALL SELECT one.id, 'region=' || lower(g.code), NULL, NULL FROM one JOIN prisoners_region g ON g.id = one.region_id
    UNION ALL
    SELECT s.prisoner_id, 'region=' || lower(g.code), NULL, NULL
      FROM prosecution s JOIN one ON one.id = s.prisoner_id JOIN prisoners_region g ON g.id = s.region_id
     WHERE one.region_id IS NULL
    UNION ALL
    SELECT s.prisoner_id, 'place=' || CASE
        WHEN s.reason = 'house_arrest' THEN 'at_home'
        WHEN s.public = 'yes' AND s.facility_shown THEN s.facility_slug
        WHEN s.public = 'yes' AND s.facility_id IS NULL AND s.region_id IS NULL THEN 'unknown'
        ELSE 'concealed' END, NULL, NULL
      FROM stay s JOIN one ON one.id = s.prisoner_id JOIN free ON free.id = one.id
     WHERE NOT one.initials_only AND free.liberty <> 'died'
    UNION ALL
    SELECT one.id, 'place=unknown', NULL, CASE WHEN free.liberty IN ('at_liberty', 'beyond_reach', 'sent_to_war')
                                               THEN free.known_since END
      FROM one JOIN free USING (id)
     WHERE NOT one.initials_only AND NOT EXISTS (SELECT 1 FROM stay s WHERE s.prisoner_id = one.id)
       AND (free.liberty NOT IN ('died', 'at_liberty', 'beyond_reach', 'sent_to_war') OR
            free.liberty <> 'died' AND free.known_since IS NOT NULL)
    UNION ALL
    SELECT c.prisoner_id, 'citizenship=' || lower(c.country) || CASE c.manner WHEN 'ordinary' THEN '' ELSE '-' || c.manner END,
           NULL, NULL
      FROM prisoners_citizenship c WHERE c.prisoner_id = ANY (people) AND c.ended IS NULL
    UNION ALL
    SELECT prisoner_id, 'year=' || date_part('year', earliest), NULL, NULL FROM shown
     WHERE date_part('year', earliest) = date_part('year', latest)
    UNION ALL
    SELECT one.id, 'born=' || CASE WHEN age.first_year = age.last_year THEN age.first_year::text ELSE 'unknown' END,
           NULL, NULL FROM one JOIN age USING (id) WHERE NOT one.initials_only
    UNION ALL SELECT id, 'gender=' || coalesce(nullif(gender, ''), 'unknown'), NULL, NULL FROM one
    UNION ALL
    SELECT prisoner_id, 'absentia=' || CASE WHEN bool_or(in_absentia) THEN 'yes' ELSE 'no' END, NULL, NULL
      FROM prosecution GROUP BY prisoner_id
    UNION ALL
    SELECT r.prisoner_id, 'register=' || r.register, NULL, NULL FROM prisoners_registerentry r
     WHERE r.prisoner_id = ANY (people) AND r.verification <> 'unverified' AND r.removed_on IS NULL
    UNION ALL SELECT prisoner_id, 'case=' || slug, NULL, NULL FROM prosecution
    UNION ALL
    SELECT x.prisoner_id, 'finding=' || f.body, NULL, NULL
      FROM cases_findingperson x JOIN cases_internationalfinding f ON f.id = x.finding_id AND f.state = 'published'
     WHERE x.prisoner_id = ANY (people)
    UNION ALL
    SELECT id, 'english=' || CASE WHEN surname_en || given_names_en || described_as_en <> '' AND summary_en <> ''
                                  THEN 'yes' ELSE 'no' END, NULL, NULL FROM one
    UNION ALL
    SELECT id, 'letters=yes', CASE WHEN adult_on > memorial_first_day_shown() THEN adult_on END, NULL
      FROM mail JOIN age USING (id) WHERE arrives
    UNION ALL
    SELECT id, 'letters=no', NULL, CASE WHEN arrives THEN adult_on END
      FROM mail JOIN age USING (id) WHERE NOT arrives OR adult_on > memorial_first_day_shown()
), said AS MATERIALIZED (
    SELECT f.* FROM found AS f(person, trait, since, until) JOIN one ON one.id = f.person
)
SELECT * FROM said
UNION ALL
-- Unknown is a value, and said in words.
SELECT one.id, empty.name || '=' || empty.word, NULL, NULL
  FROM one CROSS JOIN (VALUES
       ('list', 'none'), ('theme', 'unknown'), ('community', 'unknown'), ('profession', 'unknown'),
       ('article', 'unknown'), ('region', 'unknown'), ('citizenship', 'unknown'), ('year', 'unknown'),
       ('absentia', 'unknown'), ('register', 'none'), ('case', 'none'), ('finding', 'none')) AS empty(name, word)
 WHERE NOT EXISTS (SELECT 1 FROM said WHERE said.person = one.id AND split_part(said.trait, '=', 1) = empty.name)
   AND NOT (one.initials_only AND empty.name IN ('community', 'profession'))
$$;
