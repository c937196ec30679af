"""How a person's page is answered: old addresses, caches, queries, headers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memorial.base.choices import State
from prisoners.models import Citizenship, OldAddress, Prisoner
from tests.counting import page_queries, same_number_of_queries
from tests.factories import CitationFactory, CustodyFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.pages import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_prisoner_detail_hidden_answers_like_absent(reader, state):
    person = PrisonerFactory(state=state)
    for language in ("ru", "en"):
        hidden = reader.get(f"/{language}/prisoners/{person.slug}/")
        absent = reader.get(f"/{language}/prisoners/nobody-of-that-name/")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
        assert hidden.headers == absent.headers


def test_prisoner_detail_old_address_leads_to_the_new_one(reader):
    person = PrisonerFactory(slug="new-name")
    OldAddress.objects.create(path="prisoners/old-name/", prisoner=person)
    OldAddress.objects.create(path="node/17", prisoner=person)
    for old in ("prisoners/old-name/", "node/17", "node/17/"):
        answer = reader.get(f"/en/{old}")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/en/prisoners/new-name/")
        assert "max-age=30" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("tail", ["poster/", "postcard/"])
def test_prisoner_detail_old_address_of_a_sheet_moves_along(reader, tail):
    person = PrisonerFactory(slug="new-name")
    OldAddress.objects.create(path="prisoners/old-name/", prisoner=person)
    answer = reader.get(f"/ru/prisoners/old-name/{tail}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/ru/prisoners/new-name/{tail}")
    assert "max-age=30" in answer.headers["Cache-Control"]
    assert reader.get(answer.headers["Location"]).status_code == 200
    assert reader.get(f"/ru/prisoners/no-name/{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["", "poster/", "postcard/"])
@pytest.mark.parametrize("change", [{"state": State.WITHDRAWN}, {"initials_only": True, "born": "1987"}])
def test_prisoner_detail_old_address_of_the_hidden_leads_nowhere(reader, change, tail):
    person = PrisonerFactory(slug="p-new")
    OldAddress.objects.create(path="prisoners/old-name/", prisoner=person)
    Prisoner.objects.filter(pk=person.pk).update(**change)
    hidden = reader.get(f"/ru/prisoners/old-name/{tail}")
    absent = reader.get(f"/ru/prisoners/no-name/{tail}")
    assert hidden.status_code == 404
    assert (hidden.content, hidden.headers) == (absent.content, absent.headers)


def test_prisoner_detail_costs_the_same_with_one_of_everything_and_with_three(reader):
    person = world.sentenced()

    def add_details() -> None:
        number = Citizenship.objects.count()
        custody = CustodyFactory(prisoner=person, detained_on=world.day("2010"))
        CitationFactory(prisoner=None, custody=custody)
        Citizenship.objects.create(prisoner=person, country="UA")
        place = FacilityFactory()
        stay = StayFactory(
            prisoner=person, facility=place, ongoing=False, ended=world.day(f"{2012 + number}"), began=None
        )
        CitationFactory(prisoner=None, stay=stay)

    assert same_number_of_queries(reader, f"/ru/prisoners/{person.slug}/", add_row=add_details) <= 32


def test_prisoner_detail_without_details_costs_no_more(reader):
    person = PrisonerFactory()
    assert len(page_queries(reader, f"/ru/prisoners/{person.slug}/")) <= 32


def test_prisoner_detail_asked_again_costs_one_small_query(reader):
    person = world.sentenced()
    url = f"/ru/prisoners/{person.slug}/"
    first = reader.get(url)
    with_tag = {"If-None-Match": first.headers["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        again = reader.get(url, headers=with_tag)
    assert again.status_code == 304
    assert again.content == b""
    asked = [query["sql"] for query in captured if "set_config" not in query["sql"]]
    assert len(asked) == 1
    assert "base_contentversion" in asked[0]


def test_prisoner_detail_etag_changes_with_the_data_the_day_and_the_address(reader, time_machine):
    person = world.sentenced()
    url = f"/ru/prisoners/{person.slug}/"
    tags = [reader.get(url).headers["ETag"], reader.get(url.replace("/ru/", "/en/")).headers["ETag"]]
    time_machine.move_to("2026-11-24T12:00:00+03:00")
    tags.append(reader.get(url).headers["ETag"])
    assert len(set(tags)) == 3


@pytest.mark.django_db(transaction=True)
def test_prisoner_detail_etag_changes_with_an_edit(reader):
    person = world.sentenced()
    url = f"/ru/prisoners/{person.slug}/"
    before = reader.get(url).headers["ETag"]
    draft = PrisonerFactory(state=State.DRAFT)
    Prisoner.objects.filter(pk=draft.pk).update(gender="f")
    assert reader.get(url).headers["ETag"] == before
    Prisoner.objects.filter(pk=person.pk).update(facts_checked_on=date(2026, 11, 22))
    assert reader.get(url).headers["ETag"] != before


def test_prisoner_detail_leaves_no_trace_in_headers(reader):
    response = reader.get(f"/ru/prisoners/{world.sentenced().slug}/")
    assert not response.cookies
    assert "Vary" not in response.headers
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_prisoner_detail_has_no_inline_style_or_script(reader):
    for person in world.everybody():
        page = reader.get(f"/ru/prisoners/{person.slug}/").content.decode()
        assert " style=" not in page
        # Data for search engines is no script: nothing in it is run.
        assert "<script" not in page.replace('<script type="application/ld+json">', "", 1)
        assert "onclick" not in page
