"""What the constraints of the legal record demand of a row, and no more."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

from cases import models as record
from memorial.base.partial_date import PartialDate
from prisoners import models as people

Shape = dict[str, Any]


def another_case() -> record.Case:
    """A draft that nothing else hangs on."""
    return record.Case.objects.create(slug=f"other-{secrets.token_hex(4)}", title_ru="Другое дело")


def another_person() -> people.Prisoner:
    """A draft that nothing else hangs on."""
    return people.Prisoner.objects.create(slug=f"other-{secrets.token_hex(4)}", surname_ru="Другой")


NO_LENGTH = dict.fromkeys(("years", "months", "days", "hours"))

CASE_SHAPES: dict[type[models.Model], Shape] = {
    record.Article: {"code": "other", "number": "207.3", "slug": "other-207.3"},
    record.ArticlePart: {"number": "2"},
    record.ArticleEdition: {"valid_to": None},
    record.CaseLink: {"other": another_case},
    record.CaseCitation: {"without_origin": False},
    record.Charge: {
        "code": "",
        "code_name_ru": "",
        "code_name_en": "",
        "number": "",
        "part": "2",
        "points": ["д"],
        "complicity": "5",
        "edition_law": "32-ФЗ",
        "edition": None,
    },
    record.ChargeEvent: {"kind": "brought", "becomes": None},
    record.Court: {"time_zone": "Europe/Moscow"},
    record.Decision: {"kind": "guilty_verdict", "instance": "first", "supersedes": None, "round": 1},
    record.DecisionPerson: {"medical_measure": "outpatient"},
    record.Document: {"language": "ru", "stem": lambda: secrets.token_hex(12)},
    record.DocumentOriginal: {"confidential": False},
    record.Hearing: {"hearing_state": "postponed", "postponed_to": None},
    record.InternationalFinding: {"body": "wgad", "wgad_categories": ["I"]},
    record.OfficialRole: {"confirmed": False},
    record.Penalty: {
        "kind": "suspended",
        "hours": None,
        "amount": None,
        "currency": "",
    },
    record.Prosecution: {"suspension_reason": "wanted"},
    record.Relation: {"other": another_person, "shown": True},
    record.Restraint: {"measure": "custody"},
    record.RestraintExtension: {"until": PartialDate.parse("17.05.2024"), "decided_on": None},
    record.Term: {"is_life": False, "current": False, "expected_end": None},
}
CASE_FACTS = tuple(record.source.FACTS)
NEEDED = {record.Event: "case", record.Document: "case"}
"""A parent that a row may lack in the model, and not in the database."""
