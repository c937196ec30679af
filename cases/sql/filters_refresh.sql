-- Keeps the tables that the filters read: one row for each published person and case, made anew in the
-- transaction that changes anything it is made from, whoever writes and by whatever path.

-- The dated traits that hold on a day.
CREATE OR REPLACE FUNCTION memorial_traits_on(dated text[], dated_from date[], dated_until date[], day date)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT d.trait FROM unnest(dated, dated_from, dated_until) AS d(trait, since, until)
     WHERE (d.since IS NULL OR d.since <= day) AND (d.until IS NULL OR d.until > day));

CREATE OR REPLACE FUNCTION memorial_refresh_people(people bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Planning so long a query costs ten times what it does for one person: one plan for ever.
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
    -- Who changes something else of the same person at the same time waits, and then sees this change: else
    -- each would make a row without what the other wrote. In the order of numbers, against deadlocks.
    PERFORM 1 FROM prisoners_prisoner p WHERE p.id = ANY (people) ORDER BY p.id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT 1 FROM prisoners_prisoner p WHERE p.id = ANY (people) AND p.state = 'published') THEN
        DELETE FROM cases_publishedperson x WHERE x.person_id = ANY (people);
        RETURN;
    END IF;
    DELETE FROM cases_publishedperson x WHERE x.person_id = ANY (people) AND NOT EXISTS (
        SELECT 1 FROM prisoners_prisoner p WHERE p.id = x.person_id AND p.state = 'published');
    INSERT INTO cases_publishedperson AS x (person_id, traits, dated, dated_from, dated_until)
    SELECT t.person,
           coalesce(array_agg(DISTINCT t.trait) FILTER (WHERE t.since IS NULL AND t.until IS NULL), '{}'),
           coalesce(array_agg(t.trait ORDER BY t.trait, t.since) FILTER (WHERE coalesce(t.since, t.until) IS NOT NULL), '{}'),
           coalesce(array_agg(t.since ORDER BY t.trait, t.since) FILTER (WHERE coalesce(t.since, t.until) IS NOT NULL), '{}'),
           coalesce(array_agg(t.until ORDER BY t.trait, t.since) FILTER (WHERE coalesce(t.since, t.until) IS NOT NULL), '{}')
      FROM memorial_person_traits(people) t GROUP BY t.person
    ON CONFLICT (person_id) DO UPDATE
       SET traits = excluded.traits, dated = excluded.dated,
           dated_from = excluded.dated_from, dated_until = excluded.dated_until
     WHERE (x.traits, x.dated, x.dated_from, x.dated_until) IS DISTINCT FROM
           (excluded.traits, excluded.dated, excluded.dated_from, excluded.dated_until);
END $$;
COMMENT ON FUNCTION memorial_refresh_people(bigint[]) IS 'called by staff_rw';

CREATE OR REPLACE FUNCTION memorial_refresh_cases(cases bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Planning so long a query costs ten times what it does for one person: one plan for ever.
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
    PERFORM 1 FROM cases_case k WHERE k.id = ANY (cases) ORDER BY k.id FOR NO KEY UPDATE;
    DELETE FROM cases_publishedcase x WHERE x.case_id = ANY (cases) AND NOT EXISTS (
        SELECT 1 FROM cases_case k WHERE k.id = x.case_id AND k.state = 'published');
    INSERT INTO cases_publishedcase AS x (case_id, traits, dated, dated_from, dated_until)
    SELECT t."case",
           coalesce(array_agg(DISTINCT t.trait) FILTER (WHERE t.since IS NULL AND t.until IS NULL), '{}'),
           coalesce(array_agg(t.trait ORDER BY t.trait, t.since) FILTER (WHERE coalesce(t.since, t.until) IS NOT NULL), '{}'),
           coalesce(array_agg(t.since ORDER BY t.trait, t.since) FILTER (WHERE coalesce(t.since, t.until) IS NOT NULL), '{}'),
           coalesce(array_agg(t.until ORDER BY t.trait, t.since) FILTER (WHERE coalesce(t.since, t.until) IS NOT NULL), '{}')
      FROM memorial_case_traits(cases) t GROUP BY t."case"
    ON CONFLICT (case_id) DO UPDATE
       SET traits = excluded.traits, dated = excluded.dated,
           dated_from = excluded.dated_from, dated_until = excluded.dated_until
     WHERE (x.traits, x.dated, x.dated_from, x.dated_until) IS DISTINCT FROM
           (excluded.traits, excluded.dated, excluded.dated_from, excluded.dated_until);
END $$;
COMMENT ON FUNCTION memorial_refresh_cases(bigint[]) IS 'called by staff_rw';

-- Argument of both: an SQL query for the numbers of those of whom a row, called r, tells something.
CREATE OR REPLACE FUNCTION memorial_filters_of_people() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked text := 'SELECT array_agg(DISTINCT c.number) FROM (SELECT ($1).*) AS r, LATERAL (' || TG_ARGV[0] || ') AS c(number)';
    before bigint[];
    after bigint[];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'version' = to_jsonb(NEW) - 'version' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN EXECUTE asked INTO before USING OLD; END IF;
    IF TG_OP <> 'DELETE' THEN EXECUTE asked INTO after USING NEW; END IF;
    IF before || after <> '{}' THEN PERFORM memorial_refresh_people(before || after); END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_filters_of_cases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked text := 'SELECT array_agg(DISTINCT c.number) FROM (SELECT ($1).*) AS r, LATERAL (' || TG_ARGV[0] || ') AS c(number)';
    before bigint[];
    after bigint[];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'version' = to_jsonb(NEW) - 'version' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN EXECUTE asked INTO before USING OLD; END IF;
    IF TG_OP <> 'DELETE' THEN EXECUTE asked INTO after USING NEW; END IF;
    IF before || after <> '{}' THEN PERFORM memorial_refresh_cases(before || after); END IF;
    RETURN NULL;
END $$;

-- Before a link is written: holds what it leads to until the transaction ends, so that whoever publishes or hides
-- that at the same moment waits, and then sees the link, or is seen by it. Without it neither would know of the
-- other: a publication refreshes those whose links it can see, and a link tells of what it sees published.
-- Arguments: table, column, strength of the lock, and so on, always people first, then institutions, findings and
-- cases, and triggers refresh in that order too: nobody waits in a circle. What changes once in years (the code of
-- a theme, of a region) is left to `rebuild_filters`.
CREATE OR REPLACE FUNCTION memorial_hold_linked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    FOR place IN 0 .. TG_NARGS - 1 BY 3 LOOP
        EXECUTE format('SELECT 1 FROM %I WHERE id = ($1).%I FOR %s', TG_ARGV[place], TG_ARGV[place + 1], TG_ARGV[place + 2])
          USING NEW;
    END LOOP;
    RETURN NEW;
END $$;
