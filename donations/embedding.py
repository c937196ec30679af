"""The bar of a campaign for other sites: the markup to copy, and the picture's own layout."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from donations.display.campaigns import ShownCampaign
from memorial.base.drawn_text import Face, wrapped

WIDTH: Final = 320
MARGIN: Final = 16
INNER: Final = WIDTH - 2 * MARGIN
BAR: Final = 14
# The reader's own fonts are drawn, of which the widest in use is an eighth wider than the one measured here.
_MEASURED: Final = INNER / 1.14
_SITE, _TITLE, _SMALL = Face("sans", 11), Face("sans", 16, 600), Face("sans", 13)
_LARGE: Final = [Face("sans", size, 600) for size in (24, 21, 18, 16)]


@dataclass(frozen=True)
class Line:
    """One line of text in the picture: where its baseline is, how large, heavy and dark it is."""

    text: str
    y: int
    size: int
    weight: int = 400
    is_soft: bool = False


@dataclass(frozen=True)
class Bar:
    """The picture: its lines, the bar's upper edge, how much of it is full, and its height. Units are pixels."""

    lines: list[Line]
    top: int
    filled: str
    height: int


def drawn_bar(shown: ShownCampaign) -> Bar:
    """Lays the picture out. Its height depends on how long the title is, so that nothing is cut off."""
    lines = [Line(_("Political Prisoners. Memorial"), MARGIN + 10, _SITE.size, is_soft=True)]
    y = _write(lines, shown.title.text, _TITLE, MARGIN + 12, 20, weight=600)
    large = next((face for face in _LARGE if len(wrapped(shown.figures, face, _MEASURED)) == 1), _LARGE[-1])
    y = _write(lines, shown.figures, large, y + 6, round(large.size * 1.25), weight=600)
    top = y + 10
    bottom = _write(lines, " ".join(shown.sentences), _SMALL, top + BAR + 4, 17, is_soft=True)
    # A text: templates write a decimal number with the comma of the language.
    filled = str((INNER * shown.share / 100).quantize(Decimal("0.1"), ROUND_DOWN))
    return Bar(lines, top, filled, bottom + MARGIN)


def _write(
    lines: list[Line], text: str, face: Face, y: int, step: int, *, weight: int = 400, is_soft: bool = False
) -> int:
    """Adds a text below `y`, in as many lines as it takes; returns the last baseline."""
    for line in wrapped(text, face, _MEASURED):
        y += step
        lines.append(Line(line, y, face.size, weight, is_soft))
    return y


def embed_code(shown: ShownCampaign, height: int) -> str:
    """The markup that other sites copy: the picture, linked to the page; nothing about their readers is sent."""
    picture = reverse("donations:campaign-bar", kwargs={"slug": shown.campaign.slug})
    return format_html(
        '<a href="{0}{1}"><img src="{0}{2}" alt="{3}" width="{4}" height="{5}"'
        ' referrerpolicy="no-referrer" loading="lazy"></a>',
        settings.PUBLIC_URL,
        shown.url,
        picture,
        shown.title.text,
        WIDTH,
        height,
    )
