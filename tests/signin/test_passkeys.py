"""Passkeys: only the right device, host, origin and challenge, and each challenge once."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from memorial.staff.models import Passkey, SignIn, User
from tests.signin.conftest import Person, an_account, is_in
from tests.signin.devices import USER_PRESENT, Device

pytestmark = pytest.mark.django_db


def test_a_passkey_lets_in_by_itself(person, client):
    assert person.presses(client, next="/admin/prisoners/prisoner/").url == "/admin/prisoners/prisoner/"
    assert is_in(client)
    assert SignIn.objects.get().way == "passkey"


def changed(device: Device, **fields) -> Device:
    return Device(**({name: getattr(device, name) for name in device.__dataclass_fields__} | fields))


FALSE = {
    "a false page": {"origin": "http://localhost.evil.example:8000"},
    "another port": {"origin": "http://localhost:8001"},
    "another host's key": {"host": "evil.example"},
    "nobody touched it": {"flags": 0},
    "no PIN or finger": {"flags": USER_PRESENT},
    "another key": {"key": Device().key},
    "an unknown key": {"identifier": b"x" * 16},
    "somebody else's handle": {"handle": b"y" * 32},
}


@pytest.mark.parametrize("fault", FALSE)
def test_what_is_not_the_passkey_is_refused(person, client, fault):
    answer = person.presses(client, changed(person.device, **FALSE[fault]))
    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()
    assert not is_in(client)
    assert SignIn.objects.get().success is False


def test_a_challenge_is_good_for_one_answer_and_one_browser(person, client):
    answer = json.dumps(person.device.sign(client.post(reverse("admin:passkey-ask")).json()))
    sent = {"credential": answer}
    thief = Client()
    thief.post(reverse("admin:passkey-ask"))
    assert thief.post(reverse("admin:passkey-sign-in"), sent).status_code == 200
    assert client.post(reverse("admin:passkey-sign-in"), sent).status_code == 302
    client.post(reverse("admin:logout"))
    assert client.post(reverse("admin:passkey-sign-in"), sent).status_code == 200


@pytest.mark.parametrize(
    "sent", ["", "null", "[]", "{}", "7", '{"id": 1}', '{"rawId": "x", "response": {}}', "{"]
)
def test_nonsense_is_refused_and_never_an_error(person, client, sent):
    client.post(reverse("admin:passkey-ask"))
    assert client.post(reverse("admin:passkey-sign-in"), {"credential": sent}).status_code == 200
    assert not is_in(client)


def test_a_copied_key_is_noticed_where_the_device_counts(db, clock, client):
    person = Person(an_account("anna"), device=Device(counts=True)).enrol()
    copy = changed(person.device)
    assert person.presses(client).status_code == 302
    assert person.presses(Client()).status_code == 302
    assert person.presses(Client(), copy).status_code == 200


def test_a_closed_account_s_passkey_opens_nothing(person, client):
    User.objects.filter(pk=person.account.pk).update(is_active=False)
    person.presses(client)
    assert not is_in(client)


def test_the_same_device_cannot_be_added_to_two_accounts(person):
    other = Person(an_account("boris"), device=person.device)
    from memorial.staff import passkeys

    options, state = passkeys.ask_for_new(other.account)
    with pytest.raises(passkeys.PasskeyRefused):
        passkeys.add(other.account, state, other.device.make(options), "stolen")
    assert Passkey.objects.count() == 1


def test_making_one_asks_for_pin_or_finger_and_tells_no_number_of_ours(person, client):
    client.force_login(person.account)
    options = client.post(reverse("admin:enrol-passkey-ask")).json()["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert len(options["user"]["id"]) >= 40
    assert options["rp"] == {"id": "localhost", "name": "Office"}
    assert len(options["excludeCredentials"]) == 1
