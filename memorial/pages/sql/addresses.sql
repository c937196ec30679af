-- Pages of the site: an address that readers have seen leads to its page for ever.

CREATE OR REPLACE FUNCTION memorial_keep_page_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM pages_formeraddress a WHERE a.path = NEW.slug || '/' AND a.page_id <> NEW.id) THEN
        RAISE EXCEPTION 'address % led to another page', NEW.slug
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sitepage_address_led_elsewhere';
    END IF;
    -- A page that takes an old address of its own back stands there itself.
    DELETE FROM pages_formeraddress WHERE path = NEW.slug || '/' AND page_id = NEW.id;
    IF TG_OP = 'UPDATE' AND NEW.slug <> OLD.slug AND OLD.first_published_at IS NOT NULL THEN
        INSERT INTO pages_formeraddress (path, page_id) VALUES (OLD.slug || '/', NEW.id)
            ON CONFLICT (path) DO NOTHING;
    END IF;
    RETURN NEW;
END $$;
