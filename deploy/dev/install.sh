#!/bin/sh
# Finds a Python that is new enough and lets it install the packages.
set -eu
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$candidate" "$(dirname "$0")/install.py"
    fi
done
found=$(python3 --version 2>/dev/null || echo "no python3")
echo "memorial: Python 3.11 or newer is needed and $found was found: install python3.11 or set PYTHON to its path." >&2
exit 2
