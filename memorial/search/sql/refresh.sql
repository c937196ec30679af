-- Keeps the table of public text as what it is made of: by triggers, in the same transaction.

-- Makes the table say of some objects of a kind what it should, and writes nothing where it does.
CREATE OR REPLACE FUNCTION memorial_publish_text(of_kind text, objects bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('
        WITH wanted AS (
            SELECT o.id AS object, w.* FROM unnest($2) AS o(id), LATERAL %I(o.id) AS w
        ), gone AS (
            DELETE FROM search_searchentry e WHERE e.kind = $1 AND e.object_id = ANY ($2) AND NOT EXISTS (
                SELECT 1 FROM wanted w WHERE w.object = e.object_id AND w.language = e.language)
        )
        INSERT INTO search_searchentry AS e (kind, object_id, language, title, body, url_key, on_day)
        SELECT $1, w.object, w.language, left(w.title, 1000), w.body, w.url_key, w.on_day FROM wanted w
        ON CONFLICT (kind, object_id, language) DO UPDATE
        SET title = excluded.title, body = excluded.body, url_key = excluded.url_key, on_day = excluded.on_day
        WHERE (e.title, e.body, e.url_key, e.on_day)
              IS DISTINCT FROM (excluded.title, excluded.body, excluded.url_key, excluded.on_day)',
        'memorial_search_' || of_kind) USING of_kind, objects;
END $$;

-- The trigger on the tables that a kind is made of. Arguments: the kind, and a query for the numbers of the
-- objects that a row, called r, has a part in.
CREATE OR REPLACE FUNCTION memorial_follow_text() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before bigint[] := '{}';
    after bigint[] := '{}';
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'version' = to_jsonb(NEW) - 'version' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE 'SELECT ARRAY(SELECT q.id FROM (SELECT ($1).*) AS r, LATERAL (' || TG_ARGV[1] || ') AS q(id))'
            INTO before USING OLD;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE 'SELECT ARRAY(SELECT q.id FROM (SELECT ($1).*) AS r, LATERAL (' || TG_ARGV[1] || ') AS q(id))'
            INTO after USING NEW;
    END IF;
    IF cardinality(before || after) > 0 THEN
        PERFORM memorial_publish_text(TG_ARGV[0], ARRAY(SELECT DISTINCT id FROM unnest(before || after) AS id WHERE id IS NOT NULL));
    END IF;
    RETURN NULL;
END $$;

-- All of one kind anew: after a change of its function, or where the table was not there before.
CREATE OR REPLACE FUNCTION memorial_rebuild_text(of_kind text, of_table regclass) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    objects bigint[];
BEGIN
    DELETE FROM search_searchentry e WHERE e.kind = of_kind;
    EXECUTE format('SELECT ARRAY(SELECT id FROM %s ORDER BY id)', of_table) INTO objects;
    PERFORM memorial_publish_text(of_kind, objects);
    IF cardinality(objects) > 0 THEN
        INSERT INTO base_contentversion (began_at, transaction)
        VALUES (transaction_timestamp(), pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    END IF;
    RETURN (SELECT count(*) FROM search_searchentry e WHERE e.kind = of_kind);
END $$;
COMMENT ON FUNCTION memorial_rebuild_text(text, regclass) IS 'called by staff_rw';

-- A database that had pages before it had this table. A test holds the list to `memorial.search.kinds`.
DO $$
DECLARE
    kind record;
BEGIN
    FOR kind IN SELECT * FROM (VALUES
        ('prisoner', 'prisoners_prisoner'), ('case', 'cases_case'), ('article', 'cases_article'),
        ('region', 'prisoners_region'), ('facility', 'prisoners_facility'), ('court', 'cases_court'),
        ('document', 'cases_document'), ('news', 'news_newsitem'),
        ('page', 'pages_sitepage'), ('theme', 'pages_themetext')) AS k(code, of_table)
    LOOP
        IF NOT EXISTS (SELECT 1 FROM search_searchentry e WHERE e.kind = kind.code) THEN
            PERFORM memorial_rebuild_text(kind.code, kind.of_table::regclass);
        END IF;
    END LOOP;
END $$;
