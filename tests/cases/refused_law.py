"""Rows that the database must refuse: articles, courts, officials, documents, findings, sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cases import models as record
from memorial.base.choices import State
from tests.factories import (
    ArticleEditionFactory,
    ArticleFactory,
    CaseFactory,
    CourtFactory,
    OfficialFactory,
    PrisonerFactory,
    ProsecutionFactory,
    confirmed_official,
)
from tests.prisoners.refused_rows import TOMORROW_OR_LATER, day, import_source

STEM = "0123456789abcdef01234567"
BEFORE_AND_AFTER = (day("03.2024"), day("02.2024"))


def document(**fields: Any) -> record.Document:
    """A document of a published case, in draft."""
    given = {"slug": "a-verdict", "kind": "verdict", "title_ru": "Приговор", "case": CaseFactory()}
    return record.Document.objects.create(**given | fields)


def finding(**fields: Any) -> Callable[[], object]:
    return lambda: record.InternationalFinding.objects.create(**{"body": "wgad"} | fields)


def part_of_official(**fields: Any) -> record.OfficialRole:
    given = {"official": OfficialFactory(), "prosecution": ProsecutionFactory(), "part": "tried"}
    return record.OfficialRole.objects.create(**given | fields)


def sanction(**fields: Any) -> Callable[[], object]:
    return lambda: record.Sanction.objects.create(**{"official": OfficialFactory(), "list": "eu"} | fields)


def edition_twice(first: dict[str, Any], second: dict[str, Any]) -> Callable[[], object]:
    def make() -> None:
        article = ArticleFactory(edition=None)
        for dates in (first, second):
            ArticleEditionFactory(article=article, **dates)

    return make


def imported(**record_of: Any) -> record.ImportedRow:
    return record.ImportedRow.objects.create(source=import_source(), key="1", **record_of)


def imported_twice(name: str, make: Callable[[], Any]) -> Callable[[], object]:
    return lambda: [imported(**{name: one}) for one in [make()] for _time in range(2)]


def twice(make: Callable[[], object]) -> Callable[[], object]:
    return lambda: [make(), make()]


def same_part_twice() -> None:
    edition = ArticleEditionFactory()
    for _ in range(2):
        record.ArticlePart.objects.create(edition=edition, number="2")


def same_role_twice() -> None:
    role = part_of_official()
    part_of_official(official=role.official, prosecution=role.prosecution)


def confirmed_twice_by_one(**target: Any) -> None:
    for _ in range(2):
        record.OfficialConfirmation.objects.create(by=1, on=date(2026, 1, 1), **target)


def publish(row: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(state=State.PUBLISHED)


def with_original(**fields: Any) -> record.Document:
    found = document(stem=STEM)
    record.DocumentOriginal.objects.create(document=found, file="documents/01/0.pdf", **fields)
    return found


CHECKED = {"redaction_checked_by": 3, "redaction_checked_on": date(2026, 1, 1)}


def published_document() -> record.DocumentOriginal:
    found = with_original(**CHECKED)
    publish(found)
    return found.original


def change_original(**fields: Any) -> Callable[[], object]:
    return lambda: record.DocumentOriginal.objects.filter(pk=published_document().pk).update(**fields)


def person_of_finding_twice() -> None:
    found = finding()()
    person = PrisonerFactory()
    for _ in range(2):
        record.FindingPerson.objects.create(finding=found, prisoner=person)


def citation(**fields: Any) -> Callable[[], object]:
    given = {"kind": "media", "title": "Репортаж"}
    return lambda: record.CaseCitation.objects.create(**given | {"case": CaseFactory()} | fields)


def same_link_twice() -> None:
    link = {"case": CaseFactory(), "other": CaseFactory(), "kind": "led_to"}
    for _ in range(2):
        record.CaseLink.objects.create(**link)


def to_itself() -> None:
    case = CaseFactory()
    record.CaseLink.objects.create(case=case, other=case, kind="led_to")


REFUSED: dict[str, list[Callable[[], object]]] = {
    "article_once": [twice(lambda: ArticleFactory(number="901", slug=f"a-{record.Article.objects.count()}"))],
    "article_number_is_one": [
        lambda text=text: ArticleFactory(number=text, slug="x-1") for text in ("", "ст. 207", "207.", "20733")
    ],
    "article_slug_is_one": [
        lambda text=text: ArticleFactory(slug=text) for text in ("", "UK-RF-1", "uk rf", "a/b", "-a", "a..b")
    ],
    "article_other_code_is_named": [
        lambda: ArticleFactory(code="other"),
        lambda: ArticleFactory(code="uk-rf", code_name_en="Code"),
    ],
    "articleedition_ends_after_it_began": [
        lambda: ArticleEditionFactory(valid_from=date(2024, 2, 1), valid_to=date(2024, 1, 31))
    ],
    "articleedition_no_overlap": [
        edition_twice({}, {}),
        edition_twice({"valid_to": date(2024, 1, 31)}, {"valid_from": date(2024, 1, 31)}),
    ],
    "articlepart_once": [same_part_twice],
    "articlepart_number_is_one": [
        lambda text=text: record.ArticlePart.objects.create(edition=ArticleEditionFactory(), number=text)
        for text in ("", "ч. 2", "2а")
    ],
    "court_state_known": [lambda: CourtFactory(state="secret")],
    "court_has_a_name": [lambda: CourtFactory(name_ru="", name_en="")],
    "court_time_zone_is_a_name": [
        lambda text=text: CourtFactory(time_zone=text) for text in ("MSK", "Europe/Mos3", "utc")
    ],
    "court_time_zone_known": [lambda: CourtFactory(time_zone="Europe/Zarechny")],
    "court_published_has_a_time_zone": [lambda: CourtFactory(time_zone="")],
    "official_state_known": [lambda: OfficialFactory(state="secret")],
    "official_has_a_name": [lambda: OfficialFactory(surname_ru="", surname_en="")],
    "official_two_people_confirm": [
        lambda: OfficialFactory(state=State.PUBLISHED),
        lambda: publish(OfficialFactory()),
    ],
    "official_published_stays_confirmed": [
        lambda: confirmed_official().confirmations.first().delete(),
        lambda: confirmed_official().confirmations.update(official=OfficialFactory()),
    ],
    "officialrole_once": [same_role_twice],
    "cases_officialrole_happened": [lambda: part_of_official(on=TOMORROW_OR_LATER)],
    "officialconfirmation_of_one": [
        lambda: record.OfficialConfirmation.objects.create(by=1, on=date(2026, 1, 1)),
        lambda: record.OfficialConfirmation.objects.create(
            by=1, on=date(2026, 1, 1), official=OfficialFactory(), role=part_of_official()
        ),
    ],
    "officialconfirmation_of_official_once": [lambda: confirmed_twice_by_one(official=OfficialFactory())],
    "officialconfirmation_of_role_once": [lambda: confirmed_twice_by_one(role=part_of_official())],
    "cases_sanction_happened": [
        sanction(imposed_on=TOMORROW_OR_LATER),
        sanction(lifted_on=TOMORROW_OR_LATER),
    ],
    "sanction_lifted_after_imposed": [
        sanction(imposed_on=BEFORE_AND_AFTER[0], lifted_on=BEFORE_AND_AFTER[1])
    ],
    "sanction_other_list_is_named": [sanction(list="other")],
    "case_state_known": [lambda: CaseFactory(state="secret")],
    "case_has_a_title": [lambda: CaseFactory(title_ru="", title_en="")],
    "cases_case_happened": [lambda: CaseFactory(opened=TOMORROW_OR_LATER)],
    "caselink_once": [same_link_twice],
    "caselink_to_another_case": [to_itself],
    "cases_caselink_happened": [
        lambda: record.CaseLink.objects.create(
            case=CaseFactory(), other=CaseFactory(), kind="led_to", on=TOMORROW_OR_LATER
        )
    ],
    "document_state_known": [lambda: document(state="secret")],
    "document_of_a_case_or_a_person": [lambda: document(case=None)],
    "document_has_a_title": [lambda: document(title_ru="")],
    "document_stem_once": [lambda: [document(slug=slug, stem=STEM) for slug in ("one", "two")]],
    "document_stem_is_random": [lambda: document(stem="prigovor_gorintsev")],
    "document_language_is_a_code": [lambda: document(language="RU")],
    "cases_document_happened": [lambda: document(on=TOMORROW_OR_LATER)],
    "document_redaction_is_checked": [
        lambda: document(stem=STEM, state=State.PUBLISHED),
        lambda: publish(with_original()),
        lambda: publish(with_original(confidential=True, **CHECKED)),
    ],
    "document_published_stays_checked": [
        change_original(redaction_checked_by=None, redaction_checked_on=None),
        change_original(confidential=True),
        change_original(file="documents/02/2.pdf"),
        lambda: published_document().delete(),
        lambda: record.DocumentOriginal.objects.create(
            document=document(state=State.PUBLISHED), confidential=True
        ),
    ],
    "documentoriginal_checked_by_somebody": [
        lambda: with_original(redaction_checked_by=3),
        lambda: with_original(redaction_checked_on=date(2026, 1, 1)),
    ],
    "finding_state_known": [finding(state="secret")],
    "finding_other_body_is_named": [finding(body="other")],
    "finding_categories_only_of_wgad": [finding(body="ecthr", wgad_categories=["I"])],
    "findingperson_once": [person_of_finding_twice],
    "cases_internationalfinding_happened": [finding(on=TOMORROW_OR_LATER)],
    "casecitation_of_one_fact": [
        citation(case=None),
        lambda: record.CaseCitation.objects.create(
            kind="media", case=CaseFactory(), prosecution=ProsecutionFactory()
        ),
    ],
    "casecitation_without_origin_has_no_link": [
        citation(without_origin=True, url="https://example.org/"),
        citation(without_origin=True, publisher="газета"),
    ],
    "importedrow_case_once": [imported_twice("case", CaseFactory)],
    "importedrow_prosecution_once": [imported_twice("prosecution", ProsecutionFactory)],
    "importedrow_court_once": [imported_twice("court", CourtFactory)],
    "importedrow_edition_once": [imported_twice("edition", ArticleEditionFactory)],
    "importedrow_of_one_record": [
        imported,
        lambda: imported(case=CaseFactory(), court=CourtFactory()),
    ],
    "confidentialcasecitation_of_one_fact": [
        lambda: record.ConfidentialCaseCitation.objects.create(kind="lawyer", text="x"),
    ],
}
"""For each constraint, rows that it must refuse. A constraint without an example fails the test."""

ACCEPTED: dict[str, Callable[[], object]] = {
    "two editions that meet": edition_twice(
        {"valid_to": date(2024, 1, 31)}, {"valid_from": date(2024, 2, 1)}
    ),
    "a draft court whose zone is not known": lambda: CourtFactory(time_zone="", state=State.DRAFT),
    "a document without a file is published unchecked": lambda: document(state=State.PUBLISHED),
    "a checked file is published": published_document,
    "a confirmation of a withdrawn official is taken back": lambda: [
        record.Official.objects.filter(pk=confirmed_official().pk).update(state=State.WITHDRAWN),
        record.OfficialConfirmation.objects.all().delete(),
    ],
    "an article of another code beside ours": lambda: [
        ArticleFactory(code="other", code_name_ru="кодекс", number="901", slug="other-901"),
        ArticleFactory(code="uk-rf", number="901"),
    ],
}
