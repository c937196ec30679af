"""Rows that the database must refuse, and rows that it must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from memorial.base.choices import State
from memorial.pages.models import FormerAddress, SitePage, ThemeText
from prisoners.models import Theme


def _page(**given: Any) -> Callable[[], object]:
    whole = {"slug": "about", "title_ru": "О проекте", "text_ru": "<p>Слово.</p>"}
    return lambda: SitePage.objects.create(**{**whole, **given})


def _twice_for_one_purpose() -> None:
    _page(purpose="about")()
    _page(slug="another", purpose="about")()


def _former(path: str) -> Callable[[], object]:
    return lambda: FormerAddress.objects.create(path=path, page=_page()())


def _at_an_address_that_leads_elsewhere() -> None:
    _former("history/")()
    _page(slug="history")()


def _text(**given: Any) -> Callable[[], object]:
    return lambda: ThemeText.objects.create(
        theme=Theme.objects.create(code="treason", label_ru="госизмена"), **given
    )


REFUSED: dict[str, list[Callable[[], object]]] = {
    "sitepage_state_known": [_page(state="gone")],
    "sitepage_address_is_one": [_page(slug=slug) for slug in ("About", "о-нас", "a--b", "-a", "a-", "a_b")],
    "sitepage_has_words": [
        _page(state=State.PUBLISHED, text_ru=""),
        _page(state=State.PUBLISHED, title_ru="", title_en="About"),
    ],
    "sitepage_menu_known": [_page(menu="somewhere")],
    "sitepage_purpose_known": [_page(purpose="other")],
    "sitepage_one_for_each_purpose": [_twice_for_one_purpose],
    "sitepage_address_led_elsewhere": [_at_an_address_that_leads_elsewhere],
    "formeraddress_is_a_path": [_former(path) for path in ("o-proekte", "/o-proekte/", "a b/", "?p=1/", "/")],
    "themetext_state_known": [_text(state="gone", summary_ru="Слово.")],
    "themetext_has_words": [_text(state=State.PUBLISHED)],
}


def _pages_without_a_purpose() -> None:
    _page()()
    _page(slug="another")()


ACCEPTED: dict[str, Callable[[], object]] = {
    "a draft of a page without a text": _page(text_ru=""),
    "a published page in one language": _page(
        state=State.PUBLISHED, title_ru="", text_ru="", title_en="About", text_en="<p>A word.</p>"
    ),
    "two pages that nobody needs": _pages_without_a_purpose,
    "an old address in Russian": _former("о-проекте/кто-мы/"),
    "a draft of a theme’s text without a word": _text(),
}
