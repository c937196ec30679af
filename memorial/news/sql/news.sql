-- News: told of what has happened, and found under its old addresses.

CREATE OR REPLACE FUNCTION memorial_guard_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND NEW."on" > (now() AT TIME ZONE 'Europe/Moscow')::date THEN
        RAISE EXCEPTION 'news: the day of the event lies ahead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'news_is_of_the_past';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.slug <> OLD.slug AND OLD.first_published_at IS NOT NULL THEN
        -- An address that is in use again is no former one.
        DELETE FROM news_formeraddress f WHERE f.slug = NEW.slug AND f.item_id = NEW.id;
        INSERT INTO news_formeraddress (item_id, slug) VALUES (OLD.id, OLD.slug)
        ON CONFLICT (slug) DO UPDATE SET item_id = excluded.item_id;
    END IF;
    RETURN NEW;
END $$;

-- Whether a piece of news is about somebody who has no page with a name: of a draft that was never public, too.
CREATE OR REPLACE FUNCTION memorial_news_has_hidden_people(of_item bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM news_newsperson n JOIN prisoners_prisoner p ON p.id = n.prisoner_id
                   WHERE n.item_id = of_item AND (p.state <> 'published' OR p.initials_only))
$$;

CREATE OR REPLACE FUNCTION memorial_guard_news_picture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stem <> '' AND memorial_news_has_hidden_people(NEW.item_id) THEN
        RAISE EXCEPTION 'news: a picture beside somebody hidden'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'news_picture_of_nobody_hidden';
    END IF;
    RETURN NEW;
END $$;

-- Whoever is hidden takes the picture along: the row forgets its files, and sync_photos removes them in a minute.
CREATE OR REPLACE FUNCTION memorial_hide_news_pictures() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- From published to draft goes only a duplicate that is being merged: nobody is hidden by that.
    IF NEW.state NOT IN ('published', 'draft') OR NEW.initials_only THEN
        UPDATE news_newspicture SET stem = ''
         WHERE stem <> '' AND item_id IN (SELECT n.item_id FROM news_newsperson n WHERE n.prisoner_id = NEW.id);
    END IF;
    RETURN NULL;
END $$;

-- The same for somebody hidden who is put into the news afterwards.
CREATE OR REPLACE FUNCTION memorial_hide_news_picture_of_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF memorial_news_has_hidden_people(NEW.item_id) THEN
        UPDATE news_newspicture SET stem = '' WHERE stem <> '' AND item_id = NEW.item_id;
    END IF;
    RETURN NULL;
END $$;
