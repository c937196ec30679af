"""Cases written by hand for the hand-written people, from memorial/demo/data/showcase.toml.

Charges and penalties stand there as an editor types them, and are read by the same grammar.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from cases import models as record
from cases.actions.read_penalties import read_penalties
from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from memorial.demo.plan import Row, working_day
from memorial.demo.reading import read
from memorial.demo.record.writing import charge_columns, noon, references_in
from prisoners.models import Prisoner, Recognition, Region, Theme

_LISTS = ("people", "charges", "restraints", "decisions", "hearings", "events", "documents", "links")
_DATES = ("on", "began", "until", "ended", "since", "in_force_on", "opened", "act_on")


def _days(row: Row) -> Row:
    """A row with its dates as the fields take them: of a whole day or of a month."""
    return {
        name: PartialDate.parse(str(value)) if name in _DATES and isinstance(value, str) else value
        for name, value in row.items()
    }


class Showcase:
    """Writes the cases of those people who are there. Needs articles and courts; raises `KeyError` for others."""

    def __init__(self, courts: dict[str, record.Court], today: date) -> None:
        self._courts, self._today = courts, today
        self._people = {person.slug: person for person in Prisoner.objects.all()}
        self._regions = Region.objects.in_bulk(field_name="code")
        self._themes = Theme.objects.in_bulk(field_name="code")
        self._articles = record.Article.objects.in_bulk(field_name="slug")
        self._cases: dict[str, record.Case] = {}
        self._parts: dict[str, record.Prosecution] = {}
        """The prosecutions of the case being written, by the person's slug."""

    def write(self) -> int:
        """Writes all of them; returns the number of cases."""
        data = read("showcase")
        for row in data["case"]:
            if any(each["who"] in self._people for each in row["people"]):
                self._case(dict(row))
        for row in data["finding"]:
            self._finding(dict(row))
        for row in data["relation"]:
            self._relation(dict(row))
        return len(self._cases)

    def _case(self, row: Row) -> None:
        lists: dict[str, list[Row]] = {name: row.pop(name, []) for name in _LISTS}
        recognised = {
            name: row.pop(name, None) for name in ("recognised", "recognised_from", "recognised_until")
        }
        columns = _days(row) | {
            "region": self._regions.get(row.get("region", "")),
            "theme": self._themes[row["theme"]],
        }
        people = [self._people[each["who"]] for each in lists["people"] if each["who"] in self._people]
        updated = max((person.updated_on for person in people if person.updated_on), default=self._today)
        case = record.Case.objects.create(
            **columns,
            state=State.PUBLISHED,
            first_published_at=noon(updated),
            updated_on=updated,
            facts_checked_on=updated,
        )
        self._cases[case.slug] = case
        record.CaseCitation.objects.create(
            case=case, kind="media", title="Хроника дела", url=f"https://example.org/cases/{case.slug}"
        )
        self._parts = {
            each["who"]: self._prosecution(case, dict(each)) for each in self._of_those_here(lists["people"])
        }
        self._charges(self._of_those_here(lists["charges"]))
        self._restraints(self._of_those_here(lists["restraints"]))
        self._decisions(case, lists["decisions"])
        self._hearings(case, lists["hearings"])
        for each in lists["events"]:
            record.Event.objects.create(case=case, **_days(each))
        self._documents(case, lists["documents"])
        self._links(case, lists["links"])
        self._recognitions(recognised)

    def _of_those_here(self, rows: list[Row]) -> list[Row]:
        return [row for row in rows if row["who"] in self._people]

    def _prosecution(self, case: record.Case, row: Row) -> record.Prosecution:
        row["stage_entered"] = row.pop("stage", "")
        person = self._people[row.pop("who")]
        return record.Prosecution.objects.create(case=case, prisoner=person, **_days(row))

    def _charges(self, rows: list[Row]) -> None:
        made: list[record.Charge] = []
        for order, row in enumerate(rows):
            [reference] = references_in(row["text"])
            columns = charge_columns(reference, self._articles)
            if "act" in row:
                columns["act_on"] = PartialDate.parse(str(row["act"]))
            made.append(
                record.Charge.objects.create(prosecution=self._parts[row["who"]], order=order, **columns)
            )
        for charge, row in zip(made, rows, strict=True):
            for kind, on in row["events"]:
                becomes = made[row["becomes"]] if kind == "reclassified" else None
                record.ChargeEvent.objects.create(
                    charge=charge, kind=kind, on=PartialDate.parse(on), becomes=becomes
                )

    def _restraints(self, rows: list[Row]) -> None:
        for row in rows:
            extended = row.get("extended", [])
            columns = {name: value for name, value in row.items() if name not in ("who", "extended")}
            made = record.Restraint.objects.create(
                prosecution=self._parts[row["who"]], **self._in_court(_days(columns))
            )
            for decided, until in extended:
                record.RestraintExtension.objects.create(
                    restraint=made,
                    decided_on=PartialDate.parse(decided),
                    until=PartialDate.parse(until),
                    court=made.court,
                )

    def _in_court(self, row: Row) -> Row:
        return row | {"court": self._courts[row["court"]]} if "court" in row else row

    def _decisions(self, case: record.Case, rows: list[Row]) -> None:
        made: list[record.Decision] = []
        for row in rows:
            columns = self._in_court(_days(row))
            people: dict[str, str] = columns.pop("people")
            meant = {
                "in_absentia": columns.pop("in_absentia", False),
                "medical_measure": columns.pop("measure", ""),
            }
            if "supersedes" in columns:
                columns["supersedes"] = made[columns["supersedes"]]
            decision = record.Decision.objects.create(case=case, whole_case=False, **columns)
            made.append(decision)
            for who, typed in people.items():
                if who in self._parts:
                    self._meant(decision, self._parts[who], typed, meant)

    def _meant(self, decision: record.Decision, part: record.Prosecution, typed: str, meant: Row) -> None:
        link = record.DecisionPerson.objects.create(decision=decision, prosecution=part, **meant)
        for penalty in read_penalties(typed, administrative=decision.case.kind == "administrative"):
            record.Penalty.objects.create(decision_person=link, **penalty.columns("ru"))

    def _hearings(self, case: record.Case, rows: list[Row]) -> None:
        last: record.Hearing | None = None
        for row in rows:
            columns = self._in_court(dict(row))
            who, state = columns.pop("who", []), columns.pop("state", "")
            ahead = columns.pop("ahead", 0)
            columns["on"] = (
                working_day(self._today + timedelta(days=ahead))
                if ahead
                else date.fromisoformat(columns["on"])
            )
            hearing = record.Hearing.objects.create(
                case=case, hearing_state=state or ("planned" if ahead else "held"), **columns
            )
            if last is not None and last.hearing_state == "postponed":
                record.Hearing.objects.filter(pk=last.pk).update(postponed_to=hearing)
            for slug in who:
                record.HearingPerson.objects.create(hearing=hearing, prosecution=self._parts[slug])
            last = hearing

    def _documents(self, case: record.Case, rows: list[Row]) -> None:
        for row in rows:
            columns = _days(row)
            part = self._parts.get(columns.pop("who", ""))
            if part is not None:
                columns |= {"prosecution": part, "author_line_ru": part.prisoner.name.full}
            moment = noon(columns["on"].latest)
            record.Document.objects.create(
                case=case, state=State.PUBLISHED, first_published_at=moment, language="ru", **columns
            )

    def _links(self, case: record.Case, rows: Iterable[Any]) -> None:
        for kind, slug, on in rows:
            other = self._cases[slug]
            first, second = (other, case) if kind.endswith("_by") else (case, other)
            record.CaseLink.objects.create(
                case=first, other=second, kind=kind.removesuffix("_by"), on=PartialDate.parse(on)
            )

    def _recognitions(self, chosen: Row) -> None:
        """The decisions of the people named, of all days or of those between two."""
        first = date.fromisoformat(chosen["recognised_from"] or "1900-01-01")
        last = date.fromisoformat(chosen["recognised_until"] or "2999-01-01")
        for slug in chosen["recognised"] or []:
            if slug not in self._parts:
                continue
            for made in Recognition.objects.filter(prisoner=self._people[slug]):
                if made.on and made.on.earliest and first <= made.on.earliest <= last:
                    record.RecognitionProsecution.objects.create(
                        recognition=made, prosecution=self._parts[slug]
                    )

    def _finding(self, row: Row) -> None:
        people = [self._people[slug] for slug in row.pop("people") if slug in self._people]
        columns = _days(row) | {"case": self._cases.get(row.get("case", ""))}
        if not people:
            return
        moment = noon(columns["on"].latest)
        finding = record.InternationalFinding.objects.create(
            state=State.PUBLISHED, first_published_at=moment, **columns
        )
        for person in people:
            record.FindingPerson.objects.create(finding=finding, prisoner=person)

    def _relation(self, row: Row) -> None:
        if row["person"] in self._people and row["other"] in self._people:
            person, other = self._people[row["person"]], self._people[row["other"]]
            record.Relation.objects.create(person=person, other=other, kind=row["kind"], shown=True)
