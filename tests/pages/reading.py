"""Reads an answered page as a reader does: its words without markup, its links, its facts."""

import html
import re
from html.parser import HTMLParser

from django.http import HttpResponse

from memorial.page_kinds import PAGES

NBSP = "\u00a0"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_data(self, data):
        self.parts.append(data)


def _parsed(response) -> _Words:
    parser = _Words()
    parser.feed(response.content.decode())
    return parser


def words(response) -> str:
    """All text of a page in one line, non-breaking spaces as plain ones."""
    text = " ".join(_parsed(response).parts).replace(NBSP, " ")
    return " ".join(text.split())


def words_of_main(response) -> str:
    """The text of the page's own part in one line: without menu and foot."""
    main = re.search(r"<main\b.*</main>", response.content.decode(), re.DOTALL)
    return words(HttpResponse(main[0]))


def links(response) -> list[str]:
    """Every address that the page links to."""
    return _parsed(response).links


def facts(response) -> dict[str, str]:
    """The key facts of a person's page: label and value."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", response.content.decode(), re.DOTALL)
    return {label: _plain(value) for label, value in found}


def marks(response) -> list[tuple[str, str]]:
    """The two statuses of a person: the shape's class and the words."""
    found = re.findall(
        r'<span class="st (?:rc )?((?:st|rc)--\w+)">(.*?)</span>', response.content.decode(), re.DOTALL
    )
    return [(shape, _plain(text)) for shape, text in found]


def _plain(markup: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", "", markup)).replace(NBSP, " ")
    return " ".join(text.split())


def paths_by_kind(language: str) -> dict[str, list[str]]:
    """The addresses of all pages of the registry, kind by kind; every kind must have one to look at."""
    found = {kind.name: [page.path(language) for page in kind.pages()] for kind in PAGES}
    nowhere = [name for name, paths in found.items() if not paths]
    assert not nowhere, f"nothing in tests/pages/world.py has a page of kind {nowhere}: add it there"
    return found
