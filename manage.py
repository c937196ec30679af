#!/usr/bin/env python
"""Django's command line for this project."""

from __future__ import annotations

import os
import sys

from memorial.errors import Misconfigured, refuse


def main() -> None:
    """Run the command named on the command line; a wrong environment ends with code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    try:
        from memorial.offline_settings import COMMANDS

        if COMMANDS.intersection(sys.argv[2:3] if sys.argv[1:2] == ["help"] else sys.argv[1:2]):
            os.environ["DJANGO_SETTINGS_MODULE"] = "memorial.offline_settings"
        from django.core.management import execute_from_command_line
    except ImportError:
        refuse(
            Misconfigured(
                "Django is not installed here: run make install, then use .venv/bin/python manage.py."
            )
        )
    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as error:
        refuse(error)


if __name__ == "__main__":
    main()
