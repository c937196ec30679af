-- One row for each transaction that changed something public (never for drafts).
-- One row that all share would make editors wait for an import. Only its own transaction, whose row nobody
-- else sees yet, says later that it takes something back.

CREATE OR REPLACE FUNCTION memorial_note_public_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Argument: an SQL condition on the row, called r, that says whether it is public.
DECLARE
    was_public boolean := false;
    is_public boolean := false;
    is_less boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'version' = to_jsonb(NEW) - 'version' THEN RETURN NULL; END IF;
    -- A transaction that has noted its change already needs no second word: a new row takes nothing back, and
    -- what takes back has been said. To find out whether the row is public costs ten times this question.
    PERFORM 1 FROM base_contentversion v
      WHERE v.transaction = pg_current_xact_id()::text::bigint AND v.began_at = transaction_timestamp()
        AND (TG_OP = 'INSERT' OR v.takes_back);
    IF FOUND THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE 'SELECT ' || TG_ARGV[0] || ' FROM (SELECT ($1).*) AS r' INTO was_public USING OLD;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE 'SELECT ' || TG_ARGV[0] || ' FROM (SELECT ($1).*) AS r' INTO is_public USING NEW;
    END IF;
    -- Less is shown: the row is gone, a value is empty now or only the beginning of what it was (a date
    -- without its day), a name has become initials, or a place is not told any more.
    IF was_public AND is_public IS NOT TRUE THEN
        is_less := true;
    ELSIF was_public THEN
        is_less := EXISTS (
            SELECT 1 FROM jsonb_each(to_jsonb(OLD)) AS o
            JOIN jsonb_each(to_jsonb(NEW)) AS n ON n.key = o.key
            WHERE n.value <> o.value AND (
                n.value = 'null'
                OR o.key = 'initials_only' AND n.value = 'true'
                OR o.key = 'public'
                OR jsonb_typeof(n.value) = 'string' AND starts_with(o.value #>> '{}', n.value #>> '{}')
            )
        );
    END IF;
    IF was_public OR is_public THEN
        INSERT INTO base_contentversion (began_at, transaction, takes_back)
        VALUES (transaction_timestamp(), pg_current_xact_id()::text::bigint, is_less)
        ON CONFLICT (transaction, began_at) DO UPDATE SET takes_back = true
        WHERE excluded.takes_back AND NOT base_contentversion.takes_back;
    END IF;
    RETURN NULL;
END $$;
