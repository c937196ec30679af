"""The desk: the day's share, institutions, lists of others, pairs; one press each, and by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from memorial.attention.desk import share_of, share_size
from memorial.attention.links.asking import Answer
from memorial.attention.links.rounds import keep
from memorial.attention.models import SuspectedPair
from memorial.base.civil_date import civil_date
from memorial.base.partial_date import PartialDate
from prisoners.models import Prisoner
from tests.attention.rows import DESK, becomes_grave
from tests.counting import page_queries
from tests.donations.test_finance_desk import member
from tests.factories import CitationFactory, DraftFactory, FacilityFactory, PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db


def named(surname: str, given: str = "Пётр", patronymic: str = "", **fields: object) -> Prisoner:
    words = {"surname_ru": surname, "given_names_ru": given, "patronymic_ru": patronymic}
    return PrisonerFactory(**words, surname_en="", given_names_en="", patronymic_en="", **fields)


def test_the_share_is_the_longest_unchecked_and_gets_smaller_with_every_check(settings):
    settings.PROFILE_CHECK_DAYS = 3
    day = civil_date()
    never, old, older, new = (
        PrisonerFactory(facts_checked_on=on)
        for on in (None, day - timedelta(days=30), day - timedelta(days=60), day - timedelta(days=1))
    )
    DraftFactory(facts_checked_on=None)
    share = share_of(day)
    assert (share.size, share.done, share.total) == (2, 0, 4)
    assert share.people == [never, older]
    Prisoner.objects.filter(pk=new.pk).update(facts_checked_on=day)
    assert [share_of(day).done, share_of(day).people] == [1, [never]]
    Prisoner.objects.filter(pk=old.pk).update(facts_checked_on=day)
    assert share_of(day).people == []


@pytest.mark.parametrize(("total", "share"), [(0, 0), (1, 1), (180, 1), (181, 2), (2500, 14)])
def test_everybody_comes_up_within_the_days_of_the_settings(total, share, settings):
    settings.PROFILE_CHECK_DAYS = 180
    assert share_size(total) == share


def test_checked_by_one_press_and_the_next_button_has_the_keyboard():
    one, two = PrisonerFactory(facts_checked_on=None), PrisonerFactory(facts_checked_on=None)
    editor = member("editor")
    editor.get(DESK)
    Prisoner.objects.filter(pk=two.pk).update(facts_checked_on=date(2020, 1, 1))
    press = reverse("admin:attention_afterlook_desk_person", args=[one.pk])
    assert editor.get(press).status_code == 403
    answer = editor.post(press, follow=True)
    one.refresh_from_db()
    assert one.facts_checked_on == one.place_checked_on == civil_date()
    assert "1 of 1 checked today" in answer.content.decode()
    with_more = [PrisonerFactory(facts_checked_on=None) for _number in range(200)]
    page = editor.get(f"{DESK}?next=person").content.decode()
    assert page.count(" autofocus") == 1
    assert f"desk/person/{with_more[0].pk}/" in page


def test_an_address_is_confirmed_once_for_everybody_and_leaves_the_list():
    place = FacilityFactory(address_checked_on=None)
    for _number in range(3):
        StayFactory(facility=place, prisoner=PrisonerFactory())
    editor = member("editor")
    page = editor.get(DESK).content.decode()
    assert "3 people" in page
    press = reverse("admin:attention_afterlook_desk_place", args=[place.pk])
    assert editor.post(press).status_code == 302
    place.refresh_from_db()
    assert place.address_checked_on == civil_date()
    assert press not in editor.get(DESK).content.decode()


def test_who_may_come_to_the_desk():
    person, place = PrisonerFactory(), FacilityFactory()
    presses = [
        reverse("admin:attention_afterlook_desk_person", args=[person.pk]),
        reverse("admin:attention_afterlook_desk_place", args=[place.pk]),
    ]
    for group in ("translator", "finance", "auditor", "aid_coordinator"):
        client = member(group)
        assert client.get(DESK).status_code == 403, group
        assert client.post(presses[0]).status_code == 403, group
    legal = member("legal")
    assert legal.get(DESK).status_code == 200
    assert legal.post(presses[1]).status_code == 403


def test_names_alike_are_found_once_and_not_the_same_is_remembered():
    first = named("Горинцев", "Пётр", born=PartialDate(1980))
    second = named("Горинцев", "Петр", born=PartialDate(1981))
    for other in (
        named("Горинцев", "Пётр", born=PartialDate(1950)),
        named("Горинцева", "Анна"),
        named("Лаптырёв", "Иван"),
    ):
        assert other.pk
    call_command("find_duplicates", "--all", verbosity=0)
    pair = SuspectedPair.objects.get()
    assert (pair.one, pair.other) == (first.pk, second.pk)
    editor = member("editor")
    page = reverse("admin:attention_suspectedpair_change", args=[pair.pk])
    differ = reverse("admin:attention_suspectedpair_differ", args=[pair.pk])
    assert "Not the same person" in editor.get(page).content.decode()
    assert "Горинцев" in editor.get(DESK).content.decode()
    assert member("legal").post(differ).status_code == 403
    assert editor.post(differ).status_code == 302
    pair.refresh_from_db()
    assert pair.answered_by == f"staff:{editor.user.pk}"
    call_command("find_duplicates", "--all", verbosity=0)
    assert not SuspectedPair.objects.waiting().exists()
    assert editor.post(differ).status_code == 400
    first.delete()
    assert not SuspectedPair.objects.exists()


def test_initials_are_many_peoples():
    for _number in range(2):
        named("К.", "Н.", initials_only=True, born=PartialDate(1990), slug=f"p-{_number}")
    call_command("find_duplicates", "--all", verbosity=0)
    assert not SuspectedPair.objects.exists()


def test_another_patronymic_is_another_person():
    named("Горинцев", "Пётр", "Ильич")
    named("Горинцев", "Пётр", "Олегович")
    call_command("find_duplicates", "--all", verbosity=0)
    assert not SuspectedPair.objects.exists()


def test_four_weeks_compare_everybody(time_machine):
    for _number in range(3):
        named("Горинцев", "Пётр")
    for day in range(28):
        time_machine.move_to(date(2026, 11, 1) + timedelta(days=day))
        call_command("find_duplicates", verbosity=0)
    assert SuspectedPair.objects.count() == 3


def test_a_dead_link_stands_on_the_desk_with_where_it_is_cited():
    person = PrisonerFactory()
    url = "https://example.org/article"
    CitationFactory(prisoner=person, url=url)
    day = civil_date()
    for days in (2, 1, 0):
        link = keep(url, Answer(404, "gone"), day - timedelta(days=days))
    editor = member("editor")
    assert url in editor.get(DESK).content.decode()
    page = editor.get(reverse("admin:attention_checkedlink_change", args=[link.pk])).content.decode()
    assert reverse("admin:prisoners_prisoner_change", args=[person.pk]) in page
    assert f"https://web.archive.org/web/2/{url}" in page
    assert f'href="https://web.archive.org/web/2/{url}"' not in page


def test_one_row_or_three_the_desk_asks_the_same(settings):
    settings.PROFILE_CHECK_DAYS = 1
    editor = member("editor")
    other = member("publisher").user.pk

    def fill(number: int) -> None:
        for _row in range(number):
            person = PrisonerFactory(facts_checked_on=None)
            StayFactory(facility=FacilityFactory(address_checked_on=None), prisoner=person)
            becomes_grave(person, other)
            two = PrisonerFactory(facts_checked_on=None)
            SuspectedPair.objects.create(one=person.pk, other=two.pk, found_on=civil_date())
            for days in (2, 1, 0):
                keep(
                    f"https://example.org/{person.pk}",
                    Answer(404, "gone"),
                    civil_date() - timedelta(days=days),
                )

    fill(1)
    page_queries(editor, DESK)
    one = page_queries(editor, DESK)
    fill(2)
    three = page_queries(editor, DESK)
    assert len(one) == len(three) <= 20
