"""Writes planned prosecutions in batches: history, content version and guards see each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from cases import models as record
from cases.choices import HearingState
from cases.references import ArticleReference, article_slug, read_references
from memorial.base.choices import State
from memorial.demo.plan import PersonPlan, Row
from memorial.demo.reading import chance
from memorial.demo.record.courts import court_rows
from memorial.demo.record.officials import OfficialWriter
from memorial.demo.record.plan import PlannedCharge, PlannedProsecution
from memorial.demo.record.planning import record_of
from prisoners.models import Custody, Prisoner, Recognition, Region, Theme

_COURTS_KNOWN: Final = date(2024, 2, 12)
Both = list[tuple[Any, PlannedProsecution]]


def noon(value: date) -> datetime:
    """The middle of a day, as the moment when something was first published."""
    return timezone.make_aware(datetime.combine(value, time(12)))


def write_courts() -> dict[str, record.Court]:
    """Adds the invented courts that are not there; all of them by slug."""
    regions = Region.objects.in_bulk(field_name="code")
    known = set(record.Court.objects.values_list("slug", flat=True))
    columns = {"state": State.PUBLISHED, "first_published_at": noon(_COURTS_KNOWN)}
    record.Court.objects.bulk_create(
        record.Court(**row | columns | {"region": regions[row["region"]]})
        for row in court_rows()
        if row["slug"] not in known
    )
    return record.Court.objects.in_bulk(field_name="slug")


class RecordWriter:
    """Writes the record of published people. Needs articles, regions and themes; raises `KeyError` for what is unknown.

    A case of several people may be spread over many batches: it is found again by its key.
    """

    def __init__(self, seed: int, today: date, courts: dict[str, record.Court]) -> None:
        self._seed, self._today, self._courts = seed, today, courts
        self._regions = Region.objects.in_bulk(field_name="code")
        self._themes = Theme.objects.in_bulk(field_name="code")
        self._articles = record.Article.objects.in_bulk(field_name="slug")
        self._shared: dict[str, record.Case] = {}
        self._joint: dict[Hashable, Any] = {}
        self._officials = OfficialWriter(seed, self._courts)

    def write(self, people: list[tuple[Prisoner, PersonPlan]], recognitions: list[Recognition]) -> None:
        """What belongs to these people, who are written already with their custodies and recognitions."""
        planned = [
            (person, each)
            for person, plan in people
            if plan.traits.slot.state == State.PUBLISHED
            for each in record_of(plan, self._seed, self._today)
        ]
        cases = self._cases([each for _person, each in planned])
        made = record.Prosecution.objects.bulk_create(
            record.Prosecution(case=cases[number], prisoner=person, **each.columns)
            for number, (person, each) in enumerate(planned)
        )
        both = [(prosecution, each) for prosecution, (_person, each) in zip(made, planned, strict=True)]
        decisions = self._decisions(both)
        self._charges(both, decisions)
        self._restraints(both)
        self._hearings(both)
        _write_documents(both)
        _link_recognitions(both, recognitions)
        self._officials.take_part(both)

    def _cases(self, planned: list[PlannedProsecution]) -> list[record.Case]:
        new: dict[str, record.Case] = {}
        sources: list[tuple[record.Case, Row]] = []
        for each in planned:
            if each.key not in self._shared and each.key not in new:
                new[each.key] = self._case(each.case)
                sources += [(new[each.key], row) for row in each.sources]
        record.Case.objects.bulk_create(new.values())
        record.CaseCitation.objects.bulk_create(
            record.CaseCitation(case=case, **row) for case, row in sources
        )
        found = [new.get(each.key) or self._shared[each.key] for each in planned]
        self._shared |= {key: case for key, case in new.items() if case.is_group}
        return found

    def _case(self, row: Row) -> record.Case:
        columns = row | {"region": self._regions[row["region"]]}
        if "theme" in row:
            columns["theme"] = self._themes[row["theme"]]
        columns |= {"state": State.PUBLISHED, "first_published_at": noon(row["updated_on"])}
        return record.Case(**columns)

    def _in_court(self, row: Row) -> Row:
        return row | {"court": self._courts[row["court"]]} if "court" in row else row

    def _decisions(self, both: Both) -> dict[tuple[int, int], record.Decision]:
        """The decisions, each by the number of the prosecution and its own number there."""
        rows = [(made, number, each) for made, plan in both for number, each in enumerate(plan.decisions)]
        planned = [
            record.Decision(
                case_id=made.case_id,
                whole_case=False,
                **self._in_court(
                    {name: value for name, value in each.columns.items() if name != "supersedes"}
                ),
            )
            for made, _number, each in rows
        ]
        decisions, new = self._once(
            planned,
            [
                (made.case_id, *(str(each.columns.get(name)) for name in ("kind", "instance", "on", "court")))
                if made.case.is_group and "supersedes" not in each.columns
                else None
                for made, _number, each in rows
            ],
        )
        record.Decision.objects.bulk_create(new)
        meant = record.DecisionPerson.objects.bulk_create(
            record.DecisionPerson(decision=decision, prosecution=made, **each.meant)
            for decision, (made, _number, each) in zip(decisions, rows, strict=True)
        )
        record.Penalty.objects.bulk_create(
            record.Penalty(decision_person=link, **penalty)
            for link, (_made, _number, each) in zip(meant, rows, strict=True)
            for penalty in each.penalties
        )
        _write_terms(both, meant)
        found = {(made.pk, number): one for one, (made, number, _each) in zip(decisions, rows, strict=True)}
        for made, number, each in rows:
            if "supersedes" in each.columns:
                later, earlier = found[made.pk, number], found[made.pk, each.columns["supersedes"]]
                record.Decision.objects.filter(pk=later.pk).update(supersedes=earlier)
        return found

    def _charges(self, both: Both, decisions: dict[tuple[int, int], record.Decision]) -> None:
        rows = [
            (made, index, planned, columns)
            for made, plan in both
            for index, planned in enumerate(plan.charges)
            for columns in self._references(planned)
        ]
        charges = record.Charge.objects.bulk_create(
            record.Charge(prosecution=made, order=order, **columns)
            for order, (made, _index, _planned, columns) in enumerate(rows)
        )
        first: dict[tuple[int, int], record.Charge] = {}
        for charge, (made, index, _planned, _columns) in zip(charges, rows, strict=True):
            first.setdefault((made.pk, index), charge)
        record.ChargeEvent.objects.bulk_create(
            record.ChargeEvent(
                charge=charge,
                kind=event["kind"],
                on=event["on"],
                decision=decisions.get((made.pk, event.get("decision", -1))),
                becomes=first[made.pk, planned.becomes]
                if event["kind"] == "reclassified" and planned.becomes is not None
                else None,
            )
            for charge, (made, _index, planned, _columns) in zip(charges, rows, strict=True)
            for event in planned.events
        )

    def _references(self, planned: PlannedCharge) -> Iterator[Row]:
        for reference in references_in(planned.text):
            yield planned.columns | charge_columns(reference, self._articles)

    def _restraints(self, both: Both) -> None:
        rows = [(made, row) for made, plan in both for row in plan.restraints]
        measures = record.Restraint.objects.bulk_create(
            record.Restraint(
                prosecution=made,
                **self._in_court({name: value for name, value in row.items() if name != "extensions"}),
            )
            for made, row in rows
        )
        record.RestraintExtension.objects.bulk_create(
            record.RestraintExtension(restraint=measure, **self._in_court(extension))
            for measure, (_made, row) in zip(measures, rows, strict=True)
            for extension in row.get("extensions", ())
        )

    def _hearings(self, both: Both) -> None:
        rows = [(made, number, row) for made, plan in both for number, row in enumerate(plan.hearings)]
        planned = [
            record.Hearing(
                case_id=made.case_id,
                whole_case=not made.case.is_group,
                uid=UUID(int=chance("hearing", self._seed, made.pk, number).getrandbits(128), version=4),
                **self._in_court({name: value for name, value in row.items() if name != "postponed_to"}),
            )
            for made, number, row in rows
        ]
        hearings, new = self._once(
            planned,
            [
                (made.case_id, *(str(row.get(name)) for name in ("on", "court", "subject_ru", "instance")))
                if made.case.is_group and row.get("hearing_state") == HearingState.HELD
                else None
                for made, _number, row in rows
            ],
        )
        record.Hearing.objects.bulk_create(new)
        by_number = {(made.pk, number): one for one, (made, number, _row) in zip(hearings, rows, strict=True)}
        for (made, _number, row), hearing in zip(rows, hearings, strict=True):
            if "postponed_to" in row:
                later = by_number[made.pk, len([one for one in rows if one[0] is made]) - 1]
                record.Hearing.objects.filter(pk=hearing.pk).update(postponed_to=later)
        people = {
            (hearing.pk, made.pk): record.HearingPerson(hearing=hearing, prosecution=made)
            for (made, _number, _row), hearing in zip(rows, hearings, strict=True)
            if made.case.is_group
        }
        record.HearingPerson.objects.bulk_create(people.values())

    def _once(
        self, planned: list[Any], keys: list[tuple[Hashable, ...] | None]
    ) -> tuple[list[Any], list[Any]]:
        """The row that stands for each, and those of them that are new: people tried together share one of each key."""
        found, new = [], []
        for row, key in zip(planned, keys, strict=True):
            known = (type(row), key)
            shared = self._joint.get(known) if key else None
            if shared is None:
                shared = row
                new.append(row)
                if key:
                    self._joint[known] = row
            found.append(shared)
        return found, new


@cache
def references_in(text: str) -> tuple[ArticleReference, ...]:
    """The references of a charge as text. Raises ValueError where one is not understood: our table has only sure ones."""
    reading = read_references(text)
    if not reading.references or reading.not_understood:
        raise ValueError(text)
    return tuple(reading.references)


def charge_columns(reference: ArticleReference, articles: dict[str, record.Article]) -> Row:
    """The columns of a charge; its article where our table has it."""
    article = articles.get(article_slug(reference.code, reference.article))
    row: Row = {"part": reference.part, "points": list(reference.points), "attempt": str(reference.attempt)}
    row["complicity"] = reference.complicity
    return row | ({"article": article} if article else {"code": reference.code, "number": reference.article})


def _write_terms(both: Both, meant: list[record.DecisionPerson]) -> None:
    """The term in force comes from the first decision of the prosecution that it is of."""
    first: dict[int, record.DecisionPerson] = {}
    for link in meant:
        first.setdefault(link.prosecution_id, link)
    rows = [(made, plan.term) for made, plan in both if plan.term]
    terms = record.Term.objects.bulk_create(
        record.Term(prisoner_id=made.prisoner_id, **term) for made, term in rows
    )
    record.TermDecision.objects.bulk_create(
        record.TermDecision(term=term, decision_person=first[made.pk])
        for term, (made, _row) in zip(terms, rows, strict=True)
    )


def _write_documents(both: Both) -> None:
    rows = [(made, row) for made, plan in both for row in plan.documents]
    record.Document.objects.bulk_create(
        record.Document(
            prosecution=made,
            case_id=made.case_id,
            slug=f"last-word-{made.pk}",
            state=State.PUBLISHED,
            first_published_at=noon(row["on"].latest),
            author_line_ru=made.prisoner.name.full,
            **row,
        )
        for made, row in rows
    )


def _link_recognitions(both: Both, recognitions: list[Recognition]) -> None:
    """A decision made in a custody is of the case that the custody belongs to."""
    people = {each.prisoner_id for each in recognitions}
    custodies: dict[int, list[int]] = defaultdict(list)
    known = Custody.objects.filter(prisoner__in=people).order_by("pk")
    for person, custody in known.values_list("prisoner", "pk"):
        custodies[person].append(custody)
    parts = {
        custodies[made.prisoner_id][plan.custody]: made
        for made, plan in both
        if plan.custody < len(custodies.get(made.prisoner_id, ()))
    }
    record.RecognitionProsecution.objects.bulk_create(
        record.RecognitionProsecution(recognition=each, prosecution=parts[each.custody_id])
        for each in recognitions
        if each.custody_id in parts
    )
