"""Two drawings for the campaigns of the invented world: plainly drawings, of things and of nobody."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageDraw

_SIZE: Final = (1200, 800)
_PAPER, _SHADE, _LINE, _LIGHT = 232, 205, 40, 250
_PEN: Final = 9


def parcel() -> bytes:
    """A parcel tied with string, as a PNG."""
    image, pen = _sheet()
    pen.polygon([(330, 300), (600, 200), (880, 300), (610, 410)], fill=_LIGHT, outline=_LINE, width=_PEN)
    pen.polygon([(330, 300), (610, 410), (610, 690), (330, 570)], fill=_SHADE, outline=_LINE, width=_PEN)
    pen.polygon([(610, 410), (880, 300), (880, 570), (610, 690)], fill=_PAPER, outline=_LINE, width=_PEN)
    pen.line([(465, 250), (745, 355), (745, 630)], fill=_LINE, width=_PEN, joint="curve")
    pen.line([(740, 250), (470, 355), (470, 630)], fill=_LINE, width=_PEN, joint="curve")
    for left, right in ((500, 600), (608, 708)):
        pen.ellipse((left, 235, right, 300), outline=_LINE, width=_PEN)
    pen.rectangle((650, 470, 720, 540), fill=_LIGHT, outline=_LINE, width=_PEN - 3)
    return _png(image)


def desk() -> bytes:
    """A desk with a lamp and a pile of letters, as a PNG."""
    image, pen = _sheet()
    pen.polygon([(330, 330), (180, 620), (640, 620), (490, 330)], fill=_LIGHT)
    pen.polygon([(330, 330), (370, 230), (450, 230), (490, 330)], fill=_SHADE, outline=_LINE, width=_PEN)
    pen.line([(410, 230), (310, 150), (250, 610)], fill=_LINE, width=_PEN, joint="curve")
    pen.rounded_rectangle((190, 600, 310, 625), 12, fill=_LINE)
    for step in range(6):
        top = 590 - 34 * step
        left = 640 + (step * 37) % 50
        pen.rectangle((left, top, left + 330, top + 30), fill=_LIGHT, outline=_LINE, width=5)
    pen.polygon([(700, 405), (860, 330), (1010, 405)], fill=_PAPER, outline=_LINE, width=5)
    pen.line([(110, 626), (1090, 626)], fill=_LINE, width=_PEN)
    pen.line([(190, 626), (190, 740)], fill=_LINE, width=_PEN)
    pen.line([(1010, 626), (1010, 740)], fill=_LINE, width=_PEN)
    return _png(image)


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", _SIZE, _PAPER)
    return image, ImageDraw.Draw(image)


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
