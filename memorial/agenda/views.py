"""The calendar as a page, and calendars of everything, of a case, a person, a court, a region as files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cases.models import Case, Court
from memorial.agenda.days import appeals_of, birthdays_of, events_of, meetings_of, releases_of
from memorial.agenda.ics import calendar_bytes
from memorial.agenda.page import CalendarPage, Choice
from memorial.agenda.scope import Scope, Span
from memorial.base.civil_date import civil_date
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text
from prisoners.models import Prisoner, Region

DAYS_BEHIND: Final = timedelta(days=60)
DAYS_AHEAD: Final = timedelta(days=731)
BIRTHDAYS_AHEAD: Final = timedelta(days=90)


@method_decorator(public_page(), name="dispatch")
class CalendarView(TemplateView):
    """What lies ahead: the next thirty days, then later; what was heard in the last fortnight."""

    template_name = "agenda/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = Choice.of(self.request.GET)
        page = CalendarPage(Scope(region=choice.region), choice, civil_date())
        said = _("Hearings, expected releases, birthdays of those who wish to be written to, events abroad.")
        head = PageHead(
            _("Calendar"),
            said,
            Page("calendar"),
            choice.query,
            is_indexed=not choice.query and not choice.is_misled,
        )
        return super().get_context_data(**kwargs) | {"head": head, "page": page, "choice": choice}


@public_page()
def whole_calendar(request: HttpRequest) -> HttpResponse:
    """Everything in one file."""
    return _calendar(_("Political Prisoners. Memorial"), Scope())


@public_page()
def case_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The hearings of one case."""
    case = _one(Case.objects.published().filter(slug=slug))
    return _calendar(str(shown_text(case, "title")), Scope(case=case))


@public_page()
def prisoner_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Hearings, expected release and birthday of one person."""
    person = _one(Prisoner.objects.published().filter(slug=slug))
    return _calendar(person.name.full, Scope(person=person))


@public_page()
def court_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The hearings in one court."""
    court = _one(Court.objects.published().filter(slug=slug))
    return _calendar(court.shown_name, Scope(court=court))


@public_page()
def region_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What lies ahead in the courts of one region, and of the people of its cases."""
    region = _one(Region.objects.filter(code=code.upper())) if code == code.lower() else None
    if region is None:
        raise Http404
    return _calendar(region.shown_name, Scope(region=region))


def _one(rows: Any) -> Any:
    """The one row there is; raises Http404 for none, so that what is hidden answers like what is absent."""
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _calendar(name: str, scope: Scope) -> HttpResponse:
    on: date = civil_date()
    span = Span(on - DAYS_BEHIND, on + DAYS_AHEAD)
    soon = Span(on, on + BIRTHDAYS_AHEAD)
    content = calendar_bytes(
        name,
        on,
        meetings_of(scope, span),
        releases_of(scope, on, Span(on, span.last)),
        birthdays_of(scope, on, soon),
        appeals=appeals_of(scope, on, Span(on, span.last)),
        events=events_of(scope, on, span),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response
