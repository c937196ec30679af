"""Figures of prosecutions: when they began, under what, how far they came, what courts decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from cases.choices import CaseKind, DecisionKind, Instance, PenaltyKind, Stage
from cases.display.decisions import ANNULLING
from cases.figures import DAYS_IN_A_MONTH
from cases.stage import stage_of
from memorial.figures.counting.moment import (
    TOTAL,
    Counted,
    Moment,
    in_order,
    median_of,
    most_first,
    people_by_code,
    total,
)
from memorial.figures.rows import (
    UNDATED,
    CaseRow,
    ChargeRow,
    Days,
    DecisionRow,
    LinkRow,
    PenaltyRow,
    PersonRow,
    ProsecutionRow,
    Related,
)
from prisoners.choices import LibertyStatus, StayReason

COUNTED_DECISIONS: Final = (
    DecisionKind.GUILTY_VERDICT,
    DecisionKind.ACQUITTAL,
    DecisionKind.MEDICAL_RULING,
    DecisionKind.DISCONTINUATION,
)
YEARS: Final = (3, 5, 7, 10, 15)
TERM_GROUPS: Final = (
    f"0-{YEARS[0]}",
    *(f"{over}-{up_to}" for over, up_to in pairwise(YEARS)),
    f"{YEARS[-1]}-",
)
"""Lengths in years: «5-7» is over five and up to seven."""
_NOT_AT_ONCE: Final = (PenaltyKind.SUSPENDED, PenaltyKind.DEFERRAL)


def prosecutions(moment: Moment) -> Counted:
    """People by the year in which a criminal prosecution of theirs began, and by kind of case."""
    begun = list(_begun(moment))
    criminal = [(one, each.since) for one, each in begun if each.case.kind == CaseKind.CRIMINAL]
    kinds = people_by_code((one, each.case.kind) for one, each in begun)
    return {
        TOTAL: total(one for one, _since in criminal),
        "year": moment.by_year(criminal),
        "kind": in_order(kinds, CaseKind.values),
    }


def _begun(moment: Moment) -> Iterator[tuple[PersonRow, ProsecutionRow]]:
    """Prosecutions that can have begun by the day."""
    for person in moment.people:
        for prosecution in person.prosecutions:
            if prosecution.begun_by(moment.on):
                yield person, prosecution


def articles(moment: Moment) -> Counted:
    """People by article charged, whatever came of it: once for each article."""
    known = moment.record.articles
    pairs = [
        (person, known[charge.article].slug)
        for person, prosecution, charge in _charges(moment)
        if charge.article in known
    ]
    return {TOTAL: total(one for one, _slug in pairs), "article": most_first(people_by_code(pairs))}


def _charges(moment: Moment) -> Iterator[tuple[PersonRow, ProsecutionRow, ChargeRow]]:
    """Charges brought by the day; where that day is not known, those of prosecutions begun by then."""
    for person in moment.people:
        for prosecution in person.prosecutions:
            for charge in prosecution.charges:
                if (charge.brought or prosecution.since or UNDATED).by(moment.on):
                    yield person, prosecution, charge


def decisions(moment: Moment) -> Counted:
    """People by the year and the kind of what was decided of them in criminal cases."""
    found: dict[str, list[tuple[PersonRow, Days]]] = {kind.value: [] for kind in COUNTED_DECISIONS}
    for person in moment.people:
        for prosecution in person.prosecutions:
            if prosecution.case.kind == CaseKind.CRIMINAL:
                for decision in _counted_decisions(prosecution, moment.on):
                    found[decision.kind].append((person, decision.on))
    everybody = [person for rows in found.values() for person, _on in rows]
    return {
        TOTAL: total(everybody),
        "kind": {kind: len({person for person, _on in rows}) for kind, rows in found.items()},
        **{kind: moment.by_year(rows) for kind, rows in found.items() if rows},
    }


def _counted_decisions(prosecution: ProsecutionRow, on: date) -> Iterator[DecisionRow]:
    for decision in prosecution.decisions:
        is_first = decision.instance == Instance.FIRST or decision.kind == DecisionKind.DISCONTINUATION
        if decision.kind in COUNTED_DECISIONS and is_first and decision.on.by(on):
            yield decision


def terms(moment: Moment) -> Counted:
    """Lengths of imprisonment by the last verdicts of the first instance that stand on the day."""
    imposed = [months for one in moment.people if (months := _longest(one, moment.on))]
    life = sum(any(_is_life(each, moment.on) for each in one.prosecutions) for one in moment.people)
    return {
        TOTAL: {"": len(imposed)},
        "length": in_order(Counter(map(term_group, imposed)), TERM_GROUPS),
        "life": {"life": life},
        "median_months": median_of(imposed),
    }


def term_group(months: float) -> str:
    """The group of a length in months: of six years «5-7», and of seven too."""
    return TERM_GROUPS[sum(months > 12 * years for years in YEARS)]


def _longest(person: PersonRow, on: date) -> float:
    """The longest term, in months, of the person's prosecutions; 0 where there is none to be counted."""
    return max((_months(_last_penalties(each, on)) for each in person.prosecutions), default=0)


def _is_life(prosecution: ProsecutionRow, on: date) -> bool:
    return any(penalty.kind == PenaltyKind.LIFE for penalty in _last_penalties(prosecution, on))


