"""Sessions: eight hours in all, half an hour unused, seen and ended by their owner, ended for all by a command."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from memorial.staff.enrolment import issue_link
from memorial.staff.models import EnrolmentLink, StaffSession, User
from memorial.staff.session_store import SessionStore, key_digest
from tests.signin.conftest import Person, an_account, is_in

pytestmark = pytest.mark.django_db
MINUTE = 60


def signed_in(person: Person) -> Client:
    client = Client()
    person.presses(client)
    return client


def test_half_an_hour_unused_ends_a_session(person, clock):
    client = signed_in(person)
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(29 * MINUTE)
    assert is_in(client), "counted from the last page"
    clock.shift(30 * MINUTE)
    assert not is_in(client)


def test_eight_hours_end_a_session_however_busy(person, clock):
    client = signed_in(person)
    for _ in range(8 * 3 - 1):
        clock.shift(20 * MINUTE)
        assert is_in(client)
    clock.shift(20 * MINUTE)
    assert not is_in(client)


def test_what_the_session_saves_does_not_prolong_it(person, clock):
    """A message or a confirmation rewrites the row: the beginning stays."""
    client = signed_in(person)
    begun = StaffSession.objects.get().begun
    clock.shift(25 * MINUTE)
    session = client.session
    session["something"] = 1
    session.save()
    row = StaffSession.objects.get()
    assert row.begun == begun
    assert (row.expire_date - begun).total_seconds() == 8 * 3600


def test_a_page_writes_at_most_once_a_minute(person, clock, django_assert_num_queries):
    client = signed_in(person)
    clock.shift(59)
    seen = StaffSession.objects.get().last_used
    is_in(client)
    assert StaffSession.objects.get().last_used == seen
    clock.shift(1)
    is_in(client)
    assert StaffSession.objects.get().last_used > seen


def test_a_copy_of_the_table_opens_no_session(person):
    client = signed_in(person)
    key = client.cookies["memorial_session"].value
    row = StaffSession.objects.get()
    assert row.pk == key_digest(key)
    thief = Client()
    thief.cookies["memorial_session"] = row.pk
    assert not is_in(thief)
    assert key not in row.session_data


def test_the_owner_sees_sessions_without_address_or_browser_and_ends_them_one_by_one(person, clock):
    here = signed_in(person)
    clock.shift(40)
    others = [Client(headers={"user-agent": "Tell-tale/1.0"}, REMOTE_ADDR="203.0.113.9") for _ in range(2)]
    for other in others:
        person.presses(other)
    stranger = Person(an_account("boris")).enrol()
    foreign = signed_in(stranger)
    page = here.get(reverse("admin:security")).content.decode()
    assert page.count('name="session"') == 2
    assert "Tell-tale" not in page
    assert "203.0.113" not in page
    names = {field.name for field in StaffSession._meta.fields}
    assert names == {"session_key", "session_data", "expire_date", "account", "way", "begun", "last_used"}
    first = StaffSession.objects.get(pk=key_digest(others[0].cookies["memorial_session"].value))
    here.post(reverse("admin:security-end"), {"session": first.pk[:12]})
    assert [is_in(one) for one in (here, *others, foreign)] == [True, False, True, True]
    theirs = StaffSession.objects.get(account=stranger.account)
    for name in (theirs.pk[:12], "", "x", "%"):
        here.post(reverse("admin:security-end"), {"session": name} if name else {"session": "a"})
    assert is_in(foreign)
    assert is_in(others[1])
    here.post(reverse("admin:security-end"))
    assert [is_in(one) for one in (here, *others, foreign)] == [True, False, False, True]
    here.post(reverse("admin:logout"))
    assert not StaffSession.objects.filter(account=person.account).exists()


def test_lock_staff_ends_everything_at_once(person, capsys):
    boris = Person(an_account("boris")).enrol()
    one, two = signed_in(person), signed_in(boris)
    issue_link(account=boris.account, by=None)
    call_command("lock_staff")
    assert "Sessions ended: 2. Links voided: 1. Accounts closed: 0." in capsys.readouterr().out
    assert not is_in(one)
    assert not is_in(two)
    assert is_in(signed_in(person)), "the accounts are open"


def test_lock_staff_of_one_with_closing(person):
    boris = Person(an_account("boris")).enrol()
    one, two = signed_in(person), signed_in(boris)
    call_command("lock_staff", "boris", close=True)
    assert is_in(one)
    assert not is_in(two)
    assert boris.presses(Client()).status_code == 200
    with pytest.raises(CommandError, match="borsi"):
        call_command("lock_staff", "borsi")


@pytest.mark.parametrize("column", ["is_active", "is_staff"])
def test_closing_ends_sessions_and_links_by_whatever_path(person, column):
    client = signed_in(person)
    issue_link(account=person.account, by=None)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE staff_user SET {column} = false WHERE id = %s", [person.account.pk])
    assert not StaffSession.objects.exists()
    assert not EnrolmentLink.objects.exists()
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(person):
    here, other = signed_in(person), signed_in(person)
    typed = {
        "old_password": "paper boat on a pond",
        "new_password1": "a kite over hills",
        "new_password2": "a kite over hills",
    }
    assert here.post(reverse("admin:password_change"), typed).status_code == 302
    assert is_in(here)
    assert not is_in(other)


@pytest.mark.parametrize("delete", ["row", "rows", "sql"])
def test_an_account_is_never_deleted(db, delete):
    account = an_account("anna")

    def remove() -> None:
        if delete == "row":
            account.delete()
        elif delete == "rows":
            User.objects.filter(pk=account.pk).delete()
        else:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM staff_user WHERE id = %s", [account.pk])

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        remove()
    assert caught.value.__cause__.diag.constraint_name == "staff_user_kept"


def test_what_is_over_is_swept_away(person, clock):
    signed_in(person)
    Client().post(reverse("admin:passkey-ask"))
    assert StaffSession.objects.count() == 2
    clock.shift(31 * MINUTE)
    SessionStore.clear_expired()
    assert not StaffSession.objects.exists()


def test_a_look_at_the_door_makes_no_session(db, client):
    client.get(reverse("admin:login"))
    assert "memorial_session" not in client.cookies
    assert not StaffSession.objects.exists()
