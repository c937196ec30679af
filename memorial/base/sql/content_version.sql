-- One row for each transaction that changed something public (never for drafts).
-- Insert-only: one row that is updated would make editors wait for an import.

CREATE OR REPLACE FUNCTION memorial_note_public_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Argument: an SQL condition on the row, called r, that says whether it is public.
DECLARE
    was_public boolean := false;
    is_public boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'version' = to_jsonb(NEW) - 'version' THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE 'SELECT ' || TG_ARGV[0] || ' FROM (SELECT ($1).*) AS r' INTO was_public USING OLD;
    END IF;
    IF TG_OP <> 'DELETE' AND was_public IS NOT TRUE THEN
        EXECUTE 'SELECT ' || TG_ARGV[0] || ' FROM (SELECT ($1).*) AS r' INTO is_public USING NEW;
    END IF;
    IF was_public OR is_public THEN
        INSERT INTO base_contentversion (began_at, transaction)
        VALUES (transaction_timestamp(), pg_current_xact_id()::text::bigint)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
