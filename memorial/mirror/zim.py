"""A mirror as one ZIM file, which Kiwix opens on telephones and computers without a network, with its own search."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from libzim.writer import Creator, FileProvider, Hint, Item
from PIL import Image, ImageDraw

from memorial.mirror import verify_mirror as form
from memorial.mirror.types_of_files import type_of

_MAIN: Final = "index.html"
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEAD_BYTES: Final = 4_096
_SIDE: Final = 48
"""Pixels of the illustration that every ZIM has."""
_BARS: Final = (
    ((4, 6, 28, 9), "#15181a"),
    ((4, 13, 15, 24), "#15181a"),
    ((4, 27, 28, 29), "#1b3da6"),
)
"""The sign of the site (static/favicon.svg) on a field of 32."""
# ISO 639-3, as the ZIM specification asks for languages.
_LANGUAGES: Final = {
    "ru": "rus",
    "en": "eng",
    "de": "deu",
    "fr": "fra",
    "uk": "ukr",
    "es": "spa",
    "tt": "tat",
}
_NOT_IN_IT: Final = frozenset({*form.OWN, "verify_mirror.py"})


class _Page(Item):
    """One file of the mirror under its own name, so that relative links hold."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._path, self._name = folder / name, name

    def get_path(self) -> str:
        """Its place in the file."""
        return self._name

    def get_title(self) -> str:
        """What Kiwix lists a page under; a file that is no page has none."""
        return _title(self._path) if self._name.endswith(".html") else ""

    def get_mimetype(self) -> str:
        """Its type, without the character set."""
        return type_of(self._name).partition(";")[0]

    def get_contentprovider(self) -> FileProvider:
        """Its bytes, read when they are packed."""
        return FileProvider(self._path)

    def get_hints(self) -> dict[Hint, bool]:
        """A page is an article to search for."""
        is_page = self._name.endswith(".html")
        return {
            Hint.FRONT_ARTICLE: is_page,
            Hint.COMPRESS: type_of(self._name).startswith(("text/", "application/json")),
        }


def pack_zim(folder: Path, target: Path) -> int:
    """Writes the pages of a mirror into one ZIM, which is there whole or not at all; returns how many files it has.

    The file has no signature of its own: give its digest on another way. Who has it cannot be made to lose it.
    """
    new = target.with_name(f".{target.name}.new")
    new.unlink(missing_ok=True)
    made_on = form.Head(folder).words["made"][:10]
    number = 0
    codes = [code for code, _name in settings.LANGUAGES]
    with Creator(str(new)).config_indexing(True, _LANGUAGES.get(codes[0], "rus")) as creator:
        creator.set_mainpath(_MAIN)
        creator.add_illustration(_SIDE, _sign())
        for name, value in _about(codes, made_on).items():
            creator.add_metadata(name, value)
        for file in _files(folder):
            creator.add_item(_Page(folder, file))
            number += 1
    new.replace(target)
    return number


def _files(folder: Path) -> Iterator[str]:
    return (file for file in sorted(form.listed(folder)) if file not in _NOT_IN_IT)


def _about(codes: list[str], made_on: str) -> dict[str, str]:
    """What the specification requires to be said (https://wiki.openzim.org/wiki/Metadata)."""
    return {
        "Name": f"politzek_memorial_{'-'.join(codes)}",
        "Title": "Политзаключённые. Мемориал",
        "Description": "Энциклопедия политических заключённых в России. Political prisoners in Russia.",
        "Language": ",".join(_LANGUAGES.get(code, code) for code in codes),
        "Creator": "Memorial",
        "Publisher": "Memorial",
        "Date": made_on,
        "Source": settings.PUBLIC_URL,
        "Scraper": "build_mirror",
        "Tags": "_ftindex:yes;_pictures:yes;_videos:no;_details:yes",
    }


def _title(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8", errors="ignore")
    found = _TITLE.search(head)
    return unescape(found[1]).strip() if found else path.parent.name


def _sign() -> bytes:
    image = Image.new("RGBA", (_SIDE, _SIDE), "white")
    drawing: Any = ImageDraw.Draw(image)
    for (left, top, right, bottom), colour in _BARS:
        scaled = (left * _SIDE // 32, top * _SIDE // 32, right * _SIDE // 32 - 1, bottom * _SIDE // 32 - 1)
        drawing.rectangle(scaled, fill=colour)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
