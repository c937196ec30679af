-- What must hold for records of help, whoever writes them, and what each member of staff sees of them.

-- --- Who sees what ---------------------------------------------------------------------------------

-- The account whose request this is; NULL for commands and consoles, whom the role's own rights bind.
CREATE OR REPLACE FUNCTION memorial_staff_number() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT substring(current_setting('memorial.actor', true) FROM '^staff:([0-9]{1,18})$')::bigint
$$;

-- Whether the account that acts has a right, by itself or by a group; where no account acts, yes.
CREATE OR REPLACE FUNCTION memorial_staff_may(app text, wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    staff bigint := memorial_staff_number();
BEGIN
    IF staff IS NULL THEN RETURN true; END IF;
    RETURN EXISTS (
        SELECT 1 FROM staff_user u WHERE u.id = staff AND u.is_active AND (
            u.is_superuser
            OR EXISTS (
                SELECT 1 FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id
                WHERE c.app_label = app AND p.codename = wanted AND (
                    EXISTS (SELECT 1 FROM staff_user_user_permissions o
                            WHERE o.permission_id = p.id AND o.user_id = staff)
                    OR EXISTS (SELECT 1 FROM auth_group_permissions g
                               JOIN staff_user_groups m ON m.group_id = g.group_id
                               WHERE g.permission_id = p.id AND m.user_id = staff)))));
END $$;

CREATE OR REPLACE FUNCTION memorial_sees_all_clients() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN memorial_staff_may('assistance', 'see_all_clients'); END $$;

CREATE OR REPLACE FUNCTION memorial_sees_own_clients() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN memorial_staff_may('assistance', 'view_client'); END $$;

-- With the owner's rights, because the rules of these tables ask them: numbers of the account's own clients.
CREATE OR REPLACE FUNCTION memorial_clients_of_my_requests() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT q.client_id FROM assistance_helprequest q WHERE q.coordinator = memorial_staff_number()
$$;
COMMENT ON FUNCTION memorial_clients_of_my_requests() IS 'called by staff_rw';

CREATE OR REPLACE FUNCTION memorial_my_clients() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.id FROM assistance_client c WHERE c.coordinator = memorial_staff_number()
     AND memorial_sees_own_clients()
    UNION
    SELECT r FROM memorial_clients_of_my_requests() r WHERE memorial_sees_own_clients()
$$;
COMMENT ON FUNCTION memorial_my_clients() IS 'called by staff_rw';

-- --- What is needed stays --------------------------------------------------------------------------

-- A row below is not deleted while a row here points to it. Arguments: our table and its column.
-- The refusal names neither: whoever deletes a person need not know that they were helped.
CREATE OR REPLACE FUNCTION memorial_refuse_needed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    needed boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE %I = $1)', TG_ARGV[0], TG_ARGV[1])
        INTO needed USING OLD.id;
    IF needed THEN
        RAISE EXCEPTION 'something still needs this row'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_is_needed';
    END IF;
    RETURN OLD;
END $$;

-- A prosecution that is taken out leaves the help, without it.
CREATE OR REPLACE FUNCTION memorial_release_aid() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE assistance_legalaid SET prosecution_id = NULL WHERE prosecution_id = OLD.id;
    RETURN OLD;
END $$;

-- Two people, or two prosecutions, become one: help follows the one that stays. Called by whoever merges,
-- who need not see any of it; the rule of one person waits until both ends have moved.
CREATE OR REPLACE FUNCTION memorial_follow_merge(of_table text, of_column text, gone bigint, kept bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('memorial.merging', 'on', true);
    CASE of_table || '.' || of_column
        WHEN 'assistance_client.prisoner_id' THEN
            UPDATE assistance_client SET prisoner_id = kept WHERE prisoner_id = gone;
        WHEN 'assistance_legalaid.prosecution_id' THEN
            UPDATE assistance_legalaid SET prosecution_id = kept WHERE prosecution_id = gone;
        WHEN 'assistance_story.prisoner_id' THEN
            UPDATE assistance_story SET prisoner_id = kept WHERE prisoner_id = gone;
    END CASE;
    PERFORM set_config('memorial.merging', '', true);
END $$;
COMMENT ON FUNCTION memorial_follow_merge(text, text, bigint, bigint) IS 'called by staff_rw';

-- --- Rows that belong together ---------------------------------------------------------------------

CREATE OR REPLACE FUNCTION memorial_refuse_other_person() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the prosecution is of another person'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_of_one_person';
END $$;

-- A prosecution in a client's record is the prosecution of the client's own page.
CREATE OR REPLACE FUNCTION memorial_guard_aid_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.prosecution_id IS NOT NULL
       AND coalesce(current_setting('memorial.merging', true), '') <> 'on'
       AND (SELECT s.prisoner_id FROM cases_prosecution s WHERE s.id = NEW.prosecution_id)
           IS DISTINCT FROM (SELECT c.prisoner_id FROM assistance_client c WHERE c.id = NEW.client_id) THEN
        PERFORM memorial_refuse_other_person();
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION memorial_guard_client_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('memorial.merging', true), '') <> 'on' AND EXISTS (
        SELECT 1 FROM assistance_legalaid a JOIN cases_prosecution s ON s.id = a.prosecution_id
        WHERE a.client_id = NEW.id AND s.prisoner_id IS DISTINCT FROM NEW.prisoner_id) THEN
        PERFORM memorial_refuse_other_person();
    END IF;
    RETURN NEW;
END $$;

-- What came of help certainly lies before the help began. Arguments: the table of the help and the column
-- that leads there. Computed columns are not there yet before a row is written.
CREATE OR REPLACE FUNCTION memorial_guard_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    began text;
BEGIN
    EXECUTE format('SELECT began FROM %I WHERE id = $1', TG_ARGV[0])
        INTO began USING (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
    IF partial_date_latest(NEW."on") < partial_date_earliest(began) THEN
        RAISE EXCEPTION 'an outcome before the help'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_outcome_after_it_began';
    END IF;
    RETURN NEW;
END $$;

-- The same, when the beginning is changed. Arguments: the table of outcomes and its column.
CREATE OR REPLACE FUNCTION memorial_guard_aid_began() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first_outcome date;
BEGIN
    EXECUTE format('SELECT min(on_latest) FROM %I WHERE %I = $1', TG_ARGV[0], TG_ARGV[1])
        INTO first_outcome USING NEW.id;
    IF first_outcome < partial_date_earliest(NEW.began) THEN
        RAISE EXCEPTION 'an outcome before the help'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_outcome_after_it_began';
    END IF;
    RETURN NEW;
END $$;
