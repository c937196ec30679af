"""Plans the prosecutions of a generated person from the course that is already settled. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.demo.figures import AS_OF, Recognised
from memorial.demo.plan import Course, PersonPlan, Row, Traits, day, month
from memorial.demo.reading import chance
from memorial.demo.record.courts import seat_of
from memorial.demo.record.hearing import hearings_of
from memorial.demo.record.naming import case_row, earlier_case_row
from memorial.demo.record.outcome import decisions_of, term_of
from memorial.demo.record.plan import PlannedCharge, PlannedDecision, PlannedProsecution
from memorial.demo.record.restraining import restraints_of
from memorial.demo.record.words import documents_of, sources_of
from prisoners.choices import LibertyStatus as Liberty

_PLEAS: Final = ("not_known", "not_admitted", "not_admitted", "not_admitted", "partly", "admitted")
_RECLASSIFIED: Final = 0.06
_ROLES: Final = {"no_case": "held", "administrative": "administratively_liable"}


def record_of(plan: PersonPlan, seed: int, today: date) -> Iterator[PlannedProsecution]:
    """The prosecutions of one person, the earlier one first. Hearings to come are set from `today` on."""
    traits, course = plan.traits, plan.course
    rng = chance("record", seed, traits.number)
    custodies = plan.facts["custodies"]
    if len(custodies) > 1 and traits.article:
        yield _earlier(rng, traits, custodies[0])
    found = PlannedProsecution(
        key=_key(traits),
        case=case_row(chance("case", seed, traits.case_key) if traits.case_key else rng, traits, course),
        columns=_columns(rng, traits, course),
        custody=len(custodies) - 1,
    )
    found.case["updated_on"] = plan.columns["updated_on"]
    found.case["facts_checked_on"] = plan.columns.get("facts_checked_on")
    if traits.accusation.key != "no_case":
        found.decisions = decisions_of(rng, traits, course)
        found.charges = _charges(rng, traits, course, found.decisions)
        found.hearings = hearings_of(rng, traits, course, found.decisions, today)
        found.term = term_of(traits, course)
        found.judged = bool(found.decisions) and not traits.by_initials
        found.documents = documents_of(rng, traits, course)
    found.restraints = restraints_of(rng, traits, course, today)
    found.sources = sources_of(rng, traits, course)
    yield found


def _key(traits: Traits) -> str:
    """People of one case share the accusation and the town; one whom chance led elsewhere has a case apart."""
    if traits.case_key:
        return f"{traits.case_key} {traits.accusation.key} {traits.town.name}"
    return f"one {traits.number}"


def _columns(rng: Random, traits: Traits, course: Course) -> Row:
    absent = traits.slot.liberty == Liberty.BEYOND_REACH
    row: Row = {
        "role": _ROLES.get(traits.accusation.key, "accused"),
        "since": (month if course.months_only else day)(course.detained),
        "in_absentia": absent and course.verdict is not None,
    }
    if course.verdict and traits.slot.liberty != Liberty.INPATIENT_TREATMENT:
        row["plea"] = rng.choice(_PLEAS)
    if absent and course.verdict is None and course.end:
        suspended = month(min(course.end + timedelta(days=rng.randint(20, 120)), AS_OF))
        row |= {"suspended_on": suspended, "suspension_reason": "wanted"}
    return row


def _charges(
    rng: Random, traits: Traits, course: Course, decisions: list[PlannedDecision]
) -> list[PlannedCharge]:
    if traits.article is None:
        return []
    exact = month if course.months_only else day
    last = course.verdict or course.end or AS_OF
    # Who was seized long before may be judged within days of being detained on paper.
    brought = exact(min(course.detained + timedelta(days=rng.choice((0, 1, 1, 2, 5))), last))
    acted = max(course.seized - timedelta(days=rng.randint(15, 300)), traits.accusation.since)
    columns: Row = {"act_on": rng.choice((day, month))(min(acted, course.seized))}
    charge = PlannedCharge(traits.article.ru, columns, [{"kind": "brought", "on": brought}])
    for number, decision in enumerate(decisions):
        kind = {"guilty_verdict": "convicted", "discontinuation": "dropped"}.get(decision.columns["kind"])
        if kind and not decision.columns.get("supersedes"):
            charge.events.append({"kind": kind, "on": decision.columns["on"], "decision": number})
    later = course.detained + timedelta(days=rng.randint(40, 100))
    if "," not in traits.article.ru and later < last and rng.random() < _RECLASSIFIED:
        charge.events[0]["on"] = day(later)
        before = PlannedCharge(_milder(traits.article.ru), columns, [{"kind": "brought", "on": brought}])
        before.events.append({"kind": "reclassified", "on": day(later)})
        before.becomes = 1
        return [before, charge] if before.text != charge.text else [charge]
    return [charge]


def _milder(text: str) -> str:
    """The same article in its first part, as charges often begin."""
    return text.replace("ч. 2 ст.", "ч. 1 ст.") if text.startswith("ч. 2 ст.") else text


def _earlier(rng: Random, traits: Traits, custody: Row) -> PlannedProsecution:
    """An old case that was served to its end; only what is remembered of it."""
    detained = custody["detained_on"].earliest
    verdict = detained + timedelta(days=rng.randint(60, 150))
    court = seat_of(traits).first
    decision = PlannedDecision(
        {"kind": "guilty_verdict", "instance": "first", "on": month(verdict), "court": court},
        {},
        [{"kind": "imprisonment", "years": 1, "regime": "settlement"}],
    )
    found = PlannedProsecution(
        key=f"earlier {traits.number}",
        case=earlier_case_row(traits, detained),
        columns={"since": custody["detained_on"], "stage_entered": "served"},
        decisions=[decision],
        custody=0,
    )
    charge = PlannedCharge("ч. 1 ст. 318 УК РФ" if rng.random() < 0.4 else "ч. 1 ст. 282 УК РФ", {})
    charge.events = [{"kind": "brought", "on": custody["detained_on"]}]
    charge.events.append({"kind": "convicted", "on": month(verdict), "decision": 0})
    found.charges = [charge]
    found.sources = sources_of(rng, traits, Course(detained, detained, False, False))
    if traits.slot.recognised == Recognised.OLD_CASE:
        found.columns["plea"] = "not_admitted"
    return found
