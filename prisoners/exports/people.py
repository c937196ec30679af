"""The list of people as open data: the selection on screen, and its newest changes as a feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.selection import PeopleFilter
from memorial.base.localized import current_language
from memorial.base.opendata.atom import MOST_ENTRIES, Entry
from memorial.base.opendata.lists import OpenList, Selection
from prisoners.exports.rows import person_rows
from prisoners.opendata import PEOPLE, PersonRow
from prisoners.querysets import PrisonerQuerySet


def select_people(asked: QueryDict, on: date) -> Selection:
    """The people whom the page with these parameters lists, in its order."""
    chosen = PeopleFilter(asked, on=on)
    return Selection(
        rows=lambda: person_rows(chosen.numbers(), on),
        described=lambda: described(PeopleFilter(asked, on=on)),
        query=chosen.canonical_query(),
        entries=lambda: newest_changes(chosen.people(), on),
    )


def described(chosen: PeopleFilter) -> str:
    """The filter in words."""
    return chosen.described() or _("Everybody")


def newest_changes(people: PrisonerQuerySet, on: date) -> Iterator[Entry]:
    """What happened last to these people, the newest first, without those who asked for quiet."""
    with_a_day = people.filter(updated_on__isnull=False).exclude(quiet_until__gte=on)
    newest = with_a_day.order_by(F("updated_on").desc(), "-pk").values_list("pk", flat=True)[:MOST_ENTRIES]
    for row in person_rows(list(newest), on):
        yield _entry(row)


def _entry(row: PersonRow) -> Entry:
    card = row.card
    name = card.name
    region = _("Region: %(region)s") % {"region": card.region} if card.region else ""
    charges = row.card.told.charges_line
    parts = [card.liberty.words, card.recognition.words, str(charges or ""), region, str(card.summary)]
    on: date = row.person.updated_on  # type: ignore[assignment]  # those without one are left out
    return Entry(
        name=f"people/{row.person.slug}",
        on=on,
        title=name.full,
        path=row.person.get_absolute_url(),
        summary=". ".join(part.rstrip(".") for part in parts if part) + ".",
        language=name.language if name.language != current_language() else "",
    )


PEOPLE_LIST: Final = OpenList(PEOPLE, "prisoners:prisoner-list", select_people)
