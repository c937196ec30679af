-- What of each kind of page is looked for: one function a kind, called memorial_search_<kind>, which gives one row
-- for each language that the object exists in, and none of what is not public. `memorial/search/kinds.py` names
-- the kinds and the tables whose rows they are made of. In plpgsql, which keeps the plan from one row to the next.

-- Rich text as plain words.
CREATE OR REPLACE FUNCTION memorial_plain_text(html text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN html !~ '[<&]' THEN html ELSE
    replace(replace(replace(replace(replace(replace(replace(
        regexp_replace(html, '<[^>]*>', ' ', 'g'),
        '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&#x27;', ''''), '&amp;', '&')
END;

-- The parts of a text, empty ones left out, with one space for each run of white space.
CREATE OR REPLACE FUNCTION memorial_joined_text(VARIADIC parts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN btrim(regexp_replace(
    array_to_string(ARRAY(SELECT memorial_plain_text(part) FROM unnest(parts) AS part WHERE part <> ''), E'\n'),
    '[\s\u00a0]+', ' ', 'g'));

-- People shown by initials are not here: under 18 one is not to be found, and others asked for it.
CREATE OR REPLACE FUNCTION memorial_search_prisoner(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, l.title::text,
           memorial_joined_text(l.summary, l.what_happened, l.why_political, l.charges, l.sentence, c.texts),
           p.slug::text, p.updated_on
    FROM prisoners_prisoner p,
    LATERAL (VALUES
        ('ru', memorial_joined_text(concat_ws(' ', p.surname_ru, p.given_names_ru, p.patronymic_ru, p.described_as_ru)),
         p.summary_ru, p.what_happened_ru, p.why_political_ru, p.charges_ru, p.sentence_ru),
        ('en', memorial_joined_text(concat_ws(' ', p.given_names_en, p.patronymic_en, p.surname_en, p.described_as_en)),
         p.summary_en, p.what_happened_en, p.why_political_en, p.charges_en, p.sentence_en)
    ) AS l(language, title, summary, what_happened, why_political, charges, sentence),
    LATERAL (SELECT string_agg(CASE l.language WHEN 'ru' THEN x.text_ru ELSE x.text_en END, ' ' ORDER BY x.id) AS texts
             FROM prisoners_correction x WHERE x.prisoner_id = p.id) AS c
    WHERE p.id = object AND p.state = 'published' AND NOT p.initials_only
      AND (l.title <> '' OR l.summary <> '' OR l.what_happened <> '');
END $$;

CREATE OR REPLACE FUNCTION memorial_search_case(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, l.title::text,
           memorial_joined_text(l.summary, l.text, l.body, c.number, e.lines),
           c.slug::text, c.updated_on
    FROM cases_case c,
    LATERAL (VALUES ('ru', c.title_ru, c.summary_ru, c.text_ru, c.investigating_body_ru),
                    ('en', c.title_en, c.summary_en, c.text_en, c.investigating_body_en)
            ) AS l(language, title, summary, text, body),
    LATERAL (SELECT string_agg(CASE l.language WHEN 'ru' THEN x.line_ru ELSE x.line_en END, E'\n' ORDER BY x.id) AS lines
             FROM cases_event x
             LEFT JOIN cases_prosecution s ON s.id = x.prosecution_id
             LEFT JOIN prisoners_prisoner p ON p.id = s.prisoner_id
             WHERE x.case_id = c.id AND x.verification <> 'unverified'
               AND (x.prosecution_id IS NULL OR p.state = 'published')) AS e
    WHERE c.id = object AND c.state = 'published' AND (l.title <> '' OR l.summary <> '' OR l.text <> '');
END $$;

CREATE OR REPLACE FUNCTION memorial_search_article(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, concat_ws(' ', a.number, coalesce(nullif(e.short, ''), e.title)),
           memorial_joined_text(l.text, e.others, e.parts), a.slug::text, NULL::date
    FROM cases_article a,
    LATERAL (VALUES ('ru', a.text_ru), ('en', a.text_en)) AS l(language, text),
    LATERAL (
        SELECT (array_agg(d.short ORDER BY d.valid_from DESC NULLS LAST))[1] AS short,
               (array_agg(d.title ORDER BY d.valid_from DESC NULLS LAST))[1] AS title,
               string_agg(concat_ws(' ', d.short, d.title), ' ') AS others,
               string_agg((SELECT string_agg(CASE l.language WHEN 'ru' THEN q.short_ru ELSE q.short_en END, ' ')
                           FROM cases_articlepart q WHERE q.edition_id = d.id), ' ') AS parts
        FROM (SELECT x.id, x.valid_from, CASE l.language WHEN 'ru' THEN x.short_ru ELSE x.short_en END AS short,
                     CASE l.language WHEN 'ru' THEN x.title_ru ELSE x.title_en END AS title
              FROM cases_articleedition x WHERE x.article_id = a.id) AS d
    ) AS e
    WHERE a.id = object AND (e.title <> '' OR e.short <> '' OR l.text <> '');
END $$;

-- An occupied region says so wherever it is named, as `Region.shown_name` does.
CREATE OR REPLACE FUNCTION memorial_search_region(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language,
           coalesce(nullif(l.display, ''), l.name) || CASE WHEN r.occupied = 'yes' THEN l.occupied ELSE '' END,
           memorial_joined_text(l.name, l.note), lower(r.code), NULL::date
    FROM prisoners_region r,
    LATERAL (VALUES ('ru', r.name_ru, r.display_name_ru, r.occupation_note_ru, ' (Украина, оккупирован)'),
                    ('en', r.name_en, r.display_name_en, r.occupation_note_en, ' (Ukraine, occupied)')
            ) AS l(language, name, display, note, occupied)
    WHERE r.id = object AND l.name <> '';
END $$;

CREATE OR REPLACE FUNCTION memorial_search_facility(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, l.name::text,
           memorial_joined_text(f.official_name_ru, f.city, l.region, l.about, l.rules), f.slug::text, NULL::date
    FROM prisoners_facility f LEFT JOIN prisoners_region r ON r.id = f.region_id,
    LATERAL (VALUES ('ru', f.name_ru, f.about_ru, f.rules_ru, r.name_ru),
                    ('en', f.name_en, f.about_en, f.rules_en, r.name_en)) AS l(language, name, about, rules, region)
    WHERE f.id = object AND f.state = 'published' AND l.name <> '';
END $$;

-- A court set up in occupied territory stands in quotes, as `Court.shown_name` does.
CREATE OR REPLACE FUNCTION memorial_search_court(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, CASE WHEN c.in_occupied_territory THEN l.opening || l.name || l.closing ELSE l.name::text END,
           memorial_joined_text(l.town, l.address, l.region), c.slug::text, NULL::date
    FROM cases_court c LEFT JOIN prisoners_region r ON r.id = c.region_id,
    LATERAL (VALUES ('ru', c.name_ru, c.town_ru, c.address_ru, r.name_ru, '«', '»'),
                    ('en', c.name_en, c.town_en, c.address_en, r.name_en, '‘', '’')
            ) AS l(language, name, town, address, region, opening, closing)
    WHERE c.id = object AND c.state = 'published' AND l.name <> '';
END $$;

-- The same condition as `Document.PUBLIC_WHEN`; a test holds the two together.
CREATE OR REPLACE FUNCTION memorial_search_document(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, l.title::text, memorial_joined_text(l.text, l.author), d.slug::text, d.on_earliest
    FROM cases_document d
    LEFT JOIN cases_case c ON c.id = d.case_id
    LEFT JOIN cases_prosecution s ON s.id = d.prosecution_id
    LEFT JOIN cases_case sc ON sc.id = s.case_id
    LEFT JOIN prisoners_prisoner p ON p.id = s.prisoner_id,
    LATERAL (VALUES ('ru', d.title_ru, d.text_ru, d.author_line_ru),
                    ('en', d.title_en, d.text_en, d.author_line_en)) AS l(language, title, text, author)
    WHERE d.id = object AND d.state = 'published'
      AND (d.case_id IS NULL OR c.state = 'published')
      AND (d.prosecution_id IS NULL OR (sc.state = 'published' AND p.state = 'published'))
      AND (d.stem = '' OR memorial_document_covers_the_hidden(d.id))
      AND (l.title <> '' OR l.text <> '');
END $$;

CREATE OR REPLACE FUNCTION memorial_search_news(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, l.title::text, memorial_joined_text(l.summary, l.text), n.slug::text, n."on"
    FROM news_newsitem n,
    LATERAL (VALUES ('ru', n.title_ru, n.summary_ru, n.text_ru),
                    ('en', n.title_en, n.summary_en, n.text_en)) AS l(language, title, summary, text)
    WHERE n.id = object AND n.state = 'published' AND l.title <> '';
END $$;

CREATE OR REPLACE FUNCTION memorial_search_page(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, l.title::text, memorial_joined_text(l.summary, l.text), p.slug::text, p.checked_on
    FROM pages_sitepage p,
    LATERAL (VALUES ('ru', p.title_ru, p.summary_ru, p.text_ru),
                    ('en', p.title_en, p.summary_en, p.text_en)) AS l(language, title, summary, text)
    WHERE p.id = object AND p.state = 'published' AND l.title <> '';
END $$;

-- The text of a theme under the theme's name, which begins with a capital letter as on its page.
CREATE OR REPLACE FUNCTION memorial_search_theme(object bigint)
RETURNS TABLE (language text, title text, body text, url_key text, on_day date)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
    SELECT l.language, overlay(l.label placing upper(substr(l.label, l.capital, 1)) FROM l.capital),
           memorial_joined_text(l.summary, l.text), l.code::text, l.checked_on
    FROM (SELECT w.*, greatest(1, regexp_instr(w.label, '[[:alpha:]]')) AS capital, t.code, x.checked_on
          FROM pages_themetext x JOIN prisoners_theme t ON t.id = x.theme_id,
          LATERAL (VALUES ('ru', t.label_ru::text, x.summary_ru, x.text_ru),
                          ('en', t.label_en::text, x.summary_en, x.text_en)) AS w(language, label, summary, text)
          WHERE x.id = object AND x.state = 'published') AS l
    WHERE l.label <> '' AND (l.summary <> '' OR l.text <> '');
END $$;
