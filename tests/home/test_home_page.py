"""The home page: its parts, its silences, its cost."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from cases.choices import HearingAccess
from memorial.base.choices import State
from memorial.home.wall import NAMES_A_DAY
from prisoners.models import Prisoner
from tests.counting import page_queries, same_number_of_queries
from tests.donations.campaign_rows import raising
from tests.donations.donate_world import shown_ways
from tests.factories import (
    CaseFactory,
    FacilityFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    StayFactory,
)
from tests.home.people import born_on, forgotten, held, with_birthday
from tests.pages.reading import links, words
from tests.pages.world import TODAY, everybody

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def section(answer, anchor: str) -> str:
    """The markup of one part of the page; "" where it is not there."""
    text = answer.content.decode()
    head = f'<h2 id="{anchor}">'
    return text[text.index(head) :].split("</section>")[0] if head in text else ""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_empty_encyclopaedia_has_a_home_page_that_says_so(reader, language):
    answer = reader.get(f"/{language}/")
    assert answer.status_code == 200
    assert not answer.context["home"].wall
    assert not answer.context["home"].today
    for anchor in ("upd", "days", "names", "nws"):
        assert section(answer, anchor) == ""


@pytest.mark.parametrize("number", [1, 3])
def test_few_people_fill_it_without_a_hole(reader, number):
    for _ in range(number):
        forgotten(updated_on=TODAY)
    answer = reader.get("/ru/")
    assert section(answer, "upd").count('<li class="card">') == number
    assert section(answer, "names").count("<li>") == number
    assert 'class="today"' in answer.content.decode()


def test_only_one_person_is_given_attention_and_only_where_there_is_one(reader):
    for _ in range(3):
        forgotten()
    text = reader.get("/ru/").content.decode()
    assert text.count('class="today"') == 1
    Prisoner.objects.update(attention_wanted=False)
    assert 'class="today"' not in reader.get("/ru/").content.decode()


def test_a_birthday_is_told_with_the_age_and_any_other_day_is_not(reader):
    person = with_birthday(born=born_on(TODAY, 54))
    text = words(reader.get("/en/"))
    assert "Turns 54" in text
    Prisoner.objects.filter(pk=person.pk).update(birthday_wanted=False)
    assert "Turns 54" not in words(reader.get("/en/"))


def test_updated_this_week_is_by_the_day_of_the_event_and_silent_on_who_wants_quiet(reader):
    colony = FacilityFactory()
    for days in range(9):
        held(colony, surname_ru=f"Ивушкин{days}", updated_on=TODAY - timedelta(days=days))
    held(colony, surname_ru="Тихонравов", updated_on=TODAY, quiet_until=TODAY)
    held(colony, surname_ru="Тишков", updated_on=TODAY, attention_wanted=False)
    held(colony, surname_ru="Будущев", updated_on=TOMORROW)
    shown = section(reader.get("/ru/"), "upd")
    assert [days for days in range(9) if f"Ивушкин{days}" in shown] == [0, 1, 2, 3]
    assert not any(name in shown for name in ("Тихонравов", "Тишков", "Будущев"))
    Prisoner.objects.update(updated_on=TODAY - timedelta(days=7))
    assert section(reader.get("/ru/"), "upd") == ""


def test_the_days_ahead_have_birthdays_that_are_wanted_and_open_hearings(reader):
    with_birthday(TOMORROW, surname_ru="Радостнов", quiet_until=None)
    with_birthday(TOMORROW, surname_ru="Молчунов", quiet_until=TODAY)
    with_birthday(TODAY + timedelta(days=8), surname_ru="Нескоров")
    held(born=born_on(TOMORROW), surname_ru="Скрытнов")
    for title, access, days in (
        ("Дело открытое", HearingAccess.OPEN, 1),
        ("Дело закрытое", HearingAccess.CLOSED, 1),
        ("Дело далёкое", HearingAccess.OPEN, 8),
    ):
        case = CaseFactory(title_ru=title)
        ProsecutionFactory(case=case, prisoner=held(surname_ru=f"Подсудимый{days}"))
        HearingFactory(
            case=case,
            on=TODAY + timedelta(days=days),
            at=time(10, 30),
            access=access,
            hearing_state="planned",
        )
    shown = section(reader.get("/ru/"), "days")
    assert "Радостнов" in shown
    assert "Дело открытое" in shown
    assert not any(
        name in shown for name in ("Молчунов", "Нескоров", "Скрытнов", "Дело закрытое", "Дело далёкое")
    )
    assert "паспорт" in shown
    Prisoner.objects.filter(surname_ru="Подсудимый1").update(quiet_until=TODAY)
    assert "Дело открытое" not in section(reader.get("/ru/"), "days")


def test_the_campaign_leads_to_the_advice_and_never_to_a_payment(reader):
    shown_ways()
    raising()
    answer = reader.get("/ru/")
    money = section(answer, "money")
    assert 'href="/ru/donate/"' in money
    assert "/donate/to/" not in answer.content.decode()


def test_where_no_way_to_give_is_open_no_campaign_is_shown(reader):
    raising()
    assert section(reader.get("/ru/"), "money") == ""


def test_every_link_of_the_page_answers_and_every_example_finds_somebody(reader):
    everybody()
    answer = reader.get("/ru/")
    examples = answer.context["home"].examples
    assert examples
    for example in examples:
        assert reader.get(example.url).context["page_obj"].paginator.count > 0
    for path in {link.split("#")[0] for link in links(answer) if link.startswith("/ru/")}:
        assert reader.get(path).status_code == 200, path


def test_the_page_is_another_one_on_another_day_and_the_same_all_day(reader, time_machine):
    for _ in range(NAMES_A_DAY * 2 + 5):
        PrisonerFactory()
    time_machine.move_to("2026-11-23T00:00:01+03:00")
    first = reader.get("/ru/")
    time_machine.move_to("2026-11-23T23:59:59+03:00")
    assert reader.get("/ru/").content == first.content
    time_machine.move_to("2026-11-24T00:00:01+03:00")
    assert section(reader.get("/ru/"), "names") != section(first, "names")


def test_parameters_change_nothing(reader):
    forgotten()
    plain = reader.get("/ru/").content
    for query in ("q=1", "day=2026-12-01", "x=" + "я" * 500, "next=//evil.example"):
        answer = reader.get(f"/ru/?{query}")
        assert (answer.status_code, answer.content) == (200, plain), query


def test_who_is_hidden_leaves_at_once(reader):
    person = forgotten(updated_on=TODAY)
    assert person.surname_ru in words(reader.get("/ru/"))
    Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN)
    assert person.surname_ru not in words(reader.get("/ru/"))


def test_one_person_or_three_cost_the_same(reader):
    def one_more() -> None:
        with_birthday(TOMORROW, updated_on=TODAY)
        StayFactory()

    assert same_number_of_queries(reader, "/ru/", add_row=one_more) <= 30


def test_a_world_of_people_costs_no_more(reader):
    everybody()
    page_queries(reader, "/ru/")
    assert len(page_queries(reader, "/ru/")) <= 34
