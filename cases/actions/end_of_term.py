"""The end of a term: the hint computed from what is entered, and what staff make of it.

Nothing is published by the hint: somebody confirms it or enters another day, with the reason (domain, rule 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import (
    ChargeEventKind,
    DecisionKind,
    Instance,
    MedicalMeasure,
    PenaltyKind,
    RestraintMeasure,
)
from cases.credit import CaseFacts, DayKind, DaysBefore, Hint, TermLength, end_hint
from cases.models import Charge, Decision, DecisionPerson, Prosecution, Restraint, Term
from cases.references import ArticleReference
from memorial.base.partial_date import PartialDate
from prisoners.actions.begin import done_by, locked_prisoner, required_reason
from prisoners.models import Custody, EndOfCustody

_KIND_OF_DAY: Final = {
    RestraintMeasure.CUSTODY: DayKind.CUSTODY,
    RestraintMeasure.HOUSE_ARREST: DayKind.HOUSE_ARREST,
    RestraintMeasure.POLICE_DETENTION: DayKind.POLICE,
}
_LEFT_CHARGES: Final = (
    ChargeEventKind.RECLASSIFIED,
    ChargeEventKind.DROPPED,
    ChargeEventKind.EXCLUDED,
    ChargeEventKind.ACQUITTED,
)
_IN_FORCE_BY: Final = frozenset({DecisionKind.UPHELD, DecisionKind.REDUCED, DecisionKind.INCREASED})
POLICE_DAYS: Final = timedelta(days=3)
"""Between seizure and a court's remand lie two days, three at most (УПК РФ, Arts 92, 94 and 108)."""


@dataclass(frozen=True)
class TermHint:
    """A hint, and what staff should look at before they believe it."""

    hint: Hint
    remarks: tuple[str, ...] = ()


def hint_of(term: Term) -> TermHint:
    """The hint for the end of a term, from the decisions, measures and charges that it comes from."""
    links = [
        each.decision_person
        for each in term.decisions.select_related("decision_person__decision", "decision_person__prosecution")
    ]
    prosecutions = {link.prosecution_id: link.prosecution for link in links}
    several = len({one.case_id for one in prosecutions.values()}) > 1 or term.absorbs.exists()
    in_force = _in_force(links)
    remarks: list[str] = []
    days: list[DaysBefore] = []
    for one in prosecutions.values():
        days += _days_before(one, in_force, remarks)
    charges = [charge for one in prosecutions.values() for charge in _convicted_of(one)]
    penalties = {penalty.kind for link in links for penalty in link.penalties.all()}
    inpatient = set(MedicalMeasure) - {MedicalMeasure.OUTPATIENT}
    facts = CaseFacts(
        several_cases=several,
        life=term.is_life,
        treatment=any(link.medical_measure in inpatient for link in links),
        suspended=bool(penalties & {PenaltyKind.SUSPENDED, PenaltyKind.DEFERRAL}),
        act_on=_last_act(charges),
    )
    if not links:
        remarks.append(
            _("Choose the decision that the term comes from: its measures and charges are read there.")
        )
    hint = end_hint(
        term=TermLength(term.years or 0, term.months or 0, term.days or 0),
        in_force_on=in_force,
        days_before=days,
        regime=term.regime,
        articles=_articles(charges, remarks),
        facts=facts,
    )
    return TermHint(hint, tuple(remarks))


