"""A row of open data as a record of the API: names in every language, texts in one, marked.

The tables of the exports have a column for each language (`name_ru`, `name_en`); here they become one field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from memorial.base.localized import LANGUAGES, in_language, other_languages
from memorial.base.opendata.columns import Cell, Column, Kind, Table

NAMES: Final = frozenset(
    {
        *("url", "name", "surname", "given_names", "patronymic", "title", "body_name"),
        *("people_names", "held_at_url"),
    }
)
"""Fields that come in every language, whatever was asked; all others that have a language are texts."""
DATE: Final = "^[~<>]?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


@dataclass(frozen=True)
class Field:
    """A field of a record: the column it is made of, or one for each language."""

    name: str
    column: Column

    @property
    def has_language(self) -> bool:
        return bool(self.column.language)

    @property
    def is_name(self) -> bool:
        """Whether it comes in every language."""
        return self.has_language and self.name in NAMES

    def value(self, cells: Mapping[str, Cell], language: str) -> Any:
        """The field of a row, whose cells these are."""
        if not self.has_language:
            return cells[self.name]
        if self.is_name:
            return {code: cells[in_language(self.name, code)] for code in LANGUAGES}
        many = self.column.kind is Kind.CODES
        for code in (language, *other_languages(language)):
            found = cells[in_language(self.name, code)]
            if found:
                return {"texts" if many else "text": found, "lang": spoken(found, code)}
        return {"texts": [], "lang": language} if many else None

    def schema(self) -> dict[str, Any]:
        """The field in JSON Schema, with the words of the active language."""
        schema = self._plain()
        return {"description": str(self.column.description), **schema}

    def _plain(self) -> dict[str, Any]:
        many = self.column.kind is Kind.CODES
        if self.is_name:
            return {"$ref": f"#/components/schemas/{'NamesOfSeveral' if many else 'Names'}"}
        if self.has_language:
            if many:
                return {"$ref": "#/components/schemas/Texts"}
            return {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]}
        return dict(_SCHEMAS[self.column.kind])


_SCHEMAS: Final[Mapping[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.CODE: {"type": ["string", "null"]},
    Kind.CODES: {"type": "array", "items": {"type": "string"}},
    Kind.DATE: {"type": ["string", "null"], "pattern": DATE},
    Kind.BOOLEAN: {"type": ["boolean", "null"]},
    Kind.INTEGER: {"type": ["integer", "null"]},
    Kind.DECIMAL: {"type": ["number", "null"]},
    Kind.LINK: {"type": ["string", "null"], "format": "uri"},
}


def fields_of(table: Table, leave_out: Iterable[str] = ()) -> tuple[Field, ...]:
    """The fields of a table's records, in the order of its columns."""
    fields: dict[str, Field] = {}
    for column in table.columns:
        name = column.code.removesuffix(f"_{column.language}") if column.language else column.code
        if name not in leave_out:
            fields.setdefault(name, Field(name, column))
    return tuple(fields.values())


def spoken(text: Cell, language: str) -> str:
    """The language that a text is in: that of its column, but Russian letters in an English one are Russian.

    Words put together of several (a place and its region) fall back piece by piece.
    """
    letters = [sign for sign in "".join(text if isinstance(text, list) else str(text)) if sign.isalpha()]
    russian = sum("а" <= sign.lower() <= "я" or sign in "ёЁ" for sign in letters)
    return "ru" if 2 * russian > len(letters) else language
