"""Urgent appeals, those that are open and those that have ended; events ahead and past."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from memorial.agenda.ics import calendar_bytes
from memorial.appeals.display import ShownAppeal, shown_appeals
from memorial.appeals.event_display import ShownEvent, shown_events
from memorial.appeals.models import Appeal, PublicEvent
from memorial.appeals.pages import appeal_list_page, appeal_page, event_list_page, event_page
from memorial.appeals.querysets import AppealQuerySet, EventQuerySet
from memorial.base.civil_date import civil_date
from memorial.base.page_head import LONGEST_TITLE, PageHead
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.rich_text import excerpt
from memorial.base.templatetags.page_links import query

ENDED_ON_A_PAGE: Final = 20
_SHORTEST_TITLE: Final = 20
"""Characters of an event's title that stay, however long the name of its town."""


class PagesOfThePast(ForgivingPages):
    """What asks for something today, above the pages of what is over."""

    paginate_by = ENDED_ON_A_PAGE

    @cached_property
    def today(self) -> date:
        return civil_date()

    def context(self, page: Any, title: str, said: str, of: Any, *, has_any: bool) -> dict[str, Any]:
        """Head and notices; page 2 has an address of its own."""
        if page.number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": page.number}
        asked = query(page=page.number).removeprefix("?")
        is_misled = self.page_is_missing or bool(set(self.request.GET) - {"page"})
        head = PageHead(title, said, of, asked, has_any and not is_misled)
        return {"head": head, "is_misled": is_misled}


@method_decorator(public_page(), name="dispatch")
class AppealListView(PagesOfThePast):
    """Appeals: those that are open, and what came of the others."""

    template_name = "appeals/appeal_list.html"

    def get_queryset(self) -> AppealQuerySet:
        rows: AppealQuerySet = Appeal.objects.published().ended(self.today).for_reading().latest_first()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        current = list(Appeal.objects.published().current(self.today).for_reading().most_urgent_first())
        said = _("Whom a letter can help now: what happened, what to do, to whom to write.")
        number = len(current) + page.paginator.count
        return context | {
            **self.context(page, _("Urgent appeals"), said, appeal_list_page(), has_any=bool(number)),
            "current": shown_appeals(current, self.today),
            "ended": shown_appeals(page, self.today),
            "number": number,
        }


@method_decorator(public_page(), name="dispatch")
class AppealDetailView(DetailView):
    """One appeal. What may no longer be told answers like what never was."""

    template_name = "appeals/appeal_detail.html"
    context_object_name = "appeal"

    def get_queryset(self) -> AppealQuerySet:
        rows: AppealQuerySet = Appeal.objects.published().for_reading()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | appeal_context(self.object, civil_date())


def appeal_context(appeal: Appeal, on: date) -> dict[str, Any]:
    """What the template of an appeal needs; the preview of a draft uses it too."""
    shown = ShownAppeal(appeal, on)
    title = excerpt(str(shown.title), LONGEST_TITLE)
    # What has ended is there for those who took part, not to be found by search engines for ever.
    head = PageHead(title, shown.description, appeal_page(appeal), is_indexed=shown.is_current)
    return {"appeal": appeal, "shown": shown, "head": head}


@method_decorator(public_page(), name="dispatch")
class EventListView(PagesOfThePast):
    """Events: those ahead, and pages of those that took place."""

    template_name = "appeals/event_list.html"

    def get_queryset(self) -> EventQuerySet:
        rows: EventQuerySet = PublicEvent.objects.published().past(self.today)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        ahead = list(PublicEvent.objects.published().ahead(self.today))
        said = _("Letter evenings, pickets and exhibitions for political prisoners, outside Russia.")
        number = len(ahead) + page.paginator.count
        return context | {
            **self.context(page, _("Events abroad"), said, event_list_page(), has_any=bool(number)),
            "ahead": shown_events(ahead, self.today),
            "past": shown_events(page, self.today),
            "number": number,
        }


@method_decorator(public_page(), name="dispatch")
class EventDetailView(DetailView):
    """One event."""

    template_name = "appeals/event_detail.html"
    context_object_name = "event"

    def get_queryset(self) -> EventQuerySet:
        rows: EventQuerySet = PublicEvent.objects.published()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | event_context(self.object, civil_date())


def event_context(event: PublicEvent, on: date) -> dict[str, Any]:
    """What the template of an event needs; the preview of a draft uses it too."""
    shown = ShownEvent(event, on)
    # The same evening comes again every month.
    when_and_where = f"{shown.city}, {shown.day}"
    title = excerpt(str(shown.title), max(_SHORTEST_TITLE, LONGEST_TITLE - len(when_and_where) - 2))
    title = f"{title}, {when_and_where}"
    return {"event": event, "shown": shown, "head": PageHead(title, shown.description, event_page(event))}


@public_page()
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar program."""
    event = PublicEvent.objects.published().filter(slug=slug).first()
    if event is None:
        raise Http404
    on = civil_date()
    shown = ShownEvent(event, on)
    content = calendar_bytes(str(shown.title), on, (), events=[shown])
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="event.ics"'
    return response
