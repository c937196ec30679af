-- Names by which readers find people: a copy of what is published, made by triggers in the same transaction.
-- Whoever is hidden or shown by initials is gone from here with the statement that hides them.
--
-- The *fold* of a word is how it sounds, roughly, in one alphabet for all: «Горинцев», Gorintsev, Gorinzew and
-- Gorincev are Garinsiv. The words of a query are folded by the same function, so both sides always agree.
-- Whoever changes a function here runs `manage.py rebuild_search` afterwards.

-- One word as memorial_sort_key leaves it. W is a hushing sound (ж ч ш щ zh ch sh sch cz ş ç), G is г and х
-- (Ukrainian says one where Russian writes the other); vowels that sound alike without stress are one.
CREATE OR REPLACE FUNCTION memorial_name_fold(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    f text := word;
BEGIN
    -- Cyrillic of Russian and Ukrainian, then of others; what has no counterpart (ь, ъ) drops out.
    f := translate(f, 'абвгґдезиійклмнопрстуфцэєыї', 'abvGGdisiiiklmnoprstufsiiii');
    f := translate(f, 'жчшщхюяьъ', 'WWWWGua');
    f := translate(f, 'әңөүұқғһўјљњћџҷӣӯҳҡҫҙӱӧ', 'anouukGGuilnWWWiuGkssuo');
    -- Latin with signs: Crimean Tatar, Azerbaijani, Polish, Czech and the rest.
    f := translate(f, 'àáâãäåāăąǎəèéêëēĕėęěìíîïĩīĭįı', 'aaaaaaaaaaaeeeeeeeeeiiiiiiiii');
    f := translate(f, 'òóôõöøōŏőùúûüũūŭůűųýÿŷñńņňŋ', 'ooooooooouuuuuuuuuuyyynnnnn');
    f := translate(f, 'ćčçşšśżžźţțťğĝġģĥħłľļďđřŕ', 'WWWWWWWWsttGGGGGGlllddrr');
    -- What two and more Latin letters write together: English, German, Polish, French.
    f := replace(replace(replace(replace(f, 'x', 'ks'), 'shch', 'W'), 'sch', 'W'), 'dj', 'dW');
    f := replace(replace(replace(replace(f, 'cz', 'W'), 'sz', 'W'), 'sh', 'W'), 'ch', 'W');
    f := replace(replace(replace(replace(replace(f, 'zh', 'W'), 'kh', 'G'), 'gh', 'G'), 'ph', 'f'), 'th', 't');
    f := translate(f, 'cghjqwyezf', 'sGGikviisv');
    f := replace(replace(replace(replace(f, 'ou', 'u'), 'ts', 's'), 'sW', 'W'), 'tW', 'W');
    -- ё is о after a soft sound; the и before another vowel is heard in it.
    f := regexp_replace(replace(f, 'Wo', 'Wi'), 'i+o', 'i', 'g');
    f := translate(regexp_replace(f, 'i+([au])', '\1', 'g'), 'o', 'a');
    f := regexp_replace(f, '(.)\1+', '\1', 'g');
    -- «оглы» and «кызы» say whose child; cases and genders have other endings; Peter is Пётр.
    f := regexp_replace(f, '(aGl[iu]|[kG]isi)$', '');
    f := regexp_replace(f, '^(.{2,}(av|iv|in))(a|u|i|ai|am|im|iG)$', '\1');
    f := regexp_replace(f, '^(.{2,}sk)(a|u|i|ai|im|iG|aGa|amu)$', '\1');
    RETURN lower(regexp_replace(f, '([bdGkptv])ir$', '\1r'));
END $$;

-- A fold with everything that one letter left out makes of it. Two words that share one of these differ by a
-- letter too much, too few, another, or by two that changed places. Short ones must agree.
CREATE OR REPLACE FUNCTION memorial_near_folds(folds text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT near FROM unnest(folds) AS fold,
    LATERAL (SELECT fold AS near UNION ALL
             SELECT left(fold, n - 1) || substr(fold, n + 1) FROM generate_series(1, length(fold)) AS n
             WHERE length(fold) BETWEEN 4 AND 40) AS around
    WHERE fold <> '');

-- The folds of words, those of nothing left out, and of all of them as one word: «Кара-Мурза» is «Карамурза» too.
CREATE OR REPLACE FUNCTION memorial_name_folds(words text[], joined boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT fold FROM (
        SELECT memorial_name_fold(word) AS fold, n FROM unnest(words) WITH ORDINALITY AS w(word, n)
        UNION ALL
        SELECT memorial_name_fold(array_to_string(words, '')), 99 WHERE joined AND cardinality(words) > 1
    ) AS folded WHERE fold <> '' ORDER BY n);

-- The names of one person as they should stand in the table; none of somebody who is not published by name.
-- Written into the statement of its one caller, which has a search_path: with one here it would be planned anew
-- for each person.
CREATE OR REPLACE FUNCTION memorial_names_of(of_person bigint)
RETURNS TABLE (kind text, language text, text text, surname_words text[], other_words text[])
LANGUAGE sql STABLE AS $$
    WITH parts AS (
        SELECT l.language, l.surname, l.given, l.patronymic,
               string_to_array(memorial_sort_key(l.surname), ' ') AS surname_words,
               string_to_array(memorial_sort_key(l.given || ' ' || l.patronymic), ' ') AS other_words
        FROM prisoners_prisoner p,
        LATERAL (VALUES ('ru', p.surname_ru, p.given_names_ru, p.patronymic_ru),
                        ('en', p.surname_en, p.given_names_en, p.patronymic_en)
                ) AS l(language, surname, given, patronymic)
        WHERE p.id = of_person AND p.state = 'published' AND NOT p.initials_only AND l.surname || l.given <> ''
    ), given AS (
        SELECT coalesce(array_agg(memorial_name_fold(word)), '{}') AS folds
        FROM parts, unnest(parts.other_words) AS word WHERE parts.surname <> ''
    )
    -- A single name is looked for as a surname is.
    SELECT 'name', q.language,
           btrim(CASE q.language WHEN 'ru' THEN concat_ws(' ', nullif(q.surname, ''), nullif(q.given, ''), nullif(q.patronymic, ''))
                 ELSE concat_ws(' ', nullif(q.given, ''), nullif(q.patronymic, ''), nullif(q.surname, '')) END),
           CASE WHEN q.surname <> '' THEN q.surname_words ELSE q.other_words END,
           CASE WHEN q.surname <> '' THEN q.other_words ELSE '{}' END
    FROM parts q
    UNION ALL
    -- Of another spelling nobody noted which word is the surname: all are, that are not a given name.
    SELECT v.kind, '', v.text,
           CASE WHEN cardinality(s.words) > 0 THEN s.words ELSE a.words END,
           CASE WHEN cardinality(s.words) > 0
                THEN ARRAY(SELECT word FROM unnest(a.words) AS word WHERE word <> ALL (s.words)) ELSE '{}' END
    FROM prisoners_namevariant v JOIN prisoners_prisoner p ON p.id = v.prisoner_id, given,
    LATERAL (SELECT string_to_array(memorial_sort_key(v.text), ' ') AS words) AS a,
    LATERAL (SELECT ARRAY(SELECT word FROM unnest(a.words) AS word
                          WHERE memorial_name_fold(word) <> ALL (given.folds)) AS words) AS s
    WHERE v.prisoner_id = of_person AND v.searchable AND p.state = 'published' AND NOT p.initials_only
$$;

-- Makes the table say of one person what it should, and writes nothing where it does.
CREATE OR REPLACE FUNCTION memorial_publish_names(of_person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    WITH wanted AS MATERIALIZED (
        SELECT DISTINCT * FROM memorial_names_of(of_person)
    ), gone AS (
        DELETE FROM prisoners_publishedname n WHERE n.person_id = of_person AND NOT EXISTS (
            SELECT 1 FROM wanted w
            WHERE (w.kind, w.language, w.text, w.surname_words, w.other_words)
                = (n.kind, n.language, n.text, n.surname_words, n.other_words))
    ), new AS MATERIALIZED (
        SELECT * FROM wanted w WHERE NOT EXISTS (
            SELECT 1 FROM prisoners_publishedname n WHERE n.person_id = of_person
            AND (w.kind, w.language, w.text, w.surname_words, w.other_words)
              = (n.kind, n.language, n.text, n.surname_words, n.other_words))
    )
    INSERT INTO prisoners_publishedname
        (person_id, kind, language, text, key, surname_words, other_words, surname_folds, other_folds,
         surname_near, other_near, loose)
    SELECT of_person, w.kind, w.language, w.text, memorial_sort_key(w.text), w.surname_words, w.other_words,
           f.surname, f.other, memorial_near_folds(f.surname), memorial_near_folds(f.other),
           ' ' || array_to_string(f.surname || f.other, ' ')
    FROM new AS w, LATERAL (
        SELECT memorial_name_folds(w.surname_words, w.kind = 'name') AS surname,
               memorial_name_folds(w.other_words, false) AS other OFFSET 0) AS f;
END $$;

-- Some of the names of which a part («surname», «other») is near to any of the keys, always by the index. Where the
-- planner expects many, it reads the table from its beginning instead, comparing each row with every key.
CREATE OR REPLACE FUNCTION memorial_names_by_index(part text, keys text[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF part = 'surname' THEN
        RETURN QUERY SELECT n.id FROM prisoners_publishedname n WHERE n.surname_near && keys LIMIT most;
    ELSE
        RETURN QUERY SELECT n.id FROM prisoners_publishedname n WHERE n.other_near && keys LIMIT most;
    END IF;
END $$;

-- The trigger on people and on their other names. Argument: the column that names the person.
CREATE OR REPLACE FUNCTION memorial_follow_names() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before bigint;
    after bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) ->> TG_ARGV[0]; END IF;
    IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) ->> TG_ARGV[0]; END IF;
    IF before IS NOT NULL THEN PERFORM memorial_publish_names(before); END IF;
    IF after IS NOT NULL AND after IS DISTINCT FROM before THEN PERFORM memorial_publish_names(after); END IF;
    RETURN NULL;
END $$;

-- All of it anew: after a change of the functions, or where the table was not there before. Returns how many names.
CREATE OR REPLACE FUNCTION memorial_rebuild_names() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM prisoners_publishedname;
    PERFORM memorial_publish_names(p.id) FROM prisoners_prisoner p WHERE p.state = 'published' ORDER BY p.id;
    INSERT INTO base_contentversion (began_at, transaction)
    VALUES (transaction_timestamp(), pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN (SELECT count(*) FROM prisoners_publishedname);
END $$;
COMMENT ON FUNCTION memorial_rebuild_names() IS 'called by staff_rw';

-- A database that had people before it had this table.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM prisoners_prisoner p WHERE p.state = 'published' AND NOT p.initials_only)
       AND NOT EXISTS (SELECT 1 FROM prisoners_publishedname) THEN
        PERFORM memorial_rebuild_names();
    END IF;
END $$;
