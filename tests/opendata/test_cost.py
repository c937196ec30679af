"""What a file costs: statements by portions and never by rows, and memory that does not grow with the rows."""

import tracemalloc

import pytest

from memorial.base.opendata.csv_file import csv_file
from memorial.base.opendata.json_file import json_file
from memorial.base.opendata.xlsx_file import xlsx_file
from prisoners.display.facts import NOTHING_TOLD
from prisoners.exports.people import PEOPLE_LIST
from prisoners.exports.rows import person_rows
from prisoners.models import Prisoner
from prisoners.opendata import PEOPLE, PersonRow
from tests.counting import page_queries, same_number_of_queries
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    StayFactory,
)
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
LISTS = ("prisoners", "cases", "articles", "courts", "officials", "documents", "findings", "facilities")


def add_somebody() -> None:
    person = PrisonerFactory(updated_on=TODAY)
    StayFactory(prisoner=person)
    case = CaseFactory(updated_on=TODAY)
    ChargeFactory(prosecution=ProsecutionFactory(case=case, prisoner=person))
    HearingFactory(case=case, court=CourtFactory(), on=TODAY)


@pytest.mark.parametrize("end", ["export.csv", "export.json", "export.xlsx"])
def test_one_row_or_three_the_same_number_of_statements(reader, end):
    costs = {}

    def read(path: str):
        response = reader.get(path)
        list(response)
        return response

    class Whole:
        """A reader who reads to the end: rows are asked for while they are sent."""

        get = staticmethod(read)

    for listed in (*LISTS, "calendar", "documents/last-words"):
        costs[listed] = same_number_of_queries(Whole(), f"/ru/{listed}/{end}", add_row=add_somebody)
    assert max(costs.values()) <= 24, costs
    assert costs["prisoners"] <= 6, costs


def test_a_feed_costs_the_same_with_one_entry_and_with_three(reader):
    for listed in ("prisoners", "cases", "documents", "findings"):
        same_number_of_queries(reader, f"/ru/{listed}/feed/", add_row=add_somebody)


def test_a_feed_has_the_fifty_newest(reader):
    from datetime import timedelta

    for number in range(60):
        PrisonerFactory(slug=f"p{number}", updated_on=TODAY - timedelta(days=number))
    text = reader.get("/ru/prisoners/feed/").content.decode()
    assert [number for number in range(60) if f"/people/p{number}/" in text] == list(range(50))


def test_people_are_read_in_portions(monkeypatch):
    monkeypatch.setattr("memorial.base.opendata.portions.ROWS_AT_A_TIME", 2)
    numbers = [PrisonerFactory().pk for _ in range(5)][::-1]
    assert [row.pk for row in person_rows(numbers, TODAY)] == numbers


@pytest.mark.parametrize("write", ["csv", "json", "xlsx"])
def test_memory_does_not_grow_with_the_rows(reader, write):
    """Nine times the rows in a third more memory at most: no row is kept that was sent."""
    person = Prisoner.objects.filter(pk=PrisonerFactory().pk).for_detail(TODAY).get()
    person.listings.all()

    def rows(number):
        return (PersonRow(person, TODAY, {"ru": NOTHING_TOLD}) for _ in range(number))

    from django.http import QueryDict

    about = PEOPLE_LIST.about(PEOPLE_LIST.select(QueryDict(""), TODAY), TODAY)
    files = {
        "csv": lambda number: csv_file(PEOPLE, rows(number), about, "ru"),
        "json": lambda number: json_file(PEOPLE, rows(number), about),
        "xlsx": lambda number: xlsx_file(PEOPLE, rows(number), about, "ru"),
    }
    peaks = []
    sum(len(chunk) for chunk in files[write](20))
    for number in (100, 900):
        tracemalloc.start()
        size = sum(len(chunk) for chunk in files[write](number))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert size > number * 5 or write == "xlsx"
    assert peaks[1] < peaks[0] * 1.34 + 100_000, peaks


@pytest.mark.parametrize("is_pooled", [False, True])
def test_no_cursor_stays_open_between_portions(settings, monkeypatch, reader, is_pooled):
    """Behind a pool that lends a connection for one transaction there are no cursors on the server at all."""
    from django.db import connection

    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", is_pooled)
    monkeypatch.setattr("memorial.base.opendata.portions.ROWS_AT_A_TIME", 1)
    for _ in range(3):
        add_somebody()
    response = reader.get("/ru/prisoners/export.csv")
    chunks = iter(response)
    next(chunks)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
        assert cursor.fetchone() == (0,)
    assert b"".join(chunks) is not None
    assert page_queries(reader, "/ru/prisoners/feed/")


def test_the_bench_takes_everybody_out_in_every_format(capsys):
    from django.core.management import call_command

    for _ in range(3):
        PrisonerFactory()
    call_command("bench_exports")
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == ["Export csv", "Export json", "Export xlsx"]
    assert all(": 3 rows," in line for line in said)
