"""Everything a column of a list of courts, articles or cases may be.

Not here, on purpose: the day on which an edition was checked against the official text, who gave
evidence, and the address of a house arrest. The first is for staff to say; the others never stand in a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models

from cases.choices import (
    CaseKind,
    CourtLevel,
    DecisionKind,
    HasParts,
    Plea,
    ProsecutionRole,
    RestraintMeasure,
)
from cases.models import Article, ArticleEdition, Case, Court
from memorial.base.localized import LANGUAGES, in_language
from prisoners.choices import LegalCode
from prisoners.importers.fields import ROW_FIELDS, SOURCE_FIELDS, Field, Kind, Part, longest

NAME_LONGEST: Final = 250
TEXT_LONGEST: Final = 1000


def _lines(part: Part, model: type[models.Model], *names: str, prefix: str = "") -> list[Field]:
    """A line of text in each language, under the name that it has in tables."""
    return [
        Field(f"{prefix}{column}", part, Kind.TEXT, column, longest=longest(model, column))
        for name in names
        for column in (in_language(name, code) for code in LANGUAGES)
    ]


def _by_name(fields: Iterable[Field]) -> dict[str, Field]:
    return {field.name: field for field in fields}


COURT_FIELDS: Final = _by_name(
    (
        *ROW_FIELDS,
        Field("slug", Part.ROW, Kind.TEXT, "slug", longest=longest(Court, "slug")),
        *_lines(Part.COURT, Court, "name"),
        Field("level", Part.COURT, Kind.CHOICE, "level", CourtLevel),
        Field("region", Part.COURT, Kind.REGION, "region"),
        Field("time_zone", Part.COURT, Kind.ZONE, "time_zone"),
        Field("in_occupied_territory", Part.COURT, Kind.FLAG, "in_occupied_territory"),
        *_lines(Part.COURT, Court, "town", "address"),
        Field("url", Part.COURT, Kind.LINK, "url", longest=longest(Court, "url")),
        Field("closed_on", Part.COURT, Kind.DAY, "closed_on"),
        *SOURCE_FIELDS,
    )
)

ARTICLE_FIELDS: Final = _by_name(
    (
        *ROW_FIELDS,
        Field("code", Part.ARTICLE, Kind.CHOICE, "code", LegalCode),
        *_lines(Part.ARTICLE, Article, "code_name"),
        Field("number", Part.ARTICLE, Kind.TEXT, "number", longest=longest(Article, "number")),
        Field("used", Part.ARTICLE, Kind.FLAG, "used_in_political_cases"),
        Field("valid_from", Part.EDITION, Kind.DAY, "valid_from"),
        Field("valid_to", Part.EDITION, Kind.DAY, "valid_to"),
        *_lines(Part.EDITION, ArticleEdition, "title", "short"),
        Field("contested", Part.EDITION, Kind.FLAG, "contested"),
        Field("has_parts", Part.EDITION, Kind.CHOICE, "has_parts", HasParts),
    )
)
IDENTITY: Final = ("code", *(in_language("code_name", code) for code in LANGUAGES), "number")
"""What an article is: it is never another one by an import."""

_PERSON: Final = (
    Field("person", Part.PERSON, Kind.TEXT, longest=120),
    Field("person_source", Part.PERSON, Kind.TEXT, longest=60),
    Field("person_key", Part.PERSON, Kind.TEXT, longest=200),
    *(Field(f"person_name_{code}", Part.PERSON, Kind.TEXT, longest=NAME_LONGEST) for code in LANGUAGES),
    Field("person_born", Part.PERSON, Kind.PAST_DATE),
)
"""Who the row is about: said by number, address, key of another list, or name with the year of birth."""


def _decision(part: Part, stem: str) -> list[Field]:
    return [
        Field(f"{stem}_on", part, Kind.PAST_DATE, "on"),
        Field(f"{stem}_court", part, Kind.COURT, "court"),
        Field(f"{stem}_kind", part, Kind.CHOICE, "kind", DecisionKind),
        Field(f"{stem}_penalties", part, Kind.PENALTIES, longest=TEXT_LONGEST),
    ]


CASE_FIELDS: Final = _by_name(
    (
        *ROW_FIELDS,
        Field("case", Part.ROW, Kind.TEXT, longest=90),
        *_PERSON,
        Field("case_kind", Part.CASE, Kind.CHOICE, "kind", CaseKind),
        *_lines(Part.CASE, Case, "title", "summary", prefix="case_"),
        Field("case_number", Part.CASE, Kind.TEXT, "number", longest=longest(Case, "number")),
        Field("case_theme", Part.CASE, Kind.THEME, "theme"),
        Field("case_region", Part.CASE, Kind.REGION, "region"),
        Field("case_opened", Part.CASE, Kind.PAST_DATE, "opened"),
        Field("case_is_group", Part.CASE, Kind.FLAG, "is_group"),
        *_lines(Part.CASE, Case, "investigating_body"),
        Field("role", Part.PROSECUTION, Kind.CHOICE, "role", ProsecutionRole),
        Field("since", Part.PROSECUTION, Kind.PAST_DATE, "since"),
        Field("plea", Part.PROSECUTION, Kind.CHOICE, "plea", Plea),
        Field("in_absentia", Part.PROSECUTION, Kind.FLAG, "in_absentia"),
        *(Field(f"charges_{code}", Part.CHARGES, Kind.CHARGES, longest=TEXT_LONGEST) for code in LANGUAGES),
        Field("charges_code", Part.CHARGES, Kind.CHOICE, choices=LegalCode),
        *(Field(f"charges_code_name_{code}", Part.CHARGES, Kind.TEXT, longest=120) for code in LANGUAGES),
        Field("restraint", Part.RESTRAINT, Kind.CHOICE, "measure", RestraintMeasure),
        Field("restraint_from", Part.RESTRAINT, Kind.PAST_DATE, "began"),
        Field("restraint_until", Part.RESTRAINT, Kind.DATE, "until"),
        Field("restraint_ended", Part.RESTRAINT, Kind.PAST_DATE, "ended"),
        *_decision(Part.DECISION, "decision"),
        *_decision(Part.APPEAL, "appeal"),
        *SOURCE_FIELDS,
    )
)
