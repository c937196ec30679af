#!/bin/sh
# Pins the newest allowed versions with a hash for every file; the result names no index and no path.
# Run it with the oldest supported Python: newer ones need fewer packages, not others.
set -eu
cd "$(dirname "$0")/../.."
export CUSTOM_COMPILE_COMMAND="make requirements"
for name in requirements requirements-dev; do
    .venv/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --output-file "$name.txt" "$name.in"
done
if grep -nE '^--|://|file:' requirements.txt requirements-dev.txt; then
    echo "memorial: the lines above name an index or a path: remove them before committing." >&2
    exit 2
fi
