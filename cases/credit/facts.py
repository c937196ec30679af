"""What the hint is asked about: a term, days before it, and what is known of the person's case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.credit.rules import DayKind, Toward
from cases.references import ArticleReference
from memorial.base.partial_date import PartialDate
from prisoners.choices import Regime

Day = PartialDate | date

TOWARD_OF_REGIME: dict[str, Toward] = {
    Regime.GENERAL: Toward.GENERAL,
    Regime.STRICT: Toward.STRICT,
    Regime.SPECIAL: Toward.SPECIAL,
    Regime.SETTLEMENT: Toward.SETTLEMENT,
    Regime.JUVENILE: Toward.JUVENILE,
    Regime.PRISON: Toward.PRISON,
}
"""What a term of imprisonment is counted toward, by the regime that the verdict set."""

DEPRIVATIONS_OF_LIBERTY = frozenset(TOWARD_OF_REGIME.values())

TOWARD_OF_PENALTY: dict[str, Toward] = {
    "forced_labour": Toward.FORCED_LABOUR,
    "restriction_of_freedom": Toward.RESTRICTION,
    "disciplinary_unit": Toward.DISCIPLINARY,
    "arrest_penalty": Toward.ARREST,
    "corrective_labour": Toward.CORRECTIVE,
    "military_restriction": Toward.MILITARY,
}
"""Penalties other than imprisonment whose term is a length of time; codes of the vocabulary `penalty`."""


@dataclass(frozen=True, slots=True)
class TermLength:
    """The length of a term as the verdict has it. Raises ValueError where a part is negative."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        """Refuse a length below nought."""
        if min(self.years, self.months, self.days) < 0:
            raise ValueError("a term is not negative")

    @property
    def is_nothing(self) -> bool:
        """Whether no length is given at all."""
        return not (self.years or self.months or self.days)


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """A stretch of days of one kind, both its days included; None is an unknown day.

    It may reach beyond the day the verdict came into force: what lies there is served, not credited.
    """

    kind: DayKind
    first: Day | None
    last: Day | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What decides which rule applies, or that none does.

    `several_cases`: the term is of more than one case, or absorbs another. `treatment`: compulsory
    treatment lasts. `suspended`: the term is not served (suspended, deferred). `recidivism`: the
    verdict found especially dangerous recidivism. `commuted`: a death penalty was commuted.
    `terrorist_link`: the court linked Arts 277–279 or 360 with terrorist activity; None is unknown.
    `act_on`: when the act was committed, by its last day.
    """

    several_cases: bool = False
    life: bool = False
    treatment: bool = False
    suspended: bool = False
    recidivism: bool = False
    commuted: bool = False
    terrorist_link: bool | None = None
    act_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that the hint for the end of a term is computed from."""

    term: TermLength
    in_force_on: Day | None
    days_before: tuple[DaysBefore, ...] = ()
    regime: str = Regime.UNKNOWN
    penalty: str = "imprisonment"
    articles: tuple[ArticleReference, ...] = ()
    facts: CaseFacts = CaseFacts()


def earliest(day: Day) -> date | None:
    """Return the first day that it can be; None where open."""
    return day.earliest if isinstance(day, PartialDate) else day


def latest(day: Day) -> date | None:
    """Return the last day that it can be; None where open."""
    return day.latest if isinstance(day, PartialDate) else day
