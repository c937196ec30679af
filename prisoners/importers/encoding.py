"""Which characters the bytes of a file mean: UTF-8 with or without a mark, or Windows-1251.

A file that is valid UTF-8 is UTF-8. Anything else is Windows-1251, as Russian spreadsheets write
it, unless nearly all of it is UTF-8: then it is a damaged file, and guessing would turn every
name into «РџРµС‚СЂ». The choice is printed with the report.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused

MAX_BYTES = 50 * 1024 * 1024
_BLOCK = 1 << 20
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_MOSTLY = 0.9
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1251": "cp1251"}
NAMES = {codec: name for name, codec in ENCODINGS.items()}


@dataclass(frozen=True)
class Examined:
    """What a first reading of the bytes tells."""

    codec: str
    digest: str


def examine(path: Path, stated: str = "") -> Examined:
    """Reads the file once as bytes. Raises `ImportRefused` for what is no table of text."""
    _refuse_oversized(path)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    damaged_line, letters, high, lines = 0, 0, 0, 1
    for block in _blocks(path):
        digest.update(block)
        _refuse_nul(block, lines)
        if not damaged_line:
            damaged_line = _first_damage(decoder, block, lines)
        letters += sum(len(found) for found in _UTF8_LETTER.findall(block))
        high += len(_HIGH_BYTE.findall(block))
        lines += block.count(b"\n")
    if not damaged_line:
        damaged_line = _first_damage(decoder, b"", lines, final=True)
    codec = ENCODINGS[stated] if stated else _choose(damaged_line, letters, high)
    _refuse_undecodable(path, codec)
    return Examined(codec, digest.hexdigest())


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _refuse_oversized(path: Path) -> None:
    if not path.is_file():
        raise ImportRefused(_("There is no file %(path)s.") % {"path": path})
    size = path.stat().st_size
    if not size:
        raise ImportRefused(_("The file is empty."))
    if size > MAX_BYTES:
        raise ImportRefused(
            _("The file has %(size)s MB; at most %(most)s MB are read at a time: split it.")
            % {"size": size // (1 << 20), "most": MAX_BYTES // (1 << 20)}
        )
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(_WORKBOOKS):
        raise ImportRefused(_("This is an Excel workbook: save it as «CSV UTF-8» and import that."))
    if head.startswith(_UTF16):
        raise ImportRefused(_("The file is in UTF-16: save it as «CSV UTF-8» and import that."))


def _refuse_nul(block: bytes, lines_before: int) -> None:
    at = block.find(b"\0")
    if at >= 0:
        line = lines_before + block.count(b"\n", 0, at)
        raise ImportRefused(
            _(
                "Line %(line)s has a NUL byte: the file is damaged or no text. "
                "Save the table as «CSV UTF-8» again."
            )
            % {"line": line}
        )


def _first_damage(
    decoder: codecs.IncrementalDecoder, block: bytes, lines: int, *, final: bool = False
) -> int:
    """The line of the first byte that is no UTF-8; 0 where there is none."""
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        return lines + block.count(b"\n", 0, error.start)
    return 0


def _choose(damaged_line: int, letters: int, high: int) -> str:
    if not damaged_line:
        return ENCODINGS["utf-8"]
    if letters > _MOSTLY * high:
        raise ImportRefused(
            _(
                "Line %(line)s is damaged: nearly all of the file is UTF-8, and that line is not. "
                "Mend it, or name the encoding in the mapping."
            )
            % {"line": damaged_line}
        )
    return ENCODINGS["windows-1251"]


def _refuse_undecodable(path: Path, codec: str) -> None:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            _("The file is not in %(encoding)s: save it as «CSV UTF-8».") % {"encoding": NAMES[codec]}
        ) from error
