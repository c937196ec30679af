"""A figure is the same on its page, in CSV and JSON, and in plain SQL: for every figure, on several days."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict

import pytest
from openpyxl import load_workbook

from cases.choices import CaseKind
from cases.figures import people_by_article
from cases.models import Article, Prosecution
from cases.stage import stage_of
from memorial.figures.catalogue import BY_CODE, FIGURES
from memorial.figures.counting.moment import Moment
from memorial.figures.loading import load_record
from prisoners.choices import LibertyStatus
from prisoners.models import Prisoner
from tests.figures.plain_sql import COUNTS
from tests.figures.world import DAYS, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
CODES = [figure.code for figure in FIGURES]


@pytest.fixture(scope="module")
def facts(world, django_db_blocker):
    with django_db_blocker.unblock():
        return load_record()


def without_noughts(counted):
    """As plain SQL tells it: a row that nobody is in is no row; medians have their own."""
    kept = {
        series: numbers if "median" in series else {code: n for code, n in numbers.items() if n}
        for series, numbers in counted.items()
    }
    return {series: numbers for series, numbers in kept.items() if numbers}


def test_every_figure_but_the_stages_is_counted_by_sql_too():
    assert set(COUNTS) == set(CODES) - {"stages"}


@pytest.mark.parametrize("code", COUNTS)
def test_a_figure_is_what_plain_sql_counts(facts, code):
    told = []
    for on in DAYS:
        counted = without_noughts(BY_CODE[code].count(Moment(facts, on, TODAY)))
        if code == "liberty":
            # By the querysets, in the next test.
            counted = {series: counted[series] for series in ("total", "at_end_of_year")}
        assert counted == without_noughts(COUNTS[code](on)), on
        told.append(counted)
    # A world in which every day says the same would prove little.
    assert told[0]
    assert any(each != told[0] for each in told)


@pytest.mark.parametrize("on", DAYS)
def test_liberty_is_what_lists_and_pages_say(facts, on):
    moment = Moment(facts, on, TODAY)
    known = facts.people_by(on)
    counted = BY_CODE["liberty"].count(moment)
    rows = Prisoner.objects.published().order_by("pk").with_liberty(on).values_list("liberty", flat=True)
    there = [status for person, status in zip(facts.people, rows, strict=True) if person in known]
    assert counted["status"] == {code: there.count(code) for code in LibertyStatus.values if code in there}
    assert sum(counted["group"].values()) == len(known)


def test_today_the_figures_are_those_of_the_other_pages(facts):
    moment = Moment(facts, TODAY, TODAY)
    people = Prisoner.objects.published()
    assert BY_CODE["people"].count(moment)["total"][""] == people.count()
    assert BY_CODE["liberty"].count(moment)["total"][""] == people.imprisoned(TODAY).count()
    now = BY_CODE["recognised"].count(moment)["now"]
    assert now["deprived"] + now["not_deprived"] == people.recognised().count()
    slugs = dict(Article.objects.values_list("pk", "slug"))
    by_slug = {slugs[pk]: number for pk, number in people_by_article().items()}
    assert BY_CODE["articles"].count(moment)["article"] == by_slug


def test_stages_of_today_are_those_of_the_pages(facts):
    people = defaultdict(set)
    shown = Prosecution.objects.shown().filter(case__kind=CaseKind.CRIMINAL).with_record()
    for prosecution in shown:
        people[stage_of(prosecution, TODAY).value].add(prosecution.prisoner_id)
    counted = BY_CODE["stages"].count(Moment(facts, TODAY, TODAY))
    assert counted["stage"] == {stage: len(found) for stage, found in people.items()}
    assert len(people) >= 6


def body(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return (b"".join(response) if response.streaming else response.content).decode("utf-8-sig")


def test_the_api_tells_the_numbers_of_the_files_on_every_day(reader):
    for on in DAYS:
        whole = json.loads(body(reader, f"/en/statistics/export.json?on={on}"))["rows"]
        told = json.loads(body(reader, f"/api/v1/statistics/?lang=en&limit=100&on={on}"))
        assert {each["id"] for each in told["data"]} == set(CODES)
        for figure in told["data"]:
            url = figure["api_url"].removeprefix("http://localhost:8000")
            record = json.loads(body(reader, url))
            assert record["data"] == figure | {"details": record["data"]["details"]} | definition_of(record)
            numbers = record["data"]["details"]["numbers"]
            assert [(n["series"], n["category"], n["number"]) for n in numbers] == [
                (row["series"], row["category"], row["number"])
                for row in whole
                if row["figure"] == figure["id"]
            ]
            assert figure["number"] == numbers[0]["number"]
            assert figure["on"] == on.isoformat()
            assert on == TODAY or figure["url"]["en"].endswith(f"/{figure['id']}/?on={on}")


def definition_of(record):
    """A text comes in the language asked for, and the records were asked for in Russian."""
    return {"definition": record["data"]["definition"]}


def test_a_workbook_has_the_rows_of_the_csv(reader):
    path = f"/en/statistics/liberty/export.{{}}?on={DAYS[1]}"
    rows = list(csv.DictReader(io.StringIO(body(reader, path.format("csv")))))
    response = reader.get(path.format("xlsx"))
    assert response.headers["Content-Disposition"].endswith('statistics-liberty-2025-10-27.xlsx"')
    sheet = load_workbook(io.BytesIO(b"".join(response)), read_only=True).worksheets[0]
    header, *lines = sheet.iter_rows(values_only=True)
    told = [
        dict(zip(header, ["" if cell is None else str(cell) for cell in line], strict=False))
        for line in lines
    ]
    assert [(r["series"], r["category"], r["number"]) for r in told] == [
        (r["series"], r["category"], r["number"]) for r in rows
    ]


def numbers_on(page):
    """The large figure and every number of a table, as they stand there."""
    text = page.replace("\u00a0", "").replace(",", "")
    tables = re.findall(r'<td class="r num">(\d+)</td>', text)
    return int(re.search(r'<span class="d num">(\d+)', text)[1]), [int(number) for number in tables]


@pytest.mark.parametrize("code", CODES)
def test_page_csv_and_json_tell_the_same(reader, code):
    on = DAYS[2]
    rows = list(csv.DictReader(io.StringIO(body(reader, f"/ru/statistics/{code}/export.csv?on={on}"))))
    data = json.loads(body(reader, f"/en/statistics/{code}/export.json?on={on}"))
    assert [(r["series"], r["category"], r["number"]) for r in rows] == [
        (r["series"], r["category"] or "", "" if r["number"] is None else str(r["number"]))
        for r in data["rows"]
    ]
    assert {r["on"] for r in rows} == {on.isoformat()}
    large, tables = numbers_on(body(reader, f"/en/statistics/{code}/?on={on}"))
    assert large == int(rows[0]["number"])
    series = {each.code: each for each in BY_CODE[code].series}
    told = {s: [int(r["number"]) for r in rows if r["series"] == s and r["number"]] for s in series}
    in_tables = [s for s in series if series[s].look.value in ("bars", "columns") and any(told[s])]
    assert tables == [number for s in in_tables for number in told[s]]


def test_the_file_of_all_figures_is_all_of_their_files(reader):
    whole = json.loads(body(reader, "/ru/statistics/export.json"))["rows"]
    parts = [
        row
        for code in CODES
        for row in json.loads(body(reader, f"/ru/statistics/{code}/export.json"))["rows"]
    ]
    assert whole == parts
    keys = [(row["figure"], row["series"], row["category"]) for row in whole]
    assert len(keys) == len(set(keys))
