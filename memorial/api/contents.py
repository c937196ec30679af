"""What an answer holds: records of a list, or one record with what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from memorial.api.answers import about, absolute
from memorial.api.parameters import LANGUAGE, USUAL_LIMIT
from memorial.api.records import Field
from memorial.api.resources import Chosen, Keyed, Resource
from memorial.base.localized import current_language
from memorial.base.opendata.columns import Table

Asked = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class RecordList:
    """A page of a list, in the active language."""

    resource: Resource
    chosen: Chosen
    asked: Asked
    on: date
    """The day that is asked about."""
    today: date

    @property
    def limit(self) -> int:
        return int(_one(self.asked, "limit") or USUAL_LIMIT)

    @cached_property
    def _found(self) -> Sequence[Keyed]:
        """One more than are told: whether the list goes on."""
        return self.chosen.part(_one(self.asked, "cursor"), self.limit + 1)

    @property
    def next_url(self) -> str | None:
        """Where the list goes on: behind the last record told."""
        if len(self._found) <= self.limit:
            return None
        return self._url(cursor=self._found[self.limit - 1].key)

    def as_data(self) -> dict[str, Any]:
        """The whole answer."""
        told = [keyed.number for keyed in self._found[: self.limit]]
        rows = self.resource.load(told, self.on) if told else []
        return {
            "data": [record(self.resource, row, day_query(self.on, self.today)) for row in rows],
            "next": self.next_url,
            "meta": about(self.today)
            | {
                "url": self._url(cursor=_one(self.asked, "cursor")),
                "page": self._page(),
                "title": str(self.resource.table.title),
                "selection": self.chosen.described(),
                "count": self.chosen.count(),
            },
        }

    def _page(self) -> str | None:
        """The page with the same list, for people."""
        if not self.resource.list_page:
            return None
        query = f"?{self.chosen.query}" if self.chosen.query else ""
        return absolute(f"{reverse(self.resource.list_page)}{query}")

    def _url(self, cursor: str) -> str:
        """The one address of this answer, or of another page of the list."""
        pairs = [
            (each.name, value) for each in self.resource.filters for value in self.asked.get(each.name, ())
        ]
        limit = "" if self.limit == USUAL_LIMIT else str(self.limit)
        others = {"limit": limit, "cursor": cursor, "lang": _language_asked()}
        others |= day_query(self.on, self.today)
        pairs += [(name, value) for name, value in others.items() if value]
        return absolute(self.resource.path) + (f"?{urlencode(sorted(pairs))}" if pairs else "")


def day_query(on: date, today: date) -> dict[str, str]:
    """What an address asks where it asks about a day before."""
    return {} if on == today else {"on": on.isoformat()}


def whole_record(resource: Resource, row: Any, on: date, today: date) -> dict[str, Any]:
    """The answer about one record on a day."""
    asked_about = day_query(on, today)
    data = record(resource, row, asked_about)
    if resource.parts:
        data["details"] = {
            part.table.name: [values_of(part.table, part.fields, each) for each in part.rows(row, on)]
            for part in resource.parts
        }
    language = _language_asked()
    pairs = ({"lang": language} if language else {}) | asked_about
    pages = data.get("url") or {}
    url = _with_query(absolute(resource.record_path(data["id"])), pairs)
    more = {"url": url, "page": pages.get(current_language())}
    return {"data": data, "meta": about(today) | more}


def _with_query(path: str, pairs: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(sorted(pairs.items()))}" if pairs else path


def record(resource: Resource, row: Any, asked_about: Mapping[str, str]) -> dict[str, Any]:
    """A row as a record: its identifier, its address here, its fields."""
    key = resource.key(row)
    names = {"id": key, "api_url": _with_query(absolute(resource.record_path(key)), asked_about)}
    return names | values_of(resource.table, resource.fields, row)


def values_of(table: Table, fields: Sequence[Field], row: Any) -> dict[str, Any]:
    """The fields of a row in the active language."""
    cells, language = table.record(row), current_language()
    return {field.name: field.value(cells, language) for field in fields}


def _one(asked: Asked, name: str) -> str:
    return asked[name][0] if name in asked else ""


def _language_asked() -> str:
    """The active language, "" for the one that comes without asking."""
    language = current_language()
    return "" if language == LANGUAGE.schema["default"] else language
