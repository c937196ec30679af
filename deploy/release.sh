#!/bin/sh
# Before a new version serves: tables, triggers, grants, vocabularies, articles of law, staff groups. DATABASE_URL names the owner.
# May be run again; with nothing to do it changes nothing.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}
"$python" manage.py check --deploy --fail-level WARNING --database default
"$python" manage.py migrate --no-input
"$python" manage.py seed_vocabularies
"$python" manage.py seed_articles
"$python" manage.py seed_glossary
"$python" manage.py seed_item_kinds
"$python" manage.py seed_pages
"$python" manage.py sync_groups
