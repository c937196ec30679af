"""What the drill's site shows: invented people, loaded by the role owner into the drill's own cluster."""

from __future__ import annotations

import django
from django.core.management import call_command


def main() -> None:
    """Migrate, and fill the database; both do nothing the second time."""
    django.setup()
    call_command("migrate", verbosity=0)
    from memorial.base.acting import acting
    from memorial.demo.loading import load_world
    from memorial.management.commands.load_demo import ACTOR
    from prisoners.models import Prisoner

    if Prisoner.objects.exists():
        return
    for command in ("seed_vocabularies", "seed_articles", "seed_glossary", "seed_item_kinds"):
        call_command(command, verbosity=0)
    with acting(ACTOR, "invented people for the drill"):
        load_world(67, 1)


if __name__ == "__main__":
    main()
