"""The picture that messengers show beside a link to a campaign: title, sums, bar; made here, in greys."""

from __future__ import annotations

import io
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from donations.display.campaigns import ShownCampaign
from memorial.base.drawn_text import Face, draw_line, fitted
from memorial.base.photos import public_storage

WIDTH, HEIGHT = 1200, 630
_PAPER, _LINE, _INK = 252, 207, 24
_MARGIN = 60
_INNER = WIDTH - 2 * _MARGIN
_SITE: Final = Face("display", 36)
_TITLE: Final = [Face("display", size) for size in (76, 64, 54, 46)]
_SUMS: Final = [Face("sans", size, 600) for size in (54, 46, 40, 34)]
_SAID: Final = [Face("sans", size) for size in (32, 28)]
_BAR_TOP, _BAR = 440, 30
_PICTURE: Final = (420, 280)


def share_picture(shown: ShownCampaign) -> bytes:
    """A PNG of 1200 × 630."""
    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((_MARGIN, 46, WIDTH - _MARGIN - 1, 55), fill=_INK)
    inner = _INNER - _paste_picture(image, shown)
    draw_line(canvas, (_MARGIN, 108), _("Political Prisoners. Memorial"), _SITE)
    face, lines = fitted([shown.title.text], _TITLE, inner, 2 if inner == _INNER else 3)
    for number, line in enumerate(lines):
        draw_line(canvas, (_MARGIN, 210 + round(face.size * 1.1 * number)), line, face)
    face, lines = fitted([shown.figures], _SUMS, _INNER, 1)
    draw_line(canvas, (_MARGIN, _BAR_TOP - 26), lines[0], face)
    _draw_bar(canvas, shown)
    face, lines = fitted([" ".join(shown.sentences)], _SAID, _INNER, 2)
    for number, line in enumerate(lines):
        draw_line(canvas, (_MARGIN, 524 + round(face.size * 1.35 * number)), line, face)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _paste_picture(image: Image.Image, shown: ShownCampaign) -> int:
    """The campaign's picture at the right above the bar; how much of the width it takes, nought without one."""
    if shown.picture is None:
        return 0
    try:
        with public_storage().open(shown.picture.file_name) as file, Image.open(file) as picture:
            sized = picture.convert("L").resize(_PICTURE)
    except OSError:
        return 0  # being made anew, or hidden just now
    image.paste(sized, (WIDTH - _MARGIN - _PICTURE[0], 84))
    return _PICTURE[0] + 30


def _draw_bar(canvas: ImageDraw.ImageDraw, shown: ShownCampaign) -> None:
    canvas.rectangle((_MARGIN, _BAR_TOP, _MARGIN + _INNER - 1, _BAR_TOP + _BAR), fill=_LINE)
    filled = int(_INNER * shown.share / 100)
    if filled:
        canvas.rectangle((_MARGIN, _BAR_TOP, _MARGIN + filled - 1, _BAR_TOP + _BAR), fill=_INK)
