"""Sign-in of a demo: by password only, where invented people are; tests/signin has the real one."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from memorial.base.models import HistoryEntry
from memorial.staff.management.commands.create_demo_staff import DEMO_STAFF
from memorial.staff.models import User

pytestmark = pytest.mark.django_db
LOGIN = "admin:login"


@pytest.fixture
def demo(settings, capsys):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff")
    return capsys.readouterr().out


def sign_in(client, name="editor", password=DEMO_STAFF["editor"]):
    return client.post(
        reverse(LOGIN), {"username": name, "password": password, "next": reverse("admin:index")}
    )


def test_without_demo_a_password_alone_lets_nobody_in(client, groups):
    User.objects.create_superuser("root", password="only for tests 1")
    client.cookies["django_language"] = "en"
    page = sign_in(client, "root", "only for tests 1")
    assert page.status_code == 200
    assert 'name="code"' in page.content.decode()
    assert client.get(reverse("admin:index")).status_code == 302


def test_in_a_demo_the_printed_accounts_sign_in(demo, client):
    for name, password in DEMO_STAFF.items():
        assert f"{name} / {password}" in demo
        guest = Client()
        assert sign_in(guest, name, password).status_code == 302
        answer = guest.get(reverse("admin:index"))
        assert answer.status_code == 200
        assert 'class="environment"' in answer.content.decode()
    assert sign_in(client, password="wrong").status_code == 200
    assert "_auth_user_id" not in client.session


def test_demo_accounts_are_refused_beside_real_people_and_made_once(settings, capsys):
    settings.DEMO_SIGN_IN = False
    with pytest.raises(CommandError, match="DEMO_SIGN_IN"):
        call_command("create_demo_staff")
    assert not User.objects.exists()
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff")
    first = capsys.readouterr().out
    seen = HistoryEntry.objects.count()
    call_command("create_demo_staff")
    assert capsys.readouterr().out == first
    assert HistoryEntry.objects.count() == seen, "run again, it changes nothing"
    assert User.objects.count() == len(DEMO_STAFF)
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_closed_account_and_one_that_is_not_staff_stay_outside(demo, client):
    User.objects.filter(username="editor").update(is_active=False)
    assert sign_in(client).status_code == 200
    User.objects.filter(username="editor").update(is_active=True, is_staff=False)
    assert sign_in(client).status_code == 200
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_language_is_chosen_before_and_after_signing_in(demo, client):
    answer = client.post(reverse("admin:language"), {"language": "en", "next": reverse(LOGIN)})
    assert (answer.status_code, answer.url) == (302, reverse(LOGIN))
    cookie = answer.cookies["django_language"]
    assert (cookie.value, cookie["path"]) == ("en", "/admin/")
    assert "Sign in" in client.get(reverse(LOGIN)).content.decode()
    sign_in(client)
    assert 'lang="en"' in client.get(reverse("admin:index")).content.decode()
    assert (
        client.post(reverse("admin:language"), {"language": "en", "next": "https://evil.example/"}).url == "/"
    )


def test_the_language_switch_needs_its_token():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("admin:language"), {"language": "en"}).status_code == 403


def test_the_banner_is_on_every_page_of_a_demo_and_on_no_other(demo, desk, settings):
    for address in ("admin:index", "admin:prisoners_prisoner_changelist", "admin:prisoners_prisoner_quick"):
        assert 'class="environment"' in desk.get(reverse(address)).content.decode()
    settings.DEMO_SIGN_IN = False
    assert 'class="environment"' not in desk.get(reverse("admin:index")).content.decode()


def test_a_form_sent_with_an_old_token_is_refused_in_words_and_in_the_editors_language(settings):
    settings.DEMO_SIGN_IN = True
    address = reverse("admin:login")
    response = Client(enforce_csrf_checks=True).post(address, {}, headers={"accept-language": "en"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "What you typed is kept in this browser" in page
    assert '<html lang="en"' in page
    assert "<style" not in page
