-- Whether the file of a document was checked with everybody of its case in mind who is hidden today. Somebody
-- hidden later makes it false, and the file is gone until it is checked again.
-- With the owner's rights: the public role sees neither hidden people nor who checked what.
CREATE OR REPLACE FUNCTION memorial_document_covers_the_hidden(document bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT 1 FROM cases_document d
        JOIN cases_prosecution s ON s.case_id = d.case_id
        JOIN prisoners_prisoner p ON p.id = s.prisoner_id
        LEFT JOIN cases_documentoriginal o ON o.document_id = d.id
        WHERE d.id = document AND (p.initials_only OR p.state = 'withdrawn')
          AND NOT (p.id = ANY (COALESCE(o.covered_people, '{}'))));
END $$;
COMMENT ON FUNCTION memorial_document_covers_the_hidden(bigint) IS 'called by site_ro, staff_rw';
