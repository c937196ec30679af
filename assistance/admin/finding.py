"""Clients and lawyers found by what is typed: a number, or a name, a telephone, an address exactly as it stands.

Sealed names cannot be listed for a choice, and need not be: who writes a parcel down knows for whom it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from memorial.base.encrypted_fields import KeyedDigestsField

_NUMBER: Final = re.compile(r"(?:№|No\.?|#)?\s*(\d{1,6})(?![\d@+().-])(?:\s+\D.*)?", re.DOTALL)
"""«12», «№ 12», «№ 12 Горинцев Тимур»: the number goes before the name beside it. A telephone is longer."""


def number_in(text: str) -> int | None:
    """The number of a record that a text begins with, if that is what it says."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def numbered(row: Any) -> str:
    """A record as the fields here show it, and as they read it back."""
    return f"№ {row.pk} {row.name}"


class Found(dict[str, list[Any]]):
    """Typed text → the rows that it names; asked of the database at once for all of a page."""

    def one(self, text: str) -> Any:
        """The one row that is meant. Raises `ValidationError` where none or several are."""
        rows = self.get(text.strip(), [])
        if not rows:
            raise ValidationError(
                _("Nobody is found by «%(text)s». Only an exact name, telephone, address or number finds.")
                % {"text": text.strip()},
                code="nobody",
            )
        if len(rows) > 1:
            raise ValidationError(
                _("Several are found: %(who)s. Write the number.")
                % {"who": "; ".join(numbered(row) for row in rows[:5])},
                code="several",
            )
        return rows[0]


def find_all(rows: QuerySet[Any], texts: Iterable[str]) -> Found:
    """Everybody who is named by any of the texts, in one query; nothing is asked where nothing is typed."""
    asked = {text.strip() for text in texts if text.strip()}
    numbers = {text: number for text in asked if (number := number_in(text)) is not None}
    columns = [field for field in rows.model._meta.concrete_fields if isinstance(field, KeyedDigestsField)]
    sought = {
        text: {field.name: set(field.sought(text)) for field in columns} for text in asked - numbers.keys()
    }
    condition = Q(pk__in=numbers.values())
    for field in columns:
        if every := {digest for digests in sought.values() for digest in digests[field.name]}:
            condition |= Q(**{f"{field.name}__overlap": sorted(every)})
    known = list(rows.filter(condition).order_by("pk")) if asked else []
    found = Found({text: [row for row in known if row.pk == number] for text, number in numbers.items()})
    found.update({text: [row for row in known if _is_named(row, by)] for text, by in sought.items()})
    return found


def _is_named(row: Any, digests: Mapping[str, set[str]]) -> bool:
    return any(wanted & set(getattr(row, column)) for column, wanted in digests.items())


class RecordByExactName(forms.CharField):
    """A line that names one record of `rows`; gives the record, or None."""

    def __init__(self, *, rows: QuerySet[Any], **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "size": 40}))
        kwargs.setdefault("help_text", _("A number, or exactly: surname, telephone, e-mail address."))
        super().__init__(max_length=300, **kwargs)
        self.rows = rows

    def to_python(self, value: Any) -> Any:
        """The record. Raises `ValidationError` saying that nobody, or several, are found."""
        text = str(super().to_python(value) or "")
        return find_all(self.rows, [text]).one(text) if text.strip() else None

    def validate(self, value: Any) -> None:
        """Only whether something must be said; who was found is a record already."""
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The validators of a text have nothing to say of a record."""

    def prepare_value(self, value: Any) -> Any:
        """A stored number with the name beside it; a typed text as it was typed."""
        if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
            row = self.rows.filter(pk=value).first()
            return numbered(row) if row is not None else value
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare records, not their spellings; what names nobody is a change, and its error is said."""
        try:
            row = self.to_python(data)
        except ValidationError:
            return True
        return (row.pk if row is not None else None) != (initial or None)
