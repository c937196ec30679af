"""One text for one set, one signature for one text; and of all sets only the newest counts."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from donations.checks.refused import DetailsRefused
from donations.models import PaymentMethod, PaymentSet
from donations.signing.current import current_details, current_set
from donations.signing.keys import key_id, public_keys, public_text
from donations.signing.signature import signed, verified
from donations.signing.text import DetailsSet, block_of, read_block, read_set, read_unsigned, unsigned_text
from memorial.base.civil_date import civil_date
from tests.counting import counted
from tests.donations.signing import ALL, BANK, BITCOIN, CARD, KEY, KEYS, PATREON, method_of, set_of, take_in

TXT = "/.well-known/donate.txt"
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


def by_sql(statement: str, *values: object) -> None:
    """Somebody who has the database and switches its guards off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE donations_paymentset DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE donations_paymentset ENABLE TRIGGER USER")


def put(text: str, serial: int = 1) -> None:
    """A row with this text, past every guard of the database."""
    by_sql("DELETE FROM donations_paymentset")
    by_sql("INSERT INTO donations_paymentset (serial, signed_text) VALUES (%s, %s)", serial, text)


def shown(client) -> list[str]:
    """Whatever of the details comes out anywhere."""
    answer = client.get(TXT)
    assert answer.status_code in (200, 404)
    return [*current_details(civil_date()), *([TXT] if answer.status_code == 200 else [])]


# --- the text ---------------------------------------------------------------------------------------


def test_the_text_is_the_documented_one():
    made = DetailsSet(7, date(2026, 11, 20), date(2027, 2, 17), (BANK, CARD))
    assert made.text == (
        "donations-set 1\nserial 7\nvalid-from 2026-11-20\nvalid-until 2027-02-17\n"
        "method bank\nkind bank\nbic SAMPDEFFXXX\nholder Sample Beneficiary e. V.\n"
        "iban DE89370400440532013000\nreference Donation\n"
        "method card\nkind card_once\nurl https://pay.example.org/once\n"
    )
    assert read_set(made.text) == made


GOOD = set_of(BANK, CARD, begins=date(2026, 11, 20), days=90).text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("serial 1\n", "serial 01\n"),
        ("serial 1\n", "serial 0\n"),
        ("serial 1\n", "serial 99999999999\n"),
        ("serial 1\n", "serial ١\n"),
        ("serial 1\n", ""),
        ("serial 1\n", "serial 1 \n"),
        ("serial 1\n", "serial 1\nserial 1\n"),
        ("2026-11-20", "2026-11-31"),
        ("2026-11-20", "20261120"),
        ("2026-11-20", "2026-11-19"),  # 91 days
        ("2026-11-20", "2027-02-18"),  # ends before it begins
        ("donations-set 1", "donations-set 2"),
        ("donations-set 1", "\ufeffdonations-set 1"),
        ("\n", "\r\n"),
        ("kind bank\n", "kind bank\nkind bank\n"),
        ("kind bank\n", "kind crypto\n"),
        ("kind bank\n", "kind cash\n"),
        ("kind bank\n", ""),
        ("method card\n", "method bank\n"),
        ("method card\n", "method a-card\n"),  # out of order
        ("method card\n", "method Card\n"),
        ("method card\n", "\nmethod card\n"),
        (
            "bic SAMPDEFFXXX\nholder Sample Beneficiary e. V.\n",
            "holder Sample Beneficiary e. V.\nbic SAMPDEFFXXX\n",
        ),
        ("reference Donation\n", "reference Donation\nremark x\n"),
        ("reference Donation\n", "reference  Donation\n"),
        ("reference Donation\n", "reference Dona\u202etion\n"),
        ("reference Donation\n", "reference Donatio\u006e\u0303\n"),
        ("reference Donation\n", ""),
        ("DE89", "DE88"),
        ("once\n", "once"),
    ],
)
def test_a_text_that_is_written_otherwise_is_none(old, new):
    assert read_set(GOOD).text == GOOD
    assert old in GOOD
    with pytest.raises(DetailsRefused):
        read_set(GOOD.replace(old, new))


_WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(_WORDS, _WORDS, st.integers(0, len(GOOD)))
@hypothesis_settings(max_examples=120)
def test_whatever_reads_is_written_in_one_way_and_nothing_else_raises(holder, junk, place):
    for text in (GOOD.replace("Sample Beneficiary e. V.", holder), GOOD[:place] + junk + GOOD[place:]):
        try:
            read = read_set(text)
        except DetailsRefused:
            continue
        assert read.text == text


