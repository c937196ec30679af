"""Which parameters of an address the making of a page looks at: the others make no page of their own.

A page that never looked at `fbclid` is the same page with any `fbclid`, as `Vary` says it of headers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, QueryDict

EVERY_NAME: Final = ("*",)
"""All parameters, by whatever name, and how they are written."""
_QUERY: Final = "QUERY_STRING"


class WatchedQuery(QueryDict):
    """Parameters that take note of the names under which they are looked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.looked_at: set[str] = set()
        super().__init__(*args, **kwargs)

    def __getitem__(self, key: str) -> Any:
        self.looked_at.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.looked_at.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        """All values of one name."""
        self.looked_at.add(key)
        return super().getlist(key, default)

    def __iter__(self) -> Iterator[str]:
        self.looked_at.update(EVERY_NAME)
        return super().__iter__()

    def __len__(self) -> int:
        self.looked_at.update(EVERY_NAME)
        return super().__len__()

    def keys(self) -> Any:
        """All names."""
        self.looked_at.update(EVERY_NAME)
        return super().keys()

    def items(self) -> Any:
        """All names with the last value of each."""
        self.looked_at.update(EVERY_NAME)
        return super().items()

    def lists(self) -> Any:
        """All names with all values; copies and encoding go this way."""
        self.looked_at.update(EVERY_NAME)
        return super().lists()

    def values(self) -> Any:
        """The last value of each name."""
        self.looked_at.update(EVERY_NAME)
        return super().values()

    def __eq__(self, other: object) -> bool:
        self.looked_at.update(EVERY_NAME)
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # as of any dictionary


class _WatchedMeta(dict[str, Any]):
    """The request's environment, which takes note when the query is read as it stands."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.was_read = False

    def __getitem__(self, key: str) -> Any:
        self.was_read = self.was_read or key == _QUERY
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a name, `default` where there is none."""
        self.was_read = self.was_read or key == _QUERY
        return super().get(key, default)


class WatchedRequest:
    """Watches how a request's query is read from now on."""

    def __init__(self, request: HttpRequest) -> None:
        self._query = WatchedQuery(request.META.get(_QUERY, ""), encoding=request.encoding)
        self._query.looked_at.clear()
        self._meta = _WatchedMeta(request.META)
        request.GET = self._query  # type: ignore[assignment]  # immutable as Django's own
        request.META = self._meta
        request.environ = self._meta  # type: ignore[attr-defined]  # WSGI's

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters that were looked at, or `EVERY_NAME`."""
        if self._meta.was_read or EVERY_NAME[0] in self._query.looked_at:
            return EVERY_NAME
        return tuple(sorted(self._query.looked_at))


def quiet_full_path(request: HttpRequest) -> str:
    """`request.get_full_path()`, not counted as reading the query: for the ETag, which every page has."""
    meta = request.META
    if not isinstance(meta, _WatchedMeta):
        return request.get_full_path()
    before = meta.was_read
    path = request.get_full_path()
    meta.was_read = before
    return path


def address_of(path: str, query: str, names: Iterable[str]) -> str:
    """The path with these parameters alone, in an order of their own; with `EVERY_NAME` as it was asked."""
    names = tuple(names)
    if not query or not names:
        return path
    if names == EVERY_NAME:
        return f"{path}?{query}"
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] in names]
    return f"{path}?{urlencode(sorted(pairs, key=lambda pair: pair[0]))}" if pairs else path
