"""The pages that come with the program: drafts for staff to read, and whole in both languages."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from memorial.base.choices import State
from memorial.base.rich_text import clean_html
from memorial.pages.addresses import is_of_the_program
from memorial.pages.before_publishing import _ASK
from memorial.pages.choices import Purpose
from memorial.pages.models import SitePage
from memorial.pages.seeding import DATA
from prisoners.models import Theme

pytestmark = pytest.mark.django_db


def seed() -> str:
    said = io.StringIO()
    call_command("seed_pages", stdout=said)
    return said.getvalue()


def test_they_come_as_drafts_and_whole_in_every_language():
    Theme.objects.create(code="treason", label_ru="госизмена", label_en="treason")
    said = seed()
    assert "pages: 10 added" in said
    assert "texts of themes: 1 added" in said
    for page in SitePage.objects.all():
        assert page.state == State.DRAFT
        assert page.complete_in() == ("ru", "en"), page.slug
        assert page.summary_ru
        assert page.summary_en
        assert not is_of_the_program(page.slug)
    purposes = set(SitePage.objects.exclude(purpose="").values_list("purpose", flat=True))
    assert purposes == set(Purpose.values) - {""}
    assert set(_ASK) <= set(SitePage.objects.values_list("slug", flat=True))


def test_seeding_again_changes_nothing():
    seed()
    versions = set(SitePage.objects.values_list("slug", "version"))
    assert "pages: 0 added, 0 updated, 10 kept" in seed()
    assert set(SitePage.objects.values_list("slug", "version")) == versions


def test_what_staff_changed_published_or_took_out_stays(monkeypatch):
    seed()
    SitePage.objects.filter(slug="about").update(title_ru="Мы")
    SitePage.objects.filter(slug="press").update(
        state=State.PUBLISHED, first_published_at="2026-11-01T00:00Z"
    )
    SitePage.objects.filter(slug="contacts").delete()
    newer = [
        {
            "slug": slug,
            "menu": "project",
            "order": "7",
            "purpose": "",
            "title_ru": "Новое",
            "summary_ru": "Новое",
        }
        for slug in ("about", "press", "contacts", "criteria")
    ]
    monkeypatch.setattr("memorial.pages.seeding._rows", lambda name: iter(newer if name == "pages" else []))
    assert "0 added, 2 updated, 2 kept" in seed()
    assert not SitePage.objects.filter(slug="contacts").exists()
    titles = dict(SitePage.objects.values_list("slug", "title_ru"))
    assert titles["about"] == "Мы"
    assert titles["press"] != "Новое"
    assert titles["criteria"] == "Новое"
    assert SitePage.objects.get(slug="about").summary_ru == "Новое"


def test_a_page_whose_address_staff_changed_is_not_added_again():
    seed()
    SitePage.objects.filter(slug="about").update(slug="who-we-are")
    assert "pages: 0 added" in seed()


@pytest.mark.parametrize(
    "file", sorted(DATA.glob("*/*.html")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_their_markup_is_what_the_site_lets_through(file):
    text = file.read_text(encoding="utf-8")
    cleaned = clean_html(text)
    tags = ("<p>", "<li>", "<h3>", "<a ", "<strong>")
    assert [cleaned.count(tag) for tag in tags] == [text.count(tag) for tag in tags]
    assert "'" not in text
    assert '"' not in text.replace('href="', "").replace('">', ""), "quotes of the language"
    if file.parent.name == "ru":
        assert "/en/" not in text
        assert not set("“”‘’") & set(text)
    else:
        assert "/ru/" not in text
        assert not set("«»") & set(text)
