"""The guide to letters: its words, the five people of the day, its cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memorial.letters.whom import PEOPLE, WITH_BIRTHDAYS, suggested
from prisoners.choices import StayPublic
from prisoners.letters import PHRASES
from prisoners.models import Prisoner
from tests.counting import same_number_of_queries
from tests.factories import FacilityFactory, PrisonerFactory, RegionFactory, StayFactory
from tests.home.people import born_on, forgotten, held, with_birthday
from tests.pages import world
from tests.pages.reading import words
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
RISK = (
    "Переписка с заключёнными не запрещена. Но письмо прочитают, его могут приобщить к делу, "
    "а отправителя — узнать: по адресу, по карте в ФСИН-письме, по телефону."
)


def names(on=TODAY) -> list[Prisoner]:
    return [each.card.person for each in suggested(on)]


def test_the_risk_stands_before_everything_else(reader):
    text = words(reader.get("/ru/letters/")).replace("\xa0", " ")
    assert RISK in text
    steps = reader.get("/ru/letters/").content.decode()
    assert steps.index('<h2 id="safety">') < steps.index('<h2 id="steps">')
    assert "275.1" in text
    assert "не пишите из-за границы" in text


def test_in_english_there_are_sentences_with_meaning_and_sound_and_in_russian_a_link_to_them(reader):
    english = reader.get("/en/letters/").content.decode()
    for phrase in PHRASES:
        assert phrase.russian in english
        assert phrase.sound in english
        assert not any("а" <= letter <= "я" for letter in phrase.sound.lower())
    russian = reader.get("/ru/letters/").content.decode()
    assert PHRASES[2].russian not in russian
    assert 'href="/en/letters/#phrases"' in russian


def test_where_nobody_can_be_written_to_the_page_says_so(reader):
    world.released()
    world.by_initials()
    world.under_house_arrest()
    assert names() == []
    assert 'class="minis' not in reader.get("/ru/letters/").content.decode()


def test_birthdays_come_first_and_then_those_of_whom_little_is_written():
    soon = [with_birthday(TODAY + timedelta(days=days)) for days in (3, 20, 25)]
    with_birthday(TODAY + timedelta(days=40))
    for _ in range(6):
        forgotten()
    found = suggested(TODAY)
    assert len(found) == PEOPLE
    assert [each.card.person for each in found[:WITH_BIRTHDAYS]] == soon[:WITH_BIRTHDAYS]
    assert [bool(each.birthday) for each in found] == [True, True, False, False, False]
    assert len({each.card.person.pk for each in found}) == PEOPLE


def test_others_each_day_and_the_same_all_day():
    for _ in range(15):
        forgotten()
    assert names() == names()
    assert len({person.pk for days in range(4) for person in names(TODAY + timedelta(days=days))}) > PEOPLE


@pytest.mark.parametrize(
    "fields",
    [
        {"attention_wanted": False},
        {"quiet_until": TODAY},
        {"letters_from_abroad_harmful": True},
        {"surname_ru": "", "given_names_ru": "", "patronymic_ru": ""},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_nobody_is_suggested_who_must_not_be(fields):
    forgotten(**fields)
    with_birthday(TODAY, **fields)
    assert names() == []


def test_nobody_is_suggested_without_an_address():
    colony = FacilityFactory(accepts_letters="no")
    forgotten(colony)
    StayFactory(
        prisoner=PrisonerFactory(), facility=None, region=RegionFactory(), public=StayPublic.REGION_ONLY
    )
    assert names() == []


def test_the_birthday_is_told_only_of_who_wants_it(reader):
    held(born=born_on(TODAY))
    assert "Birthday today" not in words(reader.get("/en/letters/"))
    with_birthday(TODAY)
    assert "Birthday today" in words(reader.get("/en/letters/"))


def test_one_person_or_three_cost_the_same(reader):
    assert same_number_of_queries(reader, "/ru/letters/", add_row=forgotten) <= 14


def test_the_page_of_a_person_leads_to_the_guide_and_the_guide_to_people(reader):
    person = forgotten()
    assert 'href="/ru/letters/"' in reader.get(person.get_absolute_url()).content.decode()
    assert f'href="{person.get_absolute_url()}#help"' in reader.get("/ru/letters/").content.decode()
