"""Which address of the site lies in which file of a mirror.

A page is `index.html` in the folder of its path, so that a web server and a file manager both find
it; a feed is `index.xml`. A numbered page and a list with one filter lie beside the list itself: `index.page=2.html`. No
page of the site can have that name, because the site's own pages are folders.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from django.conf import settings

from cases.selection import CaseFilter, PeopleFilter
from memorial.base.page_kinds import Page

_PATH: Final = re.compile(
    r"/(?:[A-Za-z0-9_.~-]+/)*(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*|\.well-known/[a-z.]+)?", re.ASCII
)
_VALUE: Final = re.compile(r"[A-Za-z0-9_.~-]{1,60}", re.ASCII)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_PAGE: Final = "page"
_LETTER: Final = "letter"
# Answers for machines that ask; a copy would answer yesterday's question.
_LIVE: Final = re.compile(r"/(?:api/|healthz$|readyz$|robots\.txt$|sitemap)|.*/share\.png$")
# Accounts and ways out to a payment: whether they may be shown is asked on the day, and a copy cannot ask. It fails
# closed: the signed set itself (/.well-known/donate.txt) says until when it is valid to whoever checks it.
_PAYING: Final = re.compile(r"/[a-z-]+/donate/to/")


def mirror_file(address: str, filters: Mapping[str, frozenset[str]]) -> str | None:
    """The file of an address without its host ("/ru/prisoners/?page=2"), None for what a mirror does not hold.

    `filters` has the names of the filters of each list, by the path of the list. Combinations of
    filters are without number, so a list is held with one filter at most.
    """
    parts = urlsplit(address)
    if (
        not _PATH.fullmatch(parts.path)
        or _LIVE.match(parts.path)
        or _PAYING.match(parts.path)
        or ".." in parts.path
    ):
        return None
    if settings.SERVES_STAFF and parts.path.startswith(f"/{settings.ADMIN_PATH}"):
        return None
    if not parts.path.endswith("/"):
        return None if parts.query else parts.path.lstrip("/")
    if parts.path.endswith("/feed/"):
        return None if parts.query else f"{parts.path.lstrip('/')}index.xml"
    query = _query_words(parts, filters.get(parts.path, frozenset()))
    return None if query is None else f"{parts.path.lstrip('/')}index{query}.html"


def _query_words(parts: SplitResult, names: frozenset[str]) -> str | None:
    given = parse_qsl(parts.query, keep_blank_values=True)
    asked = dict(given)
    page = asked.pop(_PAGE, "")
    if len(given) != len(asked) + bool(page) or len(asked) > 1 or (page and not _NUMBER.fullmatch(page)):
        return None
    words = [_word(name, value) if name in names else None for name, value in asked.items()]
    if page not in {"", "1"}:
        words.append(f"page={page}")
    return None if None in words else "".join(f".{word}" for word in words)


def _word(name: str, value: str) -> str | None:
    """A letter by its number in Unicode: not every memory stick can write Cyrillic names."""
    if name == _LETTER:
        return f"letter={ord(value):x}" if len(value) == 1 and value.isalpha() else None
    return f"{name}={value}" if _VALUE.fullmatch(value) else None


def own_address(value: str) -> str | None:
    """An absolute or rooted address as one of ours without its host; None for somebody else's."""
    if value.startswith(settings.PUBLIC_URL):
        value = value[len(settings.PUBLIC_URL) :] or "/"
    return value if value.startswith("/") and not value.startswith("//") else None


def relative(from_file: str, to_file: str) -> str:
    """How one file of a mirror links to another, as text of a URL."""
    return quote(posixpath.relpath(to_file, posixpath.dirname(from_file) or "."), safe="/=~")


def list_filters() -> dict[str, frozenset[str]]:
    """The names of the filters of each list, by the path of the list in each language."""
    names = {
        "prisoners:prisoner-list": frozenset({_LETTER, *(facet.name for facet in PeopleFilter.facets)}),
        "cases:case-list": frozenset(facet.name for facet in CaseFilter.facets),
    }
    languages = [code for code, _name in settings.LANGUAGES]
    return {Page(url_name).path(code): given for url_name, given in names.items() for code in languages}
