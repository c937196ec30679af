-- Why the page of a person needs two people, as codes; empty where one is enough. Here and not beside the
-- person's own tables, because half of the reasons stand in the legal record.
CREATE OR REPLACE FUNCTION memorial_second_look_reasons(person bigint, is_harmful boolean, born_earliest date)
RETURNS text[] LANGUAGE plpgsql STABLE AS $$
-- In plpgsql, which keeps its plan: to plan it takes ten times what it does, and every row of a person asks.
BEGIN RETURN array_remove(ARRAY[
        -- Under 18 when first deprived of liberty, whatever was decided about the name since.
        CASE WHEN EXISTS (
            SELECT 1 FROM prisoners_custody c
             WHERE c.prisoner_id = person
               AND least(c.seized_on_latest, c.detained_on_latest, c.remanded_on_latest) < interval '18 years'
                   + coalesce((SELECT partial_date_earliest(x.born) FROM prisoners_prisonerprivate x
                                WHERE x.prisoner_id = person), born_earliest))
            OR EXISTS (
            SELECT 1 FROM prisoners_prisonervulnerability l JOIN prisoners_vulnerability v
                ON v.id = l.vulnerability_id
             WHERE l.prisoner_id = person AND v.code = 'minor_at_arrest') THEN 'minor' END,
        -- УК РФ 275, 275.1, 276; and what is said of it in other words.
        CASE WHEN is_harmful OR EXISTS (
            SELECT 1 FROM prisoners_prisonertheme l JOIN prisoners_theme t ON t.id = l.theme_id
             WHERE l.prisoner_id = person
               AND t.code IN ('treason', 'espionage', 'confidential_cooperation'))
            OR EXISTS (
            SELECT 1 FROM cases_charge h
              JOIN cases_prosecution s ON s.id = h.prosecution_id
              LEFT JOIN cases_article a ON a.id = h.article_id
             WHERE s.prisoner_id = person
               AND coalesce(a.code, h.code) = 'uk-rf'
               AND coalesce(a.number, h.number) IN ('275', '275.1', '276')) THEN 'treason' END,
        CASE WHEN EXISTS (
            SELECT 1 FROM prisoners_prisonervulnerability l JOIN prisoners_vulnerability v
                ON v.id = l.vulnerability_id
             WHERE l.prisoner_id = person AND v.consent_scope = 'ill_treatment') THEN 'torture' END,
        CASE WHEN EXISTS (
            SELECT 1 FROM prisoners_prisonertheme l JOIN prisoners_theme t ON t.id = l.theme_id
             WHERE l.prisoner_id = person AND t.code = 'lgbt') THEN 'lgbt' END,
        CASE WHEN EXISTS (
            SELECT 1 FROM cases_prosecutionprivate x JOIN cases_prosecution s ON s.id = x.prosecution_id
             WHERE s.prisoner_id = person AND (x.gave_evidence OR x.cooperation_note <> ''))
            THEN 'cooperation' END
    ], NULL);
END $$;
