"""Documents in words: what kind, of when, of whom, and what one gets by opening the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from babel import Locale
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.choices import DocumentKind
from cases.models import Case, Document
from memorial.base.localized import LANGUAGES, current_language
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import NBSP
from prisoners.display.sources import ShownSource, shown_sources
from prisoners.display.words import capital, date_words
from prisoners.models import Prisoner
from prisoners.names import PersonName, name_in

PLURALS: Final = {
    DocumentKind.VERDICT: pgettext_lazy("documents", "Verdicts"),
    DocumentKind.INDICTMENT: pgettext_lazy("documents", "Indictments"),
    DocumentKind.COURT_RULING: pgettext_lazy("documents", "Court rulings"),
    DocumentKind.LAST_WORD: pgettext_lazy("documents", "Last words"),
    DocumentKind.EXPERT_OPINION: pgettext_lazy("documents", "Expert opinions"),
    DocumentKind.STATEMENT: pgettext_lazy("documents", "Statements"),
    DocumentKind.COMPLAINT: pgettext_lazy("documents", "Complaints"),
    DocumentKind.LETTER: pgettext_lazy("documents", "Letters"),
    DocumentKind.OTHER: pgettext_lazy("documents", "Other documents"),
}
_MEGABYTE: Final = 1_000_000
_KILOBYTE: Final = 1_000


@dataclass(frozen=True)
class ShownPerson:
    """A published person with a link: in lists of documents and findings."""

    name: PersonName
    url: str

    @classmethod
    def of(cls, person: Prisoner) -> ShownPerson:
        """The person as readers know them."""
        return cls(person.name, person.get_absolute_url())


@dataclass(frozen=True)
class ShownDocument:
    """A document as lists and its own page show it. From `for_list()` or `for_reading()`."""

    document: Document

    @property
    def url(self) -> str:
        return self.document.get_absolute_url()

    @cached_property
    def title(self) -> ShownText:
        return shown_text(self.document, "title")

    @property
    def kind(self) -> str:
        """«Приговор»."""
        return capital(str(DocumentKind(self.document.kind).label))

    @property
    def kinds(self) -> str:
        """«Приговоры»: the part of the library that it stands in."""
        return str(PLURALS[DocumentKind(self.document.kind)])

    @property
    def is_last_word(self) -> bool:
        return bool(self.document.kind == DocumentKind.LAST_WORD)

    @property
    def dated(self) -> str:
        """The date in words; "" where it is not known."""
        return date_words(self.document.on) if self.document.on else ""

    @property
    def unknown(self) -> str:
        """What stands where the date is not known."""
        return date_words(None)

    @property
    def moment(self) -> str:
        """The date for machines, only as precise as it is known; "" where it is not."""
        on = self.document.on
        return on.text if on and not on.qualifier else ""

    @cached_property
    def by_whom(self) -> ShownText:
        """Who wrote it; "" where that is the person it is of, whose name stands beside it in the reader's language."""
        author = shown_text(self.document, "author_line")
        prosecution = self.document.prosecution
        is_said = self.person is not None and prosecution is not None and _names(prosecution.prisoner, author)
        return ShownText("", author.language) if is_said else author

    @property
    def language(self) -> str:
        """«украинский», where the document is in another language than the page."""
        return language_words(self.document.language)

    @property
    def has_file(self) -> bool:
        return bool(self.document.stem)

    @property
    def file_url(self) -> str:
        return self.document.file_url

    @property
    def file_words(self) -> str:
        """«PDF, 12 страниц, 1,4 МБ»."""
        return file_words(self.document.pages or 0, self.document.file_size or 0)

    @cached_property
    def has_text(self) -> bool:
        """Whether its text can be read here; lists carry the answer without the text."""
        known = getattr(self.document, "has_text", None)
        return bool(shown_text(self.document, "text")) if known is None else bool(known)

    @property
    def case(self) -> Case | None:
        """The case, where readers may know of it."""
        case = self.document.case
        return case if case is not None and case.is_published else None

    @cached_property
    def case_title(self) -> ShownText | None:
        return shown_text(self.case, "title") if self.case else None

    @cached_property
    def person(self) -> ShownPerson | None:
        """Whose document it is, where it is one person's and the person is public."""
        prosecution = self.document.prosecution
        if prosecution is None or not prosecution.prisoner.is_published:
            return None
        return ShownPerson.of(prosecution.prisoner)

    @cached_property
    def sources(self) -> list[ShownSource]:
        """Its public sources; of a person shown by initials only their kinds."""
        prosecution = self.document.prosecution
        names_nobody = prosecution is not None and prosecution.prisoner.initials_only
        return shown_sources(self.document.citations.all(), names_nobody=names_nobody)


def _names(person: Prisoner, author: ShownText) -> bool:
    """Whether the words are the person's name in one of the languages, in whichever order."""
    words = sorted(author.text.split())
    return any(sorted(name_in(person, code).full.split()) == words for code in LANGUAGES)


def shown_documents(documents: Iterable[Document]) -> list[ShownDocument]:
    """Documents as a list shows them."""
    return [ShownDocument(document) for document in documents]


def file_words(pages: int, size: int) -> str:
    """«PDF, 12 страниц, 1,4 МБ»: `size` in bytes, told in millions or thousands."""
    counted = ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}
    return f"PDF, {counted.replace(' ', NBSP)}, {_size_words(size)}"


def _size_words(size: int) -> str:
    # Rounded up: nobody likes to be told less than what is downloaded.
    if size >= _MEGABYTE // 10:
        # Translators: megabytes.
        return _("%(size)s MB").replace(" ", NBSP) % {"size": floatformat(size / _MEGABYTE, 1)}
    # Translators: kilobytes.
    return _("%(size)s KB").replace(" ", NBSP) % {"size": -(-size // _KILOBYTE)}


def language_words(code: str) -> str:
    """The name of a document's language; "" for the page's own, and where it is not known."""
    return "" if not code or code == current_language() else language_name(code)


def language_name(code: str) -> str:
    """«украинский»: a language in the reader's words; its code where it has none."""
    return str(Locale(current_language()).languages.get(code, code))
