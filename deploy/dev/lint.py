"""`make lint`: every linter, all of them even if one fails; the code is 1 if any has."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
APPS = ("memorial", "prisoners", "cases", "assistance", "donations")
# The Django plugins of the linters read the settings; nobody is asked at this address.
NO_DATABASE = {
    "SITE_ROLE": "both",
    "DATABASE_URL": "postgresql://owner@localhost/memorial",
    "SECRET_KEY": "linters-sign-nothing-with-this-key-nor-with-any-other",
    "FIELD_KEYS": "bGludGVycyBzZWFsIG5vdGhpbmcgd2l0aCB0aGlzISE=",
    "PUBLIC_URL": "http://localhost",
    "STAFF_URL": "http://localhost",
}


def commands() -> dict[str, list[str]]:
    """Each linter and how it is called."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    found = {
        "ruff": [str(BIN / "ruff"), "check", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "mypy": [str(BIN / "mypy"), "manage.py", *APPS, "deploy"],
    }
    if templates:
        found["djade"] = [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates]
    found["import rules"] = [str(BIN / "lint-imports"), "--no-logo"]
    return found


def main() -> int:
    """Run them all and say which failed."""
    env = {key: value for key, value in os.environ.items() if key != "EMBEDDED_POSTGRES"} | NO_DATABASE
    failed = []
    for name, command in commands().items():
        begun = time.monotonic()
        code = subprocess.run(command, check=False, cwd=ROOT, env=env).returncode
        print(f"{name}: {'failed' if code else 'good'} ({time.monotonic() - begun:.1f} s)", flush=True)
        failed += [name] if code else []
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
