"""One page encoded: grey or in colour, with the traces under a cover wiped out."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops

_DARK: Final = 40
_LIGHT: Final = 226
"""Below and above, a pixel is made black or white: letters under a marker that is not quite opaque,
and text in nearly white on white, differ from their ground by less than an eye sees, but not a program."""
_COLOURED: Final = 48
_SHARE_COLOURED: Final = 0.0004
"""A page is in colour where this share of it has channels that differ by more than `_COLOURED`: a stamp does."""
_SHARE_MIDDLING: Final = 0.15
"""Print has fewer pixels than this that are neither black nor white: the edges of letters. A photograph has more."""
_QUALITY: Final = 75

_LEVELS: Final = [
    0 if shade <= _DARK else 255 if shade >= _LIGHT else round((shade - _DARK) * 255 / (_LIGHT - _DARK))
    for shade in range(256)
]


@dataclass(frozen=True)
class PagePicture:
    """An encoded page: grey or in three channels; JPEG of 8 bits a channel, or zlib of 2 or 4 bits a pixel."""

    width: int
    height: int
    is_grey: bool
    bits: int
    content: bytes

    @property
    def is_jpeg(self) -> bool:
        """Whether the content is a JPEG."""
        return self.bits == 8

    def picture(self) -> Image.Image:
        """The page decoded."""
        if self.is_jpeg:
            return Image.open(io.BytesIO(self.content), formats=("JPEG",))
        packed = zlib.decompress(self.content)
        shades = Image.frombytes("P", (self.width, self.height), packed, "raw", f"P;{self.bits}")
        spread = 255 // (2**self.bits - 1)
        return Image.frombytes("L", shades.size, shades.tobytes()).point(
            [shade * spread for shade in range(256)]
        )


def encoded(picture: Image.Image) -> PagePicture:
    """The page as readers get it: print in four shades of grey, other grey pages in sixteen or as JPEG."""
    levelled = picture.convert("RGB").point(_LEVELS * 3)
    if _is_coloured(levelled):
        return _jpeg(levelled)
    grey = levelled.convert("L")
    if _is_print(grey):
        return _in_shades(grey, 2)
    return min(_in_shades(grey, 4), _jpeg(grey), key=lambda page: len(page.content))


def _is_coloured(picture: Image.Image) -> bool:
    small = picture.reduce(2)
    red, green, blue = small.split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    coloured = sum(spread.histogram()[_COLOURED:])
    return coloured > _SHARE_COLOURED * small.width * small.height


def _is_print(grey: Image.Image) -> bool:
    return sum(grey.histogram()[48:208]) < _SHARE_MIDDLING * grey.width * grey.height


def _in_shades(grey: Image.Image, bits: int) -> PagePicture:
    most = 2**bits - 1
    shades = grey.point([round(shade * most / 255) for shade in range(256)])
    packed = Image.frombytes("P", shades.size, shades.tobytes()).tobytes("raw", f"P;{bits}")
    return PagePicture(grey.width, grey.height, is_grey=True, bits=bits, content=zlib.compress(packed, 6))


def _jpeg(picture: Image.Image) -> PagePicture:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return PagePicture(picture.width, picture.height, picture.mode == "L", 8, target.getvalue())
