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
# A role that replicas follow by, where there are to be any: it reads the log, and no table.
if [ -n "${REPLICA_PASSWORD:-}" ]; then
    psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres --set replica="$REPLICA_PASSWORD" <<'SQL'
CREATE ROLE replica LOGIN REPLICATION PASSWORD :'replica';
ALTER SYSTEM SET wal_keep_size = '1GB';
ALTER SYSTEM SET hot_standby_feedback = on;
SQL
    echo 'host replication replica all scram-sha-256' >> "$PGDATA/pg_hba.conf"
fi
