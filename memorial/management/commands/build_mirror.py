"""Writes the whole public site into a folder, signed; for a stick, another host, or a day when ours is gone."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from memorial.base.sealing.errors import SealingError
from memorial.base.sealing.keys import key_from, new_key, private_text, public_text
from memorial.mirror.building import Built, build, is_anything_taken_back, withdraw_alone
from memorial.mirror.errors import MirrorError
from memorial.mirror.following import follow
from memorial.mirror.packing import pack
from memorial.mirror.verify_mirror import HEAD

_SECONDS_BETWEEN_LINES: Final = 2.0
_LONGEST: Final = 90
_KEY_OF_EMBEDDED: Final = "mirror.key"


class Command(BaseCommand):
    help = (
        "Writes the public site into FOLDER: both languages, feeds, calendars, data, pictures; it opens from"
        " a folder, a stick or any host. Only what changed is written, what was hidden is removed first."
        " A copy that others have taken cannot be recalled."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", help="where; its parent folder is written to as well"
        )
        parser.add_argument("--days", type=int, default=14, help="how long the copy says it is valid (14)")
        parser.add_argument(
            "--workers", type=int, default=os.cpu_count() or 1, help="processes that make pages"
        )
        parser.add_argument("--zip", type=Path, help="also everything in one file")
        parser.add_argument("--zim", type=Path, help="also everything in one file for Kiwix")
        parser.add_argument(
            "--follow",
            type=int,
            metavar="MINUTES",
            help="go on for ever: build every so many minutes, take out within one what is hidden",
        )
        parser.add_argument(
            "--withdraw-only",
            action="store_true",
            help="only remove what was hidden, within seconds: for a timer",
        )
        parser.add_argument(
            "--new-key", action="store_true", help="make a pair of keys, print it, and do nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["new_key"]:
            self._new_key()
            return
        folder: Path | None = options["folder"]
        if folder is None:
            raise CommandError("Say which folder the mirror goes to.")
        if not 1 <= options["days"] <= _LONGEST:
            raise CommandError(f"--days is from 1 to {_LONGEST}.")
        if options["follow"] is not None and options["follow"] < 1:
            raise CommandError("--follow is a number of minutes from 1.")
        options["workers"] = max(options["workers"], 0)
        try:
            key = _key()
            if options["follow"] is not None:
                self._follow(folder, key, options)
            elif options["withdraw_only"]:
                self._withdraw(folder, key, options)
            else:
                self._build(folder, key, options)
        except (MirrorError, SealingError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}.") from error

    def _follow(self, folder: Path, key: Ed25519PrivateKey, options: dict[str, Any]) -> None:
        follow(
            is_hidden=lambda: (folder / HEAD).exists() and is_anything_taken_back(folder),
            take_out=lambda: self._withdraw(folder, key, options),
            build=lambda: self._build(folder, key, options),
            seconds_between_builds=options["follow"] * 60,
            complain=self.stderr.write,
        )

    def _withdraw(self, folder: Path, key: Ed25519PrivateKey, options: dict[str, Any]) -> None:
        removed = withdraw_alone(folder, key, workers=options["workers"])
        self.stdout.write(f"{removed} files were removed.")
        if removed:
            self._send(folder)

    def _build(self, folder: Path, key: Ed25519PrivateKey, options: dict[str, Any]) -> None:
        progress = _Lines(self.stderr)
        built = build(folder, key, days=options["days"], workers=options["workers"], progress=progress)
        self._tell(built, folder, key)
        self._send(folder)
        if options["zip"]:
            pack(folder, options["zip"])
            self.stdout.write(f"All of it in one file: {options['zip']}.")
        if options["zim"]:
            # A large library, and only this needs it.
            from memorial.mirror.zim import pack_zim

            number = pack_zim(folder, options["zim"])
            self.stdout.write(f"{number} files in one for Kiwix: {options['zim']}.")

    def _send(self, folder: Path) -> None:
        """To the store that the environment names, if it names one."""
        if not settings.MIRROR_STORE:
            return
        from memorial.mirror.store import store_of_settings

        if store := store_of_settings():
            sent = store.send(folder)
            self.stdout.write(f"{settings.MIRROR_STORE}: {sent.removed} objects removed, {sent.put} put.")

    def _new_key(self) -> None:
        key = new_key()
        self.stdout.write("MIRROR_KEY, for the timer that builds mirrors and nobody else:")
        self.stdout.write(private_text(key))
        self.stdout.write("MIRROR_PUBLIC_KEY, for everybody:")
        self.stdout.write(public_text(key.public_key()))

    def _tell(self, built: Built, folder: Path, key: Ed25519PrivateKey) -> None:
        rate = built.files / max(built.seconds, 0.001)
        self.stdout.write(
            f"{built.files} files in {folder}, {built.unchanged} of them as they were ({built.kept} were not even"
            f" made anew), {built.withdrawn} removed first; {built.seconds:.0f} s, {rate:.0f} a second."
        )
        for address in built.missing[:20]:
            self.stderr.write(f"A page leads to {address}, which is not there.")
        self.stdout.write(
            "Copies that others take cannot be recalled. Check this one with"
            f" verify_mirror.py --key {public_text(key.public_key())}"
        )


class _Lines:
    """Every two seconds a line: how many, how fast, how long still."""

    def __init__(self, out: Any) -> None:
        self._out, self._began, self._said = out, time.monotonic(), time.monotonic()

    def __call__(self, done: int, known: int) -> None:
        now = time.monotonic()
        if now - self._said < _SECONDS_BETWEEN_LINES:
            return
        self._said = now
        rate = done / (now - self._began)
        left = (known - done) / rate if rate else 0
        self._out.write(f"{done} of {known} known so far, {rate:.0f} a second, about {left:.0f} s left")


def _key() -> Ed25519PrivateKey:
    """The key of the settings; beside the embedded database one made once."""
    text = settings.MIRROR_KEY
    if not text and settings.EMBEDDED_POSTGRES:
        path = Path(settings.VAR_DIR) / _KEY_OF_EMBEDDED
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(private_text(new_key()))
        text = path.read_text(encoding="ascii").strip()
    if not text:
        raise MirrorError("MIRROR_KEY is not set: make a pair with `manage.py build_mirror --new-key`.")
    return key_from(text, "MIRROR_KEY")
