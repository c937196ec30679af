"""The picture that messengers and social networks show beside a link: name, status, portrait; made here."""

from __future__ import annotations

import io
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, UnidentifiedImageError

from memorial.base.civil_date import civil_date
from memorial.base.drawn_text import Face, can_draw, draw_line, fitted, width_of, wrapped
from memorial.base.photos import public_names, public_storage
from memorial.base.public_pages import public_page
from prisoners.display.liberty import StatusMark
from prisoners.display.people import PersonCard
from prisoners.models import Prisoner
from prisoners.names import PersonName

WIDTH, HEIGHT = 1200, 630
_PAPER, _PLATE, _INK = 252, 241, 24
_MARGIN, _TOP, _BOTTOM = 60, 46, 584
_PORTRAIT: Final = (784, 139, 1140, 584)
_SITE: Final = Face("display", 36)
_STATUS: Final = Face("sans", 29, 600)
_STATUS_STEP = 41
_SHAPE, _FINER = 23, 4
_NAME: Final = [Face("display", size) for size in (86, 76, 66, 58, 50, 44, 38)]


@public_page()
def prisoner_share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of one person, in the language of the address."""
    on = civil_date()
    person = get_object_or_404(Prisoner.objects.published().for_list(on), slug=slug)
    return HttpResponse(share_picture(PersonCard(person, on)), content_type="image/png")


def share_picture(card: PersonCard) -> bytes:
    """A PNG of 1200 × 630 in greys. Of a person shown by initials it has no face, nor a place for one."""
    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((_MARGIN, _TOP, WIDTH - _MARGIN - 1, _TOP + 9), fill=_INK)
    _draw_site(canvas)
    is_bare = card.person.initials_only
    width = (WIDTH - _MARGIN if is_bare else _PORTRAIT[0] - 44) - _MARGIN
    name = _drawable_name(card)
    if not is_bare:
        _draw_portrait(image, canvas, card, name)
    statuses_top = _draw_statuses(image, canvas, [card.liberty, card.recognition], width)
    if name is not None:
        _draw_name(canvas, name, width, statuses_top)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _draw_site(canvas: ImageDraw.ImageDraw) -> None:
    name = _("Political Prisoners. Memorial")
    first, space, last = name.rpartition(" ")
    x = draw_line(canvas, (_MARGIN, 108), first + space, _SITE)
    end = draw_line(canvas, (x, 108), last, _SITE)
    canvas.rectangle((x, 118, end, 120), fill=_INK)


def _draw_name(canvas: ImageDraw.ImageDraw, name: PersonName, width: int, bottom: int) -> None:
    """As large as the room above the statuses allows."""
    room = bottom - 190
    is_short = width_of(name.full, _NAME[0]) <= width
    parts = (name.full,) if is_short else (name.first, name.rest)
    for face in _NAME:
        chosen, lines = fitted(parts, [face], width, max(1, room // round(face.size * 1.1)))
        if not lines[-1].endswith("…"):
            break
    for number, line in enumerate(lines):
        baseline = 160 + round(chosen.size * (0.86 + 1.1 * number))
        draw_line(canvas, (_MARGIN, baseline), line, chosen)


def _drawable_name(card: PersonCard) -> PersonName | None:
    """The name, in the other language where our fonts lack a letter of this one; never with holes in it."""
    names = [card.name] if card.person.initials_only else [card.name, card.person.other_name]
    return next((name for name in names if name and can_draw(name.full, _NAME[0])), None)


def _draw_statuses(
    image: Image.Image, canvas: ImageDraw.ImageDraw, marks: list[StatusMark], width: int
) -> int:
    """From the bottom upwards; returns how high they reach."""
    rows = []
    for mark, is_circle in zip(marks, (False, True), strict=True):
        lines = wrapped(mark.words, _STATUS, width - 40)
        rows += [(mark.shape if number == 0 else "", is_circle, line) for number, line in enumerate(lines)]
    top = _BOTTOM - _STATUS_STEP * len(rows)
    for number, (shape, is_circle, line) in enumerate(rows):
        baseline = top + _STATUS_STEP * number + 33
        draw_line(canvas, (_MARGIN + 40, baseline), line, _STATUS)
        if shape:
            _draw_shape(image, shape, baseline, is_circle=is_circle)
    return top


def _draw_shape(image: Image.Image, shape: str, baseline: int, *, is_circle: bool) -> None:
    """The same shapes as in the style sheet: squares are a person's liberty, circles a decision."""
    large = Image.new("L", (_SHAPE * _FINER, _SHAPE * _FINER), _PAPER)
    canvas = ImageDraw.Draw(large)
    if is_circle:
        _draw_circle(canvas, shape)
    else:
        _draw_square(canvas, shape)
    image.paste(large.resize((_SHAPE, _SHAPE), Image.Resampling.LANCZOS), (_MARGIN, baseline - _SHAPE))


