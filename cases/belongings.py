"""Loads what cases say of people: everything for one person's page, their charges for a list.

As `prisoners.belongings` does it, all tables in one statement or two. What it loads is there as
after `Prosecution.objects.with_record()`. Nothing unverified and nothing of a case that is not
published is loaded, whoever asks: the staff preview of a page has a role that sees more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from django.db import models
from django.db.models import F, Q, QuerySet

from cases import models as tables
from cases.models import Case, Decision, Prosecution
from cases.querysets import VERIFIED
from memorial.base.choices import State, Verification
from memorial.base.localized import all_languages
from memorial.base.stored_queries import IsOneOf, StoredQuery, StoredStatement
from prisoners.belongings import published_cards
from prisoners.models import Prisoner

Rows = Callable[[], QuerySet[Any]]

_LONG: Final = ("text", *all_languages("text"))
_CASE: Final = tuple(f"case__{column}" for column in _LONG)
_MINE: Final = Q(IsOneOf("prosecution_id", "prosecutions"))
_OF_MY_CASE: Final = Q(IsOneOf("case_id", "cases"))
_OF_NOBODY: Final = Q(prosecution__isnull=True) & _OF_MY_CASE
_NEWEST: Final = F("on_earliest").desc(nulls_last=True)
_CITED: Final = {
    "prosecution": "prosecutions",
    "charge": "charges",
    "charge_event": "charge_events",
    "restraint": "restraints",
    "restraint_extension": "extensions",
    "decision": "decisions",
}
"""Facts of a prosecution that have sources, and the name by which they are loaded."""


class _OfPublicCases(models.Func):
    """Whether a term comes only from decisions that readers see."""

    function = "memorial_term_is_of_public_cases"
    output_field = models.BooleanField()


def _prosecutions() -> QuerySet[Any]:
    cases = (
        Prosecution.objects.filter(case__state=State.PUBLISHED).select_related("case__region").defer(*_CASE)
    )
    return cases.filter(IsOneOf("prisoner_id", "people")).order_by(
        "since_earliest", "case__opened_earliest", "id"
    )


def _terms() -> QuerySet[Any]:
    terms = tables.Term.objects.filter(VERIFIED, _OfPublicCases(F("pk")), current=True)
    return terms.filter(IsOneOf("prisoner_id", "people"))


def _findings() -> QuerySet[Any]:
    links = tables.FindingPerson.objects.filter(IsOneOf("prisoner_id", "people"))
    findings = tables.InternationalFinding.objects.filter(state=State.PUBLISHED, people__in=links)
    return findings.select_related("case").defer(*_CASE).order_by(_NEWEST, "-id")


def _relations() -> QuerySet[Any]:
    mine = Q(IsOneOf("person_id", "people")) | Q(IsOneOf("other_id", "people"))
    hidden = Q(person__initials_only=True) | Q(other__initials_only=True)
    return tables.Relation.objects.filter(mine, shown=True).exclude(hidden).order_by("kind", "id")


def _charges() -> QuerySet[Any]:
    return tables.Charge.objects.filter(VERIFIED, _MINE).select_related("article", "edition")


def _charge_events() -> QuerySet[Any]:
    events = tables.ChargeEvent.objects.filter(VERIFIED, IsOneOf("charge__prosecution_id", "prosecutions"))
    return events.select_related("becomes__article")


def _editions() -> QuerySet[Any]:
    charged = tables.Charge.objects.filter(_MINE).values("article")
    return tables.ArticleEdition.objects.filter(article__in=charged)


def _decision_links() -> QuerySet[Any]:
    verified = ~Q(decision__verification=Verification.UNVERIFIED)
    return tables.DecisionPerson.objects.filter(verified, _MINE).select_related("decision__court")


def _hearings() -> QuerySet[Any]:
    mine = Q(whole_case=True) | Q(IsOneOf("people__prosecution_id", "prosecutions"))
    # No page says the name that calendars know a hearing by.
    return tables.Hearing.objects.filter(VERIFIED, mine & _OF_MY_CASE).select_related("court").defer("uid")


def _documents() -> QuerySet[Any]:
    published = tables.Document.objects.published().filter(_MINE | _OF_NOBODY)
    return published.newest_first().defer(*_LONG)


_FIRST: Final[dict[str, Rows]] = {
    "prosecutions": _prosecutions,
    "terms": _terms,
    "findings": _findings,
    "relations": _relations,
}
_RECORD: Final[dict[str, Rows]] = {
    "charges": _charges,
    "charge_events": _charge_events,
    "editions": _editions,
    "restraints": lambda: tables.Restraint.objects.filter(VERIFIED, _MINE).select_related("court"),
    "extensions": lambda: tables.RestraintExtension.objects.filter(
        VERIFIED, IsOneOf("restraint__prosecution_id", "prosecutions")
    ).select_related("court"),
    "decision_links": _decision_links,
    "decisions_of_all": lambda: Decision.objects.filter(
        VERIFIED, _OF_MY_CASE, whole_case=True
    ).select_related("court"),
    "penalties": lambda: tables.Penalty.objects.filter(
        IsOneOf("decision_person__prosecution_id", "prosecutions")
    ),
    "hearings": _hearings,
    "events": lambda: tables.Event.objects.filter(VERIFIED, _MINE | _OF_NOBODY),
    "recognition_links": lambda: tables.RecognitionProsecution.objects.filter(
        _MINE, ~Q(recognition__verification=Verification.UNVERIFIED)
    ),
    "documents": _documents,
    "readable": lambda: tables.Document.objects.published().with_text().filter(_MINE | _OF_NOBODY).only("id"),
    "others": lambda: Prosecution.objects.of_shown_people().filter(_OF_MY_CASE),
}
_CHARGES_ALONE: Final = ("charges", "charge_events")


@dataclass(frozen=True)
class Belongings:
    """What the cases that readers may know of say of one person; all of it verified."""

    prosecutions: list[Prosecution]
    terms: list[tables.Term]
    findings: list[tables.InternationalFinding]
    relations: list[tables.Relation]
    hearings: list[tables.Hearing]
    events: list[tables.Event]
    documents: list[tables.Document]
    citations: list[tables.CaseCitation]
    people: dict[int, Prisoner]
    """Published people of the same cases, and relatives, as `for_list()` loads them, by number."""
    others: list[Prosecution]
    """Prosecutions of other published people in the same cases."""


def load_record(person: Prisoner, on: date) -> Belongings:
    """What cases say of a person: one statement where there is nothing, four where there is all."""
    first = _statement(tuple(_FIRST)).ask({"people": [person.pk]})
    prosecutions: list[Prosecution] = first["prosecutions"]
    for prosecution in prosecutions:
        prosecution.prisoner = person
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    if prosecutions:
        rows.update(_record().ask(_keys(prosecutions)))
        _give(prosecutions, rows)
    for finding in first["findings"]:
        _remember(finding, "people", [])
    others = [each for each in rows["others"] if each.prisoner_id != person.pk]
    return Belongings(
        prosecutions=prosecutions,
        terms=first["terms"],
        findings=first["findings"],
        relations=first["relations"],
        hearings=rows["hearings"],
        events=rows["events"],
        documents=_documents_with_people(prosecutions, rows),
        citations=_load_citations(prosecutions, rows) if prosecutions else [],
        people=_people(person, others, first["relations"], on),
        others=others,
    )


def load_charges(people: Sequence[Prisoner]) -> dict[int, list[Prosecution]]:
    """The prosecutions of each of the people with the charges, by the person's number; in two statements."""
    if not people:
        return {}
    first = _statement(("prosecutions",)).ask({"people": [person.pk for person in people]})
    prosecutions: list[Prosecution] = first["prosecutions"]
    if prosecutions:
        _give_charges(prosecutions, _charges_alone().ask(_keys(prosecutions)))
    by_person = _grouped(prosecutions, "prisoner_id")
    for person in people:
        for prosecution in by_person.get(person.pk, []):
            prosecution.prisoner = person
    return by_person


