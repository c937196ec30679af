#!/bin/sh
# What a container runs: `serve` (the default), `release`, or any command of manage.py.
set -eu
cd "$(dirname "$0")/.."
case "${1:-serve}" in
    serve) exec python -m gunicorn --config deploy/gunicorn.conf.py ;;
    release) exec sh deploy/release.sh ;;
    *) exec python manage.py "$@" ;;
esac
