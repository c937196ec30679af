-- One row for each transaction in which readers may have been shown less than before.
-- Insert-only: one row that is updated would make editors wait for one another.

CREATE OR REPLACE FUNCTION memorial_note_withdrawal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Arguments: an SQL condition on the old row, called o, that says whether readers may have seen it;
-- one on the old and the new row, called n, that says whether less of it is shown now.
DECLARE
    was_seen boolean;
    is_less boolean := true;
BEGIN
    EXECUTE 'SELECT ' || TG_ARGV[0] || ' FROM (SELECT ($1).*) AS o' INTO was_seen USING OLD;
    IF was_seen IS NOT TRUE THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE 'SELECT ' || TG_ARGV[1] || ' FROM (SELECT ($1).*) AS o, (SELECT ($2).*) AS n'
            INTO is_less USING OLD, NEW;
    END IF;
    IF is_less THEN
        INSERT INTO package_withdrawal (began_at, transaction)
        VALUES (transaction_timestamp(), pg_current_xact_id()::text::bigint)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
