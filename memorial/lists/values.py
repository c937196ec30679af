"""Values of fields in three forms: as a cell says them, as they are compared, as a record has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from memorial.base.partial_date import PartialDate
from memorial.lists.memory import ListMemory
from prisoners.importers.exported import cell_text
from prisoners.importers.fields import Field, Kind
from prisoners.importers.known import plain_value

_POINTS_TO = (Kind.REGION, Kind.COURT, Kind.THEME)


def column_of(one: Field) -> str:
    """The attribute that a field fills."""
    return f"{one.attribute}_id" if one.kind in _POINTS_TO else one.attribute


def text_now(record: Any, one: Field, memory: ListMemory) -> str:
    """What stands in a field, as an exported table would say it; without asking the database."""
    if record is None:
        return ""
    if one.kind in _POINTS_TO:
        return in_words(str(_pointed_at(record, one, memory)), one, memory)
    if one.kind is Kind.DAY:
        day: date | None = getattr(record, one.attribute)
        return day.isoformat() if day else ""
    return cell_text(record, one)


def current_value(record: Any, one: Field, memory: ListMemory) -> Any:
    """What stands in a field, as values of rows are compared."""
    if one.kind in _POINTS_TO:
        return _pointed_at(record, one, memory)
    return (
        text_now(record, one, memory) if one.kind is Kind.DAY else plain_value(getattr(record, one.attribute))
    )


def _pointed_at(record: Any, one: Field, memory: ListMemory) -> str:
    number = getattr(record, f"{one.attribute}_id")
    if one.kind is Kind.REGION:
        return memory.region_code(number)
    if one.kind is Kind.THEME:
        return memory.theme_code(number)
    return str(number or "")


def in_words(value: Any, one: Field, memory: ListMemory) -> str:
    """A row's value as editors read it: a court by its name."""
    if one.kind is Kind.COURT:
        return memory.courts.name(int(value)) if value else ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def comparable(value: Any) -> Any:
    """A row's value as values are compared."""
    return plain_value(value)


def set_value(record: Any, one: Field, value: Any, memory: ListMemory) -> None:
    """Sets one field on a record."""
    if one.kind is Kind.REGION:
        value = memory.regions[value]
    elif one.kind is Kind.THEME:
        value = memory.themes[value]
    elif one.kind is Kind.COURT:
        value = int(value)
    elif one.kind is Kind.DAY:
        value = date.fromisoformat(value)
    elif one.kind in (Kind.DATE, Kind.PAST_DATE):
        value = PartialDate.from_text(value)
    setattr(record, column_of(one), value)
