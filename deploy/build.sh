#!/bin/sh
# Builds what a server runs: ./build.sh FOLDER makes FOLDER/venv and FOLDER/static from this tree.
# A step of the Dockerfile, and run as it is by .ci/run. Needs Python 3.11+, and gettext for msgfmt.
set -eu
folder=${1:?usage: deploy/build.sh FOLDER}
cd "$(dirname "$0")/.."
mkdir -p "$folder"
"${PYTHON:-python3}" -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install --quiet --no-input --disable-pip-version-check --no-compile \
    --no-deps --only-binary :all: --require-hashes --requirement requirements.txt
"$python" deploy/dev/compile_messages.py
# collectstatic reads the settings of the staff office, whose files include the readers'; it asks no
# database and signs nothing, so neither address nor key is real.
SITE_ROLE=staff DATABASE_URL=postgresql://nobody@localhost/nothing SECRET_KEY=build-time-only-it-signs-nothing-at-all-and-is-not-kept \
    FIELD_KEYS=bGludGVycyBzZWFsIG5vdGhpbmcgd2l0aCB0aGlzISE= \
    PUBLIC_URL=http://localhost STAFF_URL=http://localhost STATIC_ROOT="$folder/static" \
    "$python" manage.py collectstatic --no-input --verbosity 0
# With a read-only root nothing can be compiled later.
"$python" -m compileall -q "$folder/venv" manage.py memorial prisoners cases assistance donations deploy
echo "built: $(du -sh "$folder/venv" | cut -f1) of packages, $(find "$folder/static" -type f | wc -l) static files"
