"""Makes a row of any model, by introspection: a new field is filled the day it appears.

`Maker` fills every concrete field of a model by its type. What a field gets is the
business of a `Values`: plain words for what is public, markers for what is not. Only what a
constraint demands stands in `SHAPES`; a model that cannot be made fails with its name.
"""

import uuid
from collections.abc import Callable
from datetime import date, time
from itertools import count
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django_countries.fields import CountryField

from cases import models as record
from cases.models.origin import RECORDS
from memorial.base.choices import State, Verification
from memorial.base.encrypted_fields import KeyedDigestsField
from memorial.base.evidence import HistoryRemoval, HistorySeal
from memorial.base.fields import PartialDateField, RichTextField
from memorial.base.partial_date import PartialDate
from memorial.base.photos import random_stem
from memorial.package.models import DataPackage
from memorial.search.models import Synonym
from prisoners import models as people
from prisoners.models.source import FACTS
from tests.leaks.appeal_rows import APPEAL_SHAPES
from tests.leaks.assistance_rows import ASSISTANCE_SHAPES
from tests.leaks.attention_rows import ATTENTION_SHAPES
from tests.leaks.campaign_rows import CAMPAIGN_SHAPES
from tests.leaks.case_rows import CASE_FACTS, CASE_SHAPES, NEEDED
from tests.leaks.news_rows import NEWS_SHAPES
from tests.leaks.notice_rows import NOTICE_SHAPES
from tests.leaks.page_rows import PAGE_SHAPES
from tests.leaks.payment_rows import OF_ONE_PAYMENT, PAYMENT_SHAPES
from tests.leaks.report_rows import REPORT_SHAPES
from tests.leaks.translation_rows import TRANSLATION_SHAPES

Model = type[models.Model]
Shape = dict[str, Any]

SHAPES: dict[Model, Shape] = {
    HistoryRemoval: {"confirmed_by": None, "declined_by": None, "carried_out_at": None},
    HistorySeal: {"position": count(1).__next__},
    DataPackage: {"stem": random_stem},
    Synonym: {"language": "ru", "word": "лодка"},
    people.Citation: {"without_origin": False},
    people.Custody: {"term": "fixed", "expected_end": None},
    # At the page as a whole; each kind of fact would be another row.
    people.SecondLook: dict.fromkeys(("recognition", "end_of_custody", "death")),
    people.EndOfCustody: {"kind": "release", "ground": "served", "circumstance": "ordinary", "custody": None},
    people.Facility: {"kind": "colony", "postal_index": "999014"},
    people.OldAddress: {"language": "", "page": ""},
    people.Photo: {"stem": random_stem},
    # Whoever is made only because a row of another table needs somebody; the world says who is published.
    people.Prisoner: {
        "state": State.DRAFT,
        "described_as_ru": "",
        "described_as_en": "",
        "initials_only": False,
        "charges_code": "other",
        "liberty_entered": "",
        "born": PartialDate.parse("02.10.1987"),
    },
    people.Recognition: {
        "decided_by": "other",
        "on": PartialDate.parse("12.05.2023"),
        "outcome": "recognised",
        "custody": None,
    },
    people.Region: {"code": "RU-ZAR"},
    people.RegisterEntry: {"removed_on": None},
    people.RestrictionRequest: {"outcome": "granted", "decided_by": 1, "confirmed_by": 2},
    people.Stay: {"public": "yes", "reason": "serving", "ended": None, "ongoing": True, "temporary": True},
    people.Vulnerability: {"consent_scope": ""},
    **CASE_SHAPES,
    **APPEAL_SHAPES,
    **ASSISTANCE_SHAPES,
    **ATTENTION_SHAPES,
    **CAMPAIGN_SHAPES,
    **NEWS_SHAPES,
    **NOTICE_SHAPES,
    **PAGE_SHAPES,
    **PAYMENT_SHAPES,
    **REPORT_SHAPES,
    **TRANSLATION_SHAPES,
}
"""What constraints and triggers demand of a row, and no more."""
OF_ONE: dict[Model, tuple[str, ...]] = {
    people.Citation: tuple(FACTS),
    people.ConfidentialCitation: tuple(FACTS),
    people.ImportKey: tuple(FACTS),
    people.OldAddress: tuple(FACTS),
    record.CaseCitation: CASE_FACTS,
    record.ConfidentialCaseCitation: CASE_FACTS,
    record.OfficialConfirmation: ("official", "role"),
    record.ImportedRow: record.origin.RECORDS,
    record.ImportedRow: RECORDS,
    **OF_ONE_PAYMENT,
}
"""Models whose rows belong to exactly one of several parents, all of them nullable; the first, unless one is given."""
EVERYWHERE: Shape = {"verification": Verification.ONE_SOURCE}
"""The same for every model that has such a field: what is unverified is never public."""


