"""A PDF of pictures and nothing else, written and read by the same few rules.

Neither text, nor producer, dates, identifier, annotation, layer or script: the same pages give the same
bytes on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import BinaryIO, Final

from cases.documents.page_picture import PagePicture

_HEAD: Final = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_A4_POINTS: Final = 842
_CATALOG, _TREE, _FIRST = 1, 2, 3
_OBJECTS_A_PAGE: Final = 3
_ROW: Final = 20
"""Bytes of a row of the cross-reference table."""
_LONGEST_TAIL: Final = 64
_LONGEST_HEAD: Final = 256
_IMAGE: Final = re.compile(
    rb"\d+ 0 obj\n<</Type/XObject/Subtype/Image/Width (\d+)/Height (\d+)"
    rb"/ColorSpace/Device(Gray|RGB)/BitsPerComponent (\d)/Filter/(?:DCT|Flate)Decode/Length (\d+)>>\nstream\n"
)


def write_pdf(pages: Iterable[PagePicture]) -> bytes:
    """The file made of these pages. Raises `ValueError` where there is none."""
    file = io.BytesIO()
    file.write(_HEAD)
    offsets: dict[int, int] = {}

    def write(number: int, content: bytes) -> None:
        offsets[number] = file.tell()
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    count = 0
    for page in pages:
        for place, content in enumerate(_objects(page, _FIRST + count * _OBJECTS_A_PAGE)):
            write(_FIRST + count * _OBJECTS_A_PAGE + place, content)
        count += 1
    if not count:
        raise ValueError("A document has at least one page.")
    kids = b" ".join(b"%d 0 R" % (_FIRST + number * _OBJECTS_A_PAGE) for number in range(count))
    write(_CATALOG, b"<</Type/Catalog/Pages %d 0 R>>" % _TREE)
    write(_TREE, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    file.writelines(b"%010d 00000 n \n" % offsets[number] for number in sorted(offsets))
    file.write(b"trailer\n<</Size %d/Root %d 0 R>>\n" % (len(offsets) + 1, _CATALOG))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return file.getvalue()


def _objects(page: PagePicture, number: int) -> Iterable[bytes]:
    """A page, what is drawn on it, and its picture. The longer side is that of A4."""
    points = _A4_POINTS / max(page.width, page.height)
    width, height = round(page.width * points), round(page.height * points)
    yield (
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
        % (_TREE, width, height, number + 1, number + 2)
    )
    drawing = b"q %d 0 0 %d 0 0 cm /I Do Q" % (width, height)
    yield b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing), drawing)
    yield (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/Device%s/BitsPerComponent %d"
        b"/Filter/%sDecode/Length %d>>\nstream\n%s\nendstream"
    ) % (
        page.width,
        page.height,
        b"Gray" if page.is_grey else b"RGB",
        page.bits,
        b"DCT" if page.is_jpeg else b"Flate",
        len(page.content),
        page.content,
    )


def page_of(file: BinaryIO, number: int) -> PagePicture:
    """One page, from 1, of a file that `write_pdf` wrote; reads no more of it than that page.

    Raises `IndexError` where it has no such page, `ValueError` where it is another file.
    """
    file.seek(-_LONGEST_TAIL, io.SEEK_END)
    file.seek(int(file.read().rpartition(b"startxref\n")[2].split()[0]))
    _xref, size = file.readline(), file.readline()
    place = _FIRST + (number - 1) * _OBJECTS_A_PAGE + _OBJECTS_A_PAGE - 1
    if number < 1 or place >= int(size.split()[1]):
        raise IndexError(number)
    file.seek(place * _ROW, io.SEEK_CUR)
    offset = int(file.read(10))
    file.seek(offset)
    found = _IMAGE.match(file.read(_LONGEST_HEAD))
    if found is None:
        raise ValueError("This file was not written by `write_pdf`.")
    width, height, space, bits, length = found.groups()
    file.seek(offset + found.end())
    return PagePicture(int(width), int(height), space == b"Gray", int(bits), file.read(int(length)))
