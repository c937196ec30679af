"""Puts the pages and texts of themes that come with the program beside one another, as drafts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from memorial.base.acting import acting, command_actor
from memorial.pages.seeding import seed_pages, seed_theme_texts

ACTOR = command_actor("seed_pages")


class Command(BaseCommand):
    help = (
        "Adds the pages and texts of themes that come with the program, as drafts for staff to read and publish."
        " What staff have changed, published or taken out stays as it is. Can be run again at any time."
    )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        with acting(ACTOR):
            for name, done in (("pages", seed_pages(ACTOR)), ("texts of themes", seed_theme_texts(ACTOR))):
                if options["verbosity"]:
                    counts = ", ".join(f"{done[what]} {what}" for what in ("added", "updated", "kept"))
                    self.stdout.write(f"{name}: {counts}")
