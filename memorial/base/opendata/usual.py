"""Columns and values that most tables have: the page of a record, its texts, its dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from memorial.base.localized import current_language, in_language
from memorial.base.opendata.columns import Cell, Column, Kind, Words, code_or_none, in_each_language
from memorial.base.partial_date import PartialDate

Record = Callable[[Any], Any]


def _itself(row: Any) -> Any:
    return row


def page_columns(source: str, record: Record = _itself) -> list[Column]:
    """The identifier of a record and the addresses of its page."""
    said = _(
        "The last part of the address of the page. A page may move; its old address then leads to the new one."
    )
    return [
        Column("id", Kind.TEXT, _("Identifier"), said, lambda row: record(row).slug, source),
        *in_each_language(
            "url",
            Kind.LINK,
            _("Page"),
            _("The address of the page."),
            lambda row: page_url(record(row)),
            source=source,
        ),
    ]


def page_url(record: Any) -> str:
    """The absolute address of a record's page in the active language."""
    return f"{settings.PUBLIC_URL}{record.get_absolute_url()}"


def own_text(record: Any, field_name: str) -> str | None:
    """A text in the active language, and none of the other: who needs that has its column."""
    return code_or_none(getattr(record, in_language(field_name, current_language())))


def text_columns(
    code: str, title: Words, description: Words, *, source: str, record: Record = _itself
) -> list[Column]:
    """A translated field of a record, `source` being its dotted name: a column for each language."""
    field_name = source.rpartition(".")[2]

    def value(row: Any) -> Cell:
        return own_text(record(row), field_name)

    return in_each_language(code, Kind.TEXT, title, description, value, source=source)


def date_text(value: PartialDate | date | Any | None) -> str | None:
    """A date as it is stored: no more exact than it is known."""
    if value is None:
        return None
    return value.text if isinstance(value, PartialDate) else str(value.isoformat())
