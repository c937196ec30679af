"""Brings a trial database and its files up to date; `make run` calls it, as the role owner.

One process for all of it, because starting Django is what takes the time.
What create_demo_staff says goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from memorial.errors import Misconfigured, refuse  # noqa: E402


def main() -> None:
    """Check, migrate, seed, load invented people into an empty database, collect static files."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    django.setup()
    with redirect_stdout(sys.stderr):
        call_command("check", "--database", "default", stdout=StringIO())  # it is not news that all is well
        print("Bringing the database up to date …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_vocabularies", verbosity=0)
        call_command("seed_articles", verbosity=0)
        call_command("seed_glossary", verbosity=0)
        call_command("seed_item_kinds", verbosity=0)
        call_command("seed_pages", verbosity=0)
        if _has_no_people():
            print("Loading 2,500 invented people: a minute or so, this once …", flush=True)
            call_command("load_demo", verbosity=0)
        else:
            from memorial.demo.payment import sign_demo_set

            # A signed set lasts ninety days, an invented world as long as somebody keeps it.
            sign_demo_set()
        call_command("collectstatic", interactive=False, verbosity=0)
    call_command("sync_groups", verbosity=0)
    call_command("create_demo_staff")


def _has_no_people() -> bool:
    from prisoners.models import Prisoner

    return not Prisoner.objects.exists()


if __name__ == "__main__":
    from django.core.management.base import CommandError, SystemCheckError

    try:
        main()
    except Misconfigured as error:
        refuse(error)
    except SystemCheckError as error:
        print(error, file=sys.stderr)
        refuse(
            Misconfigured("The checks above refuse this database or these settings: mend them and try again.")
        )
    except CommandError as error:
        refuse(Misconfigured(str(error)))
