"""Which texts are translated at the desk: every translated field that readers may see, but those named here.

Read from the models' own declarations, so that a new text is at the desk the day it appears.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import models
from django.utils.text import capfirst
from modeltranslation.manager import get_translatable_fields_for_model

from memorial.base.database import filled_by_database, our_tables, public_condition
from memorial.base.exposure import public_names
from memorial.base.fields import RichTextField
from memorial.base.localized import in_language, other_languages

ORIGINAL: Final = "ru"
LANGUAGES_MADE: Final = tuple(other_languages(ORIGINAL))
"""The languages that are translated into; the texts are written in Russian."""

NOT_HERE: Final[dict[str, str]] = {
    "assistance.totalspublication": "frozen: both languages are approved together",
    "assistance.publictotal": "frozen: both languages are approved together",
    "assistance.story": "written and read by those who know the client",
    "donations.safetynotice": "frozen: a notice is proposed in both languages and approved by another person",
    "donations.donornotice": "frozen: a notice is proposed in both languages and approved by another person",
    "donations.fundreport": "frozen: both languages are approved together",
    "donations.reportline": "frozen: both languages are approved together",
    "donations.paymentmethod": "details of payment are changed by those who answer for them",
    "donations.progress": "a sum is told by those who answer for it",
}
"""Translated models with public text that the desk leaves alone, and why."""

PERSON: Final = "prisoners_prisoner"
NAMES: Final = ("surname", "given_names", "patronymic", "described_as")
_OF_PERSON: Final = "prisoner_id"


@dataclass(frozen=True)
class TextField:
    """One translated field: whether it has markup, and how long a text may be."""

    name: str
    verbose_name: Any
    is_rich: bool
    is_long: bool

    @property
    def label(self) -> str:
        """What the field is called, in the language of the office."""
        return str(self.verbose_name)


@dataclass(frozen=True)
class Kind:
    """One table with texts: its fields, when a row is public, and the person that a row is about."""

    model: type[models.Model]
    fields: tuple[TextField, ...]
    condition: str
    person: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def label(self) -> str:
        return str(capfirst(self.model._meta.verbose_name_plural))

    def field(self, name: str) -> TextField | None:
        """The field of that name; None where the desk has none."""
        return next((one for one in self.fields if one.name == name), None)

    def condition_for(self, name: str) -> str:
        """When the text is at the desk: public, and no name of somebody who is shown by initials."""
        hidden = " AND NOT r.initials_only" if self.table == PERSON and name in NAMES else ""
        return f"({self.condition}){hidden}"


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of record with texts at the desk, people first."""
    found = [kind for kind in _all() if kind.fields]
    return tuple(sorted(found, key=lambda kind: (kind.table != PERSON, kind.table)))


@cache
def kind_of(table: str) -> Kind | None:
    """The kind of a table; None where the desk has none of that name."""
    return next((kind for kind in kinds() if kind.table == table), None)


def column(field: str, language: str) -> str:
    """The column of a text in a language."""
    return in_language(field, language)


def _all() -> Iterator[Kind]:
    for model in our_tables():
        names = get_translatable_fields_for_model(model)
        if not names or filled_by_database(model) or model._meta.label_lower in NOT_HERE:
            continue
        if (condition := public_condition(model)) is None:
            continue
        shown = public_names(model)
        ordered = [field.name for field in model._meta.concrete_fields if field.name in set(names)]
        fields = tuple(_field(model, name) for name in ordered if name in shown)
        yield Kind(model, fields, condition, _person(model))


def _field(model: type[models.Model], name: str) -> TextField:
    field: Any = model._meta.get_field(name)
    is_rich = isinstance(field, RichTextField)
    is_long = isinstance(field, models.TextField) or (getattr(field, "max_length", 0) or 0) >= 250
    return TextField(name, field.verbose_name, is_rich, is_long)


def _person(model: type[models.Model]) -> str:
    if model._meta.db_table == PERSON:
        return "r.id"
    columns = {field.column for field in model._meta.concrete_fields}
    return f"r.{_OF_PERSON}" if _OF_PERSON in columns else "NULL::bigint"
