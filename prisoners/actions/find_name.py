"""Where a person's name stands in public text, so that staff see it before the name is moved away.

Walks every public text of every model by introspection: a new field is covered the day it appears.
Drafts are read too, for they become public later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Value
from modeltranslation.manager import get_translatable_fields_for_model

from memorial.base.database import filled_by_database, our_tables
from memorial.base.exposure import declared_name, public_fields
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, all_languages
from memorial.base.partial_date import DatePrecision, PartialDate, format_partial_date
from memorial.base.rich_text import plain_text
from prisoners.actions.moved_names import read_moved, words_of_name
from prisoners.actions.name_pattern import NamePattern, name_pattern
from prisoners.models import (
    ExternalIdentifier,
    Facility,
    NameVariant,
    Photo,
    Prisoner,
    PrisonerPrivate,
)

MOST_ROWS_OF_A_TABLE = 500
WORDS_BEFORE, WORDS_AFTER = 6, 9
OWN_NAME = frozenset({"surname", "given_names", "patronymic", "described_as", "slug", "name_for_envelope"})
MOVED_WHOLE = (NameVariant, ExternalIdentifier)


class Place(NamedTuple):
    """A public text that holds the name: whose and which, and the words around it."""

    label: str
    excerpt: str


def where_name_stands(prisoner: Prisoner) -> list[Place]:
    """Public texts that tell the name, the person's own first: what «initials only» leaves.

    In other people's texts the surname and the spellings are looked for; in the person's own
    the given name, the patronymic and the exact birth date too.
    """
    own, telling = _patterns(prisoner)
    return _places(prisoner, own, telling)


def where_others_tell_name(prisoner: Prisoner) -> list[Place]:
    """Public texts of other people, of cases and of the site that tell the name: what withdrawing leaves."""
    _own, telling = _patterns(prisoner)
    return _places(prisoner, None, telling)


def own_texts_tell_name(prisoner: Prisoner) -> bool:
    """Whether the person's own page would tell the name that was moved away."""
    own, _telling = _patterns(prisoner)
    return bool(_places(prisoner, own, None))


def _patterns(prisoner: Prisoner) -> tuple[NamePattern | None, NamePattern | None]:
    """What tells the name in the person's own texts, and what in other people's."""
    words = words_of_name(prisoner)
    telling = [*(words["surname"] or words["given_names"]), *words["spellings"]]
    own = [*telling, *words["given_names"], *words["patronymic"], *_written_dates(prisoner)]
    return name_pattern(own), name_pattern(telling)


def tells_name(prisoner: Prisoner, text: str) -> bool:
    """Whether a text tells the name, as it is or was before it was moved away."""
    words = words_of_name(prisoner)
    told = [*(words["surname"] or words["given_names"]), *words["spellings"]]
    pattern = name_pattern(told)
    return pattern is not None and pattern.found_in(text)


def where_place_stands(prisoner: Prisoner, facilities: list[Facility]) -> list[Place]:
    """The person's own public texts that name one of these institutions."""
    names = [
        name
        for place in facilities
        for name in (getattr(place, column) for column in all_languages("name"))
        if name
    ]
    # «ИК-6, Мелехово»: each half tells the place.
    halves = [half for name in names for half in name.split(",")]
    return _places(prisoner, name_pattern([*names, *halves]), None)


def _places(prisoner: Prisoner, own: NamePattern | None, others: NamePattern | None) -> list[Place]:
    found: list[tuple[bool, Place]] = []
    for model in our_tables():
        # What the database copies from other rows changes with those.
        if not filled_by_database(model) and (columns := _text_columns(model)):
            found += _in_table(model, columns, prisoner, own, others)
    return [place for _is_other, place in sorted(found, key=lambda item: item[0])]