def enter_end(*, term: Term, on: PartialDate, reason: str, by: int | None) -> None:
    """Writes the expected end into the term and the deprivation of liberty that goes on, with the reason.

    Raises `ValidationError` for a term that is not in force, no reason, or what the database refuses.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        locked_prisoner(term.prisoner)
        row = Term.objects.select_for_update().get(pk=term.pk)
        if not row.current:
            raise ValidationError(_("This term is not in force any more."))
        row.expected_end = on
        row.save(update_fields=["expected_end"])
        custody = row.prisoner.custodies.filter(end__isnull=True).order_by("pk").last()
        if custody is not None:
            custody.expected_end, custody.term = on, Custody.TermKind.FIXED
            custody.save(update_fields=["expected_end", "term"])
    term.refresh_from_db()


def confirm_hint(*, term: Term, by: int | None) -> PartialDate:
    """Enters the day of the hint as it is now. Raises `ValidationError` where it is a range, or silent."""
    found = hint_of(term).hint
    if found.day is None:
        raise ValidationError(_("The hint names no single day: enter the expected end yourself."))
    on = PartialDate.from_date(found.day)
    enter_end(
        term=term, on=on, reason=_("Hint for the end of the term confirmed: %(day)s") % {"day": on}, by=by
    )
    return on


def _in_force(links: list[DecisionPerson]) -> PartialDate | None:
    """When the verdict came into force: said of itself, or by the appeal that left it standing."""
    found: list[PartialDate] = []
    for link in links:
        mine = Decision.objects.filter(
            case=link.decision.case_id, round=link.decision.round, people__prosecution=link.prosecution_id
        )
        of_all = Decision.objects.filter(
            case=link.decision.case_id, round=link.decision.round, whole_case=True
        )
        for decision in [link.decision, *mine, *of_all]:
            by_appeal = decision.kind in _IN_FORCE_BY and decision.instance == Instance.APPEAL
            if decision.in_force_on and (decision.pk == link.decision_id or by_appeal or _is_first(decision)):
                found.append(decision.in_force_on)
    return min(found, key=lambda day: day.earliest or date.max, default=None)


def _is_first(decision: Decision) -> bool:
    return decision.instance == Instance.FIRST and decision.kind == DecisionKind.GUILTY_VERDICT


def _days_before(
    prosecution: Prosecution, in_force: PartialDate | None, remarks: list[str]
) -> list[DaysBefore]:
    """The stretches before the verdict, by the measures of restraint; the days before the first of them."""
    rows = list(prosecution.restraints.order_by("began_earliest", "pk"))
    counted = [row for row in rows if row.measure in _KIND_OF_DAY]
    if any(row.measure == RestraintMeasure.BAN_ON_ACTIONS for row in rows):
        remarks.append(
            _(
                "A ban on actions is entered: its days count only with the duty not to leave home, and are left out."
            )
        )
    custody = _custody(prosecution, counted)
    if not counted:
        if custody is not None:
            remarks.append(
                _("No measure of restraint is entered in this case: no day before the verdict is counted.")
            )
        return []
    found = []
    for number, row in enumerate(counted):
        following = counted[number + 1].began if number + 1 < len(counted) else None
        found.append(
            DaysBefore(
                _KIND_OF_DAY[RestraintMeasure(row.measure)],
                row.began,
                _last(row, following, custody, in_force),
            )
        )
    return [*_by_police(custody, counted[0], remarks), *found]


def _last(
    row: Restraint, following: PartialDate | None, custody: Custody | None, in_force: PartialDate | None
) -> PartialDate | None:
    """The last day of a stretch. A day that two stretches share counts once (`cases.credit.counting`)."""
    end = EndOfCustody.objects.filter(custody=custody).first() if custody else None
    return row.ended or following or (end.on if end else None) or in_force


def _custody(prosecution: Prosecution, counted: list[Restraint]) -> Custody | None:
    """The deprivation of liberty in which the first measure was chosen; the last one where that is not known."""
    rows = list(prosecution.prisoner.custodies.order_by("pk"))
    began = counted[0].began if counted else None
    fitting = [row for row in rows if row.since and began and not row.since.certainly_after(began)]
    return (fitting or rows)[-1] if rows else None


def _by_police(custody: Custody | None, first: Restraint, remarks: list[str]) -> list[DaysBefore]:
    since = custody.since if custody else None
    if since is None or first.began is None or not since.certainly_before(first.began):
        return []
    start, began = since.earliest, first.began.earliest
    if start is None or began is None or start != since.latest or began != first.began.latest:
        return []
    if began - start > POLICE_DAYS:
        remarks.append(
            _(
                "Deprived of liberty since %(since)s, the first measure began on %(began)s: the days between are left out."
            )
            % {"since": since, "began": first.began}
        )
        return []
    return [DaysBefore(DayKind.POLICE, since, PartialDate.from_date(began - timedelta(days=1)))]


def _convicted_of(prosecution: Prosecution) -> list[Charge]:
    """The charges of the conviction: those found guilty of, else those that nothing took away."""
    rows = list(prosecution.charges.select_related("article").prefetch_related("events"))
    kinds = {row.pk: {event.kind for event in row.events.all()} for row in rows}
    convicted = [row for row in rows if ChargeEventKind.CONVICTED in kinds[row.pk]]
    return convicted or [row for row in rows if not kinds[row.pk] & set(_LEFT_CHARGES)]


def _articles(charges: list[Charge], remarks: list[str]) -> list[ArticleReference]:
    """The articles; none where one of them is known in words only, for that one might decide."""
    if any(not charge.is_structured for charge in charges):
        remarks.append(
            _("A charge is kept in words only: whether its article changes the credit is not known.")
        )
        return []
    return [ArticleReference(**charge.reference_fields()) for charge in charges]


def _last_act(charges: list[Charge]) -> PartialDate | None:
    days = [charge.act_on for charge in charges]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    return max(known, key=lambda day: day.latest or date.max)
