"""Signs the payment details that two people approved. For a machine that is never in a network.

It needs no database and no setting: the code, the file from the finance desk, and the key.
"""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management.base import BaseCommand, CommandError

from donations.checks.refused import DetailsRefused
from donations.signing.files import fingerprint, read, write_new
from donations.signing.keys import is_encrypted, key_id, public_text, read_private_key
from donations.signing.signature import signed
from donations.signing.text import MOST_DAYS, DetailsSet, read_unsigned


class Command(BaseCommand):
    help = "Signs a file of approved payment details and writes the signed set beside it. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to sign, taken from the finance desk")
        parser.add_argument("--key", type=Path, required=True, help="the file of the private key")
        parser.add_argument("--serial", type=int, required=True, help="one more than that of the set before")
        parser.add_argument("--from", dest="begins", type=date.fromisoformat, required=True, help="first day")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            required=True,
            help=f"last day: at most {MOST_DAYS} in all",
        )
        parser.add_argument(
            "--out", type=Path, help="the new file; else payment-set-SERIAL.txt beside the old"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask whether the details are right")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        out = options["out"] or file.with_name(f"payment-set-{options['serial']}.txt")
        try:
            text = read(file)
            details = DetailsSet(options["serial"], options["begins"], options["until"], read_unsigned(text))
            self._show(text, details)
            if not options["yes"] and input("Sign this? Type yes: ").strip() != "yes":
                raise CommandError("Nothing was signed.")
            key = _key(options["key"])
            write_new(out, signed(details, key))
        except DetailsRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        public = key.public_key()
        self.stdout.write(f"Signed with the key {key_id(public)} ({public_text(public)}): {out}")

    def _show(self, text: str, details: DetailsSet) -> None:
        self.stdout.write(details.text)
        self.stdout.write(f"Fingerprint of the file, to compare with the desk: {fingerprint(text)}")


def _key(file: Path) -> Ed25519PrivateKey:
    passphrase = getpass.getpass("Passphrase of the key: ").encode() if is_encrypted(file) else b""
    return read_private_key(file, passphrase)
