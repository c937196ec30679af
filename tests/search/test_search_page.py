"""The search page: what it finds and why, what it says of nothing, and that it keeps no trace."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cases.models import Article, ArticleEdition
from memorial.base import content_version
from memorial.base.choices import State
from memorial.search.models import Synonym
from memorial.search.page import SearchPage
from memorial.search.text_query import text_query
from prisoners.choices import LegalCode
from prisoners.models import HiddenNameVariant, Prisoner, PrisonerPrivate
from tests.counting import counted
from tests.factories import CaseFactory, CourtFactory, FacilityFactory, PrisonerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(monkeypatch) -> Client:
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)
    return Client(raise_request_exception=False)


def ask(reader: Client, query: str, language: str = "ru", **more: str):
    with translation.override(language):
        return reader.get(reverse("search"), {"q": query, **more})


def main(response) -> str:
    """What the page itself says, without its frame."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def words(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main(response))))


def found(response) -> list[str]:
    return re.findall(r'<li>\s*<a href="([^"]+)"', main(response).partition('class="sec hits"')[2])


def test_a_surname_finds_the_person_first_then_those_alike_and_says_why(reader):
    PrisonerFactory(slug="exact", surname_ru="Горинцев")
    PrisonerFactory(slug="alike", surname_ru="Горенцев")
    PrisonerFactory(slug="near", surname_ru="Гориндцев")
    PrisonerFactory(slug="other", surname_ru="Белолистов", surname_en="Belolistov")
    response = ask(reader, "Горинцев")
    assert found(response) == [f"/ru/prisoners/{slug}/" for slug in ("exact", "alike", "near")]
    assert "звучит" in words(response) or "sounds alike" in words(response)
    assert "<mark>Горинцев</mark> Тимур" in main(response)


def test_a_word_is_found_in_every_form_and_marked_as_it_is_written(reader):
    person = PrisonerFactory(
        slug="word", what_happened_ru="<p>Они <b>пришли</b> на зелёные берега & сели.</p>"
    )
    response = ask(reader, "зеленый берег")
    assert found(response) == [person.get_absolute_url()]
    assert "<mark>зелёные</mark> <mark>берега</mark> &amp; сели" in main(response)


def test_only_words_that_are_meant_are_marked(reader):
    PrisonerFactory(summary_ru="Суд решал судьбу судака.")
    assert re.findall("<mark>(.+?)</mark>", main(ask(reader, "суд"))) == ["Суд"]


def test_each_language_is_searched_and_the_other_one_is_marked(reader):
    PrisonerFactory(slug="both", summary_ru="Печник.", summary_en="A stove-setter from the hills.")
    russian, english = ask(reader, "hill"), ask(reader, "hill", "en")
    assert found(russian) == ["/ru/prisoners/both/"]
    assert '<p class="s" lang="en">' in main(russian)
    assert 'lang="' not in main(english)


def test_kinds_are_grouped_and_each_can_be_had_alone(reader):
    PrisonerFactory.create_batch(7, summary_ru="Плотовщик на реке Тихой.")
    CaseFactory(title_ru="Дело плотовщиков")
    FacilityFactory(name_ru="ИК-914, плотовщик")
    CourtFactory(name_ru="Плотовщицкий суд плотовщиков")
    response = ask(reader, "плотовщик")
    codes = re.findall(r'id="found-(\w+)"', main(response))
    assert codes == ["prisoner", "case", "facility", "court"]
    assert len(found(response)) == 5 + 3
    assert "in=prisoner" in main(response)
    alone = ask(reader, "плотовщик", **{"in": "prisoner"})
    assert len(found(alone)) == 7
    assert ask(reader, "плотовщик", **{"in": "nonsense"}).status_code == 200


@pytest.mark.parametrize("query", ["207.3", "ст. 207.3", "207.3 ч 2", "Art. 207.3(2)", "статья 207.3 УК РФ"])
def test_an_article_is_found_by_its_number_before_everything(reader, query):
    article = Article.objects.create(code=LegalCode.UK_RF, number="207.3", slug="uk-rf-207.3")
    ArticleEdition.objects.create(article=article, title_ru="О плотах")
    PrisonerFactory(summary_ru="Обвинён по 207.3.")
    response = ask(reader, query)
    assert found(response)[0].startswith("/ru/articles/uk-rf-207.3/")
    assert ("?part=2" in found(response)[0]) == ("2)" in query or "ч 2" in query)
    assert "О плотах" in words(response)


def test_the_wrong_layout_is_read_only_where_the_right_one_finds_nothing(reader):
    PrisonerFactory(surname_ru="Горинцев", surname_en="Gorintsev", slug="layout")
    assert "горинцев" in words(ask(reader, "ujhbywtd"))
    assert found(ask(reader, "пщкштеыум")) == ["/ru/prisoners/layout/"]
    PrisonerFactory(
        surname_ru="Сельбилин", surname_en="Celbilin", summary_ru="Ждёт: суд был тайным.", slug="sud"
    )
    response = ask(reader, "суд")
    assert found(response) == ["/ru/prisoners/sud/"]
    assert "cel" not in words(response).lower().replace("celbilin", "")


def test_a_near_surname_is_offered(reader):
    PrisonerFactory(surname_ru="Белолистов", surname_en="Belolistov")
    assert re.search(r'href="/ru/search/\?q=[^"]+">Белолистов</a>\?', main(ask(reader, "Белолиств")))


