"""A page of staff as readers see it: its text in parts with headings, and what the program adds below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.rich_text import clean_html, excerpt, plain_text
from memorial.base.shown_text import ShownText, shown_text
from memorial.pages.additions import Addition, addition_of
from memorial.pages.models import SitePage

LONGEST_DESCRIPTION: Final = 160
_HEADING: Final = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
_SMALLER: Final = re.compile(r"(</?)h4>")


@dataclass(frozen=True)
class Part:
    """A part of a text under one of its headings; the first may have none. `anchor` names it within the page."""

    anchor: str
    title: ShownText
    text: ShownText


def parts_of(text: ShownText) -> list[Part]:
    """A text with markup in parts, one for each heading of the upper level; parts without a word are left out.

    Headings move up by one level, because the title of a part stands right below that of the page.
    """
    first, *rest = _HEADING.split(clean_html(text.text))
    pieces = [("", first), *zip(rest[::2], rest[1::2], strict=True)]
    return [
        Part(f"part-{number}", _in(text, plain_text(title)), _in(text, _SMALLER.sub(r"\1h3>", piece).strip()))
        for number, (title, piece) in enumerate(pieces)
        if plain_text(title + piece)
    ]


def _in(text: ShownText, words: str) -> ShownText:
    return ShownText(words, text.language)


def site_page(page: SitePage) -> Page:
    """The page for the registry of pages."""
    return Page("page-detail", {"slug": page.slug}, page.complete_in(), page.checked_on)


@dataclass(frozen=True)
class ShownPage:
    """A page in the reader's language."""

    page: SitePage

    @property
    def title(self) -> ShownText:
        return shown_text(self.page, "title")

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(shown_text(self.page, "text"))

    @cached_property
    def addition(self) -> Addition | None:
        """What the program adds, by the page's purpose."""
        return addition_of(self.page.purpose)

    @property
    def head(self) -> PageHead:
        said = str(shown_text(self.page, "summary")) or clean_html(str(shown_text(self.page, "text")))
        return PageHead(str(self.title), excerpt(said, LONGEST_DESCRIPTION), site_page(self.page))


def context_of(page: SitePage) -> dict[str, object]:
    """What the template of a page is given, for readers and for the preview of staff."""
    shown = ShownPage(page)
    return {"page": page, "shown": shown, "head": shown.head}
