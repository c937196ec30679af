"""Pages and themes as the world of the pages has them: those that come with the program, and what a page may lack."""

from __future__ import annotations

from datetime import date

from memorial.base.choices import State
from memorial.pages.choices import Menu
from memorial.pages.models import SitePage, ThemeText
from memorial.pages.seeding import seed_pages
from prisoners.models import Prisoner, PrisonerTheme, Theme

CHECKED = date(2026, 11, 20)


def told_pages(person: Prisoner) -> None:
    """Every page of the program, published; one that has no English; a theme with a text and somebody in it."""
    seed_pages("command:seed_pages")
    SitePage.objects.update(state=State.PUBLISHED, checked_on=CHECKED)
    page("only-russian", title_ru="Только по-русски", text_ru="<p>Слово.</p>", title_en="", text_en="")
    theme = Theme.objects.create(code="lgbt", label_ru="дела об «ЛГБТ»", label_en="'LGBT' cases")
    PrisonerTheme.objects.create(prisoner=person, theme=theme)
    ThemeText.objects.create(
        theme=theme,
        state=State.PUBLISHED,
        checked_on=CHECKED,
        summary_ru="Так называется обвинение.",
        summary_en="That is what the accusation is called.",
        text_ru="<p>Вступление.</p><h3>Что вменяют</h3><p>Слова.</p><h4>Как</h4><p>Так.</p>",
        text_en="<p>A beginning.</p><h3>What is charged</h3><p>Words.</p><h4>How</h4><p>So.</p>",
    )


def page(slug: str = "about", **given: object) -> SitePage:
    """A published page in both languages, in no menu."""
    whole = {
        "title_ru": "О проекте",
        "title_en": "About",
        "text_ru": "<p>Кто мы.</p>",
        "text_en": "<p>Who we are.</p>",
        "state": State.PUBLISHED,
        "menu": Menu.NONE,
        "first_published_at": "2026-11-01T12:00:00+00:00",
    }
    return SitePage.objects.create(slug=slug, **{**whole, **given})
