"""Coming to the office: a link once, three steps, on one device or two; nobody enters before all are done."""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from memorial.base.models import HistoryEntry
from memorial.staff import totp
from memorial.staff.enrolment import issue_link, open_link
from memorial.staff.models import EnrolmentLink, OneTimeCodes, Passkey, StaffSession, User
from tests.signin.conftest import an_account, is_in
from tests.signin.devices import Device

pytestmark = pytest.mark.django_db
NEW = "another boat on a pond"


@pytest.fixture
def link(clock, capsys) -> str:
    """The path that `create_staff` prints for the first administrator."""
    call_command("create_staff", "vera", group=["administrator"])
    return capsys.readouterr().out.strip().removeprefix("http://localhost:8000")


def secret_on(page) -> str:
    return re.sub(r"\s", "", re.search(r'class="secret"[^>]*><code>([^<]+)', page.content.decode())[1])


def first_step(client: Client, link: str, password: str = NEW):
    secret = secret_on(client.get(link))
    typed = {"password": password, "again": password, "code": totp.code_at(secret, totp.step_now())}
    return client.post(link, typed), secret


def make_passkey(client: Client, device: Device, page: str = "admin:enrol-passkey"):
    options = client.post(reverse("admin:enrol-passkey-ask")).json()
    return client.post(reverse(page), {"name": "key", "credential": json.dumps(device.make(options))})


def test_three_steps_lead_into_the_office_and_no_two_do(link, client):
    answer, _secret = first_step(client, link)
    assert answer.url == reverse("admin:enrol-next")
    assert not is_in(client)
    answer = client.get(reverse("admin:enrol-next"))
    assert answer.url == reverse("admin:enrol-recovery")
    page = client.post(answer.url).content.decode()
    codes = re.findall(r"<li><code>([a-z2-7-]{19})</code>", page)
    assert len(set(codes)) == 10
    assert client.get(reverse("admin:enrol-recovery")).status_code == 302, "shown once"
    assert not is_in(client)
    assert client.get(reverse("admin:enrol-next")).url == reverse("admin:enrol-passkey")
    assert make_passkey(client, Device()).url == reverse("admin:enrol-next")
    before = client.cookies["memorial_session"].value
    assert client.get(reverse("admin:enrol-next")).url == "/admin/"
    assert client.cookies["memorial_session"].value != before
    assert is_in(client)


def test_the_passkey_may_be_made_later_on_another_device(link, client, clock):
    """Tor Browser has none: signed in elsewhere with password and code, the same step comes."""
    _answer, secret = first_step(client, link)
    client.post(reverse("admin:enrol-recovery"))
    page = client.get(reverse("admin:enrol-passkey")).content.decode()
    assert "Tor Browser" in page
    clock.shift(60)
    phone = Client()
    typed = {"username": "vera", "password": NEW, "code": totp.code_at(secret, totp.step_now())}
    assert phone.post(reverse("admin:login"), typed).url == reverse("admin:enrol-next")
    assert phone.get(reverse("admin:enrol-next")).url == reverse("admin:enrol-passkey")
    assert not is_in(phone)
    make_passkey(phone, Device())
    phone.get(reverse("admin:enrol-next"))
    assert is_in(phone)
    assert client.get(reverse("admin:enrol-next")).url == "/admin/", "and the first browser goes on"
    assert is_in(client)


def test_whoever_has_not_enrolled_everything_meets_no_page_of_the_office(link, client):
    first_step(client, link)
    for name in (
        "admin:index",
        "admin:prisoners_prisoner_changelist",
        "admin:security",
        "admin:password_change",
    ):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login")), name
    assert client.get(reverse("admin:login")).url == reverse("admin:enrol-next")
    client.post(reverse("admin:logout"))
    assert client.get(reverse("admin:login")).status_code == 200


def test_a_link_works_once_and_a_look_at_it_uses_nothing_up(link, client):
    assert Client().get(link).status_code == 200, "a messenger's preview"
    assert Client().head(link).status_code == 200
    first_step(client, link)
    for method in ("get", "post"):
        assert getattr(Client(), method)(link).status_code == 404


def test_a_link_is_over_after_a_day_and_when_a_newer_one_is_made(link, clock):
    account = User.objects.get()
    newer = issue_link(account=account, by=None)
    assert Client().get(link).status_code == 404
    assert Client().get(newer).status_code == 200
    clock.shift(24 * 3600 + 1)
    assert Client().get(newer).status_code == 404


def test_the_generator_stays_the_same_while_something_is_mistyped(link, client):
    before = secret_on(client.get(link))
    for typed in (
        {"password": NEW, "again": "differs", "code": totp.code_at(before, totp.step_now())},
        {"password": "short", "again": "short", "code": totp.code_at(before, totp.step_now())},
        {"password": NEW, "again": NEW, "code": "000000"},
        {"password": "vera", "again": "vera", "code": ""},
    ):
        answer = client.post(link, typed)
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
        assert secret_on(answer) == before
        assert NEW not in answer.content.decode(), "no password comes back"
    assert not OneTimeCodes.objects.exists()


