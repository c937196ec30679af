#!/bin/sh
# What a container runs: `serve` (the default), `release`, `photos`, or any command of manage.py.
set -eu
cd "$(dirname "$0")/.."
case "${1:-serve}" in
    serve) exec python -m gunicorn --config deploy/gunicorn.conf.py ;;
    release) exec sh deploy/release.sh ;;
    photos) # every minute: what is due, and the safety net that removes the files of hidden photos and documents, and what
        # was withdrawn from the data packages; a new package once in 30 days
        trap 'exit 0' TERM INT
        while python manage.py sync_photos --verbosity 0 && python manage.py sync_documents --verbosity 0 \
            && python manage.py build_package --renew --every 30 --verbosity 0; do
            # Planned news and the like. What failed is tried again, and keeps nothing else from being done.
            python manage.py run_due || true
            sleep 60 & wait $!
        done
        exit 1 ;;
    *) exec python manage.py "$@" ;;
esac
