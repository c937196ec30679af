"""The public page of what we do: approved totals, and nothing that a record of help changes."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.assistance.factories import LegalAidFactory
from tests.assistance_totals.telling import told
from tests.counting import same_number_of_queries

pytestmark = pytest.mark.django_db
PAGE = "/en/what-we-do/"


def page(client, path=PAGE):
    return client.get(path).content.decode().replace("\u00a0", " ")


def test_the_page_tells_the_numbers_and_names_what_is_withheld(client):
    told()
    text = page(client)
    for words in ("348", "126", "64", "1,243", "at least 104 of them citizens of Ukraine", "Food", "Appeal"):
        assert words in text
    assert "28 October 2022 — 27 October 2025, as of 22 November 2026." in text
    assert "would tell such a number: International bodies." in text
    russian = page(client, "/ru/what-we-do/")
    assert "1 243" in russian
    assert "Продукты" in russian


def test_without_totals_the_page_says_so(client):
    assert "No totals have been published yet." in page(client)
    assert client.get("/en/what-we-do/2024/").status_code == 404


def test_each_period_has_its_page_and_the_first_three_years_come_first(client):
    told("2024", any=77)
    told()
    text = page(client)
    assert text.index("The first three years") < text.index("2024, whole year")
    assert '<a href="/en/what-we-do/2024/">' in text
    assert "77" in page(client, "/en/what-we-do/2024/")
    own = page(client, "/en/what-we-do/first-three-years/")
    assert 'rel="canonical" href="http://localhost:8000/en/what-we-do/"' in own


def test_a_total_that_is_withheld_is_named_and_no_large_figure(client):
    told(detention=None)
    text = page(client)
    assert "Not shown: Rights in detention defended." in " ".join(text.split())
    assert "people whose rights in detention we defended" not in text


def test_a_correction_shows_both_numbers_its_day_and_its_reason(client):
    told("2024")
    told("2024", number=2, reason="Одна запись внесена дважды.", legal=125)
    text = page(client)
    assert "<del>126</del> → <ins>125</ins>" in text
    assert '<span lang="ru">Одна запись внесена дважды.</span>' in text
    assert "22 November 2026" in text


def test_records_of_help_change_no_byte(client):
    told()
    before = client.get(PAGE)
    LegalAidFactory()
    after = client.get(PAGE)
    assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])
    assert client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304


def test_one_period_or_three_the_same_number_of_queries(client):
    told()
    years = iter(("2023", "2024", "2025", "2024-1", "2024-2"))
    assert same_number_of_queries(client, PAGE, add_row=lambda: told(next(years))) <= 6


def test_the_files_hold_every_number_and_say_what_is_withheld_and_what_is_current(client):
    told("2024")
    told("2024", number=2, reason="Опечатка.", legal=125)
    content = b"".join(client.get("/en/what-we-do/export.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    legal = [(r["publication"], r["people"], r["is_current"]) for r in rows if r["figure"] == "legal"]
    assert legal == [("1", "126", "false"), ("2", "125", "true")]
    hidden = next(r for r in rows if r["figure"] == "legal:international")
    assert (hidden["people"], hidden["is_withheld"]) == ("", "true")
    data = json.loads(b"".join(client.get("/ru/what-we-do/export.json")))
    food = next(r for r in data["rows"] if r["figure"] == "humanitarian:food")
    assert (food["name_ru"], food["name_en"], food["people"]) == ("Продукты", "Food", 90)
    assert next(r for r in data["rows"] if r["figure"] == "humanitarian-ua")["is_at_least"] is True
    assert data["metadata"]["licence"]["name"] == "CC-BY-4.0"
