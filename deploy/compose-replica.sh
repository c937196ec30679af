#!/bin/sh
# A replica of the service `database`: copied from it once, then following it.
set -eu
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
    install -d -o postgres -g postgres -m 0700 "$data"
    PGPASSWORD="${REPLICA_PASSWORD:?fill in .env}" gosu postgres pg_basebackup --pgdata="$data" \
        --write-recovery-conf --checkpoint=fast \
        --dbname="host=database user=replica application_name=replica"
fi
exec gosu postgres postgres -D "$data"
