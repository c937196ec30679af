"""The wall of names: forty a day, everybody in their turn, nobody who must not stand there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memorial.base.choices import State
from memorial.home.wall import NAMES_A_DAY, turn, wall_of
from tests.factories import PrisonerFactory
from tests.pages import world
from tests.pages.world import TODAY

DAYS = [TODAY + timedelta(days=n) for n in range(400)]


@pytest.mark.parametrize("number", [41, 80, 97, 1612])
def test_everybody_stands_there_once_in_a_round_and_forty_a_day(number):
    everybody = list(range(number))
    round_of = -(-number // NAMES_A_DAY)
    for start in (0, 7):
        shown = [turn(everybody, day) for day in DAYS[start : start + round_of]]
        assert {len(set(each)) for each in shown} == {NAMES_A_DAY}
        assert set().union(*shown) == set(everybody)


def test_two_days_that_follow_share_nobody_where_there_are_enough():
    everybody = list(range(1612))
    assert not set(turn(everybody, DAYS[0])) & set(turn(everybody, DAYS[1]))
    assert turn(everybody, DAYS[0]) == turn(everybody, DAYS[0])


@pytest.mark.parametrize("number", [0, 1, 3, 40])
def test_where_there_are_few_all_stand_there_every_day(number):
    assert [turn(list(range(number)), day) for day in DAYS[:3]] == [list(range(number))] * 3


@pytest.mark.django_db
def test_the_names_of_a_day_are_in_order_and_lead_to_their_pages():
    for surname in ("Ёлкин", "Яковлев", "Аистов", "Жуков"):
        PrisonerFactory(surname_ru=surname)
    assert [each.name.called for each in wall_of(TODAY)] == [
        "Тимур Аистов",
        "Тимур Ёлкин",
        "Тимур Жуков",
        "Тимур Яковлев",
    ]
    assert all(each.url.startswith("/ru/prisoners/gorintsev-") for each in wall_of(TODAY))


@pytest.mark.django_db
def test_who_must_not_stand_there_does_not():
    world.by_initials()
    world.nameless()
    PrisonerFactory(quiet_until=TODAY)
    PrisonerFactory(attention_wanted=False)
    PrisonerFactory(state=State.WITHDRAWN)
    assert wall_of(TODAY) == []
    quiet_till_yesterday = PrisonerFactory(quiet_until=TODAY - timedelta(days=1))
    assert [each.name for each in wall_of(TODAY)] == [quiet_till_yesterday.name]
