"""What lacks English, and what has changed in Russian since: read from the records themselves, with no copy.

One statement over the tables asked for. A text is *missing* where there is no English, *outdated* where the
Russian is no longer what was translated, *unknown* where nobody said what the English was made from, and else
*current*. Only what readers see is here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from memorial.base.rich_text import plain_text
from memorial.translating.catalogue import ORIGINAL, PERSON, Kind, TextField, column, kind_of, kinds
from prisoners.querysets import COUNTED_AS_IMPRISONED

PAGE: Final = 50
SHORT, MIDDLE = 100, 600
EXCERPT: Final = 400


class Condition(models.TextChoices):
    """How the English of a text stands to its Russian."""

    MISSING = "missing", _("no English")
    OUTDATED = "outdated", _("Russian has changed since")
    UNKNOWN = "unknown", _("not compared with the Russian")
    CURRENT = "current", _("up to date")


class Length(models.TextChoices):
    """How long the Russian text is."""

    SHORT = "short", _("a line (up to 100 characters)")
    MIDDLE = "middle", _("a paragraph (up to 600)")
    LONG = "long", _("longer")


WORK: Final = (Condition.MISSING, Condition.OUTDATED)
_LENGTHS: Final = {
    Length.SHORT: f"size <= {SHORT}",
    Length.MIDDLE: f"size > {SHORT} AND size <= {MIDDLE}",
    Length.LONG: f"size > {MIDDLE}",
}


@dataclass(frozen=True)
class Asked:
    """What the queue is asked for. Empty words ask for everything."""

    language: str
    table: str = ""
    condition: str = ""
    length: str = ""
    imprisoned: bool = False
    free: bool = False
    page: int = 1


@dataclass(frozen=True)
class QueuedText:
    """One text in the queue."""

    table: str
    row: int
    field: str
    language: str
    condition: str
    size: int
    excerpt: str
    is_imprisoned: bool
    holder: str
    step: str
    person: str

    @property
    def kind(self) -> Kind | None:
        return kind_of(self.table)

    @property
    def condition_label(self) -> str:
        return str(Condition(self.condition).label)


def one_field(kind: Kind, field: TextField, language: str) -> str:
    """SQL of every text of a field: its place, size, condition, person. Names come from our own models."""
    russian, other = column(field.name, ORIGINAL), column(field.name, language)
    return (
        f"SELECT '{kind.table}' AS kind, r.{kind.key} AS number, '{field.name}' AS name,"  # noqa: S608
        f" char_length(r.{russian}) AS size, left(r.{russian}, {EXCERPT}) AS excerpt, {kind.person} AS person,"
        f" CASE WHEN r.{other} = '' THEN 'missing' WHEN s.digest IS NULL THEN 'unknown'"
        f" WHEN s.digest <> memorial_text_digest(r.{russian}) THEN 'outdated' ELSE 'current' END AS condition"
        f" FROM {kind.table} r LEFT JOIN translating_textsource s ON s.\"table\" = '{kind.table}'"
        f" AND s.\"row\" = r.{kind.key} AND s.field = '{field.name}' AND s.language = '{language}'"
        f" WHERE r.{russian} ~ '\\S' AND {kind.condition_for(field.name)}"
    )


def all_fields(chosen: Iterable[Kind], language: str) -> str:
    """SQL of the texts of several kinds, one after another."""
    return " UNION ALL ".join(one_field(kind, field, language) for kind in chosen for field in kind.fields)


def queue(asked: Asked) -> tuple[list[QueuedText], int]:
    """A page of the queue, imprisoned people first where that is asked, else the shortest; and how many in all."""
    only = kind_of(asked.table)
    texts = all_fields([only] if only else kinds(), asked.language)
    wanted = asked.condition if asked.condition in Condition.values else ""
    conditions = ["condition = ANY(%s)"]
    given: list[Any] = [[wanted] if wanted else [str(one) for one in WORK]]
    if asked.length in Length.values:
        conditions.append(_LENGTHS[Length(asked.length)])
    if asked.free:
        conditions.append("d.id IS NULL")
    first = "is_imprisoned DESC, " if asked.imprisoned else ""
    statement = (
        f"WITH t AS ({texts}) SELECT kind, number, name, condition, size, excerpt, is_imprisoned,"  # noqa: S608
        " coalesce(d.holder, ''), coalesce(d.step, ''), coalesce(who.told, ''), count(*) OVER ()"
        ' FROM t LEFT JOIN translating_draft d ON d."table" = kind AND d."row" = number AND d.field = name'
        f" AND d.language = '{asked.language}' AND d.step <> 'published'"
        f" LEFT JOIN LATERAL (SELECT concat_ws(' ', p.surname_{ORIGINAL}, p.given_names_{ORIGINAL},"
        f" p.described_as_{ORIGINAL}) AS told FROM {PERSON} p WHERE p.id = person) who ON true"
        " CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM cases_publishedperson c"
        " WHERE c.person_id = person AND c.traits && %s) AS is_imprisoned) i"
        f" WHERE {' AND '.join(conditions)} ORDER BY {first}size, kind, number, name"
        " LIMIT %s OFFSET %s"
    )
    held = [f"liberty={status}" for status in sorted(COUNTED_AS_IMPRISONED)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [held, *given, PAGE, (max(asked.page, 1) - 1) * PAGE])
        rows = cursor.fetchall()
    return [_queued(row, asked.language) for row in rows], rows[0][10] if rows else 0


def _queued(row: tuple[Any, ...], language: str) -> QueuedText:
    table, number, name, condition, size, excerpt, imprisoned, holder, step, person, _total = row
    return QueuedText(
        table,
        number,
        name,
        language,
        condition,
        size,
        " ".join(plain_text(excerpt).split()),
        imprisoned,
        holder,
        step,
        person.strip(),
    )
