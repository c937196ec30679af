"""The machine that signs has the code and nothing else: no database, no settings, no site."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from donations.actions.sets import file_to_sign
from donations.checks.refused import DetailsRefused
from donations.models import PaymentSet
from donations.signing.files import fingerprint
from donations.signing.keys import is_encrypted, public_keys, read_private_key, write_new_key
from donations.signing.signature import signed, verified
from donations.signing.text import block_of
from memorial.base.civil_date import civil_date
from tests.donations.refused_payment import decide, proposal
from tests.donations.signing import BANK, CARD, KEY, KEYS, set_of

MANAGE = Path(django_settings.BASE_DIR) / "manage.py"
FROM, UNTIL = "2026-11-20", "2027-02-17"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def alone(*arguments: object, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command on a machine whose environment is empty."""
    return subprocess.run(
        [sys.executable, str(MANAGE), *map(str, arguments)],
        env={"PATH": os.defpath, **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> dict[str, Path | str]:
    """A folder with a key made there, a file to sign, and the set that was signed."""
    folder = tmp_path_factory.mktemp("offline")
    made = alone("make_payment_key", folder / "key.pem", "--no-passphrase")
    assert made.returncode == 0, made.stderr
    (folder / "details.txt").write_bytes(("donations-unsigned 1\n" + block_of(BANK)).encode())
    return {"folder": folder, "public": made.stdout.splitlines()[-1]}


def sign(machine, *arguments: object, typed: str = "", file: str = "details.txt"):
    folder = machine["folder"]
    return alone("sign_payment_details", folder / file, "--key", folder / "key.pem", *arguments, typed=typed)


def test_signing_and_verifying_need_nothing_but_the_code(machine):
    folder = machine["folder"]
    done = sign(machine, "--serial", 3, "--from", FROM, "--until", UNTIL, typed="yes\n")
    assert done.returncode == 0, done.stderr
    assert "iban DE89370400440532013000" in done.stdout, "whoever signs reads every account"
    assert fingerprint((folder / "details.txt").read_text()) in done.stdout
    text = (folder / "payment-set-3.txt").read_bytes().decode()
    assert verified(text, public_keys([machine["public"]])).serial == 3
    genuine = alone(
        "verify_payment_set", folder / "payment-set-3.txt", "--key", machine["public"], "--on", UNTIL
    )
    assert genuine.returncode == 0
    assert "number 3" in genuine.stdout
    for more in (["--on", "2027-02-18"], ["--on", "2026-11-19"], ["--on", UNTIL, "--lowest", "4"]):
        said = alone("verify_payment_set", folder / "payment-set-3.txt", "--key", machine["public"], *more)
        assert (said.returncode, said.stdout) == (1, "")
    (folder / "changed.txt").write_text(text.replace("Donation", "Donations"))
    changed = alone("verify_payment_set", folder / "changed.txt", "--key", machine["public"], "--on", UNTIL)
    assert changed.returncode == 1
    assert "not of this text" in changed.stderr


def test_the_key_is_for_its_owner_alone_and_never_overwritten(machine):
    file = machine["folder"] / "key.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    again = alone("make_payment_key", file, "--no-passphrase")
    assert again.returncode == 1
    assert file.read_bytes() == before
    assert read_private_key(file)


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (["--serial", 4, "--from", FROM, "--until", "2027-02-18"], "yes\n"),
        (["--serial", 4, "--from", FROM, "--until", "2026-11-19"], "yes\n"),
        (["--serial", 0, "--from", FROM, "--until", UNTIL], "yes\n"),
        (["--serial", 4, "--from", FROM, "--until", UNTIL], "no\n"),
    ],
)
def test_what_is_not_signed_leaves_no_file(machine, arguments, typed):
    refused = sign(machine, *arguments, typed=typed)
    assert refused.returncode == 1, refused.stdout
    assert not list(machine["folder"].glob(f"payment-set-{arguments[1]}.txt"))


def test_a_wrong_check_digit_is_refused_on_that_machine_too(machine):
    text = (machine["folder"] / "details.txt").read_text().replace("DE89", "DE88")
    (machine["folder"] / "mistyped.txt").write_text(text)
    done = sign(machine, "--serial", 4, "--from", FROM, "--until", UNTIL, "--yes", file="mistyped.txt")
    assert done.returncode == 1
    assert "no IBAN" in done.stderr


def test_a_key_with_a_passphrase_opens_with_it_alone(tmp_path):
    write_new_key(tmp_path / "key.pem", b"six words are better than one")
    assert is_encrypted(tmp_path / "key.pem")
    assert read_private_key(tmp_path / "key.pem", b"six words are better than one")
    for wrong in (b"", b"seven words"):
        with pytest.raises(DetailsRefused):
            read_private_key(tmp_path / "key.pem", wrong)


# --- and what comes back --------------------------------------------------------------------------


@pytest.fixture
def approved(db, settings):
    settings.DONATE_PUBLIC_KEYS = KEYS
    settings.DONATE_LOWEST_SERIAL = 1
    decide(proposal())


@pytest.mark.usefixtures("approved")
def test_a_set_goes_out_is_signed_and_comes_back(tmp_path, capsys):
    call_command("export_payment_details", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == file_to_sign()
    (tmp_path / "set.txt").write_text(signed(set_of(CARD, serial=2), KEY))
    call_command("load_payment_set", tmp_path / "set.txt")
    assert "DONATE_LOWEST_SERIAL=2" in capsys.readouterr().out
    assert PaymentSet.objects.newest().serial == 2


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: signed(set_of(BANK, CARD, serial=2), KEY), "Not what is approved now: bank"),
        (lambda: signed(set_of(BANK, serial=2), KEY), "Not what is approved now: bank, card"),
        (
            lambda: signed(set_of(CARD, serial=2, begins=civil_date() - timedelta(days=30)), KEY),
            "has expired",
        ),
        (lambda: signed(set_of(CARD, serial=1), KEY), "exists already"),
        (lambda: signed(set_of(CARD, serial=2), KEY).replace("once", "other"), "not of this text"),
        (lambda: "nonsense", "no signature"),
    ],
)
def test_what_is_not_taken_in_says_why(tmp_path, made, said):
    (tmp_path / "first.txt").write_text(signed(set_of(CARD, serial=1), KEY))
    call_command("load_payment_set", tmp_path / "first.txt")
    (tmp_path / "set.txt").write_text(made())
    with pytest.raises(CommandError, match=said):
        call_command("load_payment_set", tmp_path / "set.txt")
    assert PaymentSet.objects.newest().serial == 1


@pytest.mark.usefixtures("approved")
def test_the_lowest_number_is_refused_at_the_door_as_well(tmp_path, settings):
    settings.DONATE_LOWEST_SERIAL = 9
    (tmp_path / "set.txt").write_text(signed(set_of(CARD, serial=8), KEY))
    with pytest.raises(CommandError, match="below 9"):
        call_command("load_payment_set", tmp_path / "set.txt")


def test_the_proof_of_who_one_is_is_kept_with_the_proposal(db):
    before = timezone.now()
    made = decide(proposal(ago=timedelta(minutes=4)))
    made.refresh_from_db()
    assert timedelta(minutes=4) <= made.proposed_at - made.proposer_confirmed_at < timedelta(minutes=5)
    assert made.decider_confirmed_at >= before
