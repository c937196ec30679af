"""The columns of help in a table: how they are called, and which row of a file is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from memorial.base.encryption import digest

COLUMNS: Final = ("client", "given_on", "channel", "for_whom", "items", "cost", "currency", "note")
HEADINGS: Final = {
    "client": _("Client"),
    "given_on": _("Date"),
    "channel": _("Way"),
    "for_whom": _("For whom"),
    "items": _("What is in it"),
    "cost": _("Cost"),
    "currency": _("Currency"),
    "note": _("Note"),
}
MOST_ROWS: Final = 300
"""Rows of one page: their boxes stay below what a form may send."""
_PLACE: Final = "assistance_humanitarianaid.sent_as"


def heading(column: str) -> str:
    """How a column is called in the language of whoever asks."""
    return str(HEADINGS[column])


def known_names() -> dict[str, str]:
    """Every name under which a column is read, in small letters: its code, and its heading in both languages."""
    found = {name: name for name in COLUMNS}
    for language in ("ru", "en"):
        with override(language):
            found |= {str(said).casefold(): name for name, said in HEADINGS.items()}
    return found


def keys_of(rows: Iterable[dict[str, str]]) -> list[UUID]:
    """A key for each row, made of what it says: the same file loaded again has the same keys.

    Two rows that say the same are two: each is counted. The digest is keyed, so that nobody who has the
    database can try names out.
    """
    met: Counter[str] = Counter()
    keys = []
    for row in rows:
        said = "\x1f".join(" ".join(row.get(name, "").casefold().split()) for name in COLUMNS)
        met[said] += 1
        keys.append(UUID(hex=digest(f"{said}\x1f{met[said]}", _PLACE)[:32]))
    return keys
