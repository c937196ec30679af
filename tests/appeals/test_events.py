"""Events abroad: listed ahead and past, in the calendar and its files, by the clock of their town."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from icalendar import Calendar

from memorial.appeals.models import PublicEvent
from memorial.base.civil_date import civil_date
from tests.appeals.appealing import event, published
from tests.assistance_totals.conftest import _version_read_anew  # noqa: F401
from tests.counting import same_number_of_queries

pytestmark = pytest.mark.django_db
LIST, PAGE = "/en/events/", "/en/events/letters/"


def page(client, path=PAGE):
    return client.get(path).content.decode().replace("\u00a0", " ")


def entries(client, path="/en/calendar.ics"):
    return Calendar.from_ical(client.get(path).content).walk("VEVENT")


def test_an_event_stands_in_the_list_the_calendar_and_on_its_page(client):
    event(place_en="Prichal, 4 Embankment Street", ends_at=time(21), url="https://example.org/letters")
    for path in (LIST, "/en/calendar/", "/en/calendar/?kind=events", PAGE):
        text = page(client, path)
        assert "A letter evening" in text, path
        assert "18:30–21:00" in text, path
    assert 'href="https://example.org/letters" rel="noreferrer noopener"' in page(client)
    assert "A letter evening" not in page(client, "/en/calendar/?kind=hearings")
    assert "Вечер писем" in page(client, "/ru/events/letters/")


def test_what_is_not_published_answers_like_what_never_was(client):
    for state in ("draft", "ready", "withdrawn"):
        event(state, state=state)
        found, absent = client.get(f"/en/events/{state}/"), client.get("/en/events/nothing/")
        assert (found.status_code, found.content) == (404, absent.content)
        assert client.get(f"/en/events/{state}/event.ics").status_code == 404
    assert "A letter evening" not in page(client, LIST) + page(client, "/en/calendar/")
    assert "We know of no event" in page(client, LIST)


def test_what_is_over_is_kept_and_what_was_called_off_is_not(client):
    event("over", on=civil_date() - timedelta(days=30), title_en="The last one")
    event("off", on=civil_date() - timedelta(days=30), title_en="Never held", called_off=True)
    text = page(client, LIST)
    assert "The last one" in text.split('id="past"')[1]
    assert "Never held" not in text
    assert "This event is over." in page(client, "/en/events/over/")


def test_readers_calendars_understand_it(client):
    row = event(ends_at=time(21))
    (first,) = (one for one in entries(client) if "letter evening" in one["SUMMARY"])
    assert first["DTSTART"].dt.isoformat() == f"{row.on}T18:30:00+02:00"
    assert first["DTEND"].dt.time() == time(21)
    assert first["DTSTART"].params["TZID"] == "Europe/Vilnius"
    assert "Vilnius, Lithuania" in first["LOCATION"]
    (alone,) = entries(client, f"{PAGE}event.ics")
    assert alone["UID"] == first["UID"]


def test_a_change_moves_the_same_entry_and_calling_off_says_so(client):
    row = event()
    (before,) = entries(client, f"{PAGE}event.ics")
    PublicEvent.objects.update(at=time(19), called_off=True)
    (after,) = entries(client, f"{PAGE}event.ics")
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert "Called off." in page(client)
    assert row.uid == PublicEvent.objects.get().uid


def test_an_hour_that_nobody_knows_is_a_whole_day(client):
    row = event(at=None)
    (entry,) = entries(client, f"{PAGE}event.ics")
    assert entry["DTSTART"].dt == row.on
    assert "by the clock of the town" not in page(client)


def test_an_appeal_has_its_last_day_in_the_calendar_and_in_the_person_s(client):
    appeal = published()
    for path in ("/en/calendar.ics", f"/en/prisoners/{appeal.prisoner.slug}/calendar.ics"):
        (entry,) = (one for one in entries(client, path) if "appeal" in one["UID"])
        assert entry["DTSTART"].dt == appeal.open_until, path


@pytest.mark.parametrize(
    "where",
    [
        {"country": "RU", "time_zone": "Europe/Moscow"},
        {"country": "UA", "city_en": "Luhansk", "time_zone": "Europe/Kyiv"},
    ],
)
def test_russia_and_what_it_occupies_are_refused_with_the_reason(where):
    # A test before this one may have left another language behind.
    with override("en"), pytest.raises(ValidationError, match="point out those who come"):
        PublicEvent(
            **{"slug": "x", "kind": "picket", "on": civil_date(), "title_en": "x", **where}
        ).full_clean()


def test_one_event_or_three_the_same_number_of_queries(client):
    event()
    slugs = map("event-{}".format, count())
    for path in (LIST, "/en/calendar/"):
        same_number_of_queries(client, path, add_row=lambda: event(next(slugs)))
