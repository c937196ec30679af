"""The picture that messengers show beside a link to a figure: the number, its words, its day; made here."""

from __future__ import annotations

import io
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from memorial.base.drawn_text import Face, draw_line, fitted, width_of
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page
from memorial.figures.asked import Asked
from memorial.figures.catalogue import FIGURES
from memorial.figures.overview import Overview
from memorial.figures.reading import asked_of, figure_of
from memorial.figures.shown import ShownFigure, shown_figures
from prisoners.display.words import date_words
from prisoners.share_picture import HEIGHT, WIDTH
from prisoners.structured_data import LOCALES, OpenGraph

_PAPER, _INK = 252, 24
_MARGIN, _TOP, _BASELINE, _BOTTOM = 60, 46, 350, 584
_SITE: Final = Face("display", 36)
_NUMBER: Final = Face("display", 230)
_WORDS: Final = [Face("display", size) for size in (60, 52, 44)]
_FOURTH: Final = Face("display", 104)
_FEW_WORDS: Final = [Face("sans", size) for size in (33, 29)]
_DAYS: Final = Face("sans", 29)
_LINES: Final = 2


@public_page()
def statistic_share_picture(request: HttpRequest, figure: str) -> HttpResponse:
    """The picture of a figure of a day. Raises Http404 for a figure that there is not."""
    asked, results = asked_of(request)
    (shown,) = shown_figures([figure_of(figure)], results, asked).values()
    return HttpResponse(share_picture(shown), content_type="image/png")


@public_page()
def statistics_share_picture(request: HttpRequest) -> HttpResponse:
    """The picture of all figures of a day: the four main ones."""
    asked, results = asked_of(request)
    overview = Overview(shown_figures(FIGURES, results, asked), asked)
    return HttpResponse(overview_picture(overview), content_type="image/png")


def overview_picture(overview: Overview) -> bytes:
    """A PNG of 1200 × 630 in greys: four numbers, each with its words."""
    image, canvas = _sheet()
    half = (WIDTH - 2 * _MARGIN) // 2
    for place, figure in enumerate(overview.big):
        left, baseline = _MARGIN + half * (place % 2), 242 + 200 * (place // 2)
        draw_line(canvas, (left, baseline), figure.number, _FOURTH)
        face, lines = fitted([figure.words], _FEW_WORDS, half - 24, _LINES)
        for number, line in enumerate(lines):
            draw_line(canvas, (left, baseline + 46 + round(1.1 * face.size * number)), line, face)
    draw_line(canvas, (_MARGIN, _BOTTOM), date_words(overview.asked.on), _DAYS)
    return _png(image)


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Paper with the name of the site."""
    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((_MARGIN, _TOP, WIDTH - _MARGIN - 1, _TOP + 9), fill=_INK)
    draw_line(canvas, (_MARGIN, 108), _("Political Prisoners. Memorial"), _SITE)
    return image, canvas


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=6)
    return target.getvalue()


def share_picture(shown: ShownFigure) -> bytes:
    """A PNG of 1200 × 630 in greys."""
    image, canvas = _sheet()
    draw_line(canvas, (_MARGIN, _BASELINE), shown.number, _NUMBER)
    face, lines = fitted([shown.words], _WORDS, WIDTH - 2 * _MARGIN, _LINES)
    for number, line in enumerate(lines):
        draw_line(canvas, (_MARGIN, _BASELINE + 86 + round(1.1 * face.size * number)), line, face)
    days = days_words(shown)
    # On a narrow line the day of the figure is what must be told.
    is_wide = width_of(days, _DAYS) > WIDTH - 2 * _MARGIN
    draw_line(canvas, (_MARGIN, _BOTTOM), date_words(shown.asked.on) if is_wide else days, _DAYS)
    return _png(image)


def days_words(shown: ShownFigure) -> str:
    """Of which day it is told, and from data as of which day."""
    days = {"on": date_words(shown.asked.on), "as_of": date_words(shown.asked.today)}
    return _("On %(on)s, from data as of %(as_of)s.") % days


def open_graph(shown: ShownFigure, head: PageHead) -> OpenGraph:
    """What a link to a figure looks like where somebody shares it."""
    picture = reverse("statistic-share-picture", kwargs={"figure": shown.figure.code})
    return _graph(head, picture, shown.asked, f"{shown.number} {shown.words}")


def overview_graph(overview: Overview, head: PageHead) -> OpenGraph:
    """What a link to all figures looks like where somebody shares it."""
    said = "; ".join(f"{figure.number} {figure.words}" for figure in overview.big)
    return _graph(head, reverse("statistics-share-picture"), overview.asked, said)


def _graph(head: PageHead, picture: str, asked: Asked, said: str) -> OpenGraph:
    query = f"?{asked.query}" if asked.query else ""
    return OpenGraph(
        title=head.title,
        description=head.description,
        url=head.canonical,
        image=f"{settings.PUBLIC_URL}{picture}{query}",
        image_alt=said,
        locale=LOCALES.get(current_language(), current_language()),
    )
