"""Old addresses redirect for ever, except to what is hidden or shown by initials."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from django.db import connection

LONGEST: Final = 300
_MOST_ASKED: Final = 4
# What WordPress hangs on an address: pages of a list, feeds, other forms of the same page.
_TAILS: Final = re.compile(r"(?:/(?:page/\d+|comment-page-\d+|feed(?:/\w+)?|amp|embed))+$")
_NUMBERS: Final = ("p", "page_id")
_QUERY_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_NO_ADDRESS: Final = re.compile(r"utm_\w+|fbclid|gclid|yclid|ysclid|lang|post_type|preview\w*|page")


def new_address(path: str) -> str | None:
    """Where an old path leads today, without the language; None where it leads nowhere that is public.

    With a slash before it the answer has a language of its own (`in_a_language`). Paths are stored
    decoded, without the language and the host, with or without the last slash; those of the site
    that was here before also in small letters.
    """
    bare = path.rstrip("/")
    folded = _TAILS.sub("", unicodedata.normalize("NFC", bare).casefold().lstrip("/"))
    return _first_new([f"{bare}/", bare, f"{folded}/"])


def new_address_of_query(pairs: Iterable[tuple[str, str]]) -> str | None:
    """The same for what the old site named by a query: `?p=123`, `?figurant=slug`."""
    asked = []
    for name, value in list(pairs)[: 2 * _MOST_ASKED]:
        if name in _NUMBERS:
            asked += [f"?p={int(value)}"] if value.isascii() and value.isdigit() and len(value) < 16 else []
        elif _QUERY_NAME.fullmatch(name) and not _NO_ADDRESS.fullmatch(name) and value:
            asked.append(f"?{name}={unicodedata.normalize('NFC', value).casefold()}")
    return _first_new(asked[:_MOST_ASKED]) if asked else None


def in_a_language(path: str, language: str) -> str:
    """The whole path of a new address: in its own language where it has one, else in the one given."""
    return path if path.startswith("/") else f"/{language}/{path}"


def _first_new(paths: list[str]) -> str | None:
    """The first of these that leads anywhere. The table is closed to the public role, which asks a function."""
    asked = [path for path in dict.fromkeys(paths) if len(path) <= LONGEST]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT found FROM unnest(%s::text[]) WITH ORDINALITY AS asked(path, place),"
            " memorial_new_address(asked.path) AS found WHERE found IS NOT NULL ORDER BY place LIMIT 1",
            [asked],
        )
        row = cursor.fetchone()
    return str(row[0]) if row else None
