"""Themes: what readers are told of them, whom they show, and what is absent."""

from __future__ import annotations

import pytest

from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.pages.models import ThemeText
from prisoners.models import PrisonerTheme, Theme
from tests.counting import same_number_of_queries
from tests.factories import CaseFactory, CustodyFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    return Theme.objects.create(code="lgbt", label_ru="дела об «ЛГБТ»", label_en="'LGBT' cases")


def accused(theme: Theme, **given):
    person = PrisonerFactory(**given)
    PrisonerTheme.objects.create(prisoner=person, theme=theme)
    return person


def test_a_theme_counts_distinct_published_people_by_what_they_are(reader, theme):
    held = accused(theme)
    CustodyFactory(prisoner=held)
    StayFactory(prisoner=held)
    RecognitionFactory(prisoner=held)
    accused(theme)
    accused(theme, state=State.WITHDRAWN)
    other = Theme.objects.create(code="treason", label_ru="госизмена", label_en="treason")
    PrisonerTheme.objects.create(prisoner=held, theme=other)
    text = words(reader.get("/en/themes/lgbt/"))
    assert "All of them: 2 people" in text
    assert "Deprived of liberty now : 1" in text.replace("now:", "now :")
    assert "Recognised as political prisoners : 1" in text.replace("prisoners:", "prisoners :")
    assert "/en/prisoners/?theme=lgbt" in links(reader.get("/en/themes/lgbt/"))


def test_the_page_says_that_a_theme_is_the_accusation(reader, theme):
    accused(theme)
    assert "not who they are" in words(reader.get("/en/themes/lgbt/"))
    assert "<h1>Дела об\u00a0«ЛГБТ»</h1>" in reader.get("/ru/themes/lgbt/").content.decode()


def test_a_text_is_shown_while_it_is_published(reader, theme):
    accused(theme)
    text = ThemeText.objects.create(
        theme=theme, summary_ru="Коротко.", text_ru="<h3>Как</h3><p>Подробно.</p>"
    )
    assert "Подробно." not in words(reader.get("/ru/themes/lgbt/"))
    ThemeText.objects.filter(pk=text.pk).update(state=State.PUBLISHED)
    russian, english = reader.get("/ru/themes/lgbt/"), reader.get("/en/themes/lgbt/")
    assert "Подробно." in words(russian)
    assert "Коротко." in words(reader.get("/ru/themes/"))
    assert '<span lang="ru">Коротко.</span>' in english.content.decode()
    assert '<meta name="robots" content="noindex">' in english.content.decode()


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_a_theme_of_which_readers_may_know_nothing_is_absent(reader, theme, state):
    accused(theme, state=state)
    CaseFactory(theme=theme, state=state)
    ThemeText.objects.create(theme=theme, state=state, summary_ru="Коротко.")
    absent, hidden = reader.get("/ru/themes/nothing/"), reader.get("/ru/themes/lgbt/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert "/ru/themes/lgbt/" not in links(reader.get("/ru/themes/"))
    assert "Nobody in the encyclopaedia has a theme yet." in words(reader.get("/en/themes/"))


def test_a_theme_with_cases_alone_has_a_page(reader, theme):
    CaseFactory(theme=theme, title_ru="Дело о флаге")
    response = reader.get("/ru/themes/lgbt/")
    assert "Дело о флаге" in words(response)
    assert "/ru/cases/?theme=lgbt" in links(response)


def test_whoever_wants_quiet_is_counted_and_not_put_forward(reader, theme):
    accused(theme, slug="loud")
    accused(theme, slug="quiet", quiet_until=civil_date())
    response = reader.get("/en/themes/lgbt/")
    assert "All of them: 2 people" in words(response)
    assert "/en/prisoners/loud/" in links(response)
    assert "/en/prisoners/quiet/" not in links(response)


def test_people_and_cases_lead_to_their_theme(reader, theme):
    person = accused(theme, slug="somebody")
    case = CaseFactory(theme=theme)
    assert "/ru/themes/lgbt/" in links(reader.get(f"/ru/prisoners/{person.slug}/"))
    assert "/ru/themes/lgbt/" in links(reader.get(f"/ru/cases/{case.slug}/"))


def test_a_theme_costs_the_same_with_one_and_with_three(reader, theme):
    def add() -> None:
        accused(theme)
        CaseFactory(theme=theme)

    assert same_number_of_queries(reader, "/ru/themes/lgbt/", add_row=add) <= 24


def test_the_list_costs_the_same_with_one_and_with_three(reader):
    made = iter(range(9))

    def add() -> None:
        theme = Theme.objects.create(code=f"t{next(made)}", label_ru="тема", label_en="theme")
        accused(theme)
        ThemeText.objects.create(theme=theme, state=State.PUBLISHED, summary_ru="Коротко.")

    assert same_number_of_queries(reader, "/ru/themes/", add_row=add) <= 3
