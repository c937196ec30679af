"""Charges, the measure of restraint and the decisions of one person, from one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cases.choices import CaseKind, DecisionKind, RestraintMeasure
from cases.models import Decision, DecisionPerson, Restraint
from memorial.base.localized import LANGUAGES
from memorial.lists.case_records import (
    INSTANCES,
    STEMS,
    OnePersonsDecision,
    decision_by_link,
    shown_decision,
    shown_restraint,
)
from memorial.lists.case_subjects import Subject
from memorial.lists.case_texts import (
    canonical,
    charges_text,
    penalties_text,
    read_charges,
    write_charges,
    write_penalties,
)
from memorial.lists.comparing import Comparison
from memorial.lists.fields import CASE_FIELDS
from memorial.lists.values import set_value
from prisoners.importers.fields import Part
from prisoners.importers.report import What

if TYPE_CHECKING:
    from memorial.lists.cases import CaseBatch

_CHARGES = tuple(f"charges_{code}" for code in LANGUAGES)


class PartWriter:
    """What hangs on one prosecution. `made` is what is to be remembered: which records the list brought."""

    def __init__(self, batch: CaseBatch, subject: Subject, compared: Comparison) -> None:
        self.batch = batch
        self.row = subject.row
        self.prosecution = subject.prosecution
        self.case = subject.case
        self.imported = subject.tie.imported
        self.compared = compared
        self.made: dict[str, Any] = {}
        self.has_made = False

    def write(self) -> None:
        """Everything that the row says of the person in this case."""
        self._charges()
        self._restraint()
        for part in (Part.DECISION, Part.APPEAL):
            self._decision(part)

    def _values(self, part: Part) -> dict[str, Any]:
        return {name: value for name, value in self.row.values.items() if CASE_FIELDS[name].part is part}

    def _mark(self, name: str, value: Any) -> None:
        self.made[name] = value
        self.has_made = True

    # --- charges --------------------------------------------------------------------------------

    def _charges(self) -> None:
        said = {name: self.row.text(name) for name in _CHARGES if self.row.text(name)}
        if not said or all(self.compared.values.get(name) == text for name, text in said.items()):
            return
        present = list(self.prosecution.charges.all())
        if present or any(self.compared.values.get(name) for name in _CHARGES):
            self._say_charges_stay(present, said)
            return
        charges, is_certain = read_charges(self.row)
        if not is_certain:
            self.batch.say(
                What.LOOK,
                self.row,
                next(iter(said)),
                _("Kept in the words of the list: no code is stated, or something in it is not certain."),
            )
        write_charges(self.prosecution, charges)
        self.compared.values |= said
        for name, text in said.items():
            self.batch.new(self.row, name, text)
        self.has_made = True

    def _say_charges_stay(self, present: list[Any], said: dict[str, str]) -> None:
        for name, text in said.items():
            if charges_text(present, name.rsplit("_", 1)[-1]) != text:
                self.compared.keep(name, _("Charges have a history: change them on the page of the case."))

    # --- restraint ------------------------------------------------------------------------------

    def _restraint(self) -> None:
        values = self._values(Part.RESTRAINT)
        if not values:
            return
        number = 0 if self.row.own else self.imported.get("restraint")
        found = shown_restraint(self.prosecution)
        if number:
            found = next((one for one in self.prosecution.restraints.all() if one.pk == number), None)
        if found is not None:
            for name, value in values.items():
                self.compared.compare(found, CASE_FIELDS[name], value)
        elif number:
            self._say_deleted(values)
        else:
            made = Restraint(prosecution=self.prosecution, measure=RestraintMeasure.UNKNOWN)
            self.compared.values |= self.batch.fill(made, self.row, Part.RESTRAINT)
            made.save()
            self._mark("restraint", made.pk)

    def _say_deleted(self, values: dict[str, Any]) -> None:
        self.compared.keep(next(iter(values)), _("Staff deleted this record: it is not made again."))

    # --- decisions ------------------------------------------------------------------------------

    def _decision(self, part: Part) -> None:
        values = self._values(part)
        if not values:
            return
        stem = STEMS[part]
        number = 0 if self.row.own else self.imported.get(stem)
        found = (
            decision_by_link(self.prosecution, number) if number else shown_decision(self.prosecution, part)
        )
        if found is not None:
            self._compare_decision(found, values, stem)
        elif number:
            self._say_deleted(values)
        else:
            self._make_decision(part, stem, values)

    def _compare_decision(self, found: OnePersonsDecision, values: dict[str, Any], stem: str) -> None:
        penalties = f"{stem}_penalties"
        before = len(self.compared.columns)
        for name, value in values.items():
            if name == penalties:
                self._compare_penalties(found, name, value)
            elif found.is_of_others_too:
                self._compare_shared(found.decision, name, value)
            else:
                self.compared.compare(found.decision, CASE_FIELDS[name], value)
        self.has_made = self.has_made or len(self.compared.columns) > before

    def _compare_shared(self, decision: Decision, name: str, value: Any) -> None:
        """A decision on several people is theirs, too: a row of one of them does not change it."""
        trial = Comparison(
            self.row, self.batch.memory, type(self.batch.outcome)(), dict(self.compared.values)
        )
        trial.compare(Decision(pk=decision.pk, **_fields(decision)), CASE_FIELDS[name], value)
        if trial.columns:
            self.compared.keep(
                name, _("This decision is on several people: change it on the page of the case.")
            )
        else:
            self.compared.values = trial.values
            self.compared.outcome.entries += trial.outcome.entries

    def _compare_penalties(self, found: OnePersonsDecision, name: str, value: str) -> None:
        if found.link is None:
            self.compared.keep(
                name, _("This decision is on several people: change it on the page of the case.")
            )
            return
        current = penalties_text(found.link.penalties.all())
        last = canonical(str(self.compared.values.get(name, "")), self.case.kind)
        if current == canonical(value, self.case.kind):
            self.compared.values[name] = value
        elif not (self._penalties_untouched(name, current, last)):
            self.compared.keep(name, self.compared.why_kept())
        else:
            self.compared.differs(name, current, value)
            write_penalties(found.link, value, self.case.kind)
            self.compared.values[name] = value
            self.has_made = True

    def _penalties_untouched(self, name: str, current: str, last: str) -> bool:
        return current == last if not self.row.own else self.compared.is_untouched(name, current, current)

    def _make_decision(self, part: Part, stem: str, values: dict[str, Any]) -> None:
        kind = values.get(f"{stem}_kind") or _kind_implied(
            part, self.case.kind, values.get(f"{stem}_penalties")
        )
        if not kind:
            self.row.forget(
                next(iter(values)),
                _("What was decided is not said: «%(name)s» is empty.") % {"name": f"{stem}_kind"},
            )
            return
        decision = self._same_decision(part, stem, kind) or self._new_decision(part, kind)
        link = DecisionPerson.objects.create(decision=decision, prosecution=self.prosecution)
        if text := values.get(f"{stem}_penalties"):
            write_penalties(link, text, self.case.kind)
        for name, value in values.items():
            self.batch.new(self.row, name, value)
        self.compared.values |= values
        self._mark(stem, link.pk)

    def _new_decision(self, part: Part, kind: str) -> Decision:
        decision = Decision(case=self.case, instance=INSTANCES[part], whole_case=False)
        for name, value in self._values(part).items():
            if CASE_FIELDS[name].attribute:
                set_value(decision, CASE_FIELDS[name], value, self.batch.memory)
        decision.kind = kind
        decision.save()
        return decision

    def _same_decision(self, part: Part, stem: str, kind: str) -> Decision | None:
        """The decision that another row of this case brought on the same day in the same court."""
        on, court = self.row.text(f"{stem}_on"), self.row.text(f"{stem}_court")
        if not on:
            return None
        same = Decision.objects.filter(
            case=self.case,
            instance=INSTANCES[part],
            kind=kind,
            whole_case=False,
            court=int(court) if court else None,
        )
        return next((one for one in same if one.on and one.on.text == on), None)


def _fields(decision: Decision) -> dict[str, Any]:
    return {"kind": decision.kind, "on": decision.on, "court_id": decision.court_id}


def _kind_implied(part: Part, case_kind: str, penalties: str | None) -> str:
    """In the first instance a penalty is imposed by a verdict of guilty, or by an administrative ruling."""
    if part is not Part.DECISION or not penalties:
        return ""
    return {
        CaseKind.CRIMINAL: DecisionKind.GUILTY_VERDICT,
        CaseKind.ADMINISTRATIVE: DecisionKind.ADM_RULING,
    }.get(CaseKind(case_kind), "")
