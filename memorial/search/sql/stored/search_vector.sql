-- The words of a text as they are looked for. Stands behind a stored column.
-- ё is е, for nobody types it; and no text is so long that PostgreSQL would refuse the row.
CREATE OR REPLACE FUNCTION memorial_search_vector(language text, title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE language
    WHEN 'ru' THEN
        setweight(to_tsvector('pg_catalog.russian', translate(left(title, 1000), 'ёЁ', 'еЕ')), 'A')
        || setweight(to_tsvector('pg_catalog.russian', translate(left(body, 150000), 'ёЁ', 'еЕ')), 'B')
    ELSE
        setweight(to_tsvector('pg_catalog.english', left(title, 1000)), 'A')
        || setweight(to_tsvector('pg_catalog.english', left(body, 150000)), 'B')
END;
