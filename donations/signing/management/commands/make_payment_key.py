"""Makes the key that signs payment details. For a machine that is never in a network; needs no database."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from donations.signing.keys import key_id, public_text, write_new_key

SHORTEST = 12


class Command(BaseCommand):
    help = (
        "Makes an Ed25519 key pair: the private key into a new file, encrypted with a passphrase;"
        " the public one is printed, for DONATE_PUBLIC_KEYS. Needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the new file of the private key")
        parser.add_argument(
            "--no-passphrase", action="store_true", help="for trying out: whoever has the file can sign"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        passphrase = b"" if options["no_passphrase"] else _new_passphrase()
        try:
            key = write_new_key(options["file"], passphrase)
        except OSError as error:
            raise CommandError(f"{options['file']} could not be made: {error.strerror}.") from error
        self.stdout.write(f"Public key {key_id(key)}, for DONATE_PUBLIC_KEYS:")
        self.stdout.write(public_text(key))


def _new_passphrase() -> bytes:
    first = getpass.getpass("Passphrase: ")
    if len(first) < SHORTEST:
        raise CommandError(f"Take at least {SHORTEST} characters, better six words.")
    if getpass.getpass("Once more: ") != first:
        raise CommandError("The two are not the same.")
    return first.encode()
