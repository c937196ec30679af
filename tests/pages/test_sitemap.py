from xml.etree import ElementTree

import pytest

from memorial.base.choices import State
from memorial.page_kinds import PAGES
from memorial.views import sitemap
from prisoners.models import Prisoner
from tests.appeals.appealing import told_appeals
from tests.counting import same_number_of_queries
from tests.factories import FacilityFactory, PrisonerFactory
from tests.news.telling import piece
from tests.pages import world

pytestmark = pytest.mark.django_db
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "http://localhost:8000"


def entries(response) -> dict:
    """Address → its element."""
    tree = ElementTree.fromstring(b"".join(response.streaming_content))  # noqa: S314 - our own
    return {url.find(f"{SITE}loc").text: url for url in tree}


def test_sitemap_has_every_complete_page_and_no_other(reader):
    world.sentenced()
    world.only_russian()
    PrisonerFactory(slug="draft", state=State.DRAFT)
    FacilityFactory(slug="secret", state=State.DRAFT)
    found = entries(reader.get("/sitemap.xml"))
    people = {url for url in found if "/prisoners/" in url and not url.endswith("/prisoners/")}
    assert people == {
        f"{HOST}/ru/prisoners/rozhdestvenskaya-pereverzeva/",
        f"{HOST}/en/prisoners/rozhdestvenskaya-pereverzeva/",
        f"{HOST}/ru/prisoners/ognepolsky/",
    }
    assert f"{HOST}/ru/" in found
    assert f"{HOST}/en/facilities/ik-99/" in found
    assert not [url for url in found if "secret" in url]


def test_sitemap_alternates_name_both_languages_only_where_both_are_complete(reader):
    world.sentenced()
    world.only_russian()
    found = entries(reader.get("/sitemap.xml"))
    both = found[f"{HOST}/ru/prisoners/rozhdestvenskaya-pereverzeva/"].findall(f"{XHTML}link")
    assert {(link.get("hreflang"), link.get("href")) for link in both} == {
        ("ru", f"{HOST}/ru/prisoners/rozhdestvenskaya-pereverzeva/"),
        ("en", f"{HOST}/en/prisoners/rozhdestvenskaya-pereverzeva/"),
    }
    assert found[f"{HOST}/ru/prisoners/ognepolsky/"].findall(f"{XHTML}link") == []


def test_sitemap_keeps_quiet_about_the_quiet(reader):
    PrisonerFactory(slug="loud")
    PrisonerFactory(slug="quiet", quiet_until="2026-11-23")
    PrisonerFactory(slug="no-more", quiet_until="2026-11-22")
    found = entries(reader.get("/sitemap.xml"))
    dated = {url.split("/")[-2] for url, entry in found.items() if entry.find(f"{SITE}lastmod") is not None}
    assert dated == {"loud", "no-more"}
    assert f"{HOST}/ru/prisoners/quiet/" in found


def test_every_address_in_the_sitemap_answers_and_may_be_indexed(reader):
    world.everybody()
    found = entries(reader.get("/sitemap.xml"))
    assert len(found) > 40
    for url in found:
        response = reader.get(url.removeprefix(HOST))
        assert response.status_code == 200, url
        assert b"noindex" not in response.content
        assert f'<link rel="canonical" href="{url}">' in response.content.decode()


def test_sitemap_becomes_an_index_when_it_grows(reader, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_URLS", 5)
    PrisonerFactory.create_batch(4)
    index = list(entries(reader.get("/sitemap.xml")))
    assert len(index) >= 3
    assert index == [f"{HOST}/sitemap-{number}.xml" for number in range(1, len(index) + 1)]
    parts = [entries(reader.get(url.removeprefix(HOST))) for url in index]
    assert {len(part) for part in parts[:-1]} == {5}
    assert 1 <= len(parts[-1]) <= 5
    urls = [url for part in parts for url in part]
    assert len(urls) == len(set(urls))
    assert sum("/prisoners/gorintsev" in url for url in urls) == 8
    for number in ("0", str(len(index) + 1), "99999999999999999999"):
        assert reader.get(f"/sitemap-{number}.xml").status_code == 404


def test_sitemap_costs_the_same_with_one_person_and_with_three(reader):
    def read() -> None:
        PrisonerFactory()
        FacilityFactory()

    # Addresses are counted first and written then, so each kind of page is read twice: one statement for each
    # that has rows or may be empty, two for news (who is left in peace), events (ahead, past) and themes (texts).
    # The body is streamed after the count, so the client reads it here.
    assert same_number_of_queries(_Reading(reader), "/sitemap.xml", add_row=read) <= 46


def test_what_is_over_and_lists_of_nothing_are_left_out_of_the_sitemap(reader):
    lists = [f"{HOST}/{path}/" for path in ("ru/urgent", "ru/events", "ru/news")]
    assert not {*lists} & {*entries(reader.get("/sitemap.xml"))}
    for url in lists:
        assert b"noindex" in reader.get(url.removeprefix(HOST)).content
    told_appeals(PrisonerFactory(), PrisonerFactory())
    piece()
    found = entries(reader.get("/sitemap.xml"))
    assert {*lists, f"{HOST}/en/urgent/a-doctor/", f"{HOST}/ru/events/before/"} <= {*found}
    assert f"{HOST}/ru/urgent/calls/" not in found
    for url in lists:
        assert b"noindex" not in reader.get(url.removeprefix(HOST)).content


class _Reading:
    """A client that reads a streamed answer to its end."""

    def __init__(self, client) -> None:
        self.client = client

    def get(self, path):
        response = self.client.get(path)
        b"".join(response.streaming_content)
        return response


def test_the_registry_lists_every_kind_of_page_once():
    names = [kind.name for kind in PAGES]
    assert {"home", "prisoner-list", "prisoner-detail", "facility-detail"} <= set(names)


def test_addresses_are_read_without_the_long_texts():
    sql = str(Prisoner.objects.published().for_addresses().query)
    assert "what_happened" not in sql
    assert "summary_en" in sql
