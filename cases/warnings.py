"""What is unusual and may be a slip: said beside the entry, and never refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

from django.db import models
from django.utils.translation import gettext as _

from cases.choices import HasParts, PenaltyKind, RestraintMeasure
from cases.models import Charge, Decision, Hearing, Penalty, Prosecution, Restraint, Term
from cases.stage import stages_of
from memorial.base.gender import Gender
from memorial.base.partial_date import PartialDate
from prisoners.choices import Regime
from prisoners.models import Prisoner

NOT_OF_WOMEN = frozenset({Regime.STRICT, Regime.SPECIAL, Regime.PRISON})
EARLIEST, LATEST = time(8), time(20)
LONGEST_POLICE_DETENTION = 5
"""Days: 48 hours, and 72 more by a court (УПК РФ, Arts 94 and 108)."""


def warnings(entry: models.Model) -> list[str]:
    """Sentences about what is unusual in an entry; none where nothing is, or nobody looks."""
    look = _LOOKS.get(type(entry))
    return list(look(entry)) if look else []


def _of_penalty(penalty: Penalty) -> Iterator[str]:
    person = penalty.decision_person.prosecution.prisoner
    if penalty.kind in (PenaltyKind.IMPRISONMENT, PenaltyKind.SUSPENDED):
        yield from _of_length(penalty.years, penalty.months, penalty.days)
    if penalty.kind == PenaltyKind.ADMINISTRATIVE_ARREST and (penalty.days or 0) > 30:
        yield _("An administrative arrest is 30 days at most (Code of Administrative Offences, Art. 3.9).")
    if penalty.kind == PenaltyKind.LIFE:
        yield from _of_life(person)
    yield from _of_regime(penalty.regime, person)


def _of_term(term: Term) -> Iterator[str]:
    yield from _of_length(term.years, term.months, term.days)
    if term.is_life:
        yield from _of_life(term.prisoner)
    yield from _of_regime(term.regime, term.prisoner)


def _of_length(years: int | None, months: int | None, days: int | None) -> Iterator[str]:
    """УК РФ, Art. 56: 20 years for one offence, 25 or 30 for several, 30 or 35 where a terrorist one is among them."""
    whole = (years or 0) + (months or 0) / 12
    if whole > 35:
        yield _("More than 35 years: the law knows no such term (Criminal Code, Art. 56).")
    elif whole > 30:
        yield _(
            "More than 30 years: only for several sentences with a terrorist offence (Criminal Code, Art. 56)."
        )
    elif whole > 20:
        yield _(
            "More than 20 years: only for several offences or sentences together (Criminal Code, Art. 56)."
        )
    if years and (months or 0) > 11:
        yield _("Twelve months make a year: is the number of months right?")


def _of_life(person: Prisoner) -> Iterator[str]:
    if person.gender == Gender.FEMALE:
        yield _("Women are not sentenced to life imprisonment (Criminal Code, Art. 57).")


def _of_regime(regime: str, person: Prisoner) -> Iterator[str]:
    if person.gender == Gender.FEMALE and regime in NOT_OF_WOMEN:
        yield _("Women are not sent to a place of this regime (Criminal Code, Art. 58).")


def _of_charge(charge: Charge) -> Iterator[str]:
    edition = charge.edition_in_force
    if charge.article is None or edition is None:
        if charge.article is not None and charge.act_on is not None:
            yield _("No edition of the article is known for the day of the act.")
        return
    if not edition.is_verified:
        yield _("This edition of the article is not checked against the official text.")
    if charge.part and edition.has_parts == HasParts.NO:
        yield _("In this edition the article has no parts.")
    parts = {part.number for part in edition.parts.all()}
    if charge.part and parts and charge.part not in parts:
        yield _("In this edition the article has no part %(part)s.") % {"part": charge.part}
    if charge.edition is not None and not _covers(charge):
        yield _("The edition was not in force on the day of the act.")


def _covers(charge: Charge) -> bool:
    """Whether the edition that staff state may have been in force when the act ended."""
    edition, act = charge.edition, charge.act_on
    if edition is None or act is None:
        return True
    first, last = act.earliest, act.latest
    return (last is None or (edition.valid_from or date.min) <= last) and (
        first is None or first <= (edition.valid_to or date.max)
    )


def _of_hearing(hearing: Hearing) -> Iterator[str]:
    if hearing.at is not None and not EARLIEST <= hearing.at <= LATEST:
        yield _("At this time courts are closed: is the hour right?")
    if hearing.on.isoweekday() > 5:
        yield _("This day is a Saturday or a Sunday.")
    court = hearing.court
    if court and court.closed_on and court.closed_on < hearing.on:
        yield _("By our data the court had been abolished by then.")
    if hearing.at is not None and (court is None or not court.time_zone):
        yield _("Without a court and its time zone, calendars show the day and not the hour.")


def _of_decision(decision: Decision) -> Iterator[str]:
    court = decision.court
    first = decision.on.earliest if decision.on else None
    if court and court.closed_on and first and court.closed_on < first:
        yield _("By our data the court had been abolished by then.")
    if decision.round > 3:
        yield _("A fourth round is rare: is the number of the round right?")


def _of_prosecution(prosecution: Prosecution) -> Iterator[str]:
    if prosecution.stage_entered and prosecution.stage_entered not in stages_of(prosecution.case.kind):
        yield _("A case of this kind has no such stage.")


def _of_restraint(restraint: Restraint) -> Iterator[str]:
    if restraint.measure == RestraintMeasure.POLICE_DETENTION:
        last = restraint.ended or restraint.until
        if (_days_at_least(restraint.began, last) or 0) > LONGEST_POLICE_DETENTION:
            yield _("Detention by police is 48 hours, and 72 more by a court: is it another measure?")


def _days_at_least(began: PartialDate | None, ended: PartialDate | None) -> int | None:
    """How many days lie for certain between two dates."""
    first = began.latest if began else None
    last = ended.earliest if ended else None
    return (last - first).days if first and last else None


_LOOKS: dict[type[models.Model], Callable[..., Iterator[str]]] = {
    Penalty: _of_penalty,
    Term: _of_term,
    Charge: _of_charge,
    Hearing: _of_hearing,
    Decision: _of_decision,
    Prosecution: _of_prosecution,
    Restraint: _of_restraint,
}
