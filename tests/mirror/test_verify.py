"""The program that lies in every mirror: it believes our key alone, finds every change, and needs only Python."""

import base64
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from memorial.mirror import verify_mirror
from memorial.mirror.ledger import Made
from memorial.mirror.manifest import Head, digest, write_manifest

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
SCRIPT = Path(verify_mirror.__file__)


@pytest.fixture
def mirror(tmp_path):
    """A mirror of four files, signed."""
    folder = tmp_path / "mirror"
    made = []
    for name, text in (
        ("index.html", b"one"),
        ("ru/index.html", b"two"),
        ("ru/a b.txt", b"three"),
        ("en/index.html", b""),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
        made.append(Made(name, digest(text), len(text)))
    head = Head(timezone.now(), date(2026, 12, 7), "https://example.org")
    write_manifest(folder, sorted(made, key=lambda one: one.file), {}, head, KEY)
    return folder


def found(folder, key=PUBLIC, today=date(2026, 11, 23)):
    return list(verify_mirror.findings(folder, key, today))


def test_a_whole_mirror_has_nothing_wrong(mirror):
    assert found(mirror) == []


@pytest.mark.parametrize("name", ["index.html", "ru/a b.txt", *sorted(verify_mirror.OWN)])
def test_one_flipped_bit_anywhere_is_found(mirror, name):
    path = mirror / name
    data = bytearray(path.read_bytes() or b"x")
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    # What cannot be read as a mirror at all is said to be none.
    with suppress(ValueError, KeyError):
        assert found(mirror)


def test_every_single_byte_of_the_head_counts(mirror):
    head = (mirror / "mirror-manifest.txt").read_bytes()
    for place in range(len(head)):
        data = bytearray(head)
        data[place] ^= 1
        (mirror / "mirror-manifest.txt").write_bytes(data)
        try:
            assert found(mirror), place
        except (ValueError, KeyError):
            continue


def test_missing_and_added_files_are_named(mirror):
    (mirror / "ru" / "index.html").unlink()
    (mirror / "en" / "more.html").write_text("x")
    assert sorted(found(mirror)) == ["Missing: ru/index.html", "Not of this mirror: en/more.html"]


def test_another_key_and_an_expired_copy_are_told(mirror):
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert found(mirror, key=other) == ["The head is not signed by this key: do not trust anything here."]
    assert found(mirror, today=date(2026, 12, 8)) == [
        "This copy was valid until 2026-12-07: get a newer one."
    ]
    assert found(mirror, today=date(2026, 12, 7)) == []


def test_a_file_that_became_a_link_to_elsewhere_is_changed(mirror, tmp_path):
    (tmp_path / "same").write_bytes(b"one")
    (mirror / "index.html").unlink()
    (mirror / "index.html").symlink_to(tmp_path / "same")
    assert found(mirror) == ["Changed: index.html"]


def test_it_runs_alone_without_our_packages(mirror):
    command = [
        sys.executable,
        "-I",
        "-S",
        str(SCRIPT),
        str(mirror),
        "--key",
        base64.b64encode(PUBLIC).decode(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr in (
        "Whole.\n",
        "This copy was valid until 2026-12-07: get a newer one.\n",
    )
    (mirror / "index.html").write_bytes(b"0ne")
    assert (
        "Changed: index.html" in subprocess.run(command, capture_output=True, text=True, check=False).stdout
    )
    nothing = subprocess.run([*command[:4], str(mirror / "ru")], capture_output=True, text=True, check=False)
    assert nothing.returncode == 2
    assert nothing.stderr.startswith("Cannot be read as a mirror:")


@settings(max_examples=15, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_the_signature_check_agrees_with_a_library(seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify_mirror.signed_by(public, message, signature)
    assert not verify_mirror.signed_by(public, message + b".", signature)
    for place in (0, 31, 32, 63):
        wrong = bytearray(signature)
        wrong[place] ^= 4
        assert not verify_mirror.signed_by(public, message, bytes(wrong))


def test_the_first_vector_of_the_standard():
    """RFC 8032, section 7.1, TEST 1 and TEST 2."""
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    assert verify_mirror.signed_by(key, b"", signature)
    # A scalar of the order of the group or more is refused (section 5.1.7), or one signature would have many forms.
    larger = int.from_bytes(signature[32:], "little") + verify_mirror._Q
    assert not verify_mirror.signed_by(key, b"", signature[:32] + larger.to_bytes(32, "little"))
