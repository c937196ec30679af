-- Staff accounts: closed, never deleted; and a closed one is out at once, whoever closed it and how.

CREATE OR REPLACE FUNCTION memorial_keep_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accounts are closed, never deleted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_user_kept';
END $$;

CREATE OR REPLACE FUNCTION memorial_end_sessions_of_closed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.is_active AND NEW.is_staff) THEN
        DELETE FROM staff_staffsession WHERE account_id = NEW.id;
        DELETE FROM staff_enrolmentlink WHERE account_id = NEW.id AND used_at IS NULL;
    END IF;
    RETURN NULL;
END $$;
