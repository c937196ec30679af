"""Pages of staff, for readers: both languages, what is hidden, old addresses, what the program adds."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from memorial.base.choices import State
from memorial.pages.additions import KEPT, duration_words
from memorial.pages.models import FormerAddress, SitePage
from memorial.retention.rules import RULES
from tests.counting import same_number_of_queries
from tests.pages.reading import links, words
from tests.site_pages.telling import page

pytestmark = pytest.mark.django_db


def test_a_page_in_both_languages(reader):
    page(summary_ru="Коротко о нас.", summary_en="In short.", checked_on="2026-11-20")
    russian, english = reader.get("/ru/about/"), reader.get("/en/about/")
    assert "Кто мы." in words(russian)
    assert "Коротко о нас." in words(russian)
    assert "Checked on 20 November 2026" in words(english)
    assert "Who we are." in words(english)
    assert '<meta name="description" content="In short.">' in english.content.decode()
    assert 'hreflang="ru" href="http://localhost:8000/ru/about/"' in english.content.decode()


def test_missing_english_is_marked_and_not_indexed(reader):
    page(title_en="", text_en="")
    english = reader.get("/en/about/")
    html = english.content.decode()
    assert '<h1><span lang="ru">О\u00a0проекте</span></h1>' in html
    assert '<div class="prose" lang="ru">' in html
    assert "not in English yet" in words(english)
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://localhost:8000/ru/about/">' in html


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_what_is_not_published_answers_like_what_never_was(reader, state):
    page(slug="hidden", state=state, menu="main")
    FormerAddress.objects.create(path="before/", page=SitePage.objects.get())
    absent = reader.get("/ru/nobody-ever/")
    for path in ("/ru/hidden/", "/ru/hidden", "/ru/before/", "/before/"):
        hidden = reader.get(path)
        assert (hidden.status_code, hidden.content) == (404, absent.content), path
        assert dict(hidden.headers) == dict(absent.headers)


def test_an_address_leads_on_for_ever_when_it_changes(reader):
    about = page()
    SitePage.objects.filter(pk=about.pk).update(slug="who-we-are")
    SitePage.objects.filter(pk=about.pk).update(slug="history")
    for path in ("/ru/about/", "/ru/about", "/ru/who-we-are/"):
        assert reader.get(path).headers["Location"] == "/ru/history/", path
    # Taken back, it is the page's own again.
    SitePage.objects.filter(pk=about.pk).update(slug="about")
    assert reader.get("/ru/about/").status_code == 200
    assert reader.get("/en/history/").headers["Location"] == "/en/about/"


def test_an_address_that_nobody_has_seen_is_forgotten(reader):
    draft = page(state=State.DRAFT, first_published_at=None)
    SitePage.objects.filter(pk=draft.pk).update(slug="history", state=State.PUBLISHED)
    assert reader.get("/ru/about/").status_code == 404
    assert not FormerAddress.objects.exists()


def test_addresses_of_the_site_that_was_here_before(reader):
    FormerAddress.objects.create(path="о-проекте/кто-мы/", page=page())
    for path in ("/о-проекте/кто-мы/", "/О-Проекте/кто-мы", "/ru/о-проекте/кто-мы/"):
        assert reader.get(path).headers["Location"] == "/ru/about/", path
    assert reader.get("/en/о-проекте/кто-мы/").headers["Location"] == "/en/about/"
    assert reader.get("/о-проекте/кто-мы/?lang=en").headers["Location"] == "/en/about/"


def test_a_page_of_the_program_comes_first(reader):
    page(slug="prisoners", title_ru="Подменённая")
    assert "Подменённая" not in words(reader.get("/ru/prisoners/"))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Слово</p><script>alert(1)</script>",
        '<p onclick="alert(1)" style="color:red">Слово</p>',
        '<p>Слово <a href="javascript:alert(1)">тут</a></p>',
        '<h3>Слово<img src="x" onerror="alert(1)"></h3><p>Слово</p>',
    ],
)
def test_markup_is_sanitised_on_the_way_out_too(reader, text):
    page()
    with connection.cursor() as cursor:  # past the field that sanitises
        cursor.execute("UPDATE pages_sitepage SET text_ru = %s", [text])
    html = reader.get("/ru/about/").content.decode()
    assert "Слово" in html
    assert not [bad for bad in ("alert", "onclick", "style=", "javascript", "onerror") if bad in html]


def test_headings_become_sections_right_below_the_title(reader):
    page(
        text_ru="<p>Сначала.</p><h3>Одно</h3><p>а</p><h4>Мелко</h4><p>б</p><h3>Другое &amp; ещё</h3><p>в</p>"
    )
    html = reader.get("/ru/about/").content.decode()
    assert '<section class="sec" aria-labelledby="part-1">' in html
    assert '<h2 id="part-1">Одно</h2>' in html
    assert "<h3>Мелко</h3>" in html
    assert '<h2 id="part-2">Другое &amp; ещё</h2>' in html
    assert html.index("Сначала.") < html.index("part-1")


def test_the_table_of_periods_is_that_of_the_settings(reader, settings):
    page(slug="privacy", purpose="privacy")
    settings.RETENTION = {"help": 730, "leads": 40, "accounts": 365}
    russian, english = reader.get("/ru/privacy/"), reader.get("/en/privacy/")
    rows = russian.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<tr>") == 3
    assert "2 years" in words(english)
    assert "40 days" in words(english)
    assert "1 year" in words(english)
    assert russian.headers["ETag"] != english.headers["ETag"]
    before = english.headers["ETag"]
    settings.RETENTION = {"help": 1095}
    after = reader.get("/en/privacy/")
    assert "3 years" in words(after)
    assert after.headers["ETag"] != before


def test_every_period_has_words_for_readers():
    assert set(KEPT) == set(settings.RETENTION) == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("days", "said"), [(365, "1 year"), (1825, "5 years"), (366, "366 days"), (30, "30 days")]
)
def test_periods_in_words(days, said):
    with translation.override("en"):
        assert duration_words(days) == said


def test_contacts_and_the_address_in_tor(reader, settings):
    page(slug="contacts", purpose="contacts")
    page(slug="safe", purpose="safety", menu="safety")
    onion = f"http://{'a' * 56}.onion"
    assert onion not in words(reader.get("/ru/safe/"))
    settings.ONION_URL = onion
    settings.EDITORS_EMAIL = "red@example.org"
    assert "mailto:red@example.org" in links(reader.get("/ru/contacts/"))
    assert words(reader.get("/ru/safe/")).count(onion) == 2  # in the text, and at the foot
    assert words(reader.get("/ru/prisoners/")).count(onion) == 1


def test_a_page_costs_the_same_with_one_and_with_three(reader):
    made = iter(range(9))

    def add() -> None:
        number = next(made)
        page("about" if not number else f"about-{number}", menu="project")

    assert same_number_of_queries(reader, "/ru/about/", add_row=add) <= 2
