"""Check digits against published vectors; each is cited, and each wrong one differs by what people mistype."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donations.checks.bank import check_bic, check_iban, epc_text
from donations.checks.base58 import decode_base58check, encode_base58check
from donations.checks.bech32 import decode_segwit, encode_segwit
from donations.checks.crypto import check_address, check_asset, eip55
from donations.checks.keccak import keccak_256
from donations.checks.refused import DetailsRefused
from donations.checks.values import check_url
from donations.checks.words import check_words

# The examples of the register of ISO 13616 (SWIFT, IBAN REGISTRY, release 99).
IBANS = [
    "AD1200012030200359100100",
    "AT611904300234573201",
    "BE68539007547034",
    "CH9300762011623852957",
    "CZ6508000000192000145399",
    "DE89370400440532013000",
    "EE382200221020145685",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GE29NB0000000101904917",
    "LT121000011101001000",
    "LV80BANK0000435195001",
    "MT84MALT011000012345MTLCAST001S",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "PL61109010140000071219812874",
]
# BIP 173 and BIP 350, «Test vectors»: address → scriptPubKey, main network.
SEGWIT = {
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": "0014751e76e8199196d454941c45d1b3a323f1433bd6",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y": (
        "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6"
    ),
    "BC1SW50QGDZ25J": "6002751e",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs": "5210751e76e8199196d454941c45d1b3a323",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": (
        "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    ),
}
# BIP 350, «Test vectors», the invalid addresses of the main network's prefix, and their reasons there.
NOT_SEGWIT = [
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # Bech32 instead of Bech32m
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",  # the same, version 16
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",  # Bech32m instead of Bech32
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",  # a sign outside the set
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",  # version 17
    "bc1pw5dgrnzv",  # a program of one byte
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",  # 41 bytes
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",  # version 0 with 16 bytes
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",  # more than 4 bits over
    "bc1gmk9yu",  # nothing in it
]
# EIP-55, «Test Cases».
EIP_55 = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]
# Bitcoin Core, src/test/data/base58_encode_decode.json and key_io_valid.json: the payload and its text.
BASE58_ADDRESSES = {
    "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i": "0065a16059864a2fdbc7c99a4723a8395bc6f188eb",
    "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou": "0574f209f6ea907e2ea48f74fae05782ae8a665257",
}


@pytest.mark.parametrize("iban", IBANS)
def test_the_registers_examples_are_accounts_and_one_sign_changed_is_none(iban):
    check_iban(iban)
    for place in range(2, len(iban), 5):
        wrong = iban[:place] + ("1" if iban[place] != "1" else "2") + iban[place + 1 :]
        with pytest.raises(DetailsRefused):
            check_iban(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "DE8937040044053201300",
        "XX89370400440532013000",
        "",
        "DE",
        "DE89370400440532013000\n",
        "DE８9370400440532013000",
    ],
)
def test_what_is_no_iban_as_machines_write_it(text):
    with pytest.raises(DetailsRefused):
        check_iban(text)


def test_a_bic_is_of_the_country_of_its_account():
    check_bic("SAMPDEFF", "DE89370400440532013000")
    check_bic("SAMPGGSX", "GB29NWBK60161331926819")
    for bic, iban in (
        ("SAMPDEFF", "FR1420041010050500013M02606"),
        ("SAMPDEF", "DE89"),
        ("sampdeff", "DE89"),
        ("SAMPDEFFXX", "DE89"),
        ("SAMP1EFF", "DE89"),
    ):
        with pytest.raises(DetailsRefused):
            check_bic(bic, iban)


@pytest.mark.parametrize(("address", "script"), SEGWIT.items())
def test_witness_programs_of_the_bips(address, script):
    found = decode_segwit("bc", address)
    opcode = int(script[:2], 16)
    assert found.version == (opcode - 0x50 if opcode else 0)
    assert found.program.hex() == script[4:]
    assert encode_segwit("bc", found.version, found.program) == address.lower()


@pytest.mark.parametrize("address", NOT_SEGWIT)
def test_what_the_bips_refuse(address):
    assert decode_segwit("bc", address) is None


@pytest.mark.parametrize(("address", "payload"), BASE58_ADDRESSES.items())
def test_base58check_addresses(address, payload):
    assert decode_base58check(address).hex() == payload
    assert encode_base58check(bytes.fromhex(payload)) == address
    check_address(address, "bitcoin")


@pytest.mark.parametrize("address", EIP_55)
def test_the_cases_of_eip_55(address):
    assert eip55(address.lower()) == address
    check_address(address, "ethereum")


def test_an_ethereum_address_without_capitals_has_no_checksum_and_is_refused():
    for wrong in (EIP_55[4].lower(), EIP_55[4].swapcase(), EIP_55[4][:-1], EIP_55[4] + "0"):
        with pytest.raises(DetailsRefused):
            check_address(wrong, "ethereum")


def test_keccak_of_the_published_digests():
    """The empty text and «abc», as the Keccak team's known answers for KECCAK[c=512] have them."""
    assert keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak_256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"


