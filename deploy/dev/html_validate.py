"""Installs html-validate, which reads the HTML of the pages in one test, into var/html-validate.

Exactly what tests/vendor/html_validate/package-lock.json names, by its hashes. `make test` must go on
without it (no Node, no network): then one line says so here, and the test says it once more.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PINNED = ROOT / "tests" / "vendor" / "html_validate"
PLACE = ROOT / "var" / "html-validate"
STAMP = PLACE / "installed"
FILES = ("package.json", "package-lock.json")
OLDEST_NODE = (18, 19)
_NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error")
_SECONDS = 120


def install() -> str:
    """An empty text if the pinned version is there now, else the sentence that says why it is not."""
    if STAMP.exists() and STAMP.read_text() == _wanted():
        return ""
    why_not = _no_node()
    if why_not:
        return why_not
    STAMP.unlink(missing_ok=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(PINNED / name, PLACE / name)
    return _fetch()


def _wanted() -> str:
    return "".join(f"{hashlib.sha256((PINNED / name).read_bytes()).hexdigest()}\n" for name in FILES)


def _no_node() -> str:
    if not (shutil.which("node") and shutil.which("npm")):
        return "there is no node and npm here"
    said = subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    if not found or tuple(map(int, found.groups())) < OLDEST_NODE:
        return f"Node {said.strip() or 'of no version'} is older than {'.'.join(map(str, OLDEST_NODE))}"
    return ""


def _fetch() -> str:
    try:
        done = subprocess.run(_NPM, check=False, capture_output=True, text=True, cwd=PLACE, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return f"npm did not end within {_SECONDS} s"
    if done.returncode:
        return f"npm could not fetch it: {(done.stderr.strip().splitlines() or ['no reason given'])[0]}"
    STAMP.write_text(_wanted())
    return ""


if __name__ == "__main__":
    try:
        reason = install()
    except OSError as error:
        reason = f"{error.filename or PLACE}: {error.strerror}"
    if reason:
        print(f"memorial: html-validate is not installed, its test is skipped: {reason}.")
