"""QR codes are read back by a reader that has nothing to do with the library that draws them."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from memorial.base.qr import MOST_CHARACTERS, QUIET_ZONE, QrCode, qr_code

PAGE = "https://memorial.example.org/ru/prisoners/rozhdestvenskaya-pereverzeva-alexandra/"


def picture_of(code: QrCode, *, scale: int = 6) -> Image.Image:
    """The path as a browser would fill it."""
    image = Image.new("L", (code.side * scale, code.side * scale), 255)
    draw = ImageDraw.Draw(image)
    drawn = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in drawn) == code.path
    for x, y, width in (map(int, run) for run in drawn):
        box = (x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1)
        draw.rectangle(box, fill=0)
    return image


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        "https://example.org/en/prisoners/p-4kxw7mzt2c/",
        "http://primer7nesushchestvuyushchiy2adres.onion/ru/prisoners/" + "a" * 80 + "/",
        "Текст по-русски",
        "x" * MOST_CHARACTERS,
    ],
)
def test_another_reader_reads_the_same(content):
    assert read(picture_of(qr_code(content))) == [content]


def test_a_dirty_code_is_still_read():
    image = picture_of(qr_code(PAGE))
    side = image.width
    ImageDraw.Draw(image).ellipse((side * 0.5, side * 0.5, side * 0.62, side * 0.62), fill=255)
    assert read(image) == [PAGE]


def test_the_reader_would_notice_a_wrong_code():
    code = qr_code(PAGE)
    half = QrCode(code.content, code.side, code.path[: len(code.path) // 3].rpartition("M")[0])
    assert read(picture_of(half)) == []


def test_the_quiet_zone_is_white():
    code = qr_code(PAGE)
    image = picture_of(code, scale=1)
    dark = image.point(lambda value: 255 - value).getbbox()
    assert dark == (QUIET_ZONE, QUIET_ZONE, code.side - QUIET_ZONE, code.side - QUIET_ZONE)


@pytest.mark.parametrize("content", ["", "x" * (MOST_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(content):
    with pytest.raises(ValueError, match="1 to 500 characters"):
        qr_code(content)
