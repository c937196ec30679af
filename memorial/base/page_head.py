"""What a page says of itself: title, description, its one address, its other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

from memorial.base.localized import LANGUAGES, current_language, other_languages
from memorial.base.page_kinds import Page

LONGEST_TITLE = 70
"""Characters of a title that tabs, bookmarks and search results still show."""

ROOM_FOR_A_NUMBER = 14
"""Of them, what «, страница 50» takes."""


class Alternate(NamedTuple):
    """The same page in another language: code, the language's own name for itself, address."""

    language: str
    name: str
    url: str


def language_name(code: str) -> str:
    """What a language calls itself: «Русский», "English"."""
    return str(capfirst(get_language_info(code)["name_local"]))


@dataclass(frozen=True)
class PageHead:
    """The head of a public page in the reader's language.

    `query` belongs to the canonical address ("page=2"), `kept_query` goes along into the other
    languages: what means the same in each ("region=ru-mow"). A page that is not complete in the
    reader's language answers, marked, but search engines are sent to the complete one.
    """

    title: str
    description: str
    page: Page
    query: str = ""
    is_indexed: bool = True
    kept_query: str = ""

    @property
    def full_title(self) -> str:
        """The title with the site's name behind it, as much of that as there is room for."""
        names = (gettext("Political Prisoners. Memorial"), gettext("Memorial"))
        titles = (f"{self.title} — {name}" for name in names)
        return next((title for title in titles if len(title) <= LONGEST_TITLE), self.title)

    @property
    def noindex(self) -> bool:
        """Whether search engines are asked to leave this page out."""
        return not self.is_indexed or current_language() not in self.page.complete_in

    @property
    def canonical(self) -> str:
        """The absolute address under which the page is known; in a complete language if there is one."""
        language = current_language()
        if language not in self.page.complete_in and self.page.complete_in:
            language = self.page.complete_in[0]
        return self._absolute(language) + (f"?{self.query}" if self.query else "")

    @property
    def alternates(self) -> list[Alternate]:
        """The complete languages, for hreflang; none unless there are two of them."""
        complete = [code for code in LANGUAGES if code in self.page.complete_in]
        if len(complete) < 2 or self.noindex or self.query:
            return []
        return [Alternate(code, language_name(code), self._absolute(code)) for code in complete]

    @property
    def switches(self) -> list[Alternate]:
        """The same page in the other languages, complete or not, for the reader to choose."""
        kept = f"?{self.kept_query}" if self.kept_query else ""
        return [
            Alternate(code, language_name(code), self.page.path(code) + kept)
            for code in other_languages(current_language())
        ]

    def _absolute(self, language: str) -> str:
        return str(settings.PUBLIC_URL) + self.page.path(language)
