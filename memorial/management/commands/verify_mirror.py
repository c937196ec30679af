"""Checks a mirror; the same program lies in every mirror and needs nothing but Python."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from memorial.mirror import verify_mirror


class Command(BaseCommand):
    help = "Says whether a mirror is whole, signed by our key and still valid. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder")
        parser.add_argument(
            "--key", default=settings.MIRROR_PUBLIC_KEY, help="the public key (MIRROR_PUBLIC_KEY)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        arguments = [options["folder"], *(["--key", options["key"]] if options["key"] else [])]
        if code := verify_mirror.main(arguments):
            sys.exit(code)