def _in_table(
    model: type[models.Model],
    columns: list[models.Field],
    prisoner: Prisoner,
    own: NamePattern | None,
    others: NamePattern | None,
) -> Iterator[tuple[bool, Place]]:
    mine = _is_own(model, prisoner)
    wanted = (mine & _holds(columns, own)) | _holds(columns, others)
    rows = model._base_manager.annotate(**_without_markup(columns)).annotate(
        is_own=ExpressionWrapper(mine, output_field=models.BooleanField())
    )
    for row in rows.filter(wanted).order_by("pk")[:MOST_ROWS_OF_A_TABLE]:
        pattern = own if row.is_own else others
        for column in columns if pattern else ():
            moved = row.is_own and isinstance(row, Photo)
            if not moved and (excerpt := _excerpt(getattr(row, column.name), pattern)):
                yield not row.is_own, Place(_label(row, column), excerpt)


def _text_columns(model: type[models.Model]) -> list[models.Field]:
    """The public texts of a model, but for a person's own names, which the action itself moves or leaves."""
    if model in MOVED_WHOLE:
        return []
    bare = set(get_translatable_fields_for_model(model) or ())
    return [
        field
        for field in public_fields(model)
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in bare
        and not (model is Prisoner and declared_name(field) in OWN_NAME)
    ]


def _is_own(model: type[models.Model], prisoner: Prisoner) -> Q:
    """Whether a row is the person's: itself, by its foreign key, or by that of the fact it belongs to."""
    if model is Prisoner:
        return Q(pk=prisoner.pk)
    condition = Q(pk__isnull=True)
    for field in model._meta.concrete_fields:
        if field.related_model is Prisoner:
            condition |= Q(**{field.name: prisoner.pk})
        elif field.related_model and _has_prisoner(field.related_model):
            condition |= Q(**{f"{field.name}__prisoner": prisoner.pk})
    return condition


def _has_prisoner(model: type[models.Model]) -> bool:
    return any(
        field.name == "prisoner" and field.related_model is Prisoner for field in model._meta.concrete_fields
    )


def _holds(columns: list[models.Field], pattern: NamePattern | None) -> Q:
    condition = Q(pk__isnull=True)
    if pattern:
        for column in columns:
            condition |= Q(**{f"{column.name}__iregex": pattern.coarse})
        for name in _without_markup(columns):
            condition |= Q(**{f"{name}__iregex": pattern.coarse})
    return condition


def _without_markup(columns: list[models.Field]) -> dict[str, Any]:
    """Rich texts without their tags, which may stand inside a name."""
    return {
        f"{column.name}_unmarked": Func(
            F(column.name),
            Value("<[^>]*>"),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=models.TextField(),
        )
        for column in columns
        if isinstance(column, RichTextField)
    }


def _excerpt(text: str, pattern: NamePattern | None) -> str:
    """The words around the name; empty where the text does not hold it."""
    if not text or pattern is None:
        return ""
    plain = plain_text(text)
    if not pattern.found_in(plain):
        return ""
    words = plain.split()
    first = next(
        (at for at in range(len(words)) if not pattern.found_in(" ".join(words[at + 1 :]))), len(words) - 1
    )
    around = words[max(0, first - WORDS_BEFORE) : first + WORDS_AFTER]
    return " ".join(around)[:300]


def _label(row: models.Model, column: models.Field) -> str:
    return f"{row._meta.verbose_name} #{row.pk} ({str(row)[:60]}): {column.verbose_name}"


def _written_dates(prisoner: Prisoner) -> list[str]:
    """The exact birth date as texts write it: 02.10.1987, 2 октября 1987, 2 October 1987, October 2, 1987."""
    private = PrisonerPrivate.objects.filter(prisoner=prisoner).first()
    moved = read_moved(prisoner).get("fields", {}).get("born")
    known = {
        prisoner.born,
        private.born if private else None,
        PartialDate.from_text(moved) if moved else None,
    }
    return [text for born in known if born for text in _spelled(born)]


def _spelled(born: PartialDate) -> Iterator[str]:
    if born.unit is not DatePrecision.DAY:
        return
    yield from (born.text.lstrip("~<>"), f"{born.day:02d}.{born.month:02d}.{born.year}")
    yield f"{born.day}.{born.month}.{born.year}"
    for code in LANGUAGES:
        yield format_partial_date(born, code)
    month = format_partial_date(born, "en").split()[1]
    yield f"{month} {born.day} {born.year}"
