"""Fills the kinds of items from assistance/data; what staff changed stays theirs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from assistance.models import ItemKind
from memorial.base.acting import acting, command_actor
from memorial.base.authorship import Authorship

FILE = Path(__file__).resolve().parents[2] / "data" / "item_kinds.csv"
ACTOR = command_actor("seed_item_kinds")


class Command(BaseCommand):
    help = (
        "Fills the kinds of items from assistance/data/item_kinds.csv: adds what is absent, updates what staff"
        " have not changed, removes nothing. Can be run again at any time."
    )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        with acting(ACTOR):
            done = seed()
        if options["verbosity"]:
            self.stdout.write("item_kinds: " + ", ".join(f"{count} {what}" for what, count in done.items()))


def seed() -> dict[str, int]:
    """Brings the table to its file, row by row; returns how many rows were added, updated, kept."""
    authorship = Authorship(ItemKind, ACTOR)
    present = {kind.code: kind for kind in ItemKind.objects.all()}
    done = {"added": 0, "updated": 0, "kept": 0}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            done[_bring(row, present.get(row["code"]), authorship)] += 1
    return done


def _bring(row: dict[str, str], kind: ItemKind | None, authorship: Authorship) -> str:
    if kind is None:
        if authorship.was_removed(row["code"]):
            return "kept"
        ItemKind.objects.create(**{**row, "expires": row["expires"] == "True"})
        return "added"
    ours = {
        column: text == "True" if column == "expires" else text
        for column, text in row.items()
        if str(getattr(kind, column)) != text and authorship.is_ours(kind, column)
    }
    if not ours:
        return "kept"
    ItemKind.objects.filter(pk=kind.pk).update(**ours)
    return "updated"
