"""The whole site as somebody finds it who follows links from the home page, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from memorial.base.content_version import forget_content_version
from tests.crawl.crawler import Answer, Crawl, Read, addresses_in
from tests.pages.world import TODAY, everybody

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_CLICKS = 4
"""From the home page of a language to any page of it."""
LANGUAGES = ("ru", "en")
TITLED_ALIKE = ("/donate/", "/stories/")
"""Campaigns and stories to which this world gives one title; staff give each its own."""
IN_NO_MENU = ("/ru/only-russian/",)
"""A page that staff have put into no menu: whoever wants it read links to it."""
PLANTED = {
    "/ru/": '<html lang="ru"><head><title>A</title></head><h1>A</h1><h1>B</h1>'
    '<a href="/ru/gone/">1</a><a href="/ru/two/#nowhere">2</a><a href="http://elsewhere/x">3</a>',
    "/ru/two/": '<html lang="ru"><head><title>A</title><meta name="description" content="d">'
    '<link rel="canonical" href="http://here/ru/"></head><h1>A</h1>',
}


def fetch(address: str) -> Answer:
    """Asks the site as a reader without cookies does."""
    response = Client().get(address)
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "").split(";")[0]
    text = body.decode() if kind in ("text/html", "application/xml", "text/xml") else ""
    return Answer(response.status_code, kind, text, response.headers.get("Location", ""))


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Crawl]:
    """One world with every kind of page, crawled once."""
    import time_machine
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(TODAY, tick=False):
        everybody()
        forget_content_version()
        yield Crawl(settings.PUBLIC_URL, fetch).walk(*(f"/{code}/" for code in LANGUAGES))
        transaction.set_rollback(True)


@pytest.fixture
def indexed(site: Crawl) -> list[Read]:
    """The pages that search engines are shown."""
    found = [page for page in site.pages if page.is_indexed and "?" not in page.address]
    assert len(found) > 150
    return found


def test_the_crawler_finds_what_is_wrong_in_a_planted_site():
    def planted(address: str) -> Answer:
        return Answer(200, "text/html", PLANTED[address]) if address in PLANTED else Answer(404, "text/html")

    crawl = Crawl("http://here", planted).walk("/ru/")
    assert set(crawl.found) == {"/ru/", "/ru/two/", "/ru/gone/"}
    assert crawl.found["/ru/gone/"].answer.status == 404
    assert crawl.found["/ru/gone/"].linked_from == "/ru/"
    assert list(crawl.broken_fragments()) == [("/ru/", "/ru/two/#nowhere")]
    assert (crawl.found["/ru/"].headings, crawl.found["/ru/"].description) == (2, "")
    assert crawl.path_of(crawl.found["/ru/two/"].canonical) == "/ru/"
    assert [page.title for page in crawl.pages] == ["A", "A"]


def test_no_link_is_dead_or_leads_round_a_corner(site):
    wrong = [
        (page.address, page.answer.status, page.linked_from)
        for page in site.found.values()
        # The rows of this world name files that nobody has drawn.
        if page.answer.status != 200 and not page.address.startswith(settings.MEDIA_URL)
    ]
    assert wrong == []
    assert list(site.broken_fragments()) == []


def test_every_page_of_the_sitemap_is_reached_by_links_in_few_clicks(site):
    listed = [site.path_of(address) for address in addresses_in(fetch("/sitemap.xml").text)]
    assert len(listed) > 150
    assert [address for address in listed if address not in site.found and address not in IN_NO_MENU] == []
    far = [
        (page.address, page.depth)
        for page in site.pages
        if "?" not in page.address and page.depth > MOST_CLICKS
    ]
    assert far == []


def test_every_indexed_page_is_in_the_sitemap(site, indexed):
    listed = {site.path_of(address) for address in addresses_in(fetch("/sitemap.xml").text)}
    assert [page.address for page in indexed if page.address not in listed] == []


def test_every_page_says_what_it_is(site, indexed):
    lacking = [
        page.address
        for page in site.pages
        if not page.title or not page.description or page.headings != 1 or not page.language
    ]
    assert lacking == []
    titles: dict[tuple[str, str], list[str]] = {}
    for page in indexed:
        if not any(part in page.address for part in TITLED_ALIKE):
            titles.setdefault((page.language, page.title), []).append(page.address)
    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}
    assert [page.address for page in indexed if not page.address.startswith(f"/{page.language}/")] == []


def test_every_indexed_page_is_known_by_its_own_address_and_its_translations_answer(site, indexed):
    assert [page.address for page in indexed if site.path_of(page.canonical) != page.address] == []
    for page in indexed:
        others = {code: site.path_of(address) for code, address in page.alternates.items()}
        assert not others or others[page.language] == page.address, page.address
        for code, address in others.items():
            there = site.found[address]
            assert there.is_indexed, (page.address, address)
            assert there.language == code
            assert there.alternates == page.alternates
