"""What an address asks: which figure, of which day."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest

from memorial.base.civil_date import civil_date
from memorial.figures.asked import Asked
from memorial.figures.catalogue import BY_CODE
from memorial.figures.definition import Figure
from memorial.figures.loading import record
from memorial.figures.results import Results


def asked_of(request: HttpRequest) -> tuple[Asked, Results]:
    """The day that a request asks for, and its figures."""
    facts, today = record(), civil_date()
    asked = Asked.of(request.GET, today, facts.first_day)
    return asked, Results(asked.on, today, facts)


def results_of(on: date) -> tuple[Asked, Results]:
    """The figures of a day that is not ahead."""
    today = civil_date()
    return Asked(on, today), Results(on, today, record())


def figure_of(code: str) -> Figure:
    """The figure of a code. Raises Http404 for one that there is not."""
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]
