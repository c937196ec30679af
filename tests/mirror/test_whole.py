"""A mirror of everybody, as its reader has it: a folder of files whose every link leads to a file."""

import re
from collections import deque

import pytest
import time_machine as clock
from django.conf import settings as site
from django.db import transaction
from django.test import override_settings

from memorial.mirror import verify_mirror
from memorial.mirror.building import build
from tests.donations.signing import KEYS
from tests.mirror.conftest import KEY, NOON, PUBLIC
from tests.mirror.reading import files_of, leads_to, pages
from tests.pages.world import everybody, hidden

pytestmark = pytest.mark.django_db


class Whole:
    """The folder, what the build said of it, the people, and every page as it was read."""

    def __init__(self, folder):
        self.people = [*everybody(), hidden()]
        self.folder = folder
        self.built = build(folder, KEY, days=14, workers=0)
        self.pages = dict(pages(folder))


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mirror") / "site"
    believed = override_settings(DONATE_PUBLIC_KEYS=KEYS)
    with django_db_blocker.unblock(), transaction.atomic(), clock.travel(NOON, tick=False), believed:
        yield Whole(folder)
        transaction.set_rollback(True)


def test_every_link_of_every_page_leads_to_a_file_of_the_mirror(whole):
    there, dead, foreign = files_of(whole.folder), [], []
    for file, page in whole.pages.items():
        for tag, address in page.addresses:
            to = leads_to(file, address)
            if to is None:
                if tag != "a" or not address.startswith(("https://", "http://", "mailto:", "tel:")):
                    foreign.append((file, tag, address))
            elif to not in there and f"/{to}" not in whole.built.missing:
                dead.append((file, tag, address))
    assert not dead
    # Leads to others are links that a reader follows, never something that a page fetches.
    assert not foreign
    assert len(whole.pages) > 150
    # The documents of the tests have no files; the build has said so.
    assert all(address.startswith("/media/documents/") for address in whole.built.missing)


def test_no_page_needs_a_server_or_calls_home(whole):
    for file, page in whole.pages.items():
        assert not page.elements & {"form", "input", "button", "select"} or file.endswith(
            "/search/index.html"
        ), file
        for _tag, address in page.addresses:
            assert not address.startswith(("/", site.PUBLIC_URL)), (file, address)


def test_every_page_can_be_reached_from_the_first(whole):
    seen, waiting = {"index.html"}, deque(["index.html"])
    while waiting:
        file = waiting.popleft()
        for tag, address in whole.pages[file].addresses:
            to = leads_to(file, address)
            if tag == "a" and to in whole.pages and to not in seen:
                seen.add(to)
                waiting.append(to)
    # Sheets to print are led to where there is something to print, campaigns while they run.
    by_itself = ("/poster/index.html", "/postcard/index.html")
    # And a page of staff that stands in no menu.
    unseen = {file for file in whole.pages if file not in seen and not file.endswith(by_itself)}
    unseen -= {"ru/only-russian/index.html", "en/only-russian/index.html"}
    assert not {file for file in unseen if not file[3:].startswith("donate/")}


def test_every_published_person_has_a_page_and_nobody_else(whole):
    for person in whole.people:
        for language in ("ru", "en"):
            there = (whole.folder / language / "prisoners" / person.slug / "index.html").exists()
            assert there == person.is_published, person.slug
    assert not all(person.is_published for person in whole.people)


def test_a_copy_says_that_it_is_one_and_until_when(whole):
    said = "This is a copy of the site as of 23 November 2026. After 7 December 2026"
    style = (whole.folder / "mirror-copy.css").read_text(encoding="utf-8")
    assert f'.copied:lang(en)::before{{content:"{said}' in style.replace("\xa0", " ")
    # In words on the first page; the others lead there and show the sentence by the style sheet.
    assert said in (whole.folder / "index.html").read_text(encoding="utf-8").replace("\xa0", " ")
    text = (whole.folder / "en" / "prisoners" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="stylesheet" href="../../mirror-copy.css">' in text
    assert '<span class="copied"></span> <a href="../../index.html">About this copy</a>' in text


def test_a_copy_leads_to_no_payment_whatever_becomes_of_it(whole):
    """An account that is given up, a notice that ends, another legal status: a copy on a stick learns of none."""
    files = files_of(whole.folder)
    assert "ru/donate/index.html" in files
    assert not [name for name in files if "/donate/to/" in name]
    signed = (whole.folder / ".well-known" / "donate.txt").read_text(encoding="utf-8")
    account = re.search(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,}", signed)[0]
    assert not [name for name in whole.pages if account in (whole.folder / name).read_text(encoding="utf-8")]


def test_the_lists_sum_up_the_folder(whole):
    assert list(verify_mirror.findings(whole.folder, PUBLIC, NOON.date())) == []


def test_feeds_calendars_and_data_are_there(whole):
    files = files_of(whole.folder)
    for name in ("calendar.ics", "prisoners/export.csv", "prisoners/export.xlsx", "statistics/export.json"):
        assert f"ru/{name}" in files, name
    feeds = [name for name in files if "/feed/" in name]
    assert feeds
    for name in feeds:
        text = (whole.folder / name).read_text(encoding="utf-8")
        assert name.endswith("/feed/index.xml")
        assert "<feed" in text
        assert f'href="{site.PUBLIC_URL}' not in text
