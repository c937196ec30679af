"""Today's person: a rule of published data and the date, with every exclusion that the domain demands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from memorial.home import attention
from memorial.home.attention import reasons
from memorial.home.models import AttentionVeto
from memorial.home.pick import pick_of
from prisoners.choices import InstitutionKind, StayPublic, StayReason
from prisoners.models import Death, Prisoner
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.home.people import FORGOTTEN, born_on, forgotten, held, with_birthday
from tests.pages import world
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def picked(day: date = TODAY) -> Prisoner | None:
    pick = pick_of(day)
    return pick.person if pick else None


def test_nobody_is_there_to_be_shown():
    assert pick_of(TODAY) is None


def test_a_person_about_whom_little_is_written_comes_before_one_who_is_well_known(monkeypatch):
    monkeypatch.setattr(attention, "FEWEST", 1)
    held(facts_checked_on=TODAY)
    little = forgotten()
    assert {picked(TODAY + timedelta(days=n)) for n in range(8)} == {little}
    assert reasons(little, TODAY) != []


@pytest.mark.parametrize(
    "fields",
    [
        {"attention_wanted": False},
        {"quiet_until": TODAY},
        {"quiet_until": TODAY + timedelta(days=30)},
        {"state": State.DRAFT},
        {"state": State.READY},
        {"state": State.WITHDRAWN},
        {"surname_ru": "", "given_names_ru": "", "patronymic_ru": "", "surname_en": "", "given_names_en": "",
         "described_as_ru": "Житель Мелитополя"},
    ],
    ids="-".join,
)  # fmt: skip
def test_who_must_not_be_brought_up_is_not(fields):
    forgotten(**fields)
    assert picked() is None
    with_birthday(**fields)
    assert picked() is None


def test_whoever_wanted_quiet_until_yesterday_may_come_up_today():
    person = forgotten(quiet_until=TODAY - timedelta(days=1), attention_wanted=True)
    assert picked() == person


def test_nobody_under_eighteen_comes_up(monkeypatch):
    # The database lets nobody stand by name whom it knows to have been a minor: here the rule itself is asked.
    person = forgotten(born=PartialDate.parse("23.11.2008"))
    assert picked(TODAY) == person
    assert picked(TODAY - timedelta(days=1)) is None
    Prisoner.objects.filter(pk=person.pk).update(born=PartialDate.parse("2008"))
    assert picked(TODAY) is None
    assert picked(date(2026, 12, 31)) == person


def test_of_a_birth_on_the_29th_of_february_the_day_of_age_is_the_1st_of_march():
    person = forgotten(born=PartialDate.parse("29.02.2008"))
    assert picked(date(2026, 2, 28)) is None
    assert picked(date(2026, 3, 1)) == person


@pytest.mark.parametrize(
    "make", [world.by_initials, world.released, world.beyond_reach, world.sent_to_war, world.died_in_custody]
)
def test_initials_the_free_the_dead_and_those_out_of_reach_do_not_come_up(make):
    make()
    assert picked() is None


def test_who_has_died_meanwhile_does_not_come_up():
    person = forgotten()
    assert picked() == person
    Death.objects.create(prisoner=person, on=PartialDate.parse("22.11.2026"))
    assert picked() is None


def test_whoever_can_be_written_to_comes_first_and_then_those_in_unknown_places():
    hidden = PrisonerFactory(**FORGOTTEN)
    StayFactory(prisoner=hidden, facility=None, public=StayPublic.NO)
    assert picked() == hidden
    assert pick_of(TODAY).writing.is_possible is False
    reached = [forgotten() for _ in range(attention.FEWEST)]
    assert {picked(TODAY + timedelta(days=n)) for n in range(20)} <= set(reached)


def test_a_birthday_that_may_be_told_comes_before_everybody():
    forgotten()
    person = with_birthday(summary_en="Known", facts_checked_on=TODAY)
    pick = pick_of(TODAY)
    assert (pick.person, pick.is_birthday) == (person, True)
    assert pick_of(TOMORROW).is_birthday is False


@pytest.mark.parametrize(
    "fields",
    [
        {"birthday_wanted": False},
        {"born": PartialDate.parse("11.1976")},
        {"born": PartialDate.parse("1976")},
        {"born": born_on(TOMORROW)},
        {"envelope_name_confirmed": False, "surname_ru": "", "given_names_ru": "", "patronymic_ru": ""},
    ],
)
def test_no_birthday_is_told_that_may_not_be(fields):
    with_birthday(**fields)
    pick = pick_of(TODAY)
    assert pick is None or not pick.is_birthday


def test_no_birthday_is_told_of_who_cannot_be_written_to():
    person = PrisonerFactory(born=born_on(TODAY), birthday_wanted=True)
    StayFactory(prisoner=person, facility=None, reason=StayReason.HOUSE_ARREST)
    assert pick_of(TODAY).is_birthday is False


def test_those_born_on_the_29th_of_february_have_their_day_on_the_1st_of_march_but_in_leap_years():
    person = with_birthday(born=PartialDate.parse("29.02.1976"))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29), date(2028, 3, 1)]
    assert [pick_of(day).is_birthday for day in days] == [False, True, True, False]
    assert picked(days[1]) == person


def test_the_same_person_all_day_and_others_on_other_days():
    # The addresses decide whose turn it is: those of the factory depend on the tests before.
    people = {forgotten(slug=f"forgotten-{number}") for number in range(6)}
    month = [picked(TODAY + timedelta(days=n)) for n in range(30)]
    assert month == [picked(TODAY + timedelta(days=n)) for n in range(30)]
    assert set(month) == people


def test_who_is_added_moves_nobody_else():
    """So that tomorrow shows whom staff saw today, unless it is the new one's turn."""
    for number in range(5):
        forgotten(slug=f"forgotten-{number}")
    days = [TODAY + timedelta(days=n) for n in range(20)]
    before = [picked(day) for day in days]
    new = forgotten(slug="forgotten-5")
    after = [picked(day) for day in days]
    assert all(now in (was, new) for was, now in zip(before, after, strict=True))
    assert new in after
    assert len(set(before) & set(after)) > 1


