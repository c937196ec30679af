"""The picture that messengers show beside a link to a piece of news: its title and day; made here, in greys."""

from __future__ import annotations

import io
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from memorial.base.drawn_text import Face, draw_line, fitted
from memorial.base.public_pages import public_page
from memorial.news.display import ShownNews
from memorial.news.models import NewsItem
from prisoners.share_picture import HEIGHT, WIDTH

_PAPER, _INK = 252, 24
_MARGIN, _TOP, _FIRST, _BOTTOM = 60, 46, 214, 584
_SITE: Final = Face("display", 36)
_TITLE: Final = [Face("display", size) for size in (84, 72, 62, 54, 46)]
_DAY: Final = Face("sans", 29)
_ROOM: Final = 330
"""Pixels between the line of the site and the day."""


@public_page(depends_on_date=False)
def news_share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of one piece of news, in the language of the address."""
    item = get_object_or_404(NewsItem.objects.published(), slug=slug)
    return HttpResponse(share_picture(ShownNews(item)), content_type="image/png")


def share_picture(shown: ShownNews) -> bytes:
    """A PNG of 1200 × 630."""
    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((_MARGIN, _TOP, WIDTH - _MARGIN - 1, _TOP + 9), fill=_INK)
    draw_line(canvas, (_MARGIN, 108), _("Political Prisoners. Memorial"), _SITE)
    face, lines = _title(str(shown.title))
    for number, line in enumerate(lines):
        draw_line(canvas, (_MARGIN, _FIRST + round(1.12 * face.size * number)), line, face)
    draw_line(canvas, (_MARGIN, _BOTTOM), shown.when, _DAY)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _title(text: str) -> tuple[Face, list[str]]:
    """As large as the room allows."""
    for face in _TITLE:
        chosen, lines = fitted([text], [face], WIDTH - 2 * _MARGIN, _ROOM // round(1.12 * face.size) + 1)
        if not lines[-1].endswith("…"):
            break
    return chosen, lines
