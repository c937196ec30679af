-- Partial dates in the database: the same rules as memorial/base/partial_date/value.py,
-- held together by a property test (tests/base/test_fields.py).
--
-- The bodies are SQL-standard (RETURN ...), so names are bound when the function is made and
-- a restore or a caller with another search_path finds the same functions. They are not marked
-- STRICT, though NULL gives NULL: PostgreSQL then writes their bodies into the statement, which
-- makes them some thirty times faster.
-- A text that is no partial date gives NULL, not an error: a generated column is computed
-- before the table's checks, and the check is what should be reported.

CREATE OR REPLACE FUNCTION partial_date_valid(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN value !~ '^[~<>]?(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|21[0-4][0-9]|2150)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'
        THEN false
    WHEN length(ltrim(value, '~<>')) < 10
        THEN true
    ELSE right(value, 2)::integer <= extract(day FROM
        make_date(substr(ltrim(value, '~<>'), 1, 4)::integer, substr(ltrim(value, '~<>'), 6, 2)::integer, 1)
        + interval '1 month' - interval '1 day')
END;

-- First day of the year, month or day that is named, whatever the sign before it.
CREATE OR REPLACE FUNCTION partial_date_first(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN NOT partial_date_valid(value) THEN NULL
    ELSE make_date(
        substr(ltrim(value, '~<>'), 1, 4)::integer,
        coalesce(nullif(substr(ltrim(value, '~<>'), 6, 2), ''), '1')::integer,
        coalesce(nullif(substr(ltrim(value, '~<>'), 9, 2), ''), '1')::integer)
END;

-- First day after the year, month or day that is named.
CREATE OR REPLACE FUNCTION partial_date_next(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (partial_date_first(value) + CASE length(ltrim(value, '~<>'))
    WHEN 4 THEN interval '1 year'
    WHEN 7 THEN interval '1 month'
    ELSE interval '1 day'
END)::date;

-- How far "about" reaches on each side: a year, a month, seven days.
CREATE OR REPLACE FUNCTION partial_date_slack(value text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN left(value, 1) <> '~' THEN interval '0'
    WHEN length(value) = 5 THEN interval '1 year'
    WHEN length(value) = 8 THEN interval '1 month'
    ELSE interval '7 days'
END;

-- The earliest day it can have been; NULL where there is none ("before ...") or no date.
CREATE OR REPLACE FUNCTION partial_date_earliest(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE left(value, 1)
    WHEN '<' THEN NULL
    WHEN '>' THEN partial_date_next(value)
    ELSE (partial_date_first(value) - partial_date_slack(value))::date
END;

-- The latest day it can have been; NULL where there is none ("after ...") or no date.
CREATE OR REPLACE FUNCTION partial_date_latest(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE left(value, 1)
    WHEN '>' THEN NULL
    WHEN '<' THEN partial_date_first(value) - 1
    ELSE (partial_date_next(value) + partial_date_slack(value))::date - 1
END;