def test_a_synonym_finds_what_its_words_find_and_is_marked(reader):
    person = PrisonerFactory(summary_ru="Держали в следственном изоляторе.")
    assert found(ask(reader, "тюрьма")) == []
    Synonym.objects.create(language="ru", word="тюрьма", means="сизо, следственный изолятор")
    response = ask(reader, "Тюрьма")
    assert found(response) == [person.get_absolute_url()]
    assert "<mark>следственном</mark> <mark>изоляторе</mark>" in main(response)


def test_nothing_asked_nothing_found_and_one_letter_are_answered_in_words(reader):
    empty = reader.get("/ru/search/")
    assert empty.status_code == 200
    assert "hits" not in main(empty)
    nothing = ask(reader, "абвгдейка")
    assert 'class="empty"' in main(nothing)
    assert "абвгдейка" in words(nothing)
    assert "letter=%D0%93" in main(ask(reader, "г"))


def test_more_than_are_looked_at_is_said_and_not_counted(reader, monkeypatch):
    monkeypatch.setattr("memorial.search.entries.LOOKED_AT_OF_EACH", 3)
    CaseFactory.create_batch(5, title_ru="Дело о плотах", title_en="")
    text = words(ask(reader, "плот"))
    assert re.search(r"(больше|more than) 3", text)


HOSTILE = (
    "\0", "%00", "'", '"', "''", "a\0b", "\\", "%", "_", "(((", "a & | ! b", "!!", "-суд", "- - -", "и в на", "the of",
    "<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE x; --", "\u202eאבג", "ё" * 10_000, "a " * 5_000, "١٢٣",
    "😀", "\U0010ffff", "ст. " * 300, "*:*", "a:b*", "--", "or or", '"не закрыто', "1" * 300, "п. «а»", "\r\n", "%s %d",
)  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en"])
def test_hostile_text_is_answered_and_never_as_markup(reader, language):
    PrisonerFactory()
    for query in HOSTILE:
        response = ask(reader, query, language)
        assert response.status_code == 200 if "\0" not in query else response.status_code in (200, 400), query
        assert "<script>" not in response.content.decode()
        assert "49" not in words(response) or "7*7" not in query


def test_what_is_not_to_be_found_and_only_that_asks_nothing():
    PrisonerFactory.create_batch(2)
    assert not text_query("-суд")
    assert not text_query("и в на")
    assert not text_query("the of")
    assert SearchPage("-суд").groups == []


def test_the_page_costs_the_same_for_one_result_and_for_many(reader):
    PrisonerFactory(surname_ru="Плотовщиков", summary_ru="Плот.")
    CaseFactory(title_ru="Плот")
    ask(reader, "плот")
    with counted() as one:
        ask(reader, "плот")
    PrisonerFactory.create_batch(3, surname_ru="Плотовщиков", summary_ru="Плот.")
    CaseFactory.create_batch(3, title_ru="Плот")
    with counted() as many:
        ask(reader, "плот")
    assert len(one) == len(many) <= 9, many


def test_nothing_of_the_query_is_kept_anywhere(reader, caplog):
    response = ask(reader, "Горинцев-Тайный")
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "ETag" not in response.headers
    assert "Set-Cookie" not in response.headers
    assert "Тайный" not in caplog.text
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert (
        "%D0%A2%D0%B0%D0%B9%D0%BD%D1%8B%D0%B9"
        not in re.findall('<link rel="canonical" href="([^"]+)"', response.content.decode())[0]
    )


def test_the_query_goes_along_into_the_other_language(reader):
    assert re.search(r'href="/en/search/\?q=plot" lang="en"', ask(reader, "plot").content.decode())


def test_every_page_has_the_box_once(reader):
    person = PrisonerFactory()
    for path in ("/ru/", "/en/", person.get_absolute_url(), "/ru/search/", "/ru/search/?q=x"):
        assert reader.get(path).content.decode().count('name="q" type="search"') == 1, path


# --- Nothing confidential answers ------------------------------------------------------------------


def test_a_confidential_word_is_answered_like_a_random_one(reader):
    """Byte for byte, but for the query itself."""
    shown = PrisonerFactory(surname_ru="Видимцев", surname_en="Vidimtsev")
    HiddenNameVariant.objects.create(prisoner=shown, text="Тайноимцев", kind="former", searchable=True)
    PrisonerPrivate.objects.update_or_create(prisoner=shown, defaults={"staff_note": "Секретарёв"})
    for state in (State.DRAFT, State.READY, State.WITHDRAWN):
        PrisonerFactory(
            surname_ru=f"Скрытов{state}", surname_en=f"Skrytov{state}", summary_ru="Невидалин.", state=state
        )
    CaseFactory(title_ru="Подпольнов", state=State.DRAFT)
    secrets = ("Тайноимцев", "Секретарёв", "Скрытовdraft", "Skrytovwithdrawn", "Невидалин", "Подпольнов")

    def answer(query: str, language: str) -> str:
        page = ask(reader, query, language).content.decode()
        for form in (query, html.escape(query)):
            page = page.replace(form, "…")
        return re.sub(r"q=[^\"&]*", "q=…", page)

    for language in ("ru", "en"):
        random = answer("Жщвыхрюк", language)
        assert 'class="empty"' in random
        for secret in secrets:
            assert answer(secret, language) == random, secret


def test_the_public_role_reads_the_tables_and_writes_neither(as_role):
    person = PrisonerFactory(surname_ru="Видимцев")
    with as_role("site_ro"):
        assert [group.kind.code for group in SearchPage("Видимцев").groups] == ["prisoner"]
    with as_role("staff_rw"):
        Prisoner.objects.filter(pk=person.pk).update(surname_ru="Новонайденов")
        assert [group.kind.code for group in SearchPage("Новонайденов").groups] == ["prisoner"]
