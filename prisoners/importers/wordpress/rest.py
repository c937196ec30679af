"""REST dumps: files with what /wp-json/wp/v2/… answered, one page of people, terms or media each."""

import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused
from prisoners.importers.wordpress.store import Post, Store, Term

MOST_BYTES = 64 << 20
_OWN_LISTS = {"acf", "meta", "class_list", "_links"}


def read_rest(path: Path, store: Store) -> None:
    """Puts the objects of one file into the store. Raises `ImportRefused` with the place."""
    for number, one in enumerate(_objects(path), 1):
        if not isinstance(one, dict):
            raise ImportRefused(
                _("%(file)s, object %(number)s is none of WordPress.") % {"file": path.name, "number": number}
            )
        if "taxonomy" in one and "name" in one:
            store.add_term(_term(one))
        elif isinstance(one.get("id"), int) and "type" in one:
            store.add_post(_post(one))
        elif "code" in one and "message" in one:
            raise ImportRefused(
                _("%(file)s holds an error of WordPress and no data: fetch it again.") % {"file": path.name}
            )


def _objects(path: Path) -> list[Any]:
    if path.stat().st_size > MOST_BYTES:
        raise ImportRefused(
            _("%(file)s is larger than %(most)s MB: save the answers page by page, a file each.")
            % {"file": path.name, "most": MOST_BYTES >> 20}
        )
    raw = path.read_bytes()
    if b"\0" in raw or b"\\u0000" in raw:
        raise ImportRefused(
            _("%(file)s, line %(line)s: a NUL byte, the file is damaged.")
            % {"file": path.name, "line": raw.count(b"\n", 0, raw.find(b"\0")) + 1}
        )
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            _("%(file)s, line %(line)s: this is not UTF-8. Export the site again.")
            % {"file": path.name, "line": line}
        ) from error
    except (ValueError, RecursionError) as error:
        raise ImportRefused(
            _("%(file)s, line %(line)s, place %(column)s: the JSON is broken.")
            % {
                "file": path.name,
                "line": getattr(error, "lineno", 1),
                "column": getattr(error, "colno", 1),
            }
        ) from error
    return found if isinstance(found, list) else [found]


def _term(said: Mapping[str, Any]) -> Term:
    name = unescape(str(said.get("name") or ""))
    slug, number = str(said.get("slug") or ""), said.get("id")
    return Term(
        str(said["taxonomy"]),
        slug,
        name,
        number if isinstance(number, int) else 0,
        str(said.get("link") or ""),
    )


def _post(said: Mapping[str, Any]) -> Post:
    content = said.get("content")
    return Post(
        number=int(said["id"]),
        kind=str(said["type"]),
        status=str(said.get("status") or ""),
        title=_rendered(said.get("title")),
        slug=str(said.get("slug") or ""),
        link=str(said.get("link") or ""),
        content=_rendered(content),
        excerpt=_rendered(said.get("excerpt")),
        meta=_meta(said),
        term_numbers=_term_numbers(said),
        language=str(said.get("lang") or ""),
        group=_group(said.get("translations")),
        featured=_number(said.get("featured_media")),
        parent=_number(said.get("post") or said.get("parent")),
        file_url=str(said.get("source_url") or ""),
        alt=str(said.get("alt_text") or ""),
        has_password=bool(content.get("protected")) if isinstance(content, dict) else False,
        is_rendered=True,
    )


def _rendered(said: Any) -> str:
    if isinstance(said, dict):
        return str(said.get("raw") or said.get("rendered") or "")
    return str(said or "")


def _meta(said: Mapping[str, Any]) -> dict[str, str]:
    """Fields of the old site's own: those of ACF, and those that it lets REST see."""
    found: dict[str, str] = {}
    for name in ("meta", "acf"):
        fields = said.get(name)
        for key, value in fields.items() if isinstance(fields, dict) else ():
            if (text := _plain(value)) is not None:
                found[str(key)] = text
    return found


def _plain(value: Any) -> str | None:
    """A field's value as text; pictures by their number."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, dict) and isinstance(value.get("ID", value.get("id")), int):
        return str(value.get("ID", value.get("id")))
    if isinstance(value, list):
        parts = [text for item in value if (text := _plain(item))]
        return "; ".join(parts)
    return None


def _term_numbers(said: Mapping[str, Any]) -> list[int]:
    """Numbers in every list of numbers: WordPress names the lists as it likes, the numbers are the terms'."""
    return [
        number
        for key, value in said.items()
        if key not in _OWN_LISTS and isinstance(value, list)
        for number in value
        if isinstance(number, int) and not isinstance(number, bool)
    ]


def _group(said: Any) -> str:
    """Polylang names all translations of a post in each of them."""
    if not isinstance(said, dict) or not said:
        return ""
    return "-".join(sorted(str(number) for number in said.values()))


def _number(said: Any) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) else 0
