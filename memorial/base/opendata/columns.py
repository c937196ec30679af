"""Columns of open data: each says what it holds, in both languages, and where it comes from.

Codes of columns are English and stay; words are in columns of their own, one for each language of
the site. No column holds a number of a row: rows are known by the addresses of their pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext

from memorial.base.localized import LANGUAGES, in_language

Cell = str | int | bool | Decimal | list[str] | None
Words = str | Promise
SEPARATOR: Final = "; "
"""Between several values in one cell of text."""


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    CODE = "code"
    """A word of a closed vocabulary, the same in both languages."""
    CODES = "codes"
    """Several of them, or several texts."""
    DATE = "date"
    """A date as exactly as it is known: 2023, 2023-03, 2023-03-14; ~ about, < before, > after."""
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    """An exact number with a point: a sum of money, a rate."""
    LINK = "link"


@dataclass(frozen=True)
class Column:
    """A column of a table: `value` takes a row and gives its cell; None is not known.

    A column with a `language` is asked while that language is active. `source` names the field or
    the rule that the value comes from, for those who doubt it.
    """

    code: str
    kind: Kind
    title: Words
    description: Words
    value: Callable[[Any], Cell]
    source: str
    language: str = ""

    def titled(self) -> str:
        """The title in the active language, with the language of the values where they have one."""
        if not self.language:
            return str(self.title)
        name = get_language_info(self.language)["name_translated"]
        return gettext("%(title)s (%(language)s)") % {"title": self.title, "language": str(name).lower()}


def in_each_language(
    code: str, kind: Kind, title: Words, description: Words, value: Callable[[Any], Cell], *, source: str
) -> list[Column]:
    """A column for each language of the site: `name_ru`, `name_en`."""
    column = Column(code, kind, title, description, value, source)
    return [replace(column, code=in_language(code, each), language=each) for each in LANGUAGES]


@dataclass(frozen=True)
class Link:
    """What a column refers to: a column of another table, or of the same."""

    column: str
    table: str
    its_column: str


@dataclass(frozen=True)
class Table:
    """A table of open data. `name` is that of its file; `key` are the columns that tell its rows apart.

    `known_by` are columns by which a row is found again where nothing tells it apart for certain.
    """

    name: str
    title: Words
    description: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    known_by: tuple[str, ...] = ()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns)

    @cached_property
    def _by_language(self) -> Mapping[str, list[tuple[int, Column]]]:
        found: dict[str, list[tuple[int, Column]]] = {}
        for number, column in enumerate(self.columns):
            found.setdefault(column.language, []).append((number, column))
        return found

    def cells(self, row: Any) -> list[Cell]:
        """The values of a row, in the order of the columns."""
        cells: list[Cell] = [None] * len(self.columns)
        for language, columns in self._by_language.items():
            # What has no language must not take the reader's: the same rows lie at both addresses.
            with translation.override(language or LANGUAGES[0]):
                for number, column in columns:
                    cells[number] = column.value(row)
        return cells

    def record(self, row: Any) -> dict[str, Cell]:
        """The values of a row by the codes of the columns."""
        return dict(zip(self.codes, self.cells(row), strict=True))


def cell_text(cell: Cell) -> str:
    """A value as text: nothing for what is not known, several values with a semicolon between them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return SEPARATOR.join(cell) if isinstance(cell, list) else str(cell)


def code_or_none(code: str) -> str | None:
    """A code, or None where there is none: an empty text is no value."""
    return code or None


def codes(values: Iterable[Any]) -> list[str]:
    """Several codes, each once, in alphabetical order."""
    return sorted({str(value) for value in values})
