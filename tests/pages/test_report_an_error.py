"""Where a reader reports an error: an address and a key, no form."""

import pytest
from django.test import override_settings
from django.urls import reverse

from memorial.environment import editors_email, editors_pgp_key
from memorial.errors import Misconfigured
from memorial.views.plain import editors_key
from tests.factories import PrisonerFactory

KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\ninvented\n-----END PGP PUBLIC KEY BLOCK-----\n"


@pytest.mark.django_db
@override_settings(EDITORS_EMAIL="editors@example.org")
def test_a_page_names_the_address_and_no_key_where_there_is_none(reader):
    page = reader.get("/en" + reverse("prisoners:prisoner-detail", args=[PrisonerFactory().slug])[3:])
    assert '<a href="mailto:editors@example.org">editors@example.org</a>' in page.text
    assert "editors-pgp.asc" not in page.text


@override_settings(EDITORS_PGP_KEY=KEY)
def test_the_key_is_served_as_a_key(rf):
    answer = editors_key(rf.get("/.well-known/editors-pgp.asc"))
    assert (answer.text, answer["Content-Type"]) == (KEY, "application/pgp-keys")


@pytest.mark.parametrize("wrong", ["editors", "a b@example.org", "@example.org", "a@b@c", "a@"])
def test_an_address_that_is_none_is_refused_in_a_sentence(monkeypatch, wrong):
    monkeypatch.setenv("EDITORS_EMAIL", wrong)
    with pytest.raises(Misconfigured, match="EDITORS_EMAIL is"):
        editors_email("https://example.org")


def test_the_address_follows_the_host_where_none_is_set(monkeypatch):
    monkeypatch.delenv("EDITORS_EMAIL", raising=False)
    assert editors_email("https://example.org") == "editors@example.org"


def test_a_private_or_missing_key_is_refused(monkeypatch, tmp_path):
    file = tmp_path / "key.asc"
    monkeypatch.setenv("EDITORS_PGP_KEY", str(file))
    with pytest.raises(Misconfigured, match="cannot be read"):
        editors_pgp_key()
    file.write_text(KEY + "-----BEGIN PGP PRIVATE KEY BLOCK-----\n")
    with pytest.raises(Misconfigured, match="no public key"):
        editors_pgp_key()
    file.write_text(KEY)
    assert editors_pgp_key() == KEY
