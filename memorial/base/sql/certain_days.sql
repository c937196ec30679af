-- The days on which a stay certainly went on. An unknown end is not an open end.
CREATE OR REPLACE FUNCTION memorial_certain_days(began_latest date, ended_earliest date, ongoing boolean)
RETURNS daterange LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN began_latest IS NULL THEN 'empty'::daterange
    WHEN ongoing THEN daterange(began_latest, NULL, '[)')
    WHEN ended_earliest IS NULL OR ended_earliest <= began_latest THEN 'empty'::daterange
    ELSE daterange(began_latest, ended_earliest, '[)')
END;