@cache
def _statement(names: tuple[str, ...]) -> StoredStatement:
    return StoredStatement({name: StoredQuery(_FIRST[name]()) for name in names}, ["people"])


@cache
def _record() -> StoredStatement:
    queries = {name: StoredQuery(rows()) for name, rows in _RECORD.items()}
    return StoredStatement(queries, ["prosecutions", "cases"])


@cache
def _charges_alone() -> StoredStatement:
    queries = {name: StoredQuery(_RECORD[name]()) for name in _CHARGES_ALONE}
    return StoredStatement(queries, ["prosecutions", "cases"])


@cache
def _citations() -> StoredStatement:
    condition = Q()
    for column, name in _CITED.items():
        condition |= Q(IsOneOf(f"{column}_id", name))
    rows = tables.CaseCitation.objects.filter(condition)
    return StoredStatement({"citations": StoredQuery(rows)}, list(_CITED.values()))


def _keys(prosecutions: Iterable[Prosecution]) -> dict[str, list[int]]:
    known = list(prosecutions)
    cases = sorted({each.case_id for each in known})
    return {"prosecutions": [each.pk for each in known], "cases": cases}


def _give(prosecutions: Sequence[Prosecution], rows: Mapping[str, list[Any]]) -> None:
    """Puts each row where the words for it look for it."""
    _give_charges(prosecutions, rows)
    _hang(prosecutions, "restraints", rows["restraints"], "prosecution_id")
    _hang(rows["restraints"], "extensions", rows["extensions"], "restraint_id")
    _give_editions(rows)
    _give_decisions(prosecutions, rows)
    _hang(prosecutions, "recognition_links", rows["recognition_links"], "prosecution_id")
    by_key = {prosecution.pk: prosecution for prosecution in prosecutions}
    for event in rows["events"]:
        event.prosecution = by_key.get(event.prosecution_id)


