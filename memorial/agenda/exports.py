"""The hearings that the calendar shows, as open data: the same days, the same choice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.models import Hearing
from cases.opendata import HEARINGS, HearingRow
from cases.querysets import HearingQuerySet
from memorial.agenda.page import Choice, span_of_page
from memorial.agenda.scope import Scope
from memorial.base.opendata.lists import OpenList, Selection
from memorial.base.opendata.portions import in_portions, numbers_of
from prisoners.display.words import date_words


def select_hearings(asked: QueryDict, on: date) -> Selection:
    """The hearings of the calendar page with these parameters, the earliest first; none where it shows none."""
    choice = Choice.of(asked)
    return Selection(
        rows=lambda: hearing_rows(choice, on),
        described=lambda: described(Choice.of(asked), on),
        query=choice.query,
    )


def hearing_rows(choice: Choice, on: date) -> Iterator[HearingRow]:
    """Each starts at what readers may see when its turn comes."""
    span = span_of_page(on)
    chosen = Scope(region=choice.region).hearings().filter(on__gte=span.first, on__lte=span.last)
    numbers = numbers_of(chosen.order_by("on", "uid")) if choice.shows("hearings") else []
    shown: HearingQuerySet = Hearing.objects.shown()
    return in_portions(
        numbers, lambda some: (HearingRow(each, on) for each in shown.filter(pk__in=some).for_calendar())
    )


def described(choice: Choice, on: date) -> str:
    """«Заседания с 6 ноября 2026 по 18 февраля 2027; Крым (Украина, оккупирован)»."""
    if not choice.shows("hearings"):
        return _("No hearings: something else is chosen in the calendar.")
    span = span_of_page(on)
    days = {"first": date_words(span.first), "last": date_words(span.last)}
    said = _("Hearings from %(first)s to %(last)s") % days
    return f"{said}; {choice.region.shown_name}" if choice.region else said


HEARING_LIST: Final = OpenList(HEARINGS, "calendar", select_hearings)
