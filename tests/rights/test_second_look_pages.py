"""How the office works with two pairs of eyes: what is said, what waits for whom, the two answers."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from memorial.base.content_version import forget_content_version
from prisoners import actions
from prisoners.models import SecondLook
from tests.factories import CustodyFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.office.forms import fields_of

pytestmark = pytest.mark.django_db
LIST = "/admin/prisoners/secondlook/"
LINK = "https://example.org/news/1"


def entered(client, kind="released", **person):
    held = StayFactory(prisoner__slug=person.pop("slug", "held"), **person).prisoner
    CustodyFactory(prisoner=held)
    given = {"prisoner": held.pk, "kind": kind, "on": "14.05.2024", "source_url": LINK, "register": "wanted"}
    answer = client.post(reverse("admin:prisoners_prisoner_quick"), given, follow=True)
    return held, answer.content.decode()


def page(look) -> str:
    return reverse("admin:prisoners_secondlook_change", args=[look.pk])


def test_one_enters_a_release_and_another_lets_readers_see_it(member, desk, reader):
    person, said = entered(desk)
    assert "waits for a second look" in said
    look = SecondLook.objects.get()
    other = member("publisher")
    assert (
        "panel--done"
        not in other.get("/admin/").content.decode().split("Waiting for a second look")[0][-120:]
    )
    for client, is_theirs in ((desk, False), (other, True)):
        text = client.get(LIST).content.decode()
        assert (str(person) in text) is is_theirs
        shown = client.get(page(look)).content.decode()
        assert "a-editor" in shown
        assert LINK in shown
        assert (reverse("admin:prisoners_secondlook_confirm", args=[look.pk]) in shown) is is_theirs
    own = desk.post(reverse("admin:prisoners_secondlook_confirm", args=[look.pk]))
    assert (own.status_code, SecondLook.objects.waiting().count()) == (400, 1)
    fields = {"seen": fields_of(other.get(page(look)))["seen"][0]}
    assert (
        other.post(reverse("admin:prisoners_secondlook_confirm", args=[look.pk]), fields).status_code == 302
    )
    cache.clear()
    forget_content_version()
    assert "Освобождён" in reader.get("/ru/prisoners/held/").content.decode()


def test_it_comes_back_with_a_word_and_is_asked_again(member, desk):
    _person, _said = entered(desk, "recognised")
    look = SecondLook.objects.get()
    back = reverse("admin:prisoners_secondlook_return", args=[look.pk])
    other = member("legal")
    assert other.post(back, {"word": ""}).status_code == 400
    assert other.post(back, {"word": "Какой протокол?"}).status_code == 302
    today = desk.get("/admin/").content.decode()
    assert "Какой протокол?" in today
    assert "Какой протокол?" in desk.get(f"{LIST}?waits=back").content.decode()
    again = reverse("admin:prisoners_secondlook_again", args=[look.pk])
    assert again in desk.get(page(look)).content.decode()
    assert desk.post(again).status_code == 302
    assert SecondLook.objects.for_eyes_of(f"staff:{other.user.pk}").exists()


def test_the_persons_page_says_what_waits_and_keeps_it_waiting_when_saved(desk, member):
    person, _said = entered(desk, "recognised")
    url = reverse("admin:prisoners_prisoner_change", args=[person.pk])
    other = member("publisher")
    for client in (desk, other):
        text = client.get(url).content.decode()
        assert page(SecondLook.objects.get()) in text
        client.post(url, fields_of(client.get(url)))
        assert SecondLook.objects.get().is_waiting


def test_who_neither_edits_nor_audits_sees_nothing_of_it(member, desk):
    entered(desk)
    look = SecondLook.objects.get()
    for group in ("translator", "aid_coordinator", "finance"):
        client = member(group)
        assert client.get(LIST).status_code == client.get(page(look)).status_code == 403
        assert "Waiting for a second look" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_rows_as_for_one(member, number):
    for count in range(number):
        person = PrisonerFactory(slug=f"one-{count}")
        actions.quick_entry(prisoner=person, kind="recognised", on="2024", source_url=LINK, by=99)
    client = member("editor")
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(LIST)
    assert client.get(LIST).context["cl"].result_count == number
    ASKED.add(len(asked))
    assert len(ASKED) == 1


ASKED: set[int] = set()


def test_a_page_that_readers_see_is_untouched_by_what_waits_beside_it(reader, desk):
    person = RecognitionFactory(prisoner__slug="known").prisoner
    before = reader.get("/ru/prisoners/known/").content
    actions.quick_entry(prisoner=person, kind="died", on="2025", source_url=LINK, by=99)
    cache.clear()
    forget_content_version()
    assert reader.get("/ru/prisoners/known/").content == before
