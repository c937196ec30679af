#!/bin/sh
# Run once by the image of PostgreSQL, when its volume is empty.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres --file /srv/roles.sql
psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
    --set owner="$OWNER_PASSWORD" --set staff="$STAFF_PASSWORD" --set site="$SITE_PASSWORD" <<'SQL'
ALTER ROLE owner PASSWORD :'owner';
ALTER ROLE staff_rw PASSWORD :'staff';
ALTER ROLE site_ro PASSWORD :'site';
CREATE DATABASE memorial OWNER owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
SQL
