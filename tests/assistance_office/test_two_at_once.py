"""Two coordinators send the grid at one moment: nothing is lost, and what both typed is written down once."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse

from assistance.models import HumanitarianAid
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from tests.assistance.factories import ClientFactory, ItemKindFactory
from tests.assistance_office.test_grid import FIRST, sent
from tests.office.conftest import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
GRID = reverse("admin:assistance_humanitarianaid_grid")
PATIENCE = 30


class Sender(threading.Thread):
    """A coordinator with a browser and a connection of their own, who sends when both are ready."""

    def __init__(self, browser, data: dict, start: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.browser, self.data, self.begin = browser, data, start
        self.status, self.text, self.error = 0, "", None

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.begin.wait(PATIENCE)
            answer = self.browser.post(GRID, self.data)
            self.status, self.text = answer.status_code, answer.content.decode()
        except Exception as error:  # raised again by `at_one_moment`
            self.error = error
        finally:
            connection.close()


def at_one_moment(browsers, *data: dict) -> list[Sender]:
    start = threading.Barrier(len(data))
    senders = [Sender(browser, one, start) for browser, one in zip(browsers, data, strict=True)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(PATIENCE)
        assert not sender.is_alive()
        if sender.error:
            raise sender.error
    return senders


@pytest.fixture
def desks():
    """Two coordinators who may enter for every client."""
    sync_groups()
    found = []
    for name in ("one", "other"):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name="aid_lead"))
        found.append(signed_in(user))
    return found


@pytest.fixture
def named(transactional_db):
    ItemKindFactory()
    ItemKindFactory(code="food", label_ru="продукты", label_en="food", expires=False)
    return [ClientFactory(name=f"{name} Тимур") for name in ("Горинцев", "Второв", "Третьяк")]


def row(client, **more) -> dict:
    return FIRST | {"client": client.name} | more


def test_what_both_typed_is_written_once_and_what_each_typed_is_all_there(desks, named):
    """Rows of the same three clients in opposite order: neither waits for ever, one of them is asked."""
    shared, mine, theirs = named
    one = sent(row(mine), row(shared), row(theirs, given_on="01.02.2024"))
    other = sent(row(theirs), row(shared), row(mine, given_on="01.02.2024"))
    first, second = at_one_moment(desks, one, other)
    said = sorted((first.status, second.status))
    assert said == [302, 400], (first.text[:2000], second.text[:2000])
    asked = first if first.status == 400 else second
    assert "The same is written down already" in asked.text
    by_client = {c.pk: HumanitarianAid.objects.filter(client=c).count() for c in named}
    assert by_client == {shared.pk: 1, mine.pk: 2, theirs.pk: 2}
    assert all(aid.items.count() == 2 for aid in HumanitarianAid.objects.all())


def test_the_same_page_sent_twice_at_one_moment_is_written_once(desks, named):
    """A double click, or a page sent again over a slow line: the keys are the same."""
    keys = [uuid.uuid4() for _ in named]
    data = sent(*(row(client) for client in named), keys=keys)
    first, second = at_one_moment([desks[0], desks[0]], data, dict(data))
    assert [first.status, second.status] == [302, 302]
    assert set(HumanitarianAid.objects.values_list("sent_as", flat=True)) == set(keys)
    assert HumanitarianAid.objects.count() == len(keys)
