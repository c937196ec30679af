"""The whole way in a real Chromium with a virtual passkey device: enrolling and signing in.

And every page of the door: quiet under the policy, heard by axe, narrow, in both languages.
"""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from memorial.staff import totp
from memorial.staff.models import OneTimeCodes, Passkey, SignIn, User
from memorial.staff.session_store import CONFIRMED, SessionStore
from tests.office.browsing import at_desk, chromium_open
from tests.office.test_in_browser import RULES, violations

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.slow,
]
PASSWORD = "another boat on a pond"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser():
    with chromium_open() as opened:
        yield opened


@pytest.fixture
def site(live_server, settings) -> str:
    """Passkeys know `localhost`, never an address in figures."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.STAFF_URL = settings.PUBLIC_URL = address
    settings.ALLOWED_HOSTS = ["*"]
    settings.CSRF_TRUSTED_ORIGINS = [address]
    return address


def with_passkeys(page) -> None:
    """A device with a finger on it, as Chromium's own developer tools make one."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def enrolment_link(site: str, capsys) -> str:
    call_command("create_staff", "vera", "--group=administrator")
    return capsys.readouterr().out.strip().removeprefix(site)


def code_of(secret: str, *, after: int = 0) -> str:
    """A code that was not used: of the half minute after the last one used."""
    return totp.code_at(secret, max(totp.step_now(), after + 1))


def press(page, words: str = "") -> None:
    page.click(f"button[type=submit]:has-text('{words}') >> visible=true")
    page.wait_for_load_state("networkidle")


def long_ago(page) -> None:
    """The last proof of who sits there was not just now."""
    [key] = [one["value"] for one in page.context.cookies() if one["name"] == "memorial_session"]
    session = SessionStore(key)
    session[CONFIRMED] = 0
    session.save()


def look(desk, found: dict[str, list[str]], name: str) -> None:
    """In both languages: nothing for axe, nothing too wide at 320 pixels."""
    for language in ("ru", "en"):
        desk.page.click(f"button[name=language][value={language}]")
        desk.page.wait_for_load_state("networkidle")
        found[f"{name} {language}"] = violations(desk.page, RULES)
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320, f"{name} {language}"


def test_from_the_link_to_signing_in_with_one_press(browser, site, capsys):
    link = enrolment_link(site, capsys)
    # axe itself sets styles that the policy forbids; the next test is under the policy.
    desk = at_desk(browser, site, viewport={"width": 320, "height": 640}, bypass_csp=True)
    found: dict[str, list[str]] = {}
    page = desk.open(link)
    with_passkeys(page)
    look(desk, found, "enrol")
    secret = re.sub(r"\s", "", page.inner_text(".secret"))
    page.fill("#id_password", PASSWORD)
    page.fill("#id_again", PASSWORD)
    page.fill("#id_code", code_of(secret))
    press(page, "Go on")
    look(desk, found, "paper")
    press(page, "ten new codes")
    assert page.locator(".recovery-codes li").count() == 10
    found["codes"] = violations(page, RULES)
    page.click("a.button:has-text('I have them')")
    page.wait_for_load_state("networkidle")
    look(desk, found, "passkey")
    assert not page.is_visible(".without-passkeys")
    page.fill("#id_name", "laptop")
    page.click("button:has-text('Make a passkey')")
    page.wait_for_url(f"{site}/admin/")
    assert Passkey.objects.get().name == "laptop"
    desk.open(reverse("admin:security"))
    look(desk, found, "security")
    long_ago(page)
    desk.open(reverse("admin:security-codes"))
    look(desk, found, "once more")
    page.click("button:has-text('Confirm with a passkey')")
    page.wait_for_selector(".secret")
    look(desk, found, "another telephone")
    press(page, "Log out")

    desk.open(reverse("admin:login"))
    look(desk, found, "sign-in")
    page.click("button:has-text('Sign in with a passkey')")
    page.wait_for_url(f"{site}/admin/")
    assert SignIn.objects.first().way == "passkey"
    assert not any(found.values()), json.dumps({name: said for name, said in found.items() if said}, indent=1)
    assert desk.foreign == []


def test_the_door_is_quiet_under_the_policy_and_a_false_passkey_is_said_in_words(browser, site, capsys):
    link = enrolment_link(site, capsys)
    desk = at_desk(browser, site)
    page = desk.open(link)
    with_passkeys(page)
    page.click("button[name=language][value=en]")
    page.wait_for_load_state("networkidle")
    desk.open(reverse("admin:login"))
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    # No passkey for this address: the browser refuses, and the page says so.
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()); }")
    press(page, "Sign in with a passkey")
    page.wait_for_selector("[data-error]:not([hidden])")
    assert "The browser made no use of a passkey" in page.inner_text("[data-error]")
    assert desk.said == []
    assert desk.foreign == []


def test_without_javascript_password_and_code_open_and_the_passkey_step_says_where_to_go(
    browser, site, capsys
):
    link = enrolment_link(site, capsys)
    desk = at_desk(browser, site, java_script_enabled=False, locale="en-GB")
    page = desk.open(link)
    secret = re.sub(r"\s", "", page.inner_text(".secret"))
    page.fill("#id_password", PASSWORD)
    page.fill("#id_again", PASSWORD)
    page.fill("#id_code", code_of(secret))
    press(page, "Go on")
    press(page, "ten new codes")
    page.click("a.button:has-text('I have them')")
    assert page.is_visible(".without-passkeys")
    assert not page.is_visible("form[data-passkey]")
    assert site in page.inner_text(".without-passkeys")
    # On another device the passkey has been made meanwhile.
    account = User.objects.get()
    Passkey.objects.create(account=account, name="key", credential_id="x", credential="x")
    press(page, "Log out")
    desk.open(reverse("admin:login"))
    assert not page.is_visible("form[data-passkey]")
    page.fill("#id_username", "vera")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", code_of(secret, after=OneTimeCodes.objects.get().last_step))
    press(page, "Sign in")
    assert page.url == f"{site}/admin/"
    desk.open(reverse("admin:security"))
    assert "password and code" in page.inner_text(".sessions")
