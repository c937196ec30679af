"""Fills the database of `make bench` with invented people, as many as asked for."""

from __future__ import annotations

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from memorial.bench.multitude import ORIGINALS, multiply
from prisoners.models import Prisoner


class Command(BaseCommand):
    help = "Loads invented people into an empty embedded database and copies them, under other names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, required=True, help="how many are published at least")

    def handle(self, *, people: int, **options: Any) -> None:
        began = perf_counter()
        if not Prisoner.objects.exists():
            call_command("seed_vocabularies", verbosity=0)
            call_command("load_demo", verbosity=0, **ORIGINALS)
        number = multiply(people, self.stdout.write)
        self.stdout.write(f"{number} invented people are published ({perf_counter() - began:.0f} s).")
