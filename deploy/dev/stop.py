"""`make stop`: ends a trial database that a killed run has left behind."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from memorial import embedded  # noqa: E402
from memorial.errors import Misconfigured, refuse  # noqa: E402


def main() -> None:
    """Stop what nobody uses, and say of the rest that it is in use."""
    for name in ("postgres", "postgres-test"):
        if not embedded.stop(ROOT / "var" / name):
            print(f"var/{name} is in use by a running site or test: end that first.")


if __name__ == "__main__":
    try:
        main()
    except Misconfigured as error:
        refuse(error)
