"""What feeds tell of cases, documents and findings: the newest first, nothing of people who asked for quiet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.display.case_page import CaseRow
from cases.display.documents import ShownDocument
from cases.display.findings import shown_findings
from cases.models import FindingPerson, Prosecution
from cases.querysets import CaseQuerySet, DocumentQuerySet, FindingQuerySet
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.opendata.atom import MOST_ENTRIES, Entry
from memorial.base.shown_text import ShownText, shown_text


def case_entries(cases: CaseQuerySet, on: date) -> Iterator[Entry]:
    """Cases by the day of their last event."""
    loud = cases.filter(updated_on__isnull=False).exclude(Exists(_quiet_people("pk", on)))
    for case in loud.for_list(on).newest_first()[:MOST_ENTRIES]:
        row, title = CaseRow(case, on), shown_text(case, "title")
        parts = [row.kind, row.stage, str(shown_text(case, "summary"))]
        yield _entry(f"cases/{case.slug}", case.updated_on, title, case.get_absolute_url(), parts)


def document_entries(documents: DocumentQuerySet) -> Iterator[Entry]:
    """Documents by their own date: the last day that it can be."""
    quiet = _quiet_people("case", civil_date())
    dated = _dated(documents).exclude(Exists(quiet))
    for document in dated.for_list()[:MOST_ENTRIES]:
        shown = ShownDocument(document)
        parts = [shown.kind, shown.dated, str(shown.case_title or "")]
        yield _entry(f"documents/{document.slug}", document.on_latest, shown.title, shown.url, parts)


def finding_entries(findings: FindingQuerySet) -> Iterator[Entry]:
    """Findings by their own date."""
    on = civil_date()
    named = FindingPerson.objects.filter(finding=OuterRef("pk"), prisoner__quiet_until__gte=on)
    dated = _dated(findings).exclude(Exists(named)).exclude(Exists(_quiet_people("case", on)))
    for shown in shown_findings(dated.for_list()[:MOST_ENTRIES]):
        title = " ".join(part for part in (str(shown.body_capital), shown.number) if part)
        path = f"{reverse('cases:finding-list')}#{shown.anchor}"
        parts = [shown.dated, str(shown.line), *(person.name.full for person in shown.people)]
        text = ShownText(title, current_language())
        yield _entry(f"findings/{shown.anchor}", shown.finding.on_latest, text, path, parts)


def _dated(rows: Any) -> Any:
    return rows.filter(on_latest__isnull=False).order_by(F("on_latest").desc(), "-pk")


def _quiet_people(case: str, on: date) -> QuerySet[Any]:
    """Published people of the outer row's case who asked for no attention."""
    return Prosecution.objects.of_shown_people().filter(case=OuterRef(case), prisoner__quiet_until__gte=on)


def _entry(name: str, on: Any, title: ShownText, path: str, parts: list[str]) -> Entry:
    told = [part.rstrip(".") for part in parts if part]
    summary = f"{'. '.join(told)}." if told else _("Without a description.")
    language = title.language if title.is_foreign else ""
    return Entry(name, on, str(title), path, summary, language)
