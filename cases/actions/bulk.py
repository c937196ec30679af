"""One piece of news about many people: a verdict, an extension, an exchange. All are entered, or nobody is.

What is wrong with one of them is said beside that one (`RowErrors`), and nothing of the others is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.quick import enter_line
from cases.actions.quick_kinds import LineKind
from cases.actions.quick_line import CaseLine
from memorial.base.partial_date import PartialDate
from prisoners.actions.begin import done_by
from prisoners.actions.enter import QuickKind, quick_entry
from prisoners.choices import ReleaseCircumstance, ReleaseGround
from prisoners.models import EndOfCustody, Prisoner


class RowErrors(Exception):
    """What is wrong, by the number of the person's row. Nothing was written."""

    def __init__(self, errors: Mapping[int, list[str]]) -> None:
        super().__init__(errors)
        self.errors = dict(errors)


@dataclass
class Done:
    """How many rows were entered, and what is left to do by hand, by row."""

    number: int = 0
    remarks: dict[int, list[str]] = field(default_factory=dict)


class _TriedOnlyError(Exception):
    """Takes back what was written to see whether it can be."""


@dataclass(frozen=True)
class BulkRow:
    """What a decision means for one person: which kind of line it is, and the penalties where it has any.

    `charges` is what it says of single charges, where it is not the same of all.
    """

    kind: str
    penalties: str = ""
    charges: Mapping[int, str] | None = None


def enter_lines(*, line: CaseLine, rows: Mapping[int, BulkRow], reason: str, try_only: bool = False) -> Done:
    """Enters one line for many people of a case, each with an outcome of their own; `rows` by prosecution.

    With `try_only` everything is written and taken back, so that a preview says what saving would say.
    Raises `RowErrors`.
    """
    people = line.case.prosecutions.filter(pk__in=rows).select_related("prisoner", "case").order_by("pk")
    known = {one.pk: one for one in people}

    def write(number: int) -> list[str]:
        if number not in known:
            raise ValidationError(_("This person is in another case."))
        row = rows[number]
        penalties = row.penalties if row.kind in WITH_PENALTIES else ""
        one = replace(
            line, prosecution=known[number], kind=row.kind, penalties=penalties, charges=row.charges
        )
        return enter_line(one).remarks

    return write_each(sorted(rows), write, by=line.by, reason=reason, try_only=try_only)


WITH_PENALTIES: Final = frozenset({LineKind.VERDICT, LineKind.REDUCED, LineKind.INCREASED})
"""Lines that say a penalty; what is typed beside another is kept and not entered."""


def enter_releases(
    *,
    people: Iterable[Prisoner],
    on: PartialDate,
    ground: str = ReleaseGround.NONE_KNOWN,
    circumstance: str = ReleaseCircumstance.EXCHANGE,
    grounds: Mapping[int, str] | None = None,
    source_url: str = "",
    confidential_source: str = "",
    line_ru: str = "",
    line_en: str = "",
    by: int | None,
    try_only: bool = False,
) -> Done:
    """Enters the release of many people of any case on one day: an exchange, as it happens to be.

    `grounds` are those of single people, where they differ from `ground`. Somebody who was not held by our
    data is refused, beside the name. Raises `RowErrors`.
    """
    known = {person.pk: person for person in people}
    own = dict(grounds or {})

    def write(number: int) -> list[str]:
        person = known[number]
        if not _is_held(person):
            raise ValidationError(_("By our data the person is not held: look at the person's page."))
        quick_entry(
            prisoner=person,
            kind=QuickKind.RELEASED,
            on=on,
            ground=own.get(number) or ground,
            circumstance=circumstance,
            source_url=source_url,
            confidential_source=confidential_source,
            line_ru=line_ru,
            line_en=line_en,
            by=by,
        )
        return []

    return write_each(sorted(known), write, by=by, reason=_("Release of several people"), try_only=try_only)


def _is_held(person: Prisoner) -> bool:
    """Whether a stay goes on, or a deprivation of liberty has no end."""
    if person.stays.filter(ongoing=True).exists():
        return True
    ended = EndOfCustody.objects.filter(prisoner=person).values("custody")
    return person.custodies.exclude(pk__in=ended.exclude(custody=None)).exists() and not ended.exists()


def write_each(
    numbers: Iterable[int],
    write: Callable[[int], list[str]],
    *,
    by: int | None,
    reason: str,
    try_only: bool,
    first: Callable[[], None] = lambda: None,
) -> Done:
    """Does `first`, then writes every row, in one transaction; or nothing at all.

    Raises `RowErrors` with what is wrong with each.
    """
    done, errors = Done(), dict[int, list[str]]()
    try:
        with transaction.atomic(), done_by(by, reason):
            first()
            for number in numbers:
                try:
                    with transaction.atomic():
                        remarks = write(number)
                except ValidationError as error:
                    errors[number] = error.messages
                    continue
                done.number += 1
                if remarks:
                    done.remarks[number] = remarks
            if errors:
                raise RowErrors(errors)
            if try_only:
                raise _TriedOnlyError
    except _TriedOnlyError:
        pass
    return done
