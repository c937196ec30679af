-- The history of edits and its guards. Re-applied after every migrate, so that the
-- functions in a database are always those of the code that runs on it.

CREATE OR REPLACE FUNCTION memorial_record_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Arguments of the trigger: the primary key's column, then columns never to be kept.
DECLARE
    old_row jsonb;
    new_row jsonb;
    kept_before jsonb;
    kept_after jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - TG_ARGV[1:]; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - TG_ARGV[1:]; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
          INTO kept_before, kept_after
          FROM jsonb_each(old_row) AS o
         WHERE o.value IS DISTINCT FROM new_row -> o.key AND o.key <> 'version';
        IF kept_before IS NULL THEN RETURN NULL; END IF;
    ELSE
        kept_before := old_row;
        kept_after := new_row;
    END IF;
    INSERT INTO base_historyentry
        (at, transaction, "table", "row", operation, actor, reason, database_role, before, after)
    VALUES
        (clock_timestamp(), pg_current_xact_id()::text::bigint, TG_TABLE_NAME,
         coalesce(new_row, old_row) ->> TG_ARGV[0], left(TG_OP, 1),
         left(coalesce(current_setting('memorial.actor', true), ''), 80),
         coalesce(current_setting('memorial.reason', true), ''),
         session_user, kept_before, kept_after);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION memorial_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION memorial_record_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'TRUNCATE of % would leave no history', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