def test_the_file_to_sign_is_ordered_by_itself_and_read_back():
    text = unsigned_text([PATREON, CARD, BANK])
    assert read_unsigned(text) == (BANK, CARD, PATREON)
    assert text == "donations-unsigned 1\n" + "".join(map(block_of, (BANK, CARD, PATREON)))
    for wrong in ("", text[:-1], text.replace("unsigned", "set"), GOOD):
        with pytest.raises(DetailsRefused):
            read_unsigned(wrong)
    with pytest.raises(DetailsRefused):
        unsigned_text([])
    with pytest.raises(DetailsRefused):
        read_block(block_of(CARD) + block_of(PATREON))


def test_a_set_lasts_ninety_days_at_most():
    assert set_of(CARD, days=90)
    for days in (91, 0, 365):
        with pytest.raises(DetailsRefused):
            set_of(CARD, days=days)


# --- the signature ----------------------------------------------------------------------------------


def test_the_signature_has_one_spelling():
    text, keys = signed(set_of(), KEY), public_keys(KEYS)
    assert verified(text, keys) == set_of()
    head, line = text[: text.rindex("signature")], text[text.rindex("signature") :]
    name, digits = line.split()[1:]
    for wrong in (
        head,
        text + "\n",
        text[:-1],
        head + line.upper().replace("SIGNATURE", "signature"),
        head + f"signature {name} {digits}00\n",
        head + line + line,
        text + head,
        f"{head}signature {key_id(OTHER_KEY.public_key())} {digits}\n",
        signed(set_of(serial=2), KEY)[: -len(line)] + line,
    ):
        with pytest.raises(DetailsRefused):
            verified(wrong, keys)


def test_a_key_that_is_none_of_ours_signs_nothing_and_two_of_ours_both_do():
    both = public_keys((*KEYS, public_text(OTHER_KEY.public_key())))
    by_other = signed(set_of(), OTHER_KEY)
    assert verified(by_other, both) == verified(signed(set_of(), KEY), both)
    with pytest.raises(DetailsRefused):
        verified(by_other, public_keys(KEYS))
    with pytest.raises(DetailsRefused):
        verified(by_other.replace(key_id(OTHER_KEY.public_key()), key_id(KEY.public_key())), both)


# --- what is shown ----------------------------------------------------------------------------------


@pytest.fixture
def _ours(db, settings):
    settings.DONATE_PUBLIC_KEYS = KEYS
    settings.DONATE_LOWEST_SERIAL = 1
    for each in ALL:
        method_of(each)


@pytest.mark.usefixtures("_ours")
def test_a_set_that_holds_is_shown_byte_for_byte_in_two_queries(client):
    row = take_in()
    answer = client.get(TXT)
    assert answer.content.decode() == row.signed_text
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=30" in answer["Cache-Control"]
    assert answer["ETag"]
    with counted() as queries:
        assert dict(current_details(civil_date())) == {each.slug: each for each in ALL}
    assert len(queries) == 2


@pytest.mark.usefixtures("_ours")
def test_a_hundred_changes_of_one_byte_show_nothing(client):
    text = take_in().signed_text
    assert len(shown(client)) == len(ALL) + 1, "the same check finds what is there"
    chosen = random.Random(8)
    tried = 0
    while tried < 100:
        place, byte = chosen.randrange(len(text)), chosen.choice("aZ09 \n.:é")
        # Every tenth one in the signature itself.
        place = place if tried % 10 else len(text) - 2 - place % 150
        if text[place] == byte:
            continue
        put(text[:place] + byte + text[place + 1 :])
        assert shown(client) == [], f"byte {place} as {byte!r}"
        tried += 1


