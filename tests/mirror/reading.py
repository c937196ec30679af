"""Reads a mirror as a browser opening it from a stick would: an HTML parser and the file system, nothing of ours."""

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {"src", "href", "data", "poster", "action", "formaction", "srcset", "imagesrcset"}


class Reading(HTMLParser):
    """Every address of a page, with the element that has it, and which elements there are."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.addresses, self.elements, self.ids = [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.add(tag)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "link" and given.get("rel") == "canonical":
            return
        for name in FETCHED & given.keys():
            value = given[name] or ""
            parts = [part.split()[0] for part in value.split(",")] if name.endswith("srcset") else [value]
            self.addresses += [(tag, part) for part in parts]


def pages(folder: Path):
    """All pages of a mirror with what was read in them."""
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Reading(path.read_text(encoding="utf-8"))


def leads_to(file: str, address: str) -> str | None:
    """The file that an address on a page leads to; None where it leads out of the mirror or names no file."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return file
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(parts.path)))


def files_of(folder: Path) -> set[str]:
    """The names of all files, with slashes."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
