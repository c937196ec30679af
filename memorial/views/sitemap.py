"""The sitemap, from the registry of page kinds: complete languages only, each with its alternates.

Written out while it is read, so that ten thousand people need no memory. Above `MOST_URLS` it is
an index of parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, StreamingHttpResponse

from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page
from memorial.page_kinds import PAGES

MOST_URLS: Final = 5000
MOST_PARTS: Final = 1000
_HEADER: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES: Final = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


@public_page(depends_on_date=True)  # somebody's quiet time may end on a day
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """All pages, or the index of the parts where there are too many for one file."""
    parts = -(-sum(1 for _url in _urls()) // MOST_URLS)
    return _xml(_urlset(_urls()) if parts <= 1 else _index(parts))


@public_page(depends_on_date=True)
def sitemap_part(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """One part of a large sitemap, counted from 1; raises Http404 beyond the last."""
    if not 0 < number <= MOST_PARTS:
        raise Http404
    part = islice(_urls(), (number - 1) * MOST_URLS, number * MOST_URLS)
    first = next(part, None)
    if first is None:
        raise Http404
    return _xml(_urlset(_from(first, part)))


def _urls() -> Iterator[tuple[Page, str]]:
    """Each page in each language in which it is complete."""
    for kind in PAGES:
        if kind.in_sitemap:
            for page in kind.pages():
                yield from ((page, language) for language in page.complete_in)


def _from(first: tuple[Page, str], rest: Iterable[tuple[Page, str]]) -> Iterator[tuple[Page, str]]:
    yield first
    yield from rest


def _urlset(urls: Iterable[tuple[Page, str]]) -> Iterator[str]:
    yield f"{_HEADER}<urlset {_NAMESPACES}>\n"
    for page, language in urls:
        yield f"<url><loc>{_address(page, language)}</loc>{_lastmod(page)}{_alternates(page)}</url>\n"
    yield "</urlset>\n"


def _index(parts: int) -> Iterator[str]:
    yield f'{_HEADER}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for number in range(1, parts + 1):
        yield f"<sitemap><loc>{settings.PUBLIC_URL}/sitemap-{number}.xml</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _lastmod(page: Page) -> str:
    return f"<lastmod>{page.updated_on.isoformat()}</lastmod>" if page.updated_on else ""


def _alternates(page: Page) -> str:
    if len(page.complete_in) < 2:
        return ""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(_address(page, code))}/>'
        for code in page.complete_in
    )


def _address(page: Page, language: str) -> str:
    return f"{settings.PUBLIC_URL}{page.path(language)}"


def _xml(chunks: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(chunks, content_type="application/xml")
