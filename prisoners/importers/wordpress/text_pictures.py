"""Pictures that stand in the old texts, and galleries: which files of the old site they mean.

A text here holds words alone. Its pictures become photos of the person, kept from readers until
staff have looked at each: nobody knows whose they are and whom they show.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from prisoners.importers.wordpress.media import original_of
from prisoners.importers.wordpress.store import Post, Store

_GALLERY = re.compile(r"\[gallery\b([^\]]{0,2000})\]", re.IGNORECASE)
_GIVEN = re.compile(r"\b(ids|include|exclude|id)\s*=\s*[\"']?([\d,\s]{1,1900})", re.IGNORECASE)
_FEWEST_PIXELS = 120
_MOST_GIVEN = 200


@dataclass(frozen=True)
class Candidate:
    """A picture of a person on the old site."""

    number: str
    """Of the attachment, or its address where it has none: remembered for ever."""
    url: str
    attachment: Post | None = None
    is_of_text: bool = False
    """Whether it only stood in a text: nobody said that it is a photo of the person."""


@dataclass
class _Attachments:
    """Attachments by the post they were uploaded to, and by their file; numbers only."""

    of_post: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_file: dict[str, int] = field(default_factory=dict)


class TextPictures:
    """Finds what the pictures of texts are."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: _Attachments | None = None

    def of(self, post: Post, addresses: list[str]) -> Iterator[Candidate]:
        """The pictures at these addresses of the old site, then those of the galleries in the post."""
        for address in addresses:
            path = _path(address)
            number = self._attachments.of_file.get(path.casefold())
            if number is not None:
                yield self._attachment(number)
            elif path:
                yield Candidate(path[-300:], address, is_of_text=True)
        for text in (post.content, *post.meta.values()):
            for gallery in _GALLERY.finditer(text):
                yield from map(self._attachment, self._gallery(post, gallery[1]))

    def _gallery(self, post: Post, attributes: str) -> list[int]:
        """As WordPress reads it: the pictures it names, or all that were uploaded to its post."""
        given = {name.lower(): _numbers(text) for name, text in _GIVEN.findall(attributes)}
        if named := given.get("ids") or given.get("include"):
            return named
        owner = (given.get("id") or [post.number])[0]
        left_out = given.get("exclude", [])
        return [number for number in self._attachments.of_post.get(owner, []) if number not in left_out]

    def _attachment(self, number: int) -> Candidate:
        attachment = self._store.post(number)
        return Candidate(str(number), attachment.file_url if attachment else "", attachment, is_of_text=True)

    @property
    def _attachments(self) -> _Attachments:
        """Read once, and only for a dump whose texts have pictures."""
        if self._known is None:
            self._known = _Attachments()
            for attachment in self._store.posts(("attachment",)):
                if attachment.parent:
                    self._known.of_post[attachment.parent].append(attachment.number)
                if attachment.file_url:
                    self._known.of_file[_path(attachment.file_url).casefold()] = attachment.number
        return self._known


def is_too_small(width: int, height: int) -> bool:
    """Whether a picture of these pixels is a button, an icon or a counter, which no photo is."""
    return min(width, height) < _FEWEST_PIXELS


def _numbers(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d{1,15}", text)][:_MOST_GIVEN]


def _path(url: str) -> str:
    """The path of the original: «/wp-content/uploads/2021/05/foto.jpg» for each of its copies."""
    try:
        return original_of(unquote(urlsplit(url).path))
    except ValueError:
        return ""
