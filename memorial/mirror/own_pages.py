"""Pages that only a mirror has: the choice of the language, and a search that needs no server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from memorial.base.localized import current_language
from memorial.base.name_key import sort_key
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from prisoners.models import Prisoner
from prisoners.names import name_in

_ROWS_AT_A_TIME: Final = 2_000
INDEX: Final = "/mirror-index.js"
STYLE: Final = "/mirror-copy.css"


@dataclass(frozen=True)
class Copy:
    """What a copy says of itself."""

    made_on: date
    valid_until: date
    filter_pages: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Where the values of each filter stand, by the path of the list."""

    @property
    def made_words(self) -> str:
        return date_format(self.made_on, "j E Y" if current_language() == "ru" else "j F Y")

    @property
    def valid_words(self) -> str:
        return date_format(self.valid_until, "j E Y" if current_language() == "ru" else "j F Y")


@dataclass(frozen=True)
class NameOfPerson:
    """A person in the alphabetical index."""

    letter: str
    name: str
    url: str


def people_by_letter(language: str) -> Iterator[tuple[str, list[NameOfPerson]]]:
    """Everybody with a page, by the first letter of the name in that language."""
    with translation.override(language):
        names = [
            NameOfPerson(sort_key(name)[:1].upper(), name, person.get_absolute_url())
            for person in Prisoner.objects.published().for_addresses().iterator(_ROWS_AT_A_TIME)
            if (name := name_in(person, language).full or person.name.full)
        ]
    names.sort(key=lambda one: (sort_key(one.name), one.url))
    for letter, people in groupby(names, key=lambda one: one.letter):
        yield letter, list(people)


def _home(copy: Copy) -> tuple[str, bytes]:
    """Where the language is chosen, as `/` cannot do in a folder of files."""
    languages = [(code, name, reverse_in(code, "home")) for code, name in settings.LANGUAGES]
    page = render_to_string("mirror/home.html", {"languages": languages, "copy": copy})
    return "text/html", page.encode()


def _search(language: str, copy: Copy) -> tuple[str, bytes]:
    with translation.override(language):
        context: dict[str, Any] = {
            "head": PageHead(translation.gettext("Search"), "", Page("search")),
            "letters": list(people_by_letter(language)),
            "index_url": INDEX,
            "copy": copy,
        }
        return "text/html", render_to_string("mirror/search.html", context).encode()


def _index(_copy: Copy) -> tuple[str, bytes]:
    """Names in all languages with their pages, as a script: a page opened from a folder can read no other file."""
    rows = []
    for person in Prisoner.objects.published().for_addresses().order_by("id").iterator(_ROWS_AT_A_TIME):
        names = [name_in(person, code).full for code, _name in settings.LANGUAGES]
        rows.append([person.slug, *names])
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return "text/javascript", f"var mirrorIndex={data};\n".encode()


def _style(copy: Copy) -> tuple[str, bytes]:
    """The dates of the copy in words, as a style sheet: a new day changes this file and not every page."""
    rules = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said = translation.gettext(
                "This is a copy of the site as of %(made)s. After %(valid)s look for a newer one."
            ) % {"made": copy.made_words, "valid": copy.valid_words}
        rules.append(f'.copied:lang({code})::before{{content:"{_in_css(said)}"}}\n')
    return "text/css", "".join(['@charset "utf-8";\n', *rules]).encode()


def _in_css(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def reverse_in(language: str, name: str) -> str:
    """An address in one language."""
    with translation.override(language):
        return reverse(name)


OWN_PAGES: Final[dict[str, Callable[[Copy], tuple[str, bytes]]]] = {
    "/": _home,
    INDEX: _index,
    STYLE: _style,
    **{f"/{code}/search/": partial(_search, code) for code, _name in settings.LANGUAGES},
}
