"""Makes what the filters of the lists read anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cases.models import PublishedCase, PublishedPerson
from memorial.base.derived_tables import rebuild


class Command(BaseCommand):
    help = (
        "Makes the rows that the filters read anew from people and cases. Triggers keep them right by"
        " themselves: run it after a restore, or if in doubt, at any time."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for model in (PublishedPerson, PublishedCase):
            number = rebuild(model)
            self.stdout.write(f"{model._meta.verbose_name_plural}: {number}.")