def test_a_veto_brings_the_next_one_on_that_day_alone():
    people = [forgotten() for _ in range(3)]
    order = []
    for _ in people:
        order.append(picked(TOMORROW))
        AttentionVeto.objects.create(prisoner=order[-1], day=TOMORROW, reason="так решили")
    assert sorted(person.pk for person in order) == sorted(person.pk for person in people)
    assert picked(TOMORROW) is None
    assert picked(TODAY) is not None
    AttentionVeto.objects.filter(prisoner=order[1]).delete()
    assert picked(TOMORROW) == order[1]


def test_more_vetoes_than_spare_people_still_leave_somebody():
    people = [forgotten() for _ in range(12)]
    for person in people[:-1]:
        AttentionVeto.objects.create(prisoner=person, day=TODAY, reason="так решили")
    assert picked() == people[-1]


def test_a_veto_of_a_birthday_tells_the_next_birthday_or_none():
    first, second = with_birthday(), with_birthday()
    one = picked()
    AttentionVeto.objects.create(prisoner=one, day=TODAY, reason="так решили")
    other = pick_of(TODAY)
    assert {one, other.person} == {first, second}
    assert other.is_birthday


def test_readers_learn_whom_to_pass_over_and_nothing_else(as_role):
    AttentionVeto.objects.create(prisoner=forgotten(), day=TODAY, reason="тайна")
    with as_role("site_ro"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM memorial_vetoed_on(%s)", [TODAY])
        assert len(cursor.fetchall()) == 1
        cursor.execute("SELECT * FROM memorial_vetoed_on(%s)", [TOMORROW])
        assert cursor.fetchall() == []
        cursor.execute("SELECT has_table_privilege('site_ro', 'home_attentionveto', 'SELECT')")
        assert cursor.fetchone() == (False,)


def test_a_remand_prison_and_a_colony_are_alike():
    person = forgotten(FacilityFactory(kind=InstitutionKind.SIZO))
    assert picked() == person
