"""The hearings of the calendar as files: those that the page shows and no others."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from memorial.agenda.page import BEHIND, FAR
from memorial.base.choices import State
from tests.factories import CaseFactory, CourtFactory, HearingFactory, ProsecutionFactory, RegionFactory
from tests.opendata.reading import as_text, body, read_csv, read_json, read_xlsx
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(code="XX-Q")


@pytest.fixture
def hearings(region):
    """One on each edge of the page and one beyond it, here and elsewhere; the room tells which is which."""
    days = (-BEHIND.days - 1, -BEHIND.days, -1, 0, 40, FAR.days, FAR.days + 1)
    made = []
    for number, days_from_now in enumerate(days):
        case = ProsecutionFactory(case=CaseFactory(state=State.PUBLISHED)).case
        court = CourtFactory(region=region) if number % 2 else CourtFactory()
        on = TODAY + timedelta(days=days_from_now)
        state = "held" if days_from_now < 0 else "planned"
        made.append(
            HearingFactory(case=case, court=court, on=on, room=str(700 + number), hearing_state=state)
        )
    return made


def rooms_on(page: str) -> set[str]:
    main = page.partition('<main id="main"')[2]
    return {room for room in map(str, range(700, 710)) if re.search(rf"\b{room}\b", main)}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("", "true"),
        ("?kind=hearings", "true"),
        ("?region=xx-q", "c.region_id = (SELECT id FROM prisoners_region WHERE code = 'XX-Q')"),
        ("?kind=releases", "false"),
        ("?region=nowhere&kind=all", "true"),
    ],
)
def test_calendar_files_hold_the_hearings_on_screen(reader, hearings, language, query, where):
    path = f"/{language}/calendar/"
    table = read_csv(body(reader, f"{path}export.csv{query}"))
    metadata, records = read_json(body(reader, f"{path}export.json{query}"))
    _header, lines, _said = read_xlsx(body(reader, f"{path}export.xlsx{query}"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.room FROM cases_hearing h JOIN cases_court c ON c.id = h.court_id"
            f" WHERE h.on BETWEEN %s AND %s AND ({where}) ORDER BY h.on",
            [TODAY - BEHIND, TODAY + FAR],
        )
        there = [room for (room,) in cursor.fetchall()]
    page = body(reader, f"{path}{query}").decode()
    assert [row["room"] for row in table.rows] == there
    assert rooms_on(page) == set(there)
    assert table.rows == [{name: as_text(cell) for name, cell in row.items()} for row in records] == lines
    assert ("export.csv" in page) is bool(there)
    assert metadata["selection"][language]


def test_hearings_of_a_hidden_case_are_in_no_file(reader, hearings):
    hidden = hearings[3].case
    type(hidden).objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN)
    rows = read_csv(body(reader, "/ru/calendar/export.csv")).rows
    assert "703" not in {row["room"] for row in rows}
    assert len(rows) == 4
