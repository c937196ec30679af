-- What the filters of the list of cases know of each case, of its published people alone (domain, rule 1):
-- an article or a prosecution in absentia that only a hidden person has is not told.

-- Until 2026-11 it told no days, and what a function returns cannot be replaced.
DROP FUNCTION IF EXISTS memorial_case_traits(bigint[]);

CREATE FUNCTION memorial_case_traits(cases bigint[])
RETURNS TABLE ("case" bigint, trait text, since date, until date) LANGUAGE sql STABLE AS $$
WITH one AS MATERIALIZED (
    SELECT k.* FROM cases_case k WHERE k.id = ANY (cases) AND k.state = 'published'
), prosecution AS MATERIALIZED (
    SELECT s.id, s.case_id, s.in_absentia FROM cases_prosecution s
      JOIN prisoners_prisoner p ON p.id = s.prisoner_id AND p.state = 'published'
     WHERE s.case_id = ANY (cases)
), charge AS MATERIALIZED (
    SELECT s.case_id, coalesce(a.slug, c.code || '-' || c.number) AS article, c.part
      FROM cases_charge c JOIN prosecution s ON s.id = c.prosecution_id
      LEFT JOIN cases_article a ON a.id = c.article_id
     WHERE c.verification <> 'unverified' AND (a.id IS NOT NULL OR c.number <> '')
), found AS (
    SELECT id, 'kind=' || kind FROM one
    UNION SELECT one.id, 'theme=' || v.code FROM one JOIN prisoners_theme v ON v.id = one.theme_id
    UNION SELECT one.id, 'region=' || lower(g.code) FROM one JOIN prisoners_region g ON g.id = one.region_id
    UNION SELECT id, 'group=' || CASE WHEN is_group THEN 'yes' ELSE 'no' END FROM one
    UNION SELECT id, 'year=' || date_part('year', opened_earliest) FROM one
           WHERE date_part('year', opened_earliest) = date_part('year', opened_latest)
    UNION SELECT id, 'english=' || CASE WHEN title_en <> '' AND summary_en <> '' THEN 'yes' ELSE 'no' END FROM one
    UNION SELECT case_id, 'article=' || article FROM charge
    UNION SELECT case_id, 'part=' || article || '_' || part FROM charge WHERE part <> ''
    UNION SELECT case_id, 'absentia=' || CASE WHEN bool_or(in_absentia) THEN 'yes' ELSE 'no' END
            FROM prosecution GROUP BY case_id
    UNION SELECT f.case_id, 'finding=' || f.body FROM cases_internationalfinding f
           WHERE f.case_id = ANY (cases) AND f.state = 'published'
), said AS MATERIALIZED (
    SELECT f."case", f.trait, NULL::date AS since, NULL::date AS until
      FROM found AS f("case", trait) JOIN one ON one.id = f."case"
    UNION ALL
    SELECT "case", 'stage=' || stage, since, until FROM memorial_case_stages(cases)
)
SELECT * FROM said
UNION ALL
SELECT one.id, empty.name || '=' || empty.word, NULL, NULL
  FROM one CROSS JOIN (VALUES ('theme', 'unknown'), ('region', 'unknown'), ('year', 'unknown'), ('article', 'unknown'),
                              ('absentia', 'unknown'), ('finding', 'none'), ('stage', 'unknown')) AS empty(name, word)
 WHERE NOT EXISTS (SELECT 1 FROM said WHERE said."case" = one.id AND split_part(said.trait, '=', 1) = empty.name)
$$;
