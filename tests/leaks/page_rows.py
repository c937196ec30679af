"""Pages of staff and texts of themes in the world of markers: some that readers see, some that they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from memorial.base.choices import State
from memorial.base.publication import Publishable
from memorial.pages.choices import Menu, Purpose
from memorial.pages.models import FormerAddress, SitePage, ThemeText
from prisoners.models import Theme

if TYPE_CHECKING:
    from tests.leaks.rows import Maker

PAGE_SHAPES: dict[type[models.Model], dict[str, Any]] = {
    SitePage: {"state": State.DRAFT, "menu": Menu.PROJECT, "purpose": Purpose.NONE},
    FormerAddress: {"path": "word-before/"},
    ThemeText: {"state": State.DRAFT},
}
"""What constraints and triggers demand of a row, and no more."""
WITH_A_DRAFT = "word-draft"


def shown_pages(make: Any, maker: Maker) -> list[Publishable]:
    """A page in a menu, with an address of former times, and the text of a theme that somebody has."""
    page: Any = make(maker, SitePage, slug="told-page", state=State.PUBLISHED)
    maker.parents[SitePage] = page
    make(maker, FormerAddress, path="told-page-before/")
    text: Any = make(maker, ThemeText, state=State.PUBLISHED)
    return [page, text]


def hidden_pages(make: Any, maker: Maker, state: str) -> list[Publishable]:
    """The same where readers see nothing of it; the theme has nothing else, so that its page is absent."""
    page: Any = make(maker, SitePage, state=state)
    maker.parents[SitePage] = page
    words = maker.values.slug(FormerAddress._meta.get_field("path"))
    make(maker, FormerAddress, path=f"{words}/")
    theme, _made = Theme.objects.get_or_create(code=WITH_A_DRAFT, label_ru="тема", label_en="theme")
    text: Any = make(maker, ThemeText, state=state, theme=theme)
    return [page, text]