def _give_charges(prosecutions: Sequence[Prosecution], rows: Mapping[str, list[Any]]) -> None:
    _hang(prosecutions, "charges", rows["charges"], "prosecution_id")
    _hang(rows["charges"], "events", rows["charge_events"], "charge_id")
    _fill_days(rows["charge_events"], "on")
    charges = {charge.pk: charge for charge in rows["charges"]}
    for event in rows["charge_events"]:
        if event.charge_id in charges:
            event.charge = charges[event.charge_id]


def _give_editions(rows: Mapping[str, list[Any]]) -> None:
    editions = _grouped(rows["editions"], "article_id")
    became = (event.becomes for event in rows["charge_events"] if event.becomes)
    for charge in (*rows["charges"], *became):
        if charge.article is not None:
            _remember(charge.article, "editions", editions.get(charge.article_id, []))


def _give_decisions(prosecutions: Sequence[Prosecution], rows: Mapping[str, list[Any]]) -> None:
    _hang(prosecutions, "decision_links", rows["decision_links"], "prosecution_id")
    _hang(rows["decision_links"], "penalties", rows["penalties"], "decision_person_id")
    _fill_days((link.decision for link in rows["decision_links"]), "on", "in_force_on", "until")
    _fill_days(rows["decisions_of_all"], "on", "in_force_on", "until")
    of_all = _grouped(rows["decisions_of_all"], "case_id")
    hearings = _grouped(rows["hearings"], "case_id")
    for prosecution in prosecutions:
        case: Any = prosecution.case
        case.decisions_of_all = of_all.get(prosecution.case_id, [])
        # Those of the whole case and the person's own: a hearing needs no link to be told.
        case.hearings_of_all = hearings.get(prosecution.case_id, [])
        _remember(prosecution, "hearing_links", [])
    for hearing in rows["hearings"]:
        # Whom else it is about is for the page of the case.
        _remember(hearing, "people", [])


def _fill_days(facts: Iterable[models.Model], *dates: str) -> None:
    """Fills the columns that the database makes of dates: no statement has to be asked for them."""
    for fact in facts:
        for name in dates:
            value = getattr(fact, name)
            setattr(fact, f"{name}_earliest", value.earliest if value else None)
            setattr(fact, f"{name}_latest", value.latest if value else None)


def _documents_with_people(
    prosecutions: Sequence[Prosecution], rows: Mapping[str, list[Any]]
) -> list[tables.Document]:
    by_key = {prosecution.pk: prosecution for prosecution in prosecutions}
    cases: dict[int, Case] = {prosecution.case_id: prosecution.case for prosecution in prosecutions}
    readable = {document.pk for document in rows["readable"]}
    documents: list[tables.Document] = rows["documents"]
    for document in documents:
        document.has_text = document.pk in readable  # type: ignore[attr-defined]
        document.prosecution = by_key.get(document.prosecution_id or 0)
        document.case = cases.get(document.case_id or 0)
    return documents


def _load_citations(
    prosecutions: Sequence[Prosecution], rows: Mapping[str, list[Any]]
) -> list[tables.CaseCitation]:
    """The sources of what is loaded: those of what is not shown stay away with it."""
    decisions = [*rows["decisions_of_all"], *(link.decision for link in rows["decision_links"])]
    facts: dict[str, Sequence[Any]] = {**rows, "prosecutions": prosecutions, "decisions": decisions}
    keys = {name: [fact.pk for fact in facts[name]] for name in _CITED.values()}
    return _citations().ask(keys)["citations"]


def _people(
    person: Prisoner, others: Iterable[Prosecution], relations: Iterable[tables.Relation], on: date
) -> dict[int, Prisoner]:
    numbers = {each.prisoner_id for each in others}
    for relation in relations:
        numbers |= {relation.person_id, relation.other_id}
    numbers.discard(person.pk)
    return {each.pk: each for each in published_cards(sorted(numbers), on)} if numbers else {}


def _hang(parents: Iterable[models.Model], name: str, rows: Iterable[models.Model], column: str) -> None:
    by_parent = _grouped(rows, column)
    for parent in parents:
        _remember(parent, name, by_parent.get(parent.pk, []))


def _remember(record: models.Model, name: str, rows: list[Any]) -> None:
    """Puts rows where Django looks for those that are prefetched."""
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def _grouped(rows: Iterable[Any], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return dict(found)
