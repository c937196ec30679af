"""One copy of a public page, and how it is written to a file."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

_HEADER_ENDS: Final = b"\n"


@dataclass(frozen=True)
class PageCopy:
    """A page as it was answered. `body` and `headers` are what a reader got.

    `names` are the parameters that its making looked at, or `EVERY_NAME`; `address` the path with these alone.
    `version` and `taken_back` name what was public (`memorial.base.content_version`), `day` the civil date or
    "" where the page does not change with it, `program` code and settings. `checked_at`, in seconds since
    1970, is when it was last known to be what would be made. `statements` and their digest `found` tell
    whether it still is; without statements it is made anew. `of_its_day` says that it shows what may be
    shown until a day only.
    """

    address: str
    names: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    version: str
    taken_back: str
    day: str
    program: str
    checked_at: float
    statements: tuple[str, ...] = ()
    found: str = ""
    of_its_day: bool = False

    def __len__(self) -> int:
        return len(self.body) + sum(map(len, self.statements)) + 1024

    @property
    def is_for_every_query(self) -> bool:
        """Whether any parameter at all would change nothing."""
        return not self.names

    def answers(self, version: str, day: str, program: str) -> bool:
        """Whether this is what would be made now, for all that its marks can tell."""
        return (self.version, self.program) == (version, program) and self.day in ("", day)

    def renewed(self, *, etag: str, version: str, taken_back: str) -> PageCopy:
        """The same page, known to be true at another version."""
        return replace(self, etag=etag, version=version, taken_back=taken_back, checked_at=time.time())

    def packed(self) -> bytes:
        """What stands in a file: marks as one line of JSON, then the body."""
        marks = asdict(self)
        del marks["body"]
        return json.dumps(marks | {"length": len(self.body)}).encode() + _HEADER_ENDS + self.body


def unpacked(content: bytes) -> PageCopy | None:
    """The copy in a file; None for a file that is not whole, or of another make."""
    header, _end, body = content.partition(_HEADER_ENDS)
    try:
        marks: dict[str, Any] = json.loads(header)
    except ValueError:
        return None
    known = {each.name for each in fields(PageCopy)} - {"body"}
    if not isinstance(marks, dict) or marks.pop("length", -1) != len(body) or set(marks) != known:
        return None
    marks["headers"] = tuple((str(name), str(value)) for name, value in marks["headers"])
    for name in ("names", "statements"):
        marks[name] = tuple(marks[name])
    return PageCopy(body=body, **marks)


def taken_back_of(marks: bytes) -> str:
    """Up to which withdrawal a copy was made, from its first line; "" where that is no copy's."""
    try:
        return str(json.loads(marks)["taken_back"])
    except (ValueError, KeyError, TypeError):
        return ""
