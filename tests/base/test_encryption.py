"""Sealed texts: what opens, what does not, and what the stored text tells."""

from __future__ import annotations

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.base import encryption
from memorial.base.encrypted_fields import KINDS
from memorial.base.encryption import CannotOpenError, NoKeysError, digest, digests, seal, unseal

PLACE = "assistance_client.name"
FIRST, SECOND = os.urandom(32), os.urandom(32)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = (FIRST,)
    return settings


@given(texts)
def test_what_is_sealed_opens_again(text):
    assert unseal(seal(text, PLACE), PLACE) == text


def test_the_stored_text_holds_nothing_of_it_and_differs_every_time():
    one, two = seal("Горинцев", PLACE), seal("Горинцев", PLACE)
    assert one != two
    for stored in (one, two):
        assert encryption.is_sealed(stored)
        raw = base64.urlsafe_b64decode(stored.split(":")[2] + "==")
        assert "Горинцев".encode() not in raw


def test_nothing_is_stored_for_nothing():
    assert seal("", PLACE) == unseal("", PLACE) == ""


@pytest.mark.parametrize(("one", "other"), [("а", "Горинцев"), ("x" * 27, "ж" * 5)])
def test_the_length_tells_only_steps(one, other):
    assert len(seal(one, PLACE)) == len(seal(other, PLACE))


def test_a_text_that_was_moved_to_another_column_does_not_open():
    with pytest.raises(CannotOpenError, match="another place"):
        unseal(seal("Горинцев", PLACE), "assistance_lawyer.name")


def test_another_key_does_not_open_and_is_named(settings):
    stored = seal("Горинцев", PLACE)
    settings.FIELD_KEYS = (SECOND,)
    with pytest.raises(CannotOpenError, match=f"{encryption.key_name(FIRST)} is not among FIELD_KEYS"):
        unseal(stored, PLACE)


def test_a_key_that_calls_itself_by_the_name_of_ours_does_not_open(settings):
    stored = seal("Горинцев", PLACE)
    settings.FIELD_KEYS = (SECOND,)
    renamed = stored.replace(encryption.key_name(FIRST), encryption.key_name(SECOND))
    with pytest.raises(CannotOpenError):
        unseal(renamed, PLACE)


def test_any_changed_letter_is_noticed():
    stored = seal("Горинцев", PLACE)
    head, _, body = stored.rpartition(":")
    for position in range(0, len(body) - 1, 7):
        other = "A" if body[position] != "A" else "B"
        with pytest.raises(CannotOpenError):
            unseal(f"{head}:{body[:position]}{other}{body[position + 1 :]}", PLACE)


@pytest.mark.parametrize("text", ["Горинцев", "e1:", "e1:zz:zz", "e2:0123abcd:" + "A" * 90])
def test_a_text_that_was_never_sealed_does_not_pass_for_one(text):
    assert not encryption.is_sealed(text)
    with pytest.raises(CannotOpenError):
        unseal(text, PLACE)


def test_after_a_rotation_old_texts_open_and_new_ones_have_the_new_key(settings):
    old = seal("Горинцев", PLACE)
    settings.FIELD_KEYS = (SECOND, FIRST)
    new = seal("Горинцев", PLACE)
    assert unseal(old, PLACE) == unseal(new, PLACE) == "Горинцев"
    assert (encryption.is_current(old), encryption.is_current(new)) == (False, True)


def test_without_keys_nothing_is_sealed_or_opened(settings):
    stored = seal("Горинцев", PLACE)
    settings.FIELD_KEYS = ()
    for attempt in (lambda: seal("x", PLACE), lambda: unseal(stored, PLACE), lambda: digest("x", PLACE)):
        with pytest.raises(NoKeysError):
            attempt()


# --- Digests ---------------------------------------------------------------------------------------


def test_a_digest_depends_on_key_and_place(settings):
    here, there = digest("горинцев", PLACE), digest("горинцев", "assistance_lawyer.name")
    settings.FIELD_KEYS = (SECOND, FIRST)
    assert len({here, there, digest("горинцев", PLACE)}) == 3
    assert here in digests("горинцев", PLACE)


def test_a_digest_is_no_plain_hash():
    """Without the key nobody can try names out."""
    import hashlib

    for plain in ("горинцев", f"{PLACE}горинцев"):
        assert digest("горинцев", PLACE) not in hashlib.sha256(plain.encode()).hexdigest()


names = st.lists(st.text("абвгдеёжз", min_size=2, max_size=9), min_size=1, max_size=4)


@given(names, st.randoms(use_true_random=False))
def test_a_name_is_found_whole_in_any_order_case_and_with_or_without_yo(words, random):
    stored, sought = KINDS["name"]
    shuffled = random.sample(words, len(words))
    spelt = " ".join(shuffled).upper().replace("Ё", "Е")
    assert set(sought(spelt)) <= set(stored(" ".join(words)))


@given(names)
def test_a_name_is_found_by_surname_and_by_surname_and_given_name(words):
    stored, sought = KINDS["name"]
    for count in range(1, len(words) + 1):
        assert set(sought(" ".join(words[:count]))) <= set(stored(" ".join(words)))


def test_a_given_name_alone_finds_nobody():
    """Digests of given names would let who holds the table count them and guess."""
    stored, sought = KINDS["name"]
    assert not set(sought("Тимур")) & set(stored("Горинцев Тимур Адамович"))


@given(st.integers(10**9, 10**10 - 1))
def test_a_number_is_found_however_it_is_written(number):
    stored, sought = KINDS["contact"]
    digits = f"7{number}"
    kept = set(
        stored(f"мать: +{digits[0]} ({digits[1:4]}) {digits[4:7]}-{digits[7:9]}-{digits[9:]}, вечером")
    )
    assert set(sought(digits)) <= kept
    assert set(sought(f"8{number}")) <= kept


@pytest.mark.parametrize("asked", ["ANNA@Example.org", "@vecher_42", "8 999 123 45 67"])
def test_each_way_to_reach_somebody_is_found_alone(asked):
    stored, sought = KINDS["contact"]
    kept = stored("anna@example.org, телеграм @Vecher_42; +7 999 123-45-67.")
    assert len(kept) == 3
    assert sought(asked)
    assert set(sought(asked)) <= set(kept)
