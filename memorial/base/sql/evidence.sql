-- What guards the evidence: the entries of the history, their seals, lawful removals, and who looked.
-- Against accidents and the web roles. Against whoever owns the database stands the chain of seals,
-- whose signed heads lie outside (memorial.base.sealing).

CREATE OR REPLACE FUNCTION memorial_guard_history() RETURNS trigger LANGUAGE plpgsql AS $$
-- An entry stays as it is. Only its texts may go, when two people have decided so and its digest is kept.
DECLARE
    texts constant text[] := '{reason,before,after,removal_id}';
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.removal_id IS NULL
       AND NEW.reason = '' AND NEW.before IS NULL AND NEW.after IS NULL
       AND to_jsonb(OLD) - texts = to_jsonb(NEW) - texts
       AND EXISTS (SELECT 1 FROM public.base_historyremoval r
                    WHERE r.id = NEW.removal_id AND OLD.id = ANY (r.entries)
                      AND r.confirmed_by IS NOT NULL AND r.carried_out_at IS NULL)
       AND EXISTS (SELECT 1 FROM public.base_historyseal s WHERE s.entry = OLD.id)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_seals() RETURNS trigger LANGUAGE plpgsql AS $$
-- A seal loses its salt together with the text that it seals, and nothing else ever.
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.salt IS NULL AND to_jsonb(OLD) - 'salt' = to_jsonb(NEW) - 'salt'
       AND EXISTS (SELECT 1 FROM public.base_historyentry e WHERE e.id = OLD.entry AND e.removal_id IS NOT NULL)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_removals() RETURNS trigger LANGUAGE plpgsql AS $$
-- A web role decides in the name of whoever acts, once; the entries and the reason stay as they were read.
DECLARE
    is_owner constant boolean :=
        current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID);
    decided constant text[] := '{confirmed_by,declined_by,decided_at,carried_out_at}';
    actor constant text := coalesce(current_setting('memorial.actor', true), '');
BEGIN
    IF TG_OP = 'INSERT' AND (is_owner OR (
           actor = 'staff:' || NEW.proposed_by AND NEW.confirmed_by IS NULL
           AND NEW.declined_by IS NULL AND NEW.carried_out_at IS NULL))
    THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - decided = to_jsonb(NEW) - decided THEN
        IF is_owner THEN RETURN NEW; END IF;
        IF OLD.confirmed_by IS NULL AND OLD.declined_by IS NULL
           AND actor = 'staff:' || coalesce(NEW.confirmed_by, NEW.declined_by)
           AND NEW.carried_out_at IS NULL
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'A removal from the history is decided by two people, each for themselves'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_lookings() RETURNS trigger LANGUAGE plpgsql AS $$
-- The moment is the server's own. What is older than a year may be forgotten.
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.at < clock_timestamp() - interval '1 year' THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION memorial_blank_history(decision bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Carries out one removal; returns how many entries lost their text. Called by the owner alone.
DECLARE
    removal base_historyremoval%ROWTYPE;
    unsealed bigint;
BEGIN
    SELECT * INTO removal FROM base_historyremoval WHERE id = decision FOR UPDATE;
    IF removal.confirmed_by IS NULL OR removal.carried_out_at IS NOT NULL THEN
        RAISE EXCEPTION 'Removal % is not confirmed by a second person, or is carried out already', decision
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT count(*) INTO unsealed FROM unnest(removal.entries) AS wanted (id)
     WHERE NOT EXISTS (SELECT 1 FROM base_historyseal s WHERE s.entry = wanted.id);
    IF unsealed > 0 THEN
        RAISE EXCEPTION '% entries of removal % are not sealed yet', unsealed, decision
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    UPDATE base_historyentry SET reason = '', before = NULL, after = NULL, removal_id = decision
     WHERE id = ANY (removal.entries) AND removal_id IS NULL;
    UPDATE base_historyseal SET salt = NULL WHERE entry = ANY (removal.entries) AND salt IS NOT NULL;
    UPDATE base_historyremoval SET carried_out_at = clock_timestamp() WHERE id = decision;
    RETURN cardinality(removal.entries);
END $$;
