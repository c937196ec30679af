"""Calendars as files: three independent programs read every one back as what the data says."""

from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Case, Court, Hearing
from memorial.agenda.days import Birthday, Meeting, Release
from memorial.agenda.ics import calendar_bytes
from memorial.base.partial_date import PartialDate
from prisoners.models import Prisoner
from tests.agenda import reading

TODAY = date(2026, 11, 20)
ZONES = [
    "Europe/Moscow",
    "Asia/Yekaterinburg",
    "Asia/Kamchatka",
    "Europe/Saratov",
    "Europe/Simferopol",
    "Asia/Chita",
]
WORDS = st.text(
    st.characters(whitelist_categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x4FF),
    min_size=1,
    max_size=180,
).filter(lambda text: text.strip() == text)


@pytest.fixture(autouse=True)
def russian():
    with translation.override("ru"):
        yield


def hearing(**fields):
    court = Court(name_ru="Верхнереченский районный суд", time_zone=fields.pop("zone", "Asia/Yekaterinburg"))
    court.state = "published"
    case = Case(slug="reading", title_ru=fields.pop("title", "Дело о чтении стихов"))
    values = {"hearing_state": "planned", "on": date(2026, 11, 24), "at": time(10, 30), **fields}
    return Hearing(case=case, court=court, uid=UUID(int=7), **values)


def written(*meetings, releases=(), birthdays=()):
    return calendar_bytes("Календарь", TODAY, meetings, releases, birthdays)


def test_a_hearing_is_told_in_the_zone_of_its_court():
    content = written(Meeting(hearing(), UUID(int=7), 0))
    event = reading.events(content)["Дело о чтении стихов: Первая инстанция"]
    assert event["DTSTART"].params["TZID"] == "Asia/Yekaterinburg"
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
    assert b"BEGIN:VTIMEZONE" in content
    assert str(event["STATUS"]) == "CONFIRMED"
    assert "UTC+5" in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("zone", "day", "in_utc"),
    [
        # Volgograd went from UTC+4 to UTC+3 on 27 December 2020.
        ("Europe/Volgograd", date(2020, 12, 25), 6),
        ("Europe/Volgograd", date(2020, 12, 28), 7),
        # Chita had UTC+8 until 27 March 2016, and has UTC+9 since.
        ("Asia/Chita", date(2016, 3, 25), 2),
        ("Asia/Chita", date(2016, 3, 28), 1),
    ],
)
def test_a_hearing_across_a_change_of_zone_keeps_the_clock_on_the_wall(zone, day, in_utc):
    held = hearing(zone=zone, on=day, at=time(10), hearing_state="held")
    content = written(Meeting(held, UUID(int=7), 0))
    for read in (reading.by_icalendar, reading.by_vobject, reading.by_ics):
        (entry,) = read(content)
        assert entry.begins == datetime(day.year, day.month, day.day, in_utc, tzinfo=UTC), read.__name__


def test_a_hearing_without_an_hour_takes_a_whole_day():
    event = reading.events(written(Meeting(hearing(at=None), UUID(int=7), 0)))
    (entry,) = event.values()
    assert entry.decoded("DTSTART") == date(2026, 11, 24)
    assert entry.decoded("DTEND") == date(2026, 11, 25)


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_what_is_off_says_so(state):
    (entry,) = reading.events(written(Meeting(hearing(hearing_state=state), UUID(int=7), 3))).values()
    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCELLED", 3)


def test_the_warning_stands_only_where_somebody_may_go():
    def said(**fields):
        (entry,) = reading.events(written(Meeting(hearing(**fields), UUID(int=7), 0))).values()
        return "приставы" in str(entry["DESCRIPTION"])

    assert said(access="open")
    assert said(access="unknown")
    assert not said(access="closed")
    assert not said(hearing_state="cancelled")
    assert not said(on=date(2026, 11, 1), hearing_state="held")


def test_only_a_release_known_to_the_day_is_in_the_file():
    person = Prisoner(slug="gorintsev", surname_ru="Горинцев", given_names_ru="Иван")
    exact, month = (Release(person, PartialDate.parse(day)) for day in ("14.03.2027", "03.2027"))
    content = written(releases=[exact, month])
    (entry,) = reading.events(content).values()
    assert entry.decoded("DTSTART") == date(2027, 3, 14)
    assert "ничего ещё не произошло" in str(entry["DESCRIPTION"])


def test_a_birthday_tells_the_day_and_no_year_of_birth():
    person = Prisoner(slug="gorintsev", surname_ru="Горинцев", born=PartialDate.parse("02.12.1987"))
    content = written(birthdays=[Birthday(person, date(2026, 12, 2))])
    assert b"1987" not in content
    (entry,) = reading.events(content).values()
    assert entry.decoded("DTSTART") == date(2026, 12, 2)


def test_the_same_day_gives_the_same_bytes():
    meeting = Meeting(hearing(), UUID(int=7), 0)
    assert written(meeting) == written(meeting)


def test_no_line_is_longer_than_75_octets_and_all_end_in_crlf():
    content = written(Meeting(hearing(title="Дело о чтении стихов " * 9), UUID(int=7), 0))
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@settings(max_examples=60, deadline=None)
@given(
    meetings=st.lists(
        st.builds(
            lambda number, zone, day, at, title, subject, state: Meeting(
                hearing(zone=zone, on=day, at=at, title=title, subject_ru=subject, hearing_state=state),
                UUID(int=number),
                number % 9,
            ),
            number=st.integers(1, 10**9),
            zone=st.sampled_from(ZONES),
            day=st.dates(date(2019, 1, 1), date(2028, 12, 31)),
            at=st.none() | st.times(time(8), time(20)).map(lambda at: at.replace(second=0, microsecond=0)),
            title=WORDS,
            subject=WORDS,
            state=st.sampled_from(["planned", "held", "cancelled"]),
        ),
        max_size=4,
        unique_by=lambda meeting: meeting.uid,
    )
)
def test_three_programs_read_every_calendar_alike(meetings):
    with translation.override("ru"):
        content = written(*meetings)
        expected = {
            reading.Read(
                f"{meeting.uid}@calendar.memorial", _summary(meeting.hearing), _begins(meeting.hearing)
            )
            for meeting in meetings
        }
    assert reading.by_icalendar(content) == expected
    assert reading.by_vobject(content) == expected
    if meetings:
        assert reading.by_ics(content) == expected


def _summary(held):
    return f"{held.case.title_ru}: {held.subject_ru}"


def _begins(held):
    if held.at is None:
        return held.on
    return datetime.combine(held.on, held.at, tzinfo=ZoneInfo(held.court.time_zone)).astimezone(UTC)


def test_a_planted_change_of_an_hour_is_noticed():
    content = written(Meeting(hearing(), UUID(int=7), 0))
    moved = content.replace(b"T103000", b"T113000")
    assert reading.by_vobject(moved) != reading.by_vobject(content)
