"""Pages that staff write and texts of themes are found as long as they are published, in each language they have."""

from __future__ import annotations

import pytest
from django.test import Client

from memorial.base.choices import State
from memorial.pages.models import SitePage, ThemeText
from memorial.search.models import SearchEntry
from prisoners.models import Theme
from tests.site_pages.telling import page

pytestmark = pytest.mark.django_db


def entries(kind: str) -> dict[str, tuple[str, str, str]]:
    """What is searched of the only object of a kind, by language: title, text, address."""
    return {
        entry.language: (entry.title, entry.body, entry.url_key)
        for entry in SearchEntry.objects.filter(kind=kind)
    }


def test_a_page_is_found_from_its_publication_until_it_is_withdrawn():
    made = page(
        "raft",
        title_ru="О плотах",
        summary_ru="Плоты коротко",
        text_ru="<p>Сплавной лес</p>",
        state=State.DRAFT,
    )
    assert entries("page") == {}
    SitePage.objects.update(state=State.PUBLISHED)
    assert entries("page")["ru"] == ("О плотах", "Плоты коротко Сплавной лес", "raft")
    assert set(entries("page")) == {"ru", "en"}
    SitePage.objects.filter(pk=made.pk).update(title_en="", text_en="", slug="rafts")
    assert set(entries("page")) == {"ru"}
    found = Client().get("/en/search/", {"q": "сплавной"}).content.decode()
    assert 'href="/en/rafts/" lang="ru"' in found
    SitePage.objects.update(state=State.WITHDRAWN)
    assert entries("page") == {}
    assert "rafts" not in Client().get("/ru/search/", {"q": "сплавной"}).content.decode()


def test_the_text_of_a_theme_is_found_under_the_name_of_the_theme():
    theme = Theme.objects.create(code="rafts", label_ru="«плотовое» дело", label_en="raft case")
    text = ThemeText.objects.create(theme=theme, state=State.DRAFT, summary_ru="За что судят сплавщиков")
    assert entries("theme") == {}
    ThemeText.objects.update(state=State.PUBLISHED)
    assert entries("theme") == {"ru": ("«Плотовое» дело", "За что судят сплавщиков", "rafts")}
    Theme.objects.update(label_ru="дела сплавщиков")
    assert entries("theme")["ru"][0] == "Дела сплавщиков"
    assert 'href="/ru/themes/rafts/"' in Client().get("/ru/search/", {"q": "сплавщик"}).content.decode()
    text.delete()
    assert entries("theme") == {}
