-- Whom the home page passes over on a day. The table itself is closed to the public role: neither the
-- reason nor other days are to be had, and what is told is no more than what the page shows by leaving out.
CREATE OR REPLACE FUNCTION memorial_vetoed_on(asked date) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT v.prisoner_id FROM home_attentionveto v WHERE v.day = asked ORDER BY v.prisoner_id;
END $$;
COMMENT ON FUNCTION memorial_vetoed_on(date) IS 'called by site_ro, staff_rw';
