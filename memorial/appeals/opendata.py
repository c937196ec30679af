"""Appeals as a table and as a feed, events as a table.

The table of appeals tells less than their pages: files are kept, and an appeal may be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.appeals.display import ShownAppeal
from memorial.appeals.models import Appeal, PublicEvent
from memorial.base.civil_date import MOSCOW
from memorial.base.opendata.atom import MOST_ENTRIES, Entry
from memorial.base.opendata.columns import Column, Kind, Table
from memorial.base.opendata.lists import OpenList, Selection
from memorial.base.opendata.usual import date_text, page_columns, text_columns

APPEALS: Final = Table(
    name="urgent-appeals",
    title=gettext_lazy("Urgent appeals"),
    description=gettext_lazy("Appeals for people, each open for two weeks at most."),
    columns=(
        *page_columns("appeals.Appeal.slug"),
        *text_columns(
            "title", gettext_lazy("Title"), gettext_lazy("The headline."), source="appeals.Appeal.title"
        ),
        Column(
            "prisoner",
            Kind.TEXT,
            gettext_lazy("Person"),
            gettext_lazy("The identifier of the person whom it is for."),
            lambda row: row.prisoner.slug,
            "appeals.Appeal.prisoner",
        ),
        Column(
            "open_until",
            Kind.DATE,
            gettext_lazy("Open until"),
            gettext_lazy("The last day on which it asks for something."),
            lambda row: date_text(row.open_until),
            "appeals.Appeal.open_until",
        ),
        Column(
            "outcome_on",
            Kind.DATE,
            gettext_lazy("Outcome known on"),
            gettext_lazy("Empty while the outcome is not known."),
            lambda row: date_text(row.outcome_on),
            "appeals.Appeal.outcome_on",
        ),
    ),
    key=("id",),
)
EVENTS: Final = Table(
    name="events",
    title=gettext_lazy("Events abroad"),
    description=gettext_lazy("Letter evenings, pickets and exhibitions outside Russia."),
    columns=(
        *page_columns("appeals.PublicEvent.slug"),
        *text_columns(
            "title",
            gettext_lazy("Title"),
            gettext_lazy("What it is called."),
            source="appeals.PublicEvent.title",
        ),
        Column(
            "on",
            Kind.DATE,
            gettext_lazy("Day"),
            gettext_lazy("By the calendar of the town."),
            lambda row: date_text(row.on),
            "appeals.PublicEvent.on",
        ),
        Column(
            "at",
            Kind.TEXT,
            gettext_lazy("Begins"),
            gettext_lazy("By the clock of the town: 18:30."),
            lambda row: f"{row.at:%H:%M}" if row.at else None,
            "appeals.PublicEvent.at",
        ),
        Column(
            "time_zone",
            Kind.TEXT,
            gettext_lazy("Time zone"),
            gettext_lazy("Its name in the IANA database."),
            lambda row: row.time_zone,
            "appeals.PublicEvent.time_zone",
        ),
        *text_columns(
            "city", gettext_lazy("Town"), gettext_lazy("Where it is."), source="appeals.PublicEvent.city"
        ),
        Column(
            "country",
            Kind.TEXT,
            gettext_lazy("Country"),
            gettext_lazy("Two letters (ISO 3166-1)."),
            lambda row: row.country.code,
            "appeals.PublicEvent.country",
        ),
    ),
    key=("id",),
)


def select_appeals(_asked: QueryDict, on: date) -> Selection:
    """The appeals of the page, those that are open first."""
    return Selection(
        rows=lambda: list(all_appeals()),
        described=lambda: _("All appeals"),
        entries=lambda: appeal_entries(on),
    )


def all_appeals() -> Iterator[Appeal]:
    """All that readers may see, the one that ends last first."""
    yield from Appeal.objects.published().for_reading().latest_first()


def appeal_entries(on: date) -> Iterator[Entry]:
    """Those that are open today, by the day of their publication. What has ended leaves the feed."""
    current = Appeal.objects.published().current(on).for_reading().order_by("-first_published_at", "-id")
    for appeal in current[:MOST_ENTRIES]:
        shown = ShownAppeal(appeal, on)
        since = appeal.first_published_at.astimezone(MOSCOW).date() if appeal.first_published_at else on
        language = shown.title.language if shown.title.is_foreign else ""
        summary = f"{shown.person.full}: {shown.until}"
        yield Entry(f"urgent/{appeal.slug}", since, str(shown.title), shown.url, summary, language)


def select_events(_asked: QueryDict, on: date) -> Selection:
    """The events of the page: those ahead, then those of the past."""
    return Selection(
        rows=lambda: list(PublicEvent.objects.published().order_by("-on", "-id")),
        described=lambda: _("All events"),
    )


APPEAL_LIST: Final = OpenList(APPEALS, "appeal-list", select_appeals)
EVENT_LIST: Final = OpenList(EVENTS, "event-list", select_events)