def exchanged(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.usefixtures("_ours")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: exchanged(text, "pay.example.org/once", "patreon.example.org/memorial"),
        lambda text: exchanged(text, "method card", "method patreon"),
        lambda text: text.replace(
            "bc1q92t4zmp4fd5gfrxmmr655gn2pf2my8k3n5x8pp", "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i"
        ),
        lambda text: text[: text.rindex("signature")],
        lambda text: signed(set_of(), OTHER_KEY),
        lambda text: unsigned_text(ALL),
        lambda text: signed(set_of(serial=2), KEY),  # genuine, but not this row's number
        lambda text: signed(set_of(days=30, begins=civil_date() - timedelta(days=30)), KEY),
        lambda text: signed(set_of(begins=civil_date() + timedelta(days=1)), KEY),
        lambda text: "",
        lambda text: text * 40,
    ],
    ids=[
        "two accounts swapped",
        "two methods swapped",
        "another wallet",
        "unsigned",
        "wrong key",
        "a file to sign",
        "another number",
        "expired yesterday",
        "begins tomorrow",
        "empty",
        "endless",
    ],
)
def test_what_is_spoilt_by_sql_shows_nothing(client, spoil):
    put(spoil(take_in().signed_text))
    assert shown(client) == []


@pytest.mark.usefixtures("_ours")
def test_more_than_ninety_days_are_shown_on_no_day(client):
    """Signed by our own key, on a machine whose code was changed to allow it."""
    text = set_of(days=90).text
    longer = text.replace(
        (civil_date() + timedelta(days=89)).isoformat(), (civil_date() + timedelta(days=90)).isoformat()
    )
    assert longer != text
    digits = KEY.sign(longer.encode()).hex()
    put(f"{longer}signature {key_id(KEY.public_key())} {digits}\n")
    assert shown(client) == []


@pytest.mark.usefixtures("_ours")
def test_an_older_set_is_never_brought_back(client, settings):
    older, newer = take_in(CARD, BANK, serial=4), take_in(CARD, serial=5)
    assert set(current_details(civil_date())) == {"card"}
    # Its text under a number above the newest.
    by_sql("UPDATE donations_paymentset SET serial = 6 WHERE id = %s", older.pk)
    assert shown(client) == []
    by_sql("UPDATE donations_paymentset SET serial = 4 WHERE id = %s", older.pk)
    # The newest spoilt: the one before it is not asked.
    by_sql("UPDATE donations_paymentset SET signed_text = 'x' WHERE id = %s", newer.pk)
    assert shown(client) == []
    # The newest taken away: the lowest number of the settings keeps the door shut.
    by_sql("DELETE FROM donations_paymentset WHERE id = %s", newer.pk)
    assert set(current_details(civil_date())) == {"card", "bank"}, "why the desk asks for the setting"
    settings.DONATE_LOWEST_SERIAL = 5
    assert shown(client) == []


@pytest.mark.usefixtures("_ours")
def test_first_and_last_day_count_in_moscow():
    take_in(CARD, begins=date(2026, 11, 20), days=3)
    for day, holds in ((19, False), (20, True), (22, True), (23, False)):
        assert bool(current_details(date(2026, 11, day))) is holds
    with time_machine.travel("2026-11-22T20:59:59+00:00", tick=False):
        assert current_set(civil_date())
    with time_machine.travel("2026-11-22T21:00:01+00:00", tick=False):
        assert current_set(civil_date()) is None


@pytest.mark.usefixtures("_ours")
@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "paypal", "network": "", "asset": ""},
        {"network": "tron"},
        {"asset": "USDT"},
        {"slug": "wallet"},
        {"is_shown": False},
    ],
)
def test_details_of_another_kind_or_network_are_left_out_and_the_rest_stands(changed):
    take_in()
    PaymentMethod.objects.filter(slug=BITCOIN.slug).update(**changed)
    assert set(current_details(civil_date())) == {each.slug for each in ALL} - {"bitcoin"}


@pytest.mark.usefixtures("_ours")
def test_without_a_key_in_the_settings_nothing_is_shown(client, settings):
    take_in()
    settings.DONATE_PUBLIC_KEYS = ()
    assert shown(client) == []


def test_without_any_set_the_file_is_absent_as_anything_else(client, db):
    assert client.get(TXT).status_code == 404
    assert PaymentSet.objects.newest() is None


@pytest.mark.usefixtures("_ours")
def test_the_page_is_another_one_when_the_settings_close_the_door(client, settings):
    """A reader's browser asks with the tag of what it has: it must not hear «unchanged»."""
    take_in()
    tag = client.get(TXT)["ETag"]
    assert client.get(TXT, headers={"if-none-match": tag}).status_code == 304
    settings.DONATE_LOWEST_SERIAL = 2
    assert client.get(TXT, headers={"if-none-match": tag}).status_code == 404