def _last_penalties(prosecution: ProsecutionRow, on: date) -> list[PenaltyRow]:
    """What the last verdict of the first instance imposes: see `cases.figures.terms_of`."""
    verdicts = [
        link
        for link in prosecution.decision_links
        if link.decision.kind == DecisionKind.GUILTY_VERDICT
        and link.decision.instance == Instance.FIRST
        and link.decision.on.by(on)
    ]
    if not verdicts:
        return []
    last = max(verdicts, key=lambda link: (link.decision.round, link.decision.moment, link.decision.pk))
    return [] if last.in_absentia or _is_annulled(last, prosecution, on) else list(last.penalties)


def _is_annulled(verdict: LinkRow, prosecution: ProsecutionRow, on: date) -> bool:
    """Whether a decision by the day did away with the verdict: it says so, or comes after it."""
    of = verdict.decision
    return any(
        each.kind in ANNULLING
        and each.on.by(on)
        and (
            each.supersedes_id == of.pk
            or each.round > of.round
            or (each.round == of.round and each.moment > of.moment)
        )
        for each in prosecution.decisions
    )


def _months(penalties: Iterable[PenaltyRow]) -> float:
    """The longest imprisonment among some penalties; 0 where it is suspended, deferred, or there is none."""
    found = list(penalties)
    if any(penalty.kind in _NOT_AT_ONCE for penalty in found):
        return 0
    lengths = [
        12 * (penalty.years or 0) + (penalty.months or 0) + (penalty.days or 0) / DAYS_IN_A_MONTH
        for penalty in found
        if penalty.kind == PenaltyKind.IMPRISONMENT
    ]
    return max(lengths, default=0)


def stages(moment: Moment) -> Counted:
    """People by the stage of their criminal prosecutions: once at each stage."""
    pairs = [
        (person, stage_of(_as_of(prosecution, moment), moment.on).value)  # type: ignore[arg-type]
        for person, prosecution in _begun(moment)
        if prosecution.case.kind == CaseKind.CRIMINAL
    ]
    return {
        TOTAL: total(person for person, _stage in pairs),
        "stage": in_order(people_by_code(pairs), Stage.values),
    }


@dataclass(slots=True)
class _PastProsecution(ProsecutionRow):
    """A prosecution as it was on a past day: suspended or not by the dates."""

    was_suspended: bool = False

    @property
    def is_suspended(self) -> bool:
        return self.was_suspended


def _as_of(prosecution: ProsecutionRow, moment: Moment) -> ProsecutionRow:
    """The prosecution without what tells of the present only, and without later hearings.

    A stage that staff entered has no date, so it is told of the present day alone.
    """
    if moment.is_today:
        return prosecution
    case = prosecution.case
    held = [hearing for hearing in case.hearings_of_all if hearing.on <= moment.on]
    links = Related(link for link in prosecution.hearing_links if link.hearing.on <= moment.on)
    return _PastProsecution(
        CaseRow(case.kind, case.decisions_of_all, held),
        prosecution.since,
        prosecution.in_absentia,
        stage_entered="",
        suspension_reason=prosecution.suspension_reason,
        suspended_on=None,
        resumed_on=None,
        charges=prosecution.charges,
        decision_links=prosecution.decision_links,
        hearing_links=links,
        was_suspended=_was_suspended(prosecution, moment.on),
    )


def _was_suspended(prosecution: ProsecutionRow, on: date) -> bool:
    begun = bool(prosecution.suspension_reason) and (prosecution.suspended_on or UNDATED).by(on)
    return begun and not (prosecution.resumed_on and prosecution.resumed_on.by(on))


def in_absentia(moment: Moment) -> Counted:
    """People prosecuted in their absence, and of them those sentenced so, by year."""
    prosecuted, sentenced = [], []
    for person, prosecution in _begun(moment):
        links = [
            link for link in prosecution.decision_links if link.in_absentia and link.decision.on.by(moment.on)
        ]
        if prosecution.in_absentia or links:
            prosecuted.append(person)
        verdicts = (link.decision for link in links if link.decision.kind == DecisionKind.GUILTY_VERDICT)
        sentenced += [(person, verdict.on) for verdict in verdicts]
    return {
        TOTAL: total(prosecuted),
        "sentenced": total(person for person, _on in sentenced),
        "year": moment.by_year(sentenced),
    }


def administrative_arrests(moment: Moment) -> Counted:
    """People under administrative arrest: on the day, and by the year of each arrest."""
    dated = [
        (person, stay.began)
        for person in moment.people
        for stay in person.stays
        if stay.reason == StayReason.ADMINISTRATIVE_ARREST and (stay.began or UNDATED).by(moment.on)
    ]
    dated += [
        (person, link.decision.on)
        for person in moment.people
        for prosecution in person.prosecutions
        for link in prosecution.decision_links
        if link.decision.on.by(moment.on) and _arrests(link)
    ]
    now = sum(status == LibertyStatus.ADMINISTRATIVE_ARREST for _person, status in moment.liberty)
    return {
        TOTAL: total(person for person, _on in dated),
        "on_the_day": {"": now},
        "year": moment.by_year(dated),
    }


def _arrests(link: LinkRow) -> bool:
    return any(penalty.kind == PenaltyKind.ADMINISTRATIVE_ARREST for penalty in link.penalties)