def test_secrets_are_sealed_and_stand_in_no_history(link, client):
    from django.db import connection

    _answer, secret = first_step(client, link)
    client.post(reverse("admin:enrol-recovery"))
    token = link.strip("/").split("/")[-1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM staff_onetimecodes")
        assert cursor.fetchone()[0].startswith("e1:")
        cursor.execute("SELECT token_digest || secret FROM staff_enrolmentlink")
        assert token not in cursor.fetchone()[0]
        cursor.execute(
            "SELECT string_agg(coalesce(before::text, '') || coalesce(after::text, ''), ' ') FROM base_historyentry"
        )
        history = cursor.fetchone()[0]
    for word in (secret, token, "e1:", "argon", "md5$"):
        assert word not in history
    assert HistoryEntry.objects.filter(table="staff_onetimecodes", operation="I").count() == 1
    account = User.objects.get()
    assert HistoryEntry.objects.get(table="staff_onetimecodes").actor == f"staff:{account.pk}"


def test_a_link_for_somebody_who_lost_everything_voids_what_was_before(person, client, capsys):
    person.types(client)
    call_command("enrol_staff", "anna")
    link = capsys.readouterr().out.strip().removeprefix("http://localhost:8000")
    assert is_in(client), "nothing happens until it is used"
    finder = Client()
    first_step(finder, link)
    assert not is_in(client)
    assert not Passkey.objects.exists()
    assert person.types(Client()).status_code == 200
    assert person.types(Client(), code=person.paper[0]).status_code == 200
    assert person.presses(Client()).status_code == 200


def test_closed_accounts_get_no_link(clock):
    an_account("closed", is_active=False)
    for name in ("closed", "nobody"):
        with pytest.raises(CommandError):
            call_command("enrol_staff", name)
    assert not EnrolmentLink.objects.exists()


@pytest.mark.parametrize(("name", "group"), [("vera", "nothing"), ("two words", "editor"), ("", "editor")])
def test_no_account_is_made_of_nonsense(db, name, group):
    with pytest.raises(CommandError):
        call_command("create_staff", name, f"--group={group}")
    assert not User.objects.exists()


def test_a_name_is_taken_once(link):
    with pytest.raises(CommandError):
        call_command("create_staff", "vera", group=["editor"])


def test_an_administrator_makes_a_link_on_a_page_shown_once(person, member, client):
    other = an_account("boris")
    office = member("administrator")
    address = reverse("admin:staff_user_enrol", args=[other.pk])
    assert "http://localhost:8000/admin/enrol/" not in office.get(address).content.decode()
    page = office.post(address).content.decode()
    token = re.search(r"http://localhost:8000/admin/enrol/([\w-]+)/", page)[1]
    assert open_link(token).account == other
    assert EnrolmentLink.objects.get().made_by == office.user.pk
    assert token not in office.get(address).content.decode()
    assert member("editor").post(address).status_code == 403
    assert member("auditor").post(address).status_code == 403
    root = User.objects.create_superuser("root")
    assert office.post(reverse("admin:staff_user_enrol", args=[root.pk])).status_code == 403


def test_an_administrator_makes_an_account_without_a_password_and_sets_nobody_s(member):
    from django.contrib.auth.models import Group

    office = member("administrator")
    editors = Group.objects.get(name="editor")
    office.post(reverse("admin:staff_user_add"), {"username": "olga", "groups": [editors.pk]})
    made = User.objects.get(username="olga")
    assert made.is_staff
    assert made.is_active
    assert not made.has_usable_password()
    assert list(made.groups.all()) == [editors]
    own = reverse("admin:auth_user_password_change", args=[made.pk])
    for method in ("get", "post"):
        assert getattr(office, method)(own).status_code == 403


def test_after_a_change_of_host_name_everybody_makes_a_new_passkey(person, client, clock, capsys):
    person.types(client)
    call_command("reenrol_staff")
    assert "Passkeys dropped: 1" in capsys.readouterr().out
    assert not is_in(client)
    clock.shift(60)
    assert person.types(client).url == reverse("admin:enrol-next")
    assert client.get(reverse("admin:enrol-next")).url == reverse("admin:enrol-passkey")
    assert not is_in(client)
    make_passkey(client, Device())
    client.get(reverse("admin:enrol-next"))
    assert is_in(client)
    assert OneTimeCodes.objects.get().secret == person.secret


@pytest.mark.parametrize("address", ["enrol-next", "enrol-recovery", "enrol-passkey"])
def test_the_steps_are_for_those_who_are_enrolling(person, client, address):
    assert client.get(reverse(f"admin:{address}")).url == reverse("admin:login")
    person.types(client)
    assert client.get(reverse(f"admin:{address}")).url == reverse("admin:index")


def test_a_stranger_is_asked_for_no_passkey(db, client):
    assert client.post(reverse("admin:enrol-passkey-ask")).status_code == 403
    assert not StaffSession.objects.filter(account__isnull=False).exists()
