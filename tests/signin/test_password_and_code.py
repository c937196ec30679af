"""Name, password and code: all three or nothing, once each code, and nobody is locked out by a stranger."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from memorial.staff import signing_in, totp
from memorial.staff.models import AttemptCount, OneTimeCodes, SignIn, User
from memorial.staff.recovery import find_recovery_code
from memorial.staff.throttle import MOST
from memorial.staff.views.sign_in import STATE
from tests.signin.conftest import PASSWORD, Person, an_account, is_in

pytestmark = pytest.mark.django_db
# RFC 6238, appendix B: seconds since 1970 → the last six figures of the code for SHA-1.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 20000000000: "353130"}


@pytest.mark.parametrize("seconds", RFC)
def test_codes_are_those_of_the_standard(seconds):
    assert totp.code_at(RFC_SECRET, seconds // totp.PERIOD) == RFC[seconds]


def test_password_and_code_let_in_without_javascript(person, client):
    page = client.get(reverse("admin:login")).content.decode()
    assert page.count('name="code"') == 1
    answer = person.types(client)
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert is_in(client)


@pytest.mark.parametrize(
    ("password", "code"), [("wrong", None), (PASSWORD, "000000"), ("wrong", "000000"), (PASSWORD, "١٢٣٤٥٦")]
)
def test_one_of_the_two_is_not_enough(person, client, password, code):
    assert person.types(client, password=password, code=code).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(("periods", "lets_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(person, client, periods, lets_in):
    person.types(client, code=person.code(periods))
    assert is_in(client) is lets_in


def test_a_code_opens_once_even_within_its_time_and_so_does_an_older_one(person, client):
    code, older = person.code(), person.code(-1)
    assert person.types(client, code=code).status_code == 302
    for again in (code, older):
        thief = Client()
        assert person.types(thief, code=again).status_code == 200
        assert not is_in(thief)


def test_of_two_who_send_the_same_code_at_once_one_is_let_in(person):
    """Both have read the row before either has used it."""
    first, second = (OneTimeCodes.objects.get() for _ in range(2))
    step = totp.step_now()
    assert [first.use_step(step), second.use_step(step), second.use_step(step - 1)] == [True, False, False]
    one, two = (find_recovery_code(person.account, person.paper[0]) for _ in range(2))
    assert [one.use(), two.use()] == [True, False]


def test_a_code_is_used_up_where_the_password_was_right_only(person, client):
    code = person.code()
    person.types(client, password="mistyped", code=code)
    assert person.types(client, code=code).status_code == 302


def test_the_next_code_is_taken_half_a_minute_later(person, client, clock):
    person.types(client)
    clock.shift(30)
    other = Client()
    assert person.types(other).status_code == 302


def test_a_recovery_code_opens_once_however_it_is_typed(person, client):
    typed = person.paper[3].upper().replace("-", " ")
    assert person.types(client, code=typed).status_code == 302
    assert is_in(client)
    assert client.session["way"] == "recovery"
    assert not is_in_after(person, Client(), person.paper[3])
    assert is_in_after(person, Client(), person.paper[4])


def is_in_after(person: Person, client, code: str) -> bool:
    person.types(client, code=code)
    return is_in(client)


def test_every_reason_has_the_same_answer_and_the_same_work(person, client, monkeypatch):
    an_account("closed", is_active=False)
    an_account("outsider")
    User.objects.filter(username="outsider").update(is_staff=False)
    User.objects.create_user("unenrolled", is_staff=True)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    pages, work = set(), set()
    for name, password in (
        ("anna", "wrong"),
        ("anna", PASSWORD),
        ("nobody", PASSWORD),
        ("closed", PASSWORD),
        ("outsider", PASSWORD),
        ("unenrolled", PASSWORD),
    ):
        hashed.clear()
        answer = client.post(
            reverse("admin:login"), {"username": name, "password": password, "code": "000000"}
        )
        token = client.cookies["csrftoken"].value
        page = answer.content.decode().replace(name, "NAME")
        pages.add((answer.status_code, _without_tokens(page), bool(token)))
        work.add(len(hashed))
    assert len(pages) == 1
    assert work == {1}


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_strangers_cannot_lock_anybody_out(person, client):
    """A thousand guesses by somebody who knows neither secret: both ways stay open to the owner."""
    for number in range(1000):
        assert signing_in.by_password("anna", f"guess {number}", "000000") is None
        if number == 500:
            assert person.presses(client).status_code == 302
            assert is_in(client)
    other = Client()
    assert person.types(other).status_code == 302
    assert SignIn.objects.filter(success=False).count() <= 2 * MOST, "a flood is not written down"


def test_whoever_knows_the_password_has_ten_codes_and_the_passkey_still_opens(person, client, clock):
    for _ in range(MOST):
        signing_in.by_password("anna", PASSWORD, "000000")
    assert person.types(client).status_code == 200, "even the right code"
    assert person.presses(client).status_code == 302
    other = Client()
    assert person.types(other).status_code == 302, "the owner has been here: forgotten"
    for _ in range(MOST):
        signing_in.by_password("anna", PASSWORD, "000000")
    clock.shift(15 * 60 + 30)
    assert person.types(Client()).status_code == 302


def test_whoever_sees_the_codes_has_ten_passwords(person, client):
    for number in range(MOST):
        signing_in.by_password("anna", f"guess {number}", person.code())
    assert person.types(client).status_code == 200
    assert not is_in(client)


def test_one_account_s_attempts_are_not_another_s(person, client):
    other = Person(an_account("boris")).enrol()
    for _ in range(MOST + 2):
        signing_in.by_password("boris", PASSWORD, "000000")
    assert person.types(client).status_code == 302
    assert AttemptCount.objects.filter(key=f"password:{other.account.pk}", count__gt=MOST).exists()


def test_sign_ins_are_written_down_without_address_or_what_was_typed(person, client):
    client.post(reverse("admin:login"), {"username": "secret-in-the-wrong-box", "password": "x", "code": "1"})
    person.types(client, code="000000")
    person.types(client)
    assert list(SignIn.objects.order_by("pk").values_list("account__username", "way", "success")) == [
        (None, "code", False),
        ("anna", "code", False),
        ("anna", "code", True),
    ]
    assert {field.name for field in SignIn._meta.fields} == {"id", "at", "account", "way", "again", "success"}


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/admin/prisoners/prisoner/?q=a", "/admin/prisoners/prisoner/?q=a"),
        ("https://evil.example/admin/", "/admin/"),
        ("//evil.example/admin/", "/admin/"),
        ("/admin/\\evil.example", "/admin/%5Cevil.example"),
        ("/ru/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("/admin@evil.example/", "/admin/"),
        ("http:///evil.example", "/admin/"),
    ],
)
def test_afterwards_one_is_in_the_office_and_nowhere_else(person, client, wanted, goes_to):
    assert person.types(client, next=wanted).url == goes_to


def test_the_session_s_key_changes_on_signing_in(person, client):
    client.post(reverse("admin:passkey-ask"))
    before = client.cookies["memorial_session"].value
    assert STATE in client.session
    person.types(client)
    assert STATE not in client.session, "nothing is taken along"
    assert client.cookies["memorial_session"].value != before
    thief = Client()
    thief.cookies["memorial_session"] = before
    assert not is_in(thief)


def test_no_passwordless_back_door_in_the_demo_form(person, client):
    """Without DEMO_SIGN_IN the code is asked for even if the form is sent without it."""
    client.post(reverse("admin:login"), {"username": "anna", "password": PASSWORD})
    assert not is_in(client)
    assert signing_in.by_demo_password("anna", PASSWORD) is None
