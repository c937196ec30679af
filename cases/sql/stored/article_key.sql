-- The key by which numbers of articles and parts are sorted: each number of the four figures, so that
-- 207.3 ("0207.0003") stands before 208 and 280.2 before 280.10. Stands behind stored columns.
CREATE OR REPLACE FUNCTION memorial_article_key(number text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(replace(number, '-', '.'), '([0-9]+)', '000\1', 'g'), '[0-9]*([0-9]{4})', '\1', 'g');
