"""The QR codes of accounts, read back by an independent reader as a telephone reads them."""

import re

import pytest
import zxingcpp
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image, ImageDraw

from donations.models import PaymentMethod
from donations.signing.details import MethodDetails
from memorial.base.qr import QrCode, qr_code
from tests.donations.signing import ALL, BANK, BITCOIN, CARD

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")
MODULE = 4


def read(svg: str) -> str:
    """What a reader sees in the drawing on the page: black runs on white, module by module."""
    tag = BeautifulSoup(svg, "html.parser").find("svg")
    side = int(tag["viewbox"].split()[2])
    picture = Image.new("L", (side * MODULE, side * MODULE), 255)
    pen = ImageDraw.Draw(picture)
    runs = _RUN.findall(tag.find_all("path")[-1]["d"])
    assert len(runs) > 100
    for x, y, width in (tuple(map(int, run)) for run in runs):
        pen.rectangle([x * MODULE, y * MODULE, (x + width) * MODULE - 1, (y + 1) * MODULE - 1], fill=0)
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def page_of(details: MethodDetails, language: str = "en") -> str:
    values = details.values
    method = PaymentMethod(
        slug=details.slug, kind=details.kind, network=values.get("network", ""), asset=values.get("asset", "")
    )
    with translation.override(language):
        return render_to_string("donations/_details.html", {"details": details, "method": method})


def test_the_code_of_an_account_holds_a_transfer_in_euros():
    assert read(page_of(BANK)).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "SAMPDEFFXXX",
        "Sample Beneficiary e. V.",
        "DE89370400440532013000",
        "",
        "",
        "",
        "Donation",
    ]


def test_a_holder_with_letters_beyond_latin_reads_back():
    details = MethodDetails("bank", "bank", {**BANK.values, "holder": "Zoë Müller – «Помощь» e. V."})
    assert "Zoë Müller – «Помощь» e. V." in read(page_of(details))


def test_the_code_of_a_wallet_is_its_address_and_nothing_else():
    assert read(page_of(BITCOIN)) == BITCOIN.values["address"]


@pytest.mark.parametrize("place", [0, 3, 17])
def test_the_reader_tells_one_address_from_another(place):
    """The reader would not pass on a code of something else."""
    other = BITCOIN.values["address"]
    other = other[:place] + ("q" if other[place] != "q" else "z") + other[place + 1 :]
    svg = render_to_string("_qr_code.html", {"qr": qr_code(other), "title": "x"})
    assert read(svg) != BITCOIN.values["address"]


def test_an_account_outside_euros_has_no_code():
    georgian = {
        **BANK.values,
        "iban": "GE29NB0000000101904917",
        "bic": "SAMPGE22",
    }
    details = MethodDetails("bank", "bank", georgian)
    assert details.qr is None
    assert "<svg" not in page_of(details)
    assert "GE29 NB00 0000 0101 9049 17" in page_of(details)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("details", ALL, ids=lambda each: each.kind)
def test_every_value_of_every_kind_stands_in_the_page(details, language):
    page = BeautifulSoup(page_of(details, language), "html.parser")
    text = page.get_text().replace(" ", "")
    for name, value in details.values.items():
        if name == "url":
            (link,) = page.find_all("a")
            assert link["href"] == value
            assert set(link["rel"]) == {"noreferrer", "noopener"}
            assert details.host in text
        elif name != "network":
            assert value.replace(" ", "") in text, name
    for marked in page.find_all(class_="copy"):
        assert marked["translate"] == "no", "a browser must not translate an account"


def test_the_first_and_last_six_signs_stand_apart():
    first, middle, last = BITCOIN.address_parts
    assert (first, last) == ("bc1q92", "n5x8pp")
    assert first + middle + last == BITCOIN.address
    page = BeautifulSoup(page_of(BITCOIN), "html.parser")
    assert [b.get_text() for b in page.find(class_="copy").find_all("b")] == [first, last]


def test_a_page_to_pay_on_has_no_code():
    assert CARD.qr is None
    assert isinstance(BITCOIN.qr, QrCode)
