"""Files that travel between the site and the machine that signs, read and written byte for byte."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.signing.text import LONGEST

_GROUP = 4


def decoded(data: bytes) -> str:
    """The text of a file. Raises `DetailsRefused` for what is not UTF-8, or too long."""
    if len(data) > 4 * LONGEST:
        raise DetailsRefused(_("The file is too long."))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DetailsRefused(_("The file is not UTF-8.")) from error


def read(file: Path) -> str:
    """The text of a file. Raises `OSError` or `DetailsRefused`."""
    return decoded(file.read_bytes())


def write_new(file: Path, text: str) -> None:
    """Writes a file that is not there yet. Raises `FileExistsError`."""
    with file.open("xb") as stream:
        stream.write(text.encode("utf-8"))


def fingerprint(text: str) -> str:
    """The first 40 digits of a text's SHA-256 in groups of four, to be compared by eye on both machines."""
    digits = sha256(text.encode("utf-8")).hexdigest()[:40]
    return " ".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))
