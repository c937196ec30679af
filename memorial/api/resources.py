"""What a resource of the API is: a table of open data with a way to choose rows, to page and to find one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from memorial.api.parameters import CURSOR, DAY, LANGUAGE, LIMIT, Parameter
from memorial.api.records import Field, fields_of
from memorial.base.opendata.columns import Table, Words


class Keyed(NamedTuple):
    """A row: its public key, by which pages go on, and its number, which is never told."""

    key: str
    number: int


@dataclass(frozen=True)
class Chosen:
    """What an address asks of a resource. `part` gives rows behind a key, in the order of the keys."""

    count: Callable[[], int]
    part: Callable[[str, int], Sequence[Keyed]]
    described: Callable[[], str]
    query: str = ""


@dataclass(frozen=True)
class Part:
    """What hangs on a record in its own answer: rows of another table, `leave_out` being what they have in common."""

    table: Table
    rows: Callable[[Any, date], Iterable[Any]]
    leave_out: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.table, self.leave_out)


@dataclass(frozen=True)
class Resource:
    """A resource. `argument` names its key in addresses, `key_pattern` says what it looks like.

    A key says where its list goes on, unless `cursor_pattern` says otherwise. `list_page` is the url
    name of the page with the same list; `moved_from` the beginning of the pages' addresses, where
    old ones are remembered. `of_any_day` says that any day before can be asked about.
    """

    table: Table
    order: Words
    argument: str
    key_pattern: str
    filters: tuple[Parameter, ...]
    select: Callable[[QueryDict, date], Chosen]
    load: Callable[[Sequence[int], date], Iterable[Any]]
    find: Callable[[str], int | None]
    key: Callable[[Any], str]
    cursor_pattern: str = ""
    list_page: str = ""
    moved_from: str = ""
    parts: tuple[Part, ...] = ()
    of_any_day: bool = False

    @property
    def name(self) -> str:
        return self.table.name

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.table, ("id",))

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Everything that the address of its list may ask."""
        cursor = replace(
            CURSOR, schema={"type": "string", "pattern": self.cursor_pattern or self.key_pattern}
        )
        return (*self.filters, *self.of_record, LIMIT, cursor)

    @property
    def of_record(self) -> tuple[Parameter, ...]:
        """What the address of one record may ask."""
        return (DAY, LANGUAGE) if self.of_any_day else (LANGUAGE,)

    @property
    def path(self) -> str:
        """The address of the list."""
        return reverse(f"api-{self.name}")

    def record_path(self, key: str) -> str:
        """The address of one record."""
        return reverse(f"api-{self.name}-detail", kwargs={self.argument: key})


def chosen_by(rows: QuerySet[Any], field: str, described: Callable[[], str], query: str = "") -> Chosen:
    """Rows in the order of a unique column that readers see."""

    def part(after: str, most: int) -> list[Keyed]:
        behind = rows.filter(**{f"{field}__gt": after}) if after else rows
        return [Keyed(*pair) for pair in behind.order_by(field).values_list(field, "pk")[:most]]

    return Chosen(rows.order_by().count, part, described, query)


def number_of(rows: QuerySet[Any], **which: Any) -> int | None:
    """The number of the one row, None where there is none."""
    found: int | None = rows.filter(**which).values_list("pk", flat=True).first()
    return found
