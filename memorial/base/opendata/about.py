"""What stands in every file of open data beside its rows: what it is, as of when, on what terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.localized import LANGUAGES, current_language
from memorial.base.opendata.columns import Words
from memorial.base.partial_date import PartialDate, format_partial_date

LICENCE: Final = "CC-BY-4.0"
LICENCE_NAME: Final = "Creative Commons Attribution 4.0 International"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
DISCLAIMER: Final = gettext_lazy(
    "Recognition as a political prisoner is neither agreement with a person’s views or words nor approval "
    "of them. Where there is no decision on recognition, that is not approval of the prosecution."
)


def licence_words() -> str:
    """On what terms the data may be used, in the active language."""
    return _(
        "Data may be used by anybody for any purpose, if the source is named: %(source)s. "
        "Licence: %(licence)s (CC BY 4.0). Photographs and documents are not part of it."
    ) % {"source": _("Political Prisoners. Memorial"), "licence": LICENCE_NAME}


@dataclass(frozen=True)
class About:
    """What is said of a table of rows: `selection` gives the filter in words, in the active language.

    `urls` are the addresses of the list on screen, by language.
    """

    title: Words
    selection: Callable[[], str]
    on: date
    urls: dict[str, str]

    @property
    def day(self) -> str:
        """The civil date that the rows are told for, in the words of the active language."""
        return format_partial_date(PartialDate.from_date(self.on), current_language())

    @property
    def url(self) -> str:
        """The list in the active language."""
        return self.urls[current_language()]

    def lines(self) -> Iterator[tuple[str, str]]:
        """What a reader must know, as labels and words of the active language."""
        yield _("Table"), str(self.title)
        yield _("Selection"), self.selection()
        yield _("As of"), self.day
        yield _("Source"), f"{_('Political Prisoners. Memorial')}, {self.url}"
        yield _("Please note"), str(DISCLAIMER)
        yield _("Licence"), licence_words()

    def in_a_line(self) -> str:
        """All of it in one cell, in the active language."""
        return " · ".join(f"{label}: {words}" for label, words in self.lines())

    def as_data(self) -> dict[str, object]:
        """The same for programs, in every language of the site."""
        return {
            "title": self._each(lambda: str(self.title)),
            "selection": self._each(self.selection),
            "as_of": self.on.isoformat(),
            "url": dict(self.urls),
            "disclaimer": self._each(lambda: str(DISCLAIMER)),
            "licence": {"name": LICENCE, "title": LICENCE_NAME, "url": LICENCE_URL},
            "terms": self._each(licence_words),
        }

    def _each(self, words: Callable[[], str]) -> dict[str, str]:
        return in_all_languages(words)


def in_all_languages(words: Callable[[], str]) -> dict[str, str]:
    """Words in every language of the site, by its code."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = words()
    return found
