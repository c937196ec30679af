"""Addresses of the old site lead on for ever, but to nothing that is hidden."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.base.choices import State
from prisoners.models import OldAddress, Prisoner
from tests.factories import PrisonerFactory
from tests.wordpress.conftest import item

pytestmark = pytest.mark.django_db
CYRILLIC = "https://old-site.example/figurant/%d0%b3%d0%be%d1%80%d0%b8%d0%bd%d1%86%d0%b5%d0%b2/"


@pytest.fixture
def site(dump, run):
    """A site that has come along: one person with every kind of old address, and a region."""
    from django.core.management import call_command

    call_command("seed_vocabularies", verbosity=0, stdout=io.StringIO())
    group = ("post_translations", "pll_1", "x")
    person = item(
        17,
        link=CYRILLIC,
        wp__post_name="%d0%b3%d0%be%d1%80%d0%b8%d0%bd%d1%86%d0%b5%d0%b2",
        meta={"_wp_old_slug": "staryj-adres"},
        terms=[
            group,
            ("language", "ru", "x"),
            ("region", "moskva", "Москва"),
            ("statya", "st-207-3", "ст. 207.3 УК РФ"),
        ],
    )
    english = item(
        18,
        "Ivan Gorintsev",
        link="https://old-site.example/en/figurant/ivan/",
        wp__post_name="ivan",
        terms=[group, ("language", "en", "x")],
    )
    run(dump(person, english), apply=True, publish=True)
    return Prisoner.objects.get()


OF_THE_PERSON = (
    ("/figurant/горинцев/", "ru"),
    ("/figurant/горинцев", "ru"),
    ("/figurant/%D0%B3%D0%BE%D1%80%D0%B8%D0%BD%D1%86%D0%B5%D0%B2/", "ru"),
    ("/figurant/%d0%b3%d0%be%d1%80%d0%b8%d0%bd%d1%86%d0%b5%d0%b2/?utm_source=x", "ru"),
    ("/FIGURANT/Горинцев/", "ru"),
    ("/ru/figurant/горинцев/", "ru"),
    ("/figurant/staryj-adres/", "ru"),
    ("/figurant/горинцев/feed/", "ru"),
    ("/figurant/горинцев/amp", "ru"),
    ("/?p=17", "ru"),
    ("/?post_type=figurant&p=17", "ru"),
    ("/?utm_source=x&p=017", "ru"),
    ("/?figurant=горинцев", "ru"),
    ("/?page_id=17", "ru"),
    ("/ru/?p=17", "ru"),
    ("/en/figurant/ivan/", "en"),
    ("/?p=18", "en"),
    ("/en/?p=18", "en"),
    ("/?figurant=ivan&lang=en", "en"),
    ("/figurant/горинцев/?lang=en", "en"),
)
OF_LISTS = (
    ("/region/moskva/", "/ru/regions/ru-mow/"),
    ("/region/moskva/page/3/", "/ru/regions/ru-mow/"),
    ("/en/region/moskva/", "/en/regions/ru-mow/"),
    ("/?region=moskva", "/ru/regions/ru-mow/"),
    ("/statya/st-207-3/", "/ru/prisoners/"),
    ("/figurant/", "/ru/prisoners/"),
    ("/figurant/page/2/", "/ru/prisoners/"),
    ("/spisok", "/ru/prisoners/"),
)


def test_every_old_address_leads_to_its_page(site, client):
    """One site for all of them: an address says no more about another."""
    wanted = [(old, f"/{language}/prisoners/{site.slug}/") for old, language in OF_THE_PERSON]
    for old, new in (*wanted, *OF_LISTS):
        answer = client.get(old)
        assert (old, answer.status_code, answer.headers["Location"]) == (old, 301, new)
        assert "max-age=30" in answer.headers["Cache-Control"]
    for new in {new for _old, new in (*wanted, *OF_LISTS)}:
        assert client.get(new).status_code == 200


def test_the_hidden_answer_like_the_absent(site, client):
    changes = ({"state": State.WITHDRAWN}, {"state": State.DRAFT}, {"initials_only": True, "born": None})
    pairs = (
        ("/figurant/горинцев/", "/figurant/nobody/"),
        ("/ru/figurant/горинцев/", "/ru/figurant/nobody/"),
        ("/?p=17", "/?p=1700"),
        ("/ru/?p=17", "/ru/?p=1700"),
    )
    for change in changes:
        Prisoner.objects.filter(pk=site.pk).update(**{"state": State.PUBLISHED, **change})
        for old, absent in pairs:
            one, other = client.get(old), client.get(absent)
            assert (one.status_code, one.content) == (other.status_code, other.content)
            # The tag of a page is made of its address.
            own, others = (
                {k: v for k, v in answer.headers.items() if k != "ETag"} for answer in (one, other)
            )
            assert own == others


@pytest.mark.parametrize("path", ["/", "/media/photos/none.jpg"])
def test_what_needs_no_old_address_asks_for_none(path):
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    assert not [query for query in captured if "memorial_new_address" in query["sql"]]


def test_a_query_is_looked_up_once_and_a_tracker_never():
    for path, times in (("/?p=1", 1), ("/?utm_source=x&fbclid=y", 0), ("/?a=1&b=2&c=3&d=4&e=5&f=6", 1)):
        with CaptureQueriesContext(connection) as captured:
            answer = Client().get(path, headers={"Accept-Language": "en"})
        assert sum("memorial_new_address" in query["sql"] for query in captured) == times
        assert (answer.status_code, answer.headers["Location"]) == (302, "/en/")


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/", "/ru//evil.example", "/" + "x" * 3000])
def test_no_address_leads_to_another_host(path):
    assert Client().get("/x", PATH_INFO=path).status_code == 404


def test_a_missing_slash_is_still_put_right():
    for path in ("/ru", "/en", "/ru/prisoners"):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}/")
    assert Client().post("/nothing-there").status_code == 405


def test_an_address_that_leads_elsewhere_already_stays(dump, run, client):
    other = PrisonerFactory(slug="other")
    OldAddress.objects.create(path="figurant/figurant-1/", prisoner=other)
    ran = run(dump(item(1)), apply=True, publish=True)
    assert client.get("/figurant/figurant-1/").headers["Location"] == "/ru/prisoners/other/"
    assert any("leads to another page here already" in reason for reason in ran.reasons(1))


def test_a_redirect_of_the_old_site_comes_along(dump, run, client, tmp_path):
    from tests.wordpress.conftest import MAP

    rules = tmp_path / "map.toml"
    section = '[redirects]\ntype = "rule"\nfrom = "_from"\nto = "_to"\n\n[site]'
    rules.write_text(MAP.read_text(encoding="utf-8").replace("[site]", section), encoding="utf-8")
    rule = item(9, "r", kind="rule", meta={"_from": "/short/", "_to": "https://old-site.example/?p=1"})
    run(dump(item(1), rule), map=rules, apply=True, publish=True)
    assert client.get("/short").headers["Location"] == f"/ru/prisoners/{Prisoner.objects.get().slug}/"


def test_a_page_of_its_own_that_came_about_later_is_led_to(dump, run, client, tmp_path, monkeypatch):
    """As articles of law will: the mapping names the new kind, and the same import moves the address."""
    from prisoners.importers.wordpress import pages
    from tests.wordpress.conftest import MAP

    posts = item(1, terms=[("statya", "st-207-3", "ст. 207.3 УК РФ")])
    run(dump(posts), apply=True, publish=True)
    monkeypatch.setitem(pages.KINDS_OF_PAGE, "article", lambda word, _words: "articles/uk-rf-207.3/")
    rules = tmp_path / "map.toml"
    text = MAP.read_text(encoding="utf-8")
    rules.write_text(
        text.replace('"/statya/{slug}/"\nleads_to = "people"', '"/statya/{slug}/"\nleads_to = "article"'),
        encoding="utf-8",
    )
    run(dump(posts), map=rules, apply=True)
    assert client.get("/statya/st-207-3/").headers["Location"] == "/ru/articles/uk-rf-207.3/"
