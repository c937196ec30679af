"""The page of mirrors, the header for Tor Browser, and what the environment may say."""

import pytest

from memorial.errors import Misconfigured
from memorial.mirror_environment import mirror_addresses, mirror_key, mirror_public_key

ONION = "http://" + "a2" * 28 + ".onion"
pytestmark = pytest.mark.django_db


def test_without_mirrors_the_page_says_so(client):
    text = client.get("/en/mirrors/").content.decode()
    assert "There are no other addresses at present." in text
    assert "a copy cannot be checked" in text


def test_mirrors_and_key_are_there_to_copy(client, settings):
    settings.MIRRORS = ("https://copy.example",)
    settings.ONION_URL, settings.MIRROR_PUBLIC_KEY = ONION, "AAAA"
    for language in ("ru", "en"):
        text = client.get(f"/{language}/mirrors/").content.decode()
        assert 'href="https://copy.example" rel="noreferrer noopener"' in text
        assert ONION in text
        assert "--key AAAA" in text


def test_tor_browser_is_told_of_the_same_page_and_the_office_is_not_named(client, settings):
    assert "Onion-Location" not in client.get("/en/mirrors/").headers
    settings.ONION_URL = ONION
    assert client.get("/en/mirrors/?x=1").headers["Onion-Location"] == f"{ONION}/en/mirrors/?x=1"
    assert "Onion-Location" not in client.get(f"/{settings.ADMIN_PATH}login/").headers


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("MIRRORS", "http://copy.example", mirror_addresses),
        ("MIRRORS", "copy.example", mirror_addresses),
        ("MIRROR_PUBLIC_KEY", "short", mirror_public_key),
        ("MIRROR_KEY", "AAAA", lambda: mirror_key(is_web=True)),
    ],
)
def test_nonsense_is_refused_in_one_sentence(monkeypatch, name, text, read):
    monkeypatch.setenv(name, text)
    with pytest.raises(Misconfigured, match=name):
        read()


def test_what_is_right_is_taken(monkeypatch):
    monkeypatch.setenv("MIRRORS", f"https://one.example, {ONION}")
    assert mirror_addresses() == ("https://one.example", ONION)
