"""Markers: words that stand nowhere but in what must stay hidden, and how to find them again.

A marker is short, so that it survives the shortest column, and made of small Latin letters and
digits, so that it survives sorting, slugs and romanisation. Dates cannot hold a word: a hidden
date lies in the 1860s, in which nothing public happened.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote

from django.db import models

from tests.leaks.rows import Values

PREFIX = "zq"
HIDDEN_DAY = date(1866, 3, 4)
HIDDEN_NUMBER = 28657

_BLOB = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
_MARKER = re.compile(rf"{PREFIX}\d{{4,}}x")
# As words of their own: a digest in an ETag may hold any figures.
_FIGURES = tuple(
    re.compile(rf"(?<![\w.]){figures}(?!\w)")
    for figures in (HIDDEN_DAY.year, f"{HIDDEN_DAY:%Y%m%d}(?:T\\d+Z?)?", HIDDEN_NUMBER)
)
_ESCAPES = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF), "")
_TAGS = re.compile(r"<[^>]*>")


class Markers(Values):
    """Fills what is hidden with markers, and remembers where each was put."""

    day = HIDDEN_DAY
    number = HIDDEN_NUMBER

    def __init__(self, *, world: int, where: str, placed: dict[str, str]) -> None:
        self.world = world
        self.where = where
        self.choice = world
        self.flag = bool(world % 2)
        self.placed = placed

    def text(self, field: models.Field) -> str:
        """A new marker."""
        return self._new(field)

    def slug(self, field: models.Field) -> str:
        """A new marker, which is a slug as well."""
        return self._new(field)

    def _new(self, field: models.Field) -> str:
        marker = f"{PREFIX}{self.world}{len(self.placed):03d}x"
        self.placed[marker] = f"{field.model._meta.label}.{field.name} {self.where}".strip()
        return marker


def readings(body: bytes) -> Iterator[str]:
    """The same bytes as they may be read: as text, without tags, unescaped in several ways."""
    text = body.decode("utf-8", "replace").translate(_INVISIBLE)
    for first in {text, text.replace("\r\n ", "").replace("\n ", "")}:
        yield first
        yield _TAGS.sub("", first)
        twice = html.unescape(html.unescape(first))
        yield twice
        yield unquote(unquote(twice))
        yield _ESCAPES.sub(lambda found: chr(int(found[1] or found[2], 16)), twice)


def decoded(body: bytes) -> Iterator[str]:
    """What stands in base64 somewhere in the bytes."""
    for blob in _BLOB.findall(body):
        for decode in (base64.b64decode, base64.urlsafe_b64decode):
            try:
                yield decode(blob + b"=" * (-len(blob) % 4)).decode("utf-8", "ignore")
            except (binascii.Error, ValueError):
                continue


def found_markers(parts: Iterable[bytes], markers: Iterable[str]) -> set[str]:
    """The markers that stand in any of the parts, however written; hidden days and numbers as figures."""
    wanted = {marker.lower() for marker in markers}
    found: set[str] = set()
    for part in parts:
        texts = list(readings(part))
        for text in [*texts, *decoded(part)]:
            found |= set(_MARKER.findall(text.lower())) & wanted
        for figure in _FIGURES:
            if any(figure.search(text) for text in texts):
                found.add(figure.pattern)
    return found
