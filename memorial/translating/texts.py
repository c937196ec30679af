"""One text: its Russian now, the Russian that was translated, the English that readers see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from memorial.base.models import HistoryEntry
from memorial.base.rich_text import plain_text
from memorial.translating.catalogue import (
    LANGUAGES_MADE,
    ORIGINAL,
    PERSON,
    Kind,
    TextField,
    column,
    kind_of,
)
from memorial.translating.models import TextSource
from memorial.translating.queue import Condition

_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_ONE_SPACE: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": None})
_WORD: Final = re.compile(r"\w+", re.UNICODE)
GONE: Final = "That text is not at the desk."


def text_digest(text: str) -> str:
    """The digest of a text, like the database's `memorial_text_digest`: only its spaces do not count."""
    return hashlib.sha256(_SPACES.sub(" ", text.translate(_ONE_SPACE)).strip(" ").encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a text stands: a kind of record, its number, a field, and the language it is made in."""

    kind: Kind
    row: int
    field: TextField
    language: str

    @property
    def key(self) -> dict[str, Any]:
        """How the tables of the desk name it."""
        return {
            "table": self.kind.table,
            "row": self.row,
            "field": self.field.name,
            "language": self.language,
        }

    @property
    def target(self) -> str:
        return column(self.field.name, self.language)

    @property
    def original(self) -> str:
        return column(self.field.name, ORIGINAL)


@dataclass(frozen=True)
class Text:
    """A public text as it is now. `mark` is the last entry of the row's history."""

    place: Place
    russian: str
    translation: str
    mark: int
    prisoner: int | None
    by_initials: bool

    @property
    def source_digest(self) -> str:
        return text_digest(self.russian)

    @property
    def target_digest(self) -> str:
        return text_digest(self.translation)

    @property
    def words(self) -> int:
        """How many words the Russian has."""
        return word_count(self.russian)


def word_count(text: str) -> int:
    """How many words a text has, its markup left out."""
    return len(_WORD.findall(plain_text(text)))


def place_of(table: str, row: int, field: str, language: str) -> Place:
    """The place so named. Raises `Http404` where the desk has no such text."""
    kind = kind_of(table)
    found = kind.field(field) if kind else None
    if kind is None or found is None or language not in LANGUAGES_MADE:
        raise Http404(GONE)
    return Place(kind, row, found, language)


def read_text(place: Place, *, lock: bool = False) -> Text | None:
    """The text, where readers see it; None where they do not, or there is no Russian.

    `lock` holds the row until the transaction ends, so that nobody writes it meanwhile.
    """
    statement, given = _select(place)
    with connection.cursor() as cursor:
        cursor.execute(statement + (" FOR UPDATE OF r" if lock else ""), given)
        row = cursor.fetchone()
    return Text(place, *row[1:]) if row else None


def read_texts(places: Sequence[Place]) -> list[Text | None]:
    """Several texts in one query, in the order asked for."""
    if not places:
        return []
    parts = [_select(place, index) for index, place in enumerate(places)]
    with connection.cursor() as cursor:
        given = [one for _statement, values in parts for one in values]
        cursor.execute(" UNION ALL ".join(statement for statement, _values in parts), given)
        found = {row[0]: Text(places[row[0]], *row[1:]) for row in cursor.fetchall()}
    return [found.get(index) for index in range(len(places))]


def _select(place: Place, index: int = 0) -> tuple[str, list[Any]]:
    kind = place.kind
    initials = "false"
    if kind.table == PERSON:
        initials = "r.initials_only"
    elif "prisoner_id" in kind.person:
        initials = f"(SELECT p.initials_only FROM {PERSON} p WHERE p.id = {kind.person})"  # noqa: S608
    statement = (
        f"SELECT {index}, r.{place.original}, r.{place.target},"  # noqa: S608 - names of our own models
        f" memorial_history_mark('{kind.table}', %s), {kind.person}, {initials} FROM {kind.table} r"
        f" WHERE r.{kind.key} = %s AND r.{place.original} ~ '\\S' AND {kind.condition_for(place.field.name)}"
    )
    return statement, [str(place.row), place.row]


def condition_of(text: Text) -> tuple[Condition, TextSource | None]:
    """How its English stands to its Russian, and what it was made from where somebody said so."""
    source = TextSource.objects.filter(**text.place.key).first()
    if not text.translation.strip():
        return Condition.MISSING, source
    if source is None:
        return Condition.UNKNOWN, None
    is_current = source.digest == text.source_digest
    return Condition.CURRENT if is_current else Condition.OUTDATED, source


def russian_then(text: Text, mark: int, digest: str) -> str | None:
    """The Russian as it stood at an entry of the history; None where the history no longer tells it.

    Read from the entry that first changed it afterwards, and believed only if it has the digest kept then.
    Of somebody who is now shown by initials nothing former is told: it may hold the name.
    """
    if text.source_digest == digest:
        return text.russian
    if text.by_initials:
        return None
    later = HistoryEntry.objects.filter(
        table=text.place.kind.table, row=str(text.place.row), operation="U", pk__gt=mark
    )
    entry = later.filter(before__has_key=text.place.original).order_by("pk").first()
    said = (entry.before or {}).get(text.place.original) if entry else None
    return said if isinstance(said, str) and text_digest(said) == digest else None


def cleaned(place: Place, value: str) -> str:
    """A translation as the record's own field takes it. Raises `ValidationError` for what it refuses."""
    field: Any = place.kind.model._meta.get_field(place.target)
    if not value.strip():
        raise ValidationError(_("There is no translation yet."), code="empty")
    return str(field.clean(value, None))
