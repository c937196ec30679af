"""Tables of documents and of international findings, as their lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.display.findings import ShownFinding
from cases.models import InternationalFinding
from memorial.base.opendata.columns import Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.portions import once_a_language
from memorial.base.opendata.usual import date_text, page_columns, text_columns

CASE_LINK: Final = Link("case", "cases", "id")


def case_id(row: Any) -> str | None:
    """The identifier of the case of a record, where readers may know of it."""
    return row.case.slug if row.case is not None and row.case.is_published else None


def _person(row: Any) -> str | None:
    prosecution = row.prosecution
    is_known = prosecution is not None and prosecution.prisoner.is_published
    return prosecution.prisoner.slug if is_known else None


DOCUMENTS: Final = Table(
    name="documents",
    title=_("Documents"),
    description=_("Documents of political cases: what they are and where they can be read."),
    columns=(
        *page_columns("cases.Document.slug"),
        *text_columns("title", _("Title"), _("What the document is called."), source="cases.Document.title"),
        Column(
            "kind",
            Kind.CODE,
            _("Kind"),
            _("Verdict, indictment, last word and others."),
            lambda row: row.kind,
            "cases.Document.kind",
        ),
        Column(
            "dated",
            Kind.DATE,
            _("Dated"),
            _("The date of the document."),
            lambda row: date_text(row.on),
            "cases.Document.on",
        ),
        *text_columns("author", _("By whom"), _("Who wrote it."), source="cases.Document.author_line"),
        Column(
            "language",
            Kind.CODE,
            _("Language"),
            _("Of the document itself (ISO 639)."),
            lambda row: code_or_none(row.language),
            "cases.Document.language",
        ),
        Column(
            "case", Kind.TEXT, _("Case"), _("The identifier of the case."), case_id, "cases.Document.case"
        ),
        Column(
            "person",
            Kind.TEXT,
            _("Person"),
            _("The identifier of the person, where it is one person’s."),
            _person,
            "cases.Document.prosecution",
        ),
        Column(
            "can_be_read",
            Kind.BOOLEAN,
            _("Can be read here"),
            _("Whether its page has the text."),
            lambda row: row.has_text,
            "cases.Document.text",
        ),
        Column(
            "file",
            Kind.LINK,
            _("File"),
            _("The address of the pages as a PDF."),
            lambda row: f"{settings.PUBLIC_URL}{row.file_url}" if row.stem else None,
            "cases.Document.stem",
        ),
        Column(
            "pages",
            Kind.INTEGER,
            _("Pages"),
            _("Of the PDF."),
            lambda row: row.pages if row.stem else None,
            "cases.Document.pages",
        ),
    ),
    key=("id",),
    links=(CASE_LINK, Link("person", "people", "id")),
)


@dataclass(frozen=True)
class FindingRow:
    """A finding as a list shows it. Uses what `for_list()` loads."""

    finding: InternationalFinding

    @property
    def pk(self) -> int:
        """The finding's number, by which rows are put in order; it is in no column."""
        return self.finding.pk

    @property
    def case(self) -> Any:
        return self.finding.case

    @cached_property
    def _shown(self) -> dict[str, ShownFinding]:
        return {}

    @property
    def body(self) -> str:
        """The body in the active language."""
        return str(once_a_language(self._shown, lambda: ShownFinding(self.finding)).body)

    @property
    def people(self) -> list[str]:
        """Identifiers of those of its people whom readers know."""
        known = (link.prisoner for link in self.finding.people.all())
        return sorted(person.slug for person in known if person.is_published)


def _finding(row: Any) -> InternationalFinding:
    finding: InternationalFinding = row.finding
    return finding


FINDINGS: Final = Table(
    name="findings",
    title=_("International findings"),
    description=_(
        "What bodies of the UN, courts, parliaments and organisations found of these prosecutions."
    ),
    columns=(
        Column(
            "body",
            Kind.CODE,
            _("Body"),
            _("By its code; other bodies are “other”."),
            lambda row: row.finding.body,
            "cases.InternationalFinding.body",
        ),
        *in_each_language(
            "body_name",
            Kind.TEXT,
            _("Name of the body"),
            _("In words."),
            lambda row: row.body,
            source="cases.InternationalFinding.body_name",
        ),
        Column(
            "number",
            Kind.TEXT,
            _("Number"),
            _("Of the opinion, judgment or resolution."),
            lambda row: code_or_none(row.finding.number),
            "cases.InternationalFinding.number",
        ),
        Column(
            "dated",
            Kind.DATE,
            _("Dated"),
            _("The date of the finding."),
            lambda row: date_text(row.finding.on),
            "cases.InternationalFinding.on",
        ),
        Column(
            "categories",
            Kind.CODES,
            _("Categories"),
            _("Of the UN Working Group on Arbitrary Detention, I to V."),
            lambda row: sorted(row.finding.wgad_categories),
            "cases.InternationalFinding.wgad_categories",
        ),
        *text_columns(
            "line",
            _("In one line"),
            _("What it found."),
            source="cases.InternationalFinding.line",
            record=_finding,
        ),
        Column(
            "source_url",
            Kind.LINK,
            _("Link"),
            _("Where the body itself published it."),
            lambda row: code_or_none(row.finding.url),
            "cases.InternationalFinding.url",
        ),
        Column(
            "case",
            Kind.TEXT,
            _("Case"),
            _("The identifier of the case."),
            case_id,
            "cases.InternationalFinding.case",
        ),
        Column(
            "people",
            Kind.CODES,
            _("People"),
            _("Identifiers of the people named in it who have pages."),
            lambda row: row.people,
            "cases.FindingPerson",
        ),
    ),
    links=(CASE_LINK, Link("people", "people", "id")),
    known_by=("body", "number", "dated", "source_url"),
)
