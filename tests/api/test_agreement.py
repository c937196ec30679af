"""The API says what the pages and their files say: the same rows for the same filter, the same values, and SQL agrees."""

import re
from datetime import date

import pytest
from django.db import connection

from prisoners.models import Prisoner
from tests.api.reading import asked, ids, whole_list
from tests.factories import ArticleFactory, ChargeFactory
from tests.opendata.reading import body, read_json, shown_on
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
QUERIES = {
    "people": (
        "",
        "gender=f",
        "gender=f&gender=m&liberty=imprisoned",
        "region=xx-z",
        "letter=Г",
        "q=горенцев",
    ),
    "cases": ("", "group=yes", "group=yes&group=no&absentia=yes"),
}
LISTS = {"people": "prisoners", "cases": "cases"}


@pytest.fixture(autouse=True)
def _of_the_world(world, db):
    """Every test here reads the module's world."""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_lists_agree_with_pages_and_files(reader, language):
    found = 0
    for name, queries in QUERIES.items():
        for query in queries:
            records = whole_list(reader, f"{name}/?{query}&lang={language}&limit=100".replace("?&", "?"))
            path = f"/{language}/{LISTS[name]}/"
            _metadata, rows = read_json(body(reader, f"{path}export.json?{query}"))
            assert set(ids(records)) == {row["id"] for row in rows}, query
            assert set(ids(records)) == set(shown_on(reader, f"{path}?{query}", path)), query
            found += len(records)
            by_id = {row["id"]: row for row in rows}
            for record in records:
                _assert_same(record, by_id[record["id"]])
    assert found >= 30


def _assert_same(record: dict, row: dict) -> None:
    """Every cell of the file is told, and nothing else is."""
    told = {}
    for name, value in record.items():
        if name in row or name == "api_url":
            told[name] = value
        elif value is None:
            assert row[f"{name}_ru"] is row[f"{name}_en"] is None
        elif "lang" in value:
            text = value["text"] if "text" in value else value["texts"]
            assert text in (row[f"{name}_ru"], row[f"{name}_en"])
        else:
            assert value == {"ru": row[f"{name}_ru"], "en": row[f"{name}_en"]}
    assert {name: row[name] for name in told if name != "api_url"} == {
        name: value for name, value in told.items() if name != "api_url"
    }
    assert {name.removesuffix("_ru").removesuffix("_en") for name in row} == set(record) - {"api_url"}


def test_nearest_names_come_first(reader):
    slugs = ids(asked(reader, "people/?q=Рождественская-Переверзева")["data"])
    assert slugs[0] == "rozhdestvenskaya-pereverzeva"


@pytest.mark.parametrize(
    ("path", "select"),
    [
        (
            "people/?gender=f",
            "SELECT slug FROM prisoners_prisoner WHERE state = 'published' AND gender = 'f'",
        ),
        ("facilities/", "SELECT slug FROM prisoners_facility WHERE state = 'published'"),
        (
            "facilities/?kind=colony",
            "SELECT slug FROM prisoners_facility WHERE state = 'published' AND kind = 'colony'",
        ),
        ("regions/", "SELECT lower(code) FROM prisoners_region"),
        (
            "hearings/?from=2026-11-23&state=planned",
            "SELECT h.uid::text FROM cases_hearing h JOIN cases_case c ON c.id = h.case_id WHERE c.state = 'published'"
            " AND h.on >= '2026-11-23' AND h.hearing_state = 'planned' AND h.verification <> 'unverified'",
        ),
    ],
)
def test_lists_agree_with_sql(reader, path, select):
    with connection.cursor() as cursor:
        cursor.execute(select.replace("h.on ", 'h."on" '))
        there = {slug for (slug,) in cursor.fetchall()}
    assert there
    assert set(ids(whole_list(reader, path))) == there


def test_other_lists_agree_with_their_files(reader):
    for name in ("articles", "findings"):
        _metadata, rows = read_json(body(reader, f"/ru/{name}/export.json"))
        records = whole_list(reader, f"{name}/?limit=2")
        assert len(records) == len(rows) > 1
        key = "id" if name == "articles" else "number"
        assert {record[key] for record in records} == {row[key] for row in rows}
    assert {each["body"] for each in whole_list(reader, "findings/?body=wgad")} == {"wgad"}


def test_hearings_are_those_of_a_case_a_court_a_region(reader):
    every = whole_list(reader, "hearings/")
    assert [each["day"] for each in every] == sorted(each["day"] for each in every)
    for name in ("case", "court"):
        value = next(each[name] for each in every if each[name])
        wanted = [each["id"] for each in every if each[name] == value]
        assert ids(whole_list(reader, f"hearings/?{name}={value}")) == wanted
    assert whole_list(reader, f"hearings/?until={TODAY.replace(year=1990)}") == []


def test_a_record_has_what_hangs_on_it(reader):
    person = asked(reader, "people/rozhdestvenskaya-pereverzeva/")["data"]
    assert set(person["details"]) == {
        *("stays", "recognitions", "prosecutions", "charges", "decisions", "texts"),
    }
    assert person["details"]["stays"][-1]["facility"] == "ik-99"
    cases = {each["case"] for each in person["details"]["prosecutions"]}
    assert cases
    for slug in cases:
        case = asked(reader, f"cases/{slug}/")["data"]
        told = {each["person"] for each in case["details"]["prosecutions"]}
        assert told == set(case["people"])
        assert person["id"] in told
        assert {each["id"] for each in case["details"]["hearings"]} == set(
            ids(whole_list(reader, f"hearings/?case={slug}"))
        )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_record_has_the_texts_of_its_page(reader, language):
    """Sanitised as on the page, in the language asked for, else in the other one, which is said."""
    person = Prisoner.objects.get(slug="rozhdestvenskaya-pereverzeva")
    Prisoner.objects.filter(pk=person.pk).update(
        what_happened_ru="<p>Вышла с плакатом.</p><script>alert(1)</script>",
        what_happened_en="<p onclick='x()'>Stood with a placard.</p>",
        why_political_ru="<p>Судили за слова.</p>",
        why_political_en="",
    )
    answer = asked(reader, f"people/{person.slug}/?lang={language}")["data"]
    told = {each["part"]: each["html"] for each in answer["details"]["texts"]}
    first = {"ru": "<p>Вышла с плакатом.</p>", "en": "<p>Stood with a placard.</p>"}
    assert told["what_happened"] == {"text": first[language], "lang": language}
    assert told["why_political"] == {"text": "<p>Судили за слова.</p>", "lang": "ru"}
    page = body(reader, f"/{language}/prisoners/{person.slug}/").decode().replace("\xa0", " ")
    assert all(re.sub("<[^>]+>", "", text["text"]) in page for text in told.values())


def test_an_article_has_its_editions_the_oldest_first(reader):
    article = ArticleFactory(number="330.1")
    ChargeFactory(article=article)
    article.editions.all().delete()
    for title, first, last in (("Новая", date(2024, 1, 1), None), ("Старая", None, date(2023, 12, 31))):
        article.editions.create(title_ru=title, valid_from=first, valid_to=last)
    told = asked(reader, f"articles/{article.slug}/")["data"]["details"]["editions"]
    assert [(each["title"]["ru"], each["valid_from"], each["valid_to"]) for each in told] == [
        ("Старая", None, "2023-12-31"),
        ("Новая", "2024-01-01", None),
    ]
