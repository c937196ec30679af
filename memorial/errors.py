"""The one error that a person who runs the site, not a programmer, is meant to read."""

from __future__ import annotations

from typing import NoReturn


class Misconfigured(Exception):
    """The program cannot start; its text is one sentence that says how to mend it.

    Not an `ImproperlyConfigured`: Django's command line swallows that one and goes on.
    """


def refuse(error: Misconfigured) -> NoReturn:
    """End the process with code 2 and just the sentence: a traceback would bury it."""
    import sys

    print(f"memorial: {error}", file=sys.stderr)  # noqa: T201
    raise SystemExit(2)
