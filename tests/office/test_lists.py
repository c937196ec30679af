"""Lists and the «today» page: they answer what an editor asks, in few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from memorial.base.choices import State
from prisoners.models import (
    HiddenNameVariant,
    Lead,
    NameVariant,
    Photo,
    PrisonerTheme,
    RestrictionRequest,
    StaffNote,
    Theme,
)
from tests.factories import (
    CustodyFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    RecognitionFactory,
    StayFactory,
)
from tests.office.panels import leads_to_all_of_it

pytestmark = pytest.mark.django_db
LIST = "admin:prisoners_prisoner_changelist"


def people(client, **query) -> set[str]:
    answer = client.get(reverse(LIST), query)
    assert answer.status_code == 200
    return {person.slug for person in answer.context["cl"].result_list}


def test_the_list_says_state_liberty_place_recognition_and_what_is_missing(desk):
    stay = StayFactory()
    RecognitionFactory(prisoner=stay.prisoner)
    PrisonerFactory(surname_en="", given_names_en="", summary_en="")
    text = desk.get(reverse(LIST)).content.decode()
    for words in (
        "published",
        "imprisoned",
        stay.facility.name_en,
        "Political Prisoners. Memorial",
        "no photo",
        "no English",
        "never",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("no-en", {"no-en"}),
        ("no-ru", {"no-ru"}),
        ("no-photo", {"no-en", "no-ru", "unchecked", "adrift", "overdue", "draft"}),
        ("no-address", {"adrift"}),
        ("unchecked", {"unchecked"}),
        ("overdue", {"overdue"}),
        ("review", {"draft"}),
    ],
)
def test_each_filter_finds_its_people_and_nobody_else(desk, today, question, found):
    fresh = {"facts_checked_on": today}
    full = PrisonerFactory(slug="full", **fresh)
    Photo.objects.create(prisoner=full, stem="a" * 24)
    StayFactory(prisoner=full)
    CustodyFactory(prisoner=full, expected_end=str((today + timedelta(days=400)).year))
    PrisonerFactory(slug="no-en", summary_en="", **fresh)
    PrisonerFactory(slug="no-ru", summary_ru="", **fresh)
    PrisonerFactory(slug="unchecked", facts_checked_on=today - timedelta(days=200))
    StayFactory(prisoner=PrisonerFactory(slug="adrift", **fresh), facility=FacilityFactory(postal_index=""))
    CustodyFactory(prisoner=PrisonerFactory(slug="overdue", **fresh), term="fixed", expected_end="2024")
    DraftFactory(slug="draft", state=State.READY, **fresh)
    assert people(desk, missing=question) == found


def test_lists_and_themes_and_regions_filter_by_code(desk):
    one, _two = PrisonerFactory(slug="one"), PrisonerFactory(slug="two")
    PrisonerTheme.objects.create(prisoner=one, theme=Theme.objects.create(code="treason", label_ru="Измена"))
    assert people(desk, theme="treason") == {"one"}
    stay = StayFactory(prisoner=one)
    assert people(desk, facility=stay.facility.slug) == {"one"}
    assert people(desk, missing="nonsense") == {"one", "two"}


@pytest.mark.parametrize(
    "typed", ["семенов", "СЕМЁНОВ", "semyonov alyosha", "алёша Семенов", "прозвище", "бывшая"]
)
def test_search_knows_every_language_and_spelling(desk, typed):
    person = PrisonerFactory(
        slug="found",
        surname_ru="Семёнов",
        given_names_ru="Алёша",
        surname_en="Semyonov",
        given_names_en="Alyosha",
    )
    PrisonerFactory(slug="other")
    NameVariant.objects.create(prisoner=person, text="Прозвище")
    HiddenNameVariant.objects.create(prisoner=person, text="Бывшая-Фамилия")
    assert people(desk, q=typed) == {"found"}


def test_search_finds_a_person_without_an_english_name(desk):
    PrisonerFactory(slug="found", surname_ru="Ёлкин", surname_en="", given_names_en="")
    assert people(desk, q="елкин") == {"found"}


def test_hidden_names_are_not_searched_for_those_who_may_not_see_them(member):
    HiddenNameVariant.objects.create(prisoner=PrisonerFactory(), text="Бывшая")
    assert people(member("translator"), q="бывшая") == set()


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def one_of_each(today, number=1) -> None:
    for index in range(number):
        stay = StayFactory(facility=FacilityFactory(address_checked_on=None))
        RecognitionFactory(prisoner=stay.prisoner)
        CustodyFactory(prisoner=stay.prisoner, term="fixed", expected_end="2024")
        Photo.objects.create(prisoner=stay.prisoner, stem=f"{stay.pk:024x}")
        DraftFactory(state=State.READY)
        StaffNote.objects.create(prisoner=stay.prisoner, text="cell B7: «31.02.2020»")
        Lead.objects.create(title=f"Lead {index}", came_on=today, next_step="call", next_step_on=today)
        RestrictionRequest.objects.create(
            prisoner=stay.prisoner, by="person", received_on=today, text="x", review_on=today
        )


# «Today»: a query for each of an editor's 27 panels; 12 more for the home page's people of two days, one for
# the size of the day's share, one that says who was shown, nine for the session, the rights and the signature.
OF_TODAY = 50


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (LIST, 23),
        ("admin:index", OF_TODAY),
        ("admin:prisoners_facility_changelist", 23),
        ("admin:prisoners_staffnote_changelist", 23),
    ],
)
def test_as_many_queries_for_three_as_for_one(desk, today, address, most):
    one_of_each(today)
    first = queries(desk, reverse(address))
    one_of_each(today, 2)
    assert queries(desk, reverse(address)) == first
    assert first <= most


def test_today_lists_what_waits_with_links_to_all_of_it(desk, today):
    one_of_each(today, 7)
    answer = desk.get(reverse("admin:index"))
    totals = {str(panel["title"]): panel["total"] for panel in answer.context["panels"]}
    assert totals == {
        "Waiting for review": 7,
        "Requests to restrict": 7,
        "Term ended by our data, release not confirmed": 7,
        "Addresses not confirmed for six months": 7,
        "Leads whose next step is due": 7,
        "Notes left by imports": 7,
        "Waiting for translation": 0,
        # Those of cases: tests/office_deeds.
        "Hearings this week": 0,
        "Waiting for a second look": 0,
        "Returned to you": 0,
        "Hearings passed without outcome": 0,
        "Measures of restraint that run out within 14 days": 0,
        "Terms that end within 60 days": 0,
        "Terms over by our data, release not confirmed": 0,
        # Those of the apps inside the roof: tests/attention, tests/news, tests/translating, tests/home, tests/appeals.
        "Today’s profiles to check": 1,
        "Became grave after it was published: look at it": 0,
        "May be the same person": 0,
        "Dead links of sources": 0,
        "News that was not published at its moment": 0,
        "News planned for a moment": 0,
        "Translations to review": 0,
        "My translations": 0,
        "On the home page tomorrow: say no if it must not be": 1,
        "On the home page today": 1,
        "Appeals to be read by a second person": 0,
        "Appeals that end within three days": 0,
        "Appeals that ended without an outcome": 0,
    }
    for panel in answer.context["panels"]:
        leads_to_all_of_it(desk, panel)
        assert len(panel["rows"]) <= 5


def test_what_waits_for_translation_lacks_either_language(desk):
    PrisonerFactory(slug="no-en", summary_en="")
    PrisonerFactory(slug="no-ru", summary_ru="")
    DraftFactory(summary_en="")
    answer = desk.get(reverse("admin:index"))
    panel = next(one for one in answer.context["panels"] if one["title"] == "Waiting for translation")
    assert panel["total"] == 2
    assert {person.slug for person in desk.get(panel["url"]).context["cl"].result_list} == {"no-en", "no-ru"}


def test_today_with_nothing_to_do_says_so(desk):
    text = desk.get(reverse("admin:index")).content.decode()
    assert "No draft waits for review." in text


def test_autocompletes_answer_in_both_languages(desk):
    PrisonerFactory(surname_ru="Семёнов", surname_en="Semyonov")
    query = {"app_label": "prisoners", "model_name": "lead", "field_name": "prisoner", "term": "семенов"}
    assert len(desk.get(reverse("admin:autocomplete"), query).json()["results"]) == 1
