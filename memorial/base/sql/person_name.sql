-- The key by which a person is sorted: by the name in one language, else in the other.
-- Immutable, for it fills stored columns; bound to memorial_sort_key when it is created,
-- so that a dump can be restored whatever the search path.
CREATE OR REPLACE FUNCTION memorial_sort_name(
    surname text, given_names text, patronymic text, described_as text,
    other_surname text, other_given_names text, other_patronymic text, other_described_as text
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN memorial_sort_key(
    CASE WHEN surname || given_names || described_as <> ''
         THEN surname || ' ' || given_names || ' ' || patronymic || ' ' || described_as
         ELSE other_surname || ' ' || other_given_names || ' ' || other_patronymic || ' ' || other_described_as
    END);
