"""International findings. They have no page of their own, so their identifiers are made of what tells them apart."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import FindingBody
from cases.models import InternationalFinding
from cases.opendata import FINDINGS, FindingRow
from memorial.api.parameters import Parameter
from memorial.api.resources import Chosen, Keyed, Resource
from memorial.base.localized import all_languages
from memorial.base.opendata.usual import date_text

FINDING_ID: Final = "^[a-z_]{2,20}-[0-9a-f]{12}(-[0-9]{1,3})?$"
_TELL_APART: Final = ("body", "number", "on", "url", *all_languages("body_name"))


@dataclass(frozen=True)
class NamedFinding(FindingRow):
    """A finding with its identifier."""

    identifier: str = ""


def finding_ids(rows: Any) -> list[Keyed]:
    """The identifiers of findings in their order: body, then a digest of body, number, date and link.

    It changes when one of these is corrected; two findings with all of them alike are counted.
    """
    found, taken = [], Counter[str]()
    for number, *parts in rows.order_by("pk").values_list("pk", *_TELL_APART):
        told = "\n".join(str(date_text(part) if hasattr(part, "text") else part or "") for part in parts)
        name = f"{parts[0]}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
        taken[name] += 1
        found.append(Keyed(name if taken[name] == 1 else f"{name}-{taken[name]}", number))
    return sorted(found)


def select_findings(asked: QueryDict, _on: date) -> Chosen:
    """Findings of one body, or all."""
    rows, body = InternationalFinding.objects.published(), asked.get("body", "")
    kept = rows.filter(body=body) if body else rows
    words = str(FindingBody(body).label) if body else ""
    return Chosen(
        kept.order_by().count,
        lambda after, most: [each for each in finding_ids(kept) if each.key > after][:most],
        lambda: words or _("All findings"),
        f"body={body}" if body else "",
    )


def _load(numbers: Sequence[int], _on: date) -> list[NamedFinding]:
    published = InternationalFinding.objects.published()
    # Of all of them, or a second one with the same parts would change its name.
    names = {number: name for name, number in finding_ids(published)}
    found = {each.pk: each for each in published.filter(pk__in=numbers).for_list()}
    return [NamedFinding(found[number], names[number]) for number in numbers if number in found]


def _find(finding: str) -> int | None:
    ids = dict(finding_ids(InternationalFinding.objects.published()))
    return ids.get(finding)


def _id(row: NamedFinding) -> str:
    return row.identifier


FINDINGS_RESOURCE: Final = Resource(
    table=FINDINGS,
    order=gettext_lazy("By identifier: by body, then in no order that means anything."),
    argument="finding",
    key_pattern=FINDING_ID,
    filters=(
        Parameter(
            "body",
            gettext_lazy("The body that found it."),
            {"type": "string", "enum": list(FindingBody.values)},
        ),
    ),
    select=select_findings,
    load=_load,
    find=_find,
    key=_id,
    list_page="cases:finding-list",
)