@given(st.binary(max_size=300))
@settings(max_examples=40)
def test_the_permutation_is_that_of_hashlib(data):
    assert keccak_256(data, padding=0x06) == hashlib.sha3_256(data).digest()


TRON = encode_base58check(b"\x41" + hashlib.sha256(b"demo").digest()[:20])
GOOD = {"bitcoin": next(iter(BASE58_ADDRESSES)), "ethereum": EIP_55[4], "tron": TRON}


def test_trons_own_example_is_an_address():
    """TRON developer documentation, «Accounts», the address of its example."""
    check_address("TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL", "tron")


@pytest.mark.parametrize("network", GOOD)
def test_an_address_of_one_network_is_none_of_another(network):
    check_address(GOOD[network], network)
    for other in GOOD.keys() - {network}:
        with pytest.raises(DetailsRefused):
            check_address(GOOD[network], other)


@pytest.mark.parametrize("address", [*GOOD.values(), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"])
def test_any_one_sign_changed_is_no_address(address):
    network = next((name for name, good in GOOD.items() if good == address), "bitcoin")
    for place, sign in enumerate(address):
        for other in "2a9Z" if sign not in "2a9Z" else "3bYq":
            with pytest.raises(DetailsRefused):
                check_address(address[:place] + other + address[place + 1 :], network)


@pytest.mark.parametrize(
    "address",
    [
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",  # the test network (BIP 173)
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",  # right, but another spelling of the same
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",  # version 2, which anybody may spend
        "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",  # the test network in base58
        "",
        "1",
        "1" * 61,
    ],
)
def test_bitcoin_addresses_that_must_not_be_shown(address):
    with pytest.raises(DetailsRefused):
        check_address(address, "bitcoin")


def test_a_currency_is_one_of_its_network():
    check_asset("USDT", "tron")
    for asset, network in (("BTC", "tron"), ("USDT", "bitcoin"), ("USDT", "solana")):
        with pytest.raises(DetailsRefused):
            check_asset(asset, network)


@pytest.mark.parametrize(
    "url",
    [
        "http://pay.example.org/x",
        "https://pay.example.org",
        "https://pay.example.org:8443/x",
        "https://user@pay.example.org/x",
        "https://pay.example.org\\@evil.example/x",
        "https://pay.example.org/x#y",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://пример.example/x",
        "https://pay.example.org/é",
        "https://pay.example.org/a b",
        "https://PAY.example.org/x",
        "https://pay..example.org/x",
        "javascript://pay.example.org/%0aalert(1)",
        "https:///x",
        "",
    ],
)
def test_pages_that_nobody_is_sent_to(url):
    with pytest.raises(DetailsRefused):
        check_url(url)


def test_pages_that_somebody_is_sent_to():
    check_url("https://pay.example.org/")
    check_url("https://xn--e1afmkfd.example/give?to=memorial&sum=10")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " a",
        "a ",
        "a  b",
        "a\u00a0b",
        "a\u202eb",
        "a\tb",
        "a\nb",
        "e\u0301",
        "a\u200bb",
        "x" * 71,
        "\ud800",
    ],
)
def test_words_that_look_like_others(text):
    with pytest.raises(DetailsRefused):
        check_words(text, 70)


def test_the_text_of_a_euro_transfer_is_that_of_the_guideline():
    """EPC069-12 v3.1, section 3, with version 002: no sum, no purpose, unstructured text."""
    values = {"bic": "SAMPDEFFXXX", "holder": "Sample e. V.", "iban": IBANS[5], "reference": "Donation"}
    assert epc_text(values) == (f"BCD\n002\n1\nSCT\nSAMPDEFFXXX\nSample e. V.\n{IBANS[5]}\n\n\n\nDonation")
