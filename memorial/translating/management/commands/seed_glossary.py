"""Fills the glossary from memorial/translating/data; what staff changed stays theirs."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from memorial.base.acting import acting, command_actor
from memorial.base.authorship import Authorship
from memorial.translating.models import GlossaryTerm

FILE = Path(__file__).resolve().parents[2] / "data" / "glossary.csv"
ACTOR = command_actor("seed_glossary")


def seed_glossary() -> Counter[str]:
    """Adds terms that are absent and updates what staff have not touched; a term taken out stays out."""
    counts: Counter[str] = Counter()
    known = {term.russian: term for term in GlossaryTerm.objects.all()}
    authorship = Authorship(GlossaryTerm, ACTOR, key=("russian",))
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            russian, english, note = row["term_ru"], row["term_en"], row["note"] or ""
            term = known.get(russian)
            if term is not None:
                counts[_update(term, {"english": english, "note": note}, authorship)] += 1
            elif authorship.was_removed(russian) or authorship.added_as(russian):
                counts["kept"] += 1
            else:
                GlossaryTerm.objects.create(russian=russian, english=english, note=note)
                counts["added"] += 1
    return counts


def _update(term: GlossaryTerm, given: dict[str, str], authorship: Authorship) -> str:
    changed = {name: value for name, value in given.items() if getattr(term, name) != value}
    if not changed:
        return "unchanged"
    ours = {name: value for name, value in changed.items() if authorship.is_ours(term, name)}
    for name, value in ours.items():
        setattr(term, name, value)
    if ours:
        term.save()
    return "updated" if ours else "kept"


class Command(BaseCommand):
    help = "Fills the glossary of translators: adds what is absent, updates what staff have not changed."

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        with acting(ACTOR):
            counts = seed_glossary()
        if options["verbosity"]:
            self.stdout.write("; ".join(f"{number} {what}" for what, number in counts.items()))
