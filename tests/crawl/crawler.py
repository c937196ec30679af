"""A small crawler that knows nothing of the program: it asks for a page, reads its HTML and follows what it finds.

Pages come from `fetch`, so that a test crawls Django's client, and anybody else a server.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

MOST_SHAPES = 2
"""So many queries of one shape are followed below one path: filters make numberless ones."""


@dataclass(frozen=True)
class Answer:
    """What came for an address."""

    status: int
    kind: str
    """The media type without its parameters."""
    text: str = ""
    location: str = ""


@dataclass
class Read:
    """One page as it was found."""

    address: str
    depth: int
    answer: Answer
    linked_from: str = ""
    language: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    robots: str = ""
    headings: int = 0
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        return self.answer.status == 200 and self.answer.kind == "text/html"

    @property
    def is_indexed(self) -> bool:
        return self.is_page and "noindex" not in self.robots


class _Reader(HTMLParser):
    """Fills a `Read` with what its HTML says of itself."""

    def __init__(self, page: Read) -> None:
        super().__init__()
        self.page = page
        self._in_title = self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.page.ids.add(given["id"])
        if tag == "html":
            self.page.language = given.get("lang", "")
        elif tag == "head":
            self._in_head = True
        elif tag == "title":
            self._in_title = self._in_head
        elif tag == "h1":
            self.page.headings += 1
        elif tag == "meta" and given.get("name") == "description":
            self.page.description = given.get("content", "")
        elif tag == "meta" and given.get("name") == "robots":
            self.page.robots = given.get("content", "")
        elif tag == "link":
            self._link(given)
        elif tag in ("a", "area") and given.get("href"):
            self.page.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "head":
            self._in_head = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data

    def _link(self, given: dict[str, str]) -> None:
        kinds = given.get("rel", "").split()
        if "canonical" in kinds:
            self.page.canonical = given["href"]
        elif "alternate" in kinds and "hreflang" in given:
            self.page.alternates[given["hreflang"]] = given["href"]
        elif "alternate" in kinds:
            self.page.links.append(given["href"])


class Crawl:
    """Everything that can be reached from some addresses of one site, breadth first."""

    def __init__(self, host: str, fetch: Callable[[str], Answer]) -> None:
        self.host = host.rstrip("/")
        self.found: dict[str, Read] = {}
        self._fetch = fetch
        self._shapes: dict[tuple[str, ...], set[str]] = {}

    def walk(self, *starts: str) -> Crawl:
        """Reads from the starts on, each `depth` one click further."""
        waiting = deque((start, 0, "") for start in starts)
        while waiting:
            address, depth, linked_from = waiting.popleft()
            if address in self.found:
                continue
            page = self._read(address, depth, linked_from)
            self.found[address] = page
            if page.answer.location:
                waiting.append((self._inside(address, page.answer.location) or "", depth, address))
            for link in page.links:
                target = self._inside(address, link)
                if target is not None and target not in self.found and self._is_wanted(target):
                    waiting.append((target, depth + 1, address))
        self.found.pop("", None)
        return self

    @property
    def pages(self) -> list[Read]:
        """What readers read: HTML that answered."""
        return [page for page in self.found.values() if page.is_page]

    def broken_fragments(self) -> Iterator[tuple[str, str]]:
        """Links to a place within a page that the page does not have."""
        for page in self.pages:
            for link in page.links:
                address, fragment = urldefrag(urljoin(f"{self.host}{page.address}", link))
                target = self.found.get(address.removeprefix(self.host))
                if fragment and target is not None and target.is_page and fragment not in target.ids:
                    yield page.address, link

    def path_of(self, address: str) -> str | None:
        """An absolute address as one of this site; None for another host's."""
        return self._inside("/", address)

    def _read(self, address: str, depth: int, linked_from: str) -> Read:
        page = Read(address, depth, self._fetch(address), linked_from)
        if page.is_page:
            _Reader(page).feed(page.answer.text)
            page.title = " ".join(page.title.split())
        return page

    def _inside(self, base: str, link: str) -> str | None:
        whole, _fragment = urldefrag(urljoin(f"{self.host}{base}", link))
        if not whole.startswith(f"{self.host}/"):
            return None
        return whole.removeprefix(self.host)

    def _is_wanted(self, address: str) -> bool:
        parts = urlsplit(address)
        if not parts.query:
            return True
        names = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
        seen = self._shapes.setdefault((parts.path, *names), set())
        if len(seen) < MOST_SHAPES:
            seen.add(address)
        return address in seen


def addresses_in(sitemap: str) -> Iterable[str]:
    """The addresses that a sitemap names."""
    return re.findall(r"<loc>([^<]+)</loc>", sitemap)
