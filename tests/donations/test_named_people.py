"""A campaign that names somebody of the encyclopaedia: warned about, in whatever form, and never refused for good."""

from __future__ import annotations

import pytest
from django.urls import reverse

from donations.models import Campaign
from donations.warnings import named_people
from memorial.base.choices import State
from prisoners.actions import reduce_to_initials
from prisoners.models import Prisoner
from tests.donations.campaign_rows import campaign
from tests.donations.test_finance_desk import member
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db
ADD = reverse("admin:donations_campaign_add")


@pytest.fixture
def people() -> None:
    PrisonerFactory(
        slug="a",
        surname_ru="Горинцев",
        given_names_ru="Тимур",
        surname_en="Gorintsev",
        given_names_en="Timur",
    )
    PrisonerFactory(
        slug="b", surname_ru="Рождественская-Переверзева", given_names_ru="Александра", state=State.DRAFT
    )
    PrisonerFactory(slug="c", surname_ru="Ли", given_names_ru="Ян", surname_en="Li", given_names_en="Yan")
    PrisonerFactory(slug="d", surname_ru="Заяц", given_names_ru="Пётр", surname_en="", given_names_en="")


@pytest.mark.parametrize(
    "text",
    [
        "Собираем на адвоката Тимуру Горинцеву",
        "Горинцев Тимур: нужны деньги",
        "<p>на адвоката <strong>Тимура</strong> Горинцева</p>",
        "помощь семье Т. Горинцева",
        "For Timur Gorintsev’s lawyer",
        "help T. Gorintsev",
        "ТИМУР ГОРИНЦЕВ",
        "вместе с Александрой Рождественской-Переверзевой",
        "для Яна Ли",
        "Петру Зайцу на лекарства",
    ],
)
def test_a_person_is_found_in_any_form(people, text):
    assert len(named_people([text])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "На работу организации",
        "Горинцев",  # a surname alone may be anybody's
        "Горинцев переулок, дом пять, второй этаж: спросить, дома ли Тимур",
        "нужны ли яны",
        "Передачи зимой: тёплое бельё, лекарства",
    ],
)
def test_other_words_are_not_taken_for_a_person(people, text):
    assert named_people([text]) == []


def test_the_words_around_are_those_of_the_text(people):
    text = "Сегодня мы снова собираем на адвоката Тимуру Горинцеву и другим людям в СИЗО"
    assert named_people([text]) == ["собираем на адвоката Тимуру Горинцеву и другим людям"]


def test_somebody_shown_by_initials_is_found_by_the_name_that_was_moved_away(people):
    person = Prisoner.objects.get(slug="a")
    reduce_to_initials(prisoner=person, reason="at their request", by=None)
    assert len(named_people(["Собираем на адвоката Тимуру Горинцеву"])) == 1


def typed(**fields: object) -> dict[str, object]:
    rows = {"entries-TOTAL_FORMS": 0, "entries-INITIAL_FORMS": 0}
    return {
        "slug": "work",
        "title_ru": "На работу",
        "title_en": "",
        "purpose_ru": "Серверы",
        "purpose_en": "",
        "text_ru": "",
        "text_en": "",
        "fund": "organisation",
        "goal": "7400",
        "currency": "EUR",
        "begins": "2026-09-01",
        "ends": "",
        "claim": "",
        **rows,
        **fields,
    }


def test_the_form_warns_and_saves_once_it_was_looked_at(people):
    desk = member("finance")
    named = typed(text_ru="<p>Собираем для Тимура Горинцева.</p>")
    page = desk.post(ADD, named).content.decode()
    assert "Somebody of the encyclopaedia is named here" in page
    assert "Собираем для Тимура Горинцева." in page
    assert not Campaign.objects.exists()
    assert desk.post(ADD, {**named, "names_looked_at": "on"}).status_code == 302
    assert desk.post(ADD, typed(slug="other")).status_code == 302
    assert Campaign.objects.count() == 2


def test_publishing_shows_the_names_again_and_does_not_refuse(people):
    row = campaign(state="draft", purpose_ru="Для Тимура Горинцева")
    deed = reverse("admin:donations_campaign_deed", args=[row.pk, "publish"])
    assert member("finance").get(deed).status_code == 403
    publisher = member("publisher")
    assert "Для Тимура Горинцева" in publisher.get(deed).content.decode()
    assert publisher.post(deed).status_code == 302
    assert Campaign.objects.get().is_published
