"""Before exports and roles: a fresh proof, and the form that was sent is not lost."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from memorial.staff.group_sync import sync_groups
from memorial.staff.models import SignIn
from memorial.staff.throttle import MOST
from prisoners.models import Export
from tests.factories import PrisonerFactory
from tests.signin.conftest import PASSWORD, Person, an_account

pytestmark = pytest.mark.django_db
EXPORT = "admin:prisoners_prisoner_export"


@pytest.fixture
def desk(person, client) -> Client:
    """An administrator, signed in at noon, with one person in the list."""
    sync_groups()
    person.account.groups.set(Group.objects.filter(name="administrator"))
    PrisonerFactory()
    person.presses(client)
    return client


def hidden(page) -> dict[str, str]:
    """The form of the page that works without JavaScript."""
    form = re.search(r'id="once-more">.*?</form>', page.content.decode(), re.DOTALL)[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_within_five_minutes_nothing_is_asked_and_after_them_it_is(desk, clock):
    address = reverse(EXPORT, args=["csv"])
    clock.shift(299)
    assert desk.post(address)["Content-Type"].startswith("text/csv")
    clock.shift(1)
    page = desk.post(address)
    assert page["Content-Type"].startswith("text/html")
    assert Export.objects.count() == 1


def test_a_code_confirms_and_the_same_export_follows(desk, person, clock):
    address = reverse(EXPORT, args=["csv"]) + "?state__exact=published"
    clock.shift(600)
    page = desk.post(address)
    assert f'action="{address}"' in page.content.decode()
    answer = desk.post(address, hidden(page) | {"once-more-code": person.code()})
    assert answer["Content-Type"].startswith("text/csv")
    assert Export.objects.get().filter == "state__exact=published"
    assert SignIn.objects.filter(again=True, success=True).count() == 1
    assert desk.post(address)["Content-Type"].startswith("text/csv"), "fresh for five minutes"


def test_chosen_records_are_still_chosen(desk, person, clock):
    chosen, _other = PrisonerFactory(), PrisonerFactory()
    clock.shift(600)
    address = reverse("admin:prisoners_prisoner_changelist")
    page = desk.post(address, {"action": "export_csv", "_selected_action": [chosen.pk], "index": "0"})
    answer = desk.post(address, hidden(page) | {"once-more-code": person.code()})
    assert answer["Content-Type"].startswith("text/csv")
    assert Export.objects.get().count == 1


def test_a_passkey_confirms_but_not_a_colleague_s(desk, person, clock):
    clock.shift(600)
    address = reverse(EXPORT, args=["csv"])
    boris = Person(an_account("boris")).enrol()
    for device, lets in ((boris.device, False), (person.device, True)):
        options = desk.post(reverse("admin:passkey-again")).json()
        sent = {"once-more-credential": json.dumps(device.sign(options))}
        assert desk.post(address, sent)["Content-Type"].startswith("text/csv") is lets


def test_wrong_used_and_too_many_codes_confirm_nothing(desk, person, clock):
    clock.shift(600)
    address = reverse(EXPORT, args=["csv"])
    for _ in range(MOST):
        page = desk.post(address, {"once-more-code": "000000"})
        assert "errornote" in page.content.decode()
    assert desk.post(address, {"once-more-code": person.code()})["Content-Type"].startswith("text/html")
    assert desk.post(address, {"once-more-code": PASSWORD})["Content-Type"].startswith("text/html")
    assert not Export.objects.exists()


def test_roles_are_changed_only_after_it_and_what_was_chosen_is_kept(desk, person, clock):
    boris = an_account("boris")
    clock.shift(600)
    address = reverse("admin:staff_user_change", args=[boris.pk])
    assert desk.get(address).status_code == 200, "looking needs nothing"
    editors = Group.objects.get(name="editor")
    page = desk.post(
        address, {"username": "boris", "is_active": "on", "is_staff": "on", "groups": [editors.pk]}
    )
    assert not boris.groups.exists()
    desk.post(address, hidden(page) | {"once-more-code": person.code()})
    assert list(boris.groups.all()) == [editors]


@pytest.mark.parametrize("name", ["security-codes", "security-recovery", "security-passkey"])
def test_one_s_own_factors_are_changed_only_after_it(desk, person, clock, name):
    clock.shift(600)
    address = reverse(f"admin:{name}")
    assert 'id="once-more"' in desk.get(address).content.decode()
    page = desk.get(address)
    answer = desk.post(address, hidden(page) | {"once-more-code": person.code()})
    assert (answer.status_code, answer.url) == (302, address), "back to the page that was asked for"
    assert 'id="once-more"' not in desk.get(address).content.decode()


def test_nothing_of_the_page_that_asks_reaches_the_form(desk, person, clock):
    """The code is spent on confirming: the form behind must not see it, or it would be logged with the rest."""
    clock.shift(600)
    page = desk.post(reverse(EXPORT, args=["csv"]), {"once-more-code": "000000", "q": '"><script>'})
    assert set(hidden(page)) == {"csrfmiddlewaretoken", "once-more-method", "q"}
    assert '"><script>' not in page.content.decode()


def test_another_telephone_takes_over_when_its_code_is_typed(desk, person, clock):
    from memorial.staff import totp
    from memorial.staff.models import OneTimeCodes

    page = desk.get(reverse("admin:security-codes")).content.decode()
    new = re.sub(r"\s", "", re.search(r'class="secret"[^>]*><code>([^<]+)', page)[1])
    assert desk.post(reverse("admin:security-codes"), {"code": "000000"}).status_code == 200
    assert OneTimeCodes.objects.get().secret == person.secret
    desk.post(reverse("admin:security-codes"), {"code": totp.code_at(new, totp.step_now())})
    codes = OneTimeCodes.objects.get()
    assert (codes.secret, codes.pending_secret) == (new, "")
    clock.shift(60)
    assert person.types(Client()).status_code == 200


def test_the_last_passkey_stays_and_one_of_two_goes(desk, person):
    from tests.signin.devices import Device
    from tests.signin.test_enrolment import make_passkey

    [first] = person.account.passkeys.all()
    remove = reverse("admin:security-remove", args=[first.pk])
    desk.post(remove)
    assert person.account.passkeys.count() == 1
    assert make_passkey(desk, Device(), "admin:security-passkey").url == reverse("admin:security")
    desk.post(remove)
    assert not person.account.passkeys.filter(pk=first.pk).exists()
    boris = Person(an_account("boris")).enrol()
    foreign = reverse("admin:security-remove", args=[boris.account.passkeys.get().pk])
    assert desk.post(foreign).status_code == 404
