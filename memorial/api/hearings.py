"""Hearings, in the order of their days: what a calendar of this site tells, of all times."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import HearingState
from cases.models import Case, Court, Hearing
from cases.opendata import HEARINGS, HearingRow
from cases.querysets import HearingQuerySet
from memorial.agenda.scope import Scope
from memorial.api.parameters import SLUG, Parameter, Refused, day
from memorial.api.places import REGION_CODE
from memorial.api.resources import Chosen, Keyed, Resource, number_of
from memorial.base.shown_text import shown_text
from prisoners.models import Region

UUID_PATTERN: Final = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_CURSOR: Final = f"^[1-9][0-9]{{3}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\\.{UUID_PATTERN[1:]}"
_DAY: Final = {"type": "string", "format": "date"}


def _cases() -> list[str]:
    found = Hearing.objects.shown().order_by().values_list("case__slug", flat=True)
    return list(found.distinct())


def _courts() -> list[str]:
    found = Court.objects.published().filter(pk__in=Hearing.objects.shown().values("court"))
    return list(found.order_by().values_list("slug", flat=True))


def _regions() -> list[str]:
    return [code.lower() for code in Region.objects.order_by().values_list("code", flat=True)]


_FILTERS: Final = (
    Parameter("from", gettext_lazy("The first day."), _DAY),
    Parameter("until", gettext_lazy("The last day."), _DAY),
    Parameter(
        "state",
        gettext_lazy("Planned, held, postponed, cancelled."),
        {"type": "string", "enum": list(HearingState.values)},
        many=True,
    ),
    Parameter(
        "case",
        gettext_lazy("The identifier of the case."),
        {"type": "string", "pattern": SLUG},
        values=_cases,
    ),
    Parameter(
        "court",
        gettext_lazy("The identifier of the court."),
        {"type": "string", "pattern": SLUG},
        values=_courts,
    ),
    Parameter(
        "region",
        gettext_lazy("The region of the court; of the case, where the court is not known."),
        {"type": "string", "pattern": REGION_CODE},
        values=_regions,
    ),
)


def select_hearings(asked: QueryDict, _on: date) -> Chosen:
    """Hearings that readers may see: between two days, in a case, a court, a region."""
    rows: HearingQuerySet = Hearing.objects.shown()
    said: list[str] = []
    first, last = str(asked.get("from", "")), str(asked.get("until", ""))
    for name, narrow in _SCOPES.items():
        if name in asked:
            scope, words = narrow(str(asked[name]))
            rows, said = rows.filter(pk__in=scope.hearings().values("pk")), [*said, words]
    if first:
        rows, said = rows.filter(on__gte=day(first)), [*said, f"≥ {first}"]
    if last:
        rows, said = rows.filter(on__lte=day(last)), [*said, f"≤ {last}"]
    if states := asked.getlist("state"):
        rows = rows.filter(hearing_state__in=states)
        said.append(", ".join(str(HearingState(state).label) for state in states))
    return Chosen(
        rows.order_by().count,
        lambda after, most: _part(rows, after, most),
        lambda: "; ".join(said) or _("All hearings"),
    )


def _in_case(slug: str) -> tuple[Scope, str]:
    case = Case.objects.published().filter(slug=slug).first()
    if case is None:
        raise Refused("case")
    return Scope(case=case), str(shown_text(case, "title"))


def _in_court(slug: str) -> tuple[Scope, str]:
    court = Court.objects.published().filter(slug=slug).first()
    if court is None:
        raise Refused("court")
    return Scope(court=court), str(shown_text(court, "name"))


def _in_region(code: str) -> tuple[Scope, str]:
    region = Region.objects.filter(code=code.upper()).first()
    if region is None:
        raise Refused("region")
    return Scope(region=region), region.shown_name


_SCOPES: Final = {"case": _in_case, "court": _in_court, "region": _in_region}


def _part(rows: QuerySet[Hearing], after: str, most: int) -> list[Keyed]:
    """Hearings behind a day and a name."""
    if after:
        on, _dot, uid = after.partition(".")
        first = _day_or_last_before(on)
        rows = rows.filter(Q(on__gt=first) | Q(on=first, uid__gt=UUID(uid)))
    found = rows.order_by("on", "uid").values_list("on", "uid", "pk")[:most]
    return [Keyed(f"{on.isoformat()}.{uid}", number) for on, uid, number in found]


def _day_or_last_before(text: str) -> date:
    """A day of a cursor, which its pattern lets be the 31st of any month."""
    year, month, day_of_month = map(int, text.split("-"))
    return date(year, month, min(day_of_month, monthrange(year, month)[1]))


def _load(numbers: Sequence[int], on: date) -> list[HearingRow]:
    found = {each.pk: each for each in Hearing.objects.shown().filter(pk__in=numbers).for_calendar()}
    return [HearingRow(found[number], on) for number in numbers if number in found]


def _find(uid: Any) -> int | None:
    return number_of(Hearing.objects.shown(), uid=uid)


def _uid(row: HearingRow) -> str:
    return str(row.hearing.uid)


HEARINGS_RESOURCE: Final = Resource(
    table=HEARINGS,
    order=gettext_lazy("By day, the earliest first."),
    argument="uid",
    key_pattern=UUID_PATTERN,
    cursor_pattern=_CURSOR,
    filters=_FILTERS,
    select=select_hearings,
    load=_load,
    find=_find,
    key=_uid,
    list_page="calendar",
)
