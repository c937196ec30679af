"""What a cell of an exported table says, and how a row tells what stood there when it was taken out.

A table that was taken out, edited and loaded again must change what its editor changed, and nothing
that colleagues changed meanwhile. So every exported row carries fingerprints of its own cells: a cell
whose fingerprint still fits was not edited, and a record whose text still has that fingerprint was not
changed since (docs/decisions/0008).
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from memorial.base.localized import LANGUAGES
from memorial.base.partial_date import PartialDate
from prisoners.importers.fields import Field, Kind
from prisoners.importers.known import plain_value

SEPARATED = "; "
_MARK = re.compile(r"([a-z_]+)=([0-9a-f]{8})")


def cell_text(record: Any, one: Field) -> str:
    """What stands in one field of a record, as it is written into a cell and can be read again."""
    if record is None:
        return ""
    if one.kind is Kind.REGION:
        region = getattr(record, one.attribute)
        return region.code if region else ""
    if one.kind is Kind.PLACE:
        return place_text(getattr(record, one.attribute))
    value = plain_value(getattr(record, one.attribute))
    if one.kind is Kind.FLAG:
        return "yes" if value else ""
    return value.text if isinstance(value, PartialDate) else str(value)


def place_text(place: Any) -> str:
    """An institution by its name: in the first language that has one."""
    names = (getattr(place, f"name_{code}") for code in LANGUAGES) if place else ()
    return next((name for name in names if name), "")


def joined(values: Iterable[str]) -> str:
    """Several words in one cell."""
    return SEPARATED.join(sorted(values))


def fingerprint(text: str) -> str:
    """What is remembered of a cell; nothing of an empty one."""
    plain = " ".join(text.split())
    return sha256(plain.encode()).hexdigest()[:8] if plain else ""


def as_exported(texts: dict[str, str]) -> str:
    """The cell `as_exported` of a row."""
    return " ".join(f"{name}={mark}" for name, text in texts.items() if (mark := fingerprint(text)))


def read_as_exported(cell: str) -> dict[str, str]:
    """The fingerprints in a cell `as_exported`."""
    return dict(_MARK.findall(cell))
