"""Packs for evenings of letters: whom the filters choose, twenty at a time, and who is left out and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine as clock
from django.db import transaction
from django.http import QueryDict
from django.utils import translation

from memorial.letters.pack import ADDRESSES, LetterPack
from prisoners.letters import letter_address, with_places
from prisoners.models import Prisoner
from tests.counting import page_queries, same_number_of_queries
from tests.factories import FacilityFactory, RegionFactory
from tests.home.people import held
from tests.pages import world
from tests.pages.reading import words
from tests.pages.world import TODAY

MANY = 45
TREASON = 4


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """Everybody of the tests of pages, and forty-five who can be written to; once for the module."""
    noon = f"{TODAY.isoformat()}T12:00:00+03:00"
    with django_db_blocker.unblock(), transaction.atomic(), clock.travel(noon), translation.override("ru"):
        world.everybody()
        region = RegionFactory(code="XX-MANY")
        colony = FacilityFactory(region=region)
        for number in range(MANY):
            held(colony, region=region, letters_from_abroad_harmful=number < TREASON)
        yield region
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_world(region, db):
    """Every test here asks the one world."""


def pack(query: str = "", on=TODAY) -> LetterPack:
    return LetterPack(QueryDict(query), on)


def people(query: str = "", on=TODAY) -> list[int]:
    return [row.person.pk for row in pack(query, on).rows]


def every_part(query: str = "") -> list[int]:
    first = pack(query)
    both = f"{query}&part=" if query else "part="
    return [number for part in range(1, first.parts + 1) for number in people(both + str(part))]


def test_twenty_at_a_time_and_everybody_once():
    found = every_part("region=xx-many")
    assert len(people("region=xx-many")) == ADDRESSES
    assert len(found) == len(set(found)) == MANY - TREASON


@pytest.mark.parametrize(
    "query",
    ["", "from=russia", "letters=no", "letters=yes", "liberty=died", "liberty=at_liberty&liberty=imprisoned",
     "region=xx-many", "q=Рождественская", "letter=Г", "liberty=house_arrest&letters=no"],
)  # fmt: skip
def test_those_in_it_and_those_left_out_are_all_whom_the_filters_choose(query):
    asked = pack(query)
    left = sum(each.number for each in asked.left_out)
    assert len(every_part(query)) + asked.number_for_russia_only + left == asked.total
    assert asked.total > 0


def test_the_index_and_the_envelopes_agree_on_who_can_be_written_to():
    reached = {
        person.pk
        for person in with_places(Prisoner.objects.published().with_liberty(TODAY).select_related("death"))
        if letter_address(person, TODAY).is_possible
    }
    assert set(every_part("from=russia")) == reached
    assert len(reached) > MANY


def test_nobody_accused_of_treason_is_in_it_unless_the_letters_leave_from_russia(reader):
    harmed = set(Prisoner.objects.filter(letters_from_abroad_harmful=True).values_list("pk", flat=True))
    assert not harmed & set(every_part())
    assert pack("region=xx-many").number_for_russia_only == TREASON
    assert len(harmed & set(every_part("region=xx-many&from=russia"))) == TREASON
    text = reader.get("/en/letters/pack/?region=xx-many&from=russia&part=3").content.decode()
    text += reader.get("/en/letters/pack/?region=xx-many&from=russia&part=2").content.decode()
    text += reader.get("/en/letters/pack/?region=xx-many&from=russia").content.decode()
    assert text.count("<b>Do not write from abroad") == TREASON


def test_other_twenty_each_day_and_the_same_all_day():
    assert people("region=xx-many") == people("region=xx-many")
    assert people("region=xx-many") != people("region=xx-many", TODAY + timedelta(days=1))


def test_each_address_has_its_certainty_and_the_day_of_the_last_check(reader):
    answer = reader.get("/en/letters/pack/?region=xx-many")
    text = words(answer)
    assert text.count("The address was checked on 20 November 2026") == ADDRESSES
    assert text.count("999014") == ADDRESSES
    assert "41 of" not in text
    assert "20 of 45 chosen" in text


def test_nobody_chosen_is_said_in_words_and_offers_a_way_on(reader):
    for path in ("/ru/letters/pack/?liberty=died", "/ru/letters/pack/postcards/?liberty=died"):
        answer = reader.get(path)
        assert answer.status_code == 200
        assert "<table" not in answer.content.decode()
        assert "pcard" not in answer.content.decode()


def test_postcards_are_four_on_a_sheet_with_nothing_that_names_this_site(reader):
    text = reader.get("/ru/letters/pack/postcards/?region=xx-many").content.decode()
    assert text.count('class="pcard"') == ADDRESSES
    assert text.count("cards4--each") == ADDRESSES / 4
    cards = text[text.index('<section class="cards4') : text.rindex("</section>")]
    assert "emorial" not in cards
    assert "http" not in cards
    assert "/ru/" not in cards


def test_the_list_leads_to_the_pack_of_the_same_people(reader):
    text = reader.get("/ru/prisoners/?region=xx-many").content.decode()
    assert 'href="/ru/letters/pack/?region=xx-many"' in text
    assert pack("region=xx-many").total == MANY


def test_packs_are_not_indexed_but_open_to_follow(reader):
    assert 'name="robots" content="noindex"' in reader.get("/ru/letters/pack/").content.decode()


@pytest.mark.parametrize(
    "query",
    ["part=0", "part=-1", "part=01", "part=999999999999", "part=99999", "part=x", "part=²", "from=mars",
     "x=1", "region=%00", "q=%00", "letters=maybe", "part=%D9%A1", "from=russia%00", "sort=';--"],
)  # fmt: skip
def test_nonsense_is_answered_with_a_page_that_says_so(reader, query):
    for path in ("/ru/letters/pack/", "/en/letters/pack/postcards/"):
        # A NUL byte is refused before any page is asked.
        assert reader.get(f"{path}?{query}").status_code == (400 if "%00" in query else 200)
    assert pack(query).is_misled or query == "q=%00"


def test_a_hostile_parameter_is_not_echoed(reader):
    hostile = "%3Cscript%3Ealert(1)%3C/script%3E"
    for name in ("part", "from", "q", "region", "letter"):
        for path in ("/ru/letters/pack/", "/ru/letters/pack/postcards/"):
            assert "<script>alert" not in reader.get(f"{path}?{name}={hostile}").content.decode()


def test_a_pack_costs_a_handful_of_statements_however_many_there_are(reader):
    for query in ("", "letter=Р", "region=xx-many", "q=Рождественская&from=russia"):
        queries = page_queries(reader, f"/ru/letters/pack/?{query}")
        assert len(queries) <= 12, queries


def test_one_more_person_costs_no_statement_more(reader, region):
    colony = FacilityFactory(region=region)
    path = "/ru/letters/pack/postcards/?region=xx-many"
    assert same_number_of_queries(reader, path, add_row=lambda: held(colony, region=region)) <= 12