class Values:
    """What a field is filled with: here invented, ordinary, the same every time."""

    choice = 0
    """Which of its choices a field takes, counted from 0."""
    flag = False
    day = date(2024, 5, 17)
    number = 31

    def text(self, field: models.Field) -> str:
        """A text for a field that is free."""
        return f"Слово о {field.name}"

    def slug(self, field: models.Field) -> str:
        """A short text of Latin letters, for slugs, codes and addresses."""
        return f"word-{field.name.replace('_', '-')}"[: field.max_length or 60]


class Maker:
    """Makes rows: their fields come from `values`, their parents from `parents` where there is one."""

    def __init__(self, values: Values, parents: dict[Model, models.Model] | None = None) -> None:
        self.values = values
        self.parents = parents or {}

    def make(self, model: Model, **given: Any) -> models.Model:
        """One saved row. A callable in SHAPES or `given` is called for each row."""
        wanted = {**EVERYWHERE, **SHAPES.get(model, {}), **given}
        filled: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if field.name in wanted:
                value = wanted[field.name]
                filled[field.name] = (
                    value() if callable(value) and not isinstance(value, models.Model) else value
                )
            elif fills_itself(field, model):
                continue
            else:
                filled[field.name] = self._value(field, model, wanted)
        try:
            return model._base_manager.create(**filled)
        except Exception as error:
            error.add_note(f"{model._meta.label} cannot be made: say in SHAPES what its constraints demand.")
            raise

    def _value(self, field: models.Field, model: Model, wanted: Shape) -> Any:
        if field.is_relation:
            return self._parent(field, model, wanted)
        values = self.values
        if field.choices:
            return list(dict(field.flatchoices))[values.choice % len(field.flatchoices)]
        for kinds, make in _BY_TYPE:
            if isinstance(field, kinds):
                return make(values, field)
        raise TypeError(
            f"{model._meta.label}.{field.name}: say in tests/leaks/rows.py how to fill {type(field)}."
        )

    def _parent(self, field: models.ForeignKey, model: Model, wanted: Shape) -> models.Model | None:
        related = field.related_model
        one = _the_one(model, wanted)
        if one and field.name in OF_ONE[model] and field.name != one:
            return None
        if related in self.parents:
            return self.parents[related]
        if field.null and field.name not in (one, NEEDED.get(model)):
            return None
        made = self.make(related)
        if model._meta.app_label == "cases":
            # What belongs together is of one case and of one person.
            self.parents[related] = made
        return made


def fills_itself(field: models.Field, model: Model) -> bool:
    """Keys, computed columns, bare translated columns, and what Django or the database writes."""
    return (
        isinstance(field, models.AutoField)
        or getattr(field, "generated", False)
        or getattr(field, "auto_now", False)
        or getattr(field, "auto_now_add", False)
        or field.name == "version"
        or isinstance(field, KeyedDigestsField)
        or is_bare(field, model)
    )


def is_bare(field: models.Field, model: Model) -> bool:
    """Whether it is the bare column of a translated field, which a trigger fills."""
    return f"{field.name}_ru" in {other.name for other in model._meta.concrete_fields}


def _the_one(model: Model, wanted: Shape) -> str | None:
    """Where a row has one parent out of many: which one. The first, unless another is given."""
    if model not in OF_ONE:
        return None
    names = OF_ONE[model]
    return next((name for name in names if wanted.get(name) is not None), names[0])


def _cut(text: str, field: models.Field) -> str:
    return text[: field.max_length] if field.max_length else text


_BY_TYPE: tuple[tuple[Any, Callable[[Values, Any], Any]], ...] = (
    (CountryField, lambda values, field: "UA"),
    (PartialDateField, lambda values, field: PartialDate.from_date(values.day)),
    (models.DateTimeField, lambda values, field: f"{values.day.isoformat()}T12:00:00+00:00"),
    (models.DateField, lambda values, field: values.day),
    (models.BooleanField, lambda values, field: values.flag),
    (models.TimeField, lambda values, field: time(10, 30)),
    (models.DecimalField, lambda values, field: values.number),
    (models.UUIDField, lambda values, field: uuid.uuid4()),
    (models.BinaryField, lambda values, field: values.text(field).encode()[: field.max_length]),
    (models.JSONField, lambda values, field: {"said": values.text(field)}),
    (ArrayField, lambda values, field: [next(iter(dict(field.base_field.flatchoices)), values.number)]),
    (models.URLField, lambda values, field: _cut(f"https://example.org/{values.slug(field)}", field)),
    (models.EmailField, lambda values, field: f"{values.slug(field)}@example.org"),
    (models.FileField, lambda values, field: f"originals/{values.slug(field)}.jpg"),
    (models.SlugField, lambda values, field: values.slug(field)),
    (RichTextField, lambda values, field: f"<p>{values.text(field)}</p>"),
    ((models.IntegerField, models.BigIntegerField), lambda values, field: values.number),
    ((models.CharField, models.TextField), lambda values, field: _cut(values.text(field), field)),
)