def _draw_circle(canvas: ImageDraw.ImageDraw, shape: str) -> None:
    side = _SHAPE * _FINER - 1
    if shape == "yes":
        canvas.ellipse((0, 0, side, side), fill=_INK)
        return
    for start in range(0, 360, 45):  # dotted
        canvas.arc((0, 0, side, side), start, start + 24, fill=_INK, width=3 * _FINER)


def _draw_square(canvas: ImageDraw.ImageDraw, shape: str) -> None:
    side, half, line = _SHAPE * _FINER - 1, _SHAPE * _FINER // 2, 3 * _FINER
    if shape == "abs":
        for start in range(0, side, side // 3 + 1):  # dashed
            for edge in (0, side - line):
                canvas.rectangle((start, edge, start + side // 5, edge + line), fill=_INK)
                canvas.rectangle((edge, start, edge + line, start + side // 5), fill=_INK)
        return
    filled = {
        "in": (0, 0, side, side),
        "home": (0, 0, half, side),
        "med": (0, half, side, side),
        "died": (2 * line, 2 * line, side - 2 * line, side - 2 * line),
    }
    if shape in filled:
        canvas.rectangle(filled[shape], fill=_INK)
    canvas.rectangle((0, 0, side, side), outline=_INK, width=line)
    if shape == "out":  # the door is open
        canvas.rectangle((side - line, line, side, side - line), fill=_PAPER)
    if shape == "unk":
        face = Face("sans", 15 * _FINER, 600)
        draw_line(canvas, ((side - width_of("?", face)) / 2, side - 5 * _FINER), "?", face)


def _draw_portrait(
    image: Image.Image, canvas: ImageDraw.ImageDraw, card: PersonCard, name: PersonName | None
) -> None:
    """The photo, or a plate with initials where there is none: never a silhouette."""
    size = (_PORTRAIT[2] - _PORTRAIT[0], _PORTRAIT[3] - _PORTRAIT[1])
    photo = _photo(card)
    if photo is not None:
        image.paste(photo.resize(size, Image.Resampling.LANCZOS), _PORTRAIT[:2])
        return
    canvas.rectangle(_PORTRAIT, fill=_PLATE)
    face = Face("display", 130)
    middle = (_PORTRAIT[0] + _PORTRAIT[2]) / 2
    initials = name.initials if name else ""
    draw_line(canvas, (middle - width_of(initials, face) / 2, 395), initials, face)
    canvas.rectangle((middle - 60, 432, middle + 60, 434), fill=_INK)


def _photo(card: PersonCard) -> Image.Image | None:
    """The public size of the photo; None where there is none, or its file has just been removed."""
    if card.portrait is None:
        return None
    name = next(name for name in public_names(card.portrait.photo.stem) if name.endswith("-480.jpg"))
    try:
        with public_storage().open(name) as file, Image.open(file, formats=("JPEG",)) as photo:
            return photo.convert("L")
    except (OSError, UnidentifiedImageError):
        return None
