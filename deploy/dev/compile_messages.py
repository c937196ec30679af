"""Compiles locale/*/LC_MESSAGES/*.po where the .mo is missing or older.

By msgfmt, or by polib where gettext is missing; never by pybabel, which corrupts Russian plurals.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def compile_all(root: Path = ROOT) -> int:
    """How many files were compiled; raises ValueError naming the file that has a mistake."""
    stale = [po for po in sorted(root.glob("locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        making = po.with_suffix(".mo.new")
        _compile(po, making)
        making.replace(po.with_suffix(".mo"))  # never half a file, however this ends
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime


def _compile(po: Path, mo: Path) -> None:
    if shutil.which("msgfmt"):
        command = ["msgfmt", "--check-format", "--check-header", "--output-file", str(mo), str(po)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise ValueError(f"{po}: {done.stderr.strip().splitlines()[0]}")
        return
    import polib

    try:
        polib.pofile(str(po), check_for_duplicates=True).save_as_mofile(str(mo))
    except (OSError, ValueError) as error:
        raise ValueError(f"{po}: {error}") from error


if __name__ == "__main__":
    try:
        compile_all()
    except ValueError as mistake:
        print(f"memorial: the translation has a mistake: {mistake}", file=sys.stderr)
        raise SystemExit(2) from None
