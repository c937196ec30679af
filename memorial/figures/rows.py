"""The dated facts that figures are counted from, as small rows in memory: numbers and days, no names.

They have the attributes that `prisoners.liberty` and `cases.stage` ask of models, so that both rules
are written once, and a figure says what the page of each person says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from memorial.base.choices import Verification
from prisoners.models.recognition import PROJECT_DECIDES_SINCE


class Days(NamedTuple):
    """The days on which something can have been: a date with its precision; None is an open side."""

    earliest: date | None
    latest: date | None

    def by(self, on: date) -> bool:
        """Whether it can have been by a day: a date counts from its first possible day."""
        return self.earliest is None or self.earliest <= on

    @property
    def year(self) -> int | None:
        """The year in which it certainly was; None where that is not certain."""
        if self.earliest is None or self.latest is None or self.earliest.year != self.latest.year:
            return None
        return self.earliest.year


UNDATED = Days(None, None)


class Related(list):
    """Rows that belong to another, asked for as a model's are."""

    __slots__ = ()

    def all(self) -> Related:
        return self


class Row:
    """A verified fact: what is not verified is never loaded."""

    __slots__ = ()

    verification = Verification.TWO_INDEPENDENT


@dataclass(slots=True)
class StayRow(Row):
    pk: int
    reason: str
    began: Days | None
    ended: Days | None
    ongoing: bool
    temporary: bool
    public: str = ""
    facility_id: int | None = None
    region: int | None = None
    """The region that readers may know of; None where they may not."""


@dataclass(slots=True)
class CustodyRow(Row):
    seized_on: Days | None
    detained_on: Days | None
    remanded_on: Days | None

    @property
    def since(self) -> Days:
        """«Deprived of liberty since»: the first of the three dates that is known."""
        return self.seized_on or self.detained_on or self.remanded_on or UNDATED


@dataclass(slots=True)
class EndRow(Row):
    pk: int
    kind: str
    on: Days | None
    ground: str
    circumstance: str


@dataclass(slots=True)
class DeathRow(Row):
    on: Days | None


@dataclass(slots=True)
class RecognitionRow:
    on: Days
    decided_by: str
    body: tuple[str, ...]
    """The names of another organisation, by language: bodies are told apart by them."""
    outcome: str

    @classmethod
    def of(cls, on: Days, decided_by: str, body: tuple[str, ...], outcome: str) -> RecognitionRow:
        """The row; this project cannot have decided before it began to, whatever the date leaves open."""
        if decided_by == "this_project" and on.earliest is None:
            on = Days(PROJECT_DECIDES_SINCE, on.latest)
        return cls(on, decided_by, body, outcome)


class PenaltyRow(NamedTuple):
    kind: str
    years: int | None
    months: int | None
    days: int | None


@dataclass(slots=True)
class DecisionRow(Row):
    pk: int
    kind: str
    instance: str
    round: int
    on: Days
    in_force_on_latest: date | None
    supersedes_id: int | None

    @property
    def on_earliest(self) -> date | None:
        return self.on.earliest

    @property
    def on_latest(self) -> date | None:
        return self.on.latest

    @property
    def moment(self) -> date:
        """The day by which decisions of one round are put in order, as everywhere in `cases`."""
        return self.on.latest or self.on.earliest or date.min


@dataclass(slots=True)
class LinkRow:
    """What a decision means for one person."""

    decision: DecisionRow
    in_absentia: bool
    penalties: Related = field(default_factory=Related)

    @property
    def decision_id(self) -> int:
        return self.decision.pk


@dataclass(slots=True)
class HearingRow(Row):
    on: date
    instance: str
    hearing_state: str


@dataclass(slots=True)
class HearingLinkRow:
    hearing: HearingRow


@dataclass(slots=True)
class ChargeRow(Row):
    article: int | None
    brought: Days | None
    judged_on: date | None


@dataclass(slots=True)
class CaseRow:
    """A published case: its kind, and what in it concerns everybody."""

    kind: str
    decisions_of_all: list[DecisionRow] = field(default_factory=list)
    hearings_of_all: list[HearingRow] = field(default_factory=list)


@dataclass(slots=True)
class ProsecutionRow:
    """One published person in one published case."""

    case: CaseRow
    since: Days | None
    in_absentia: bool
    stage_entered: str
    suspension_reason: str
    suspended_on: Days | None
    resumed_on: Days | None
    charges: Related = field(default_factory=Related)
    decision_links: Related = field(default_factory=Related)
    hearing_links: Related = field(default_factory=Related)

    @property
    def is_suspended(self) -> bool:
        return bool(self.suspension_reason) and self.resumed_on is None

    @property
    def decisions(self) -> list[DecisionRow]:
        """Those about the person, and those about everybody in the case."""
        return [*(link.decision for link in self.decision_links), *self.case.decisions_of_all]

    def begun_by(self, on: date) -> bool:
        """Whether it can have begun by a day."""
        return self.since is None or self.since.by(on)


@dataclass(eq=False)
class PersonRow:
    """A published person, with the facts that readers may see."""

    gender: str
    region: int | None
    born_year: int | None
    """Years only: the exact date is public of few, and counts of many days would tell it."""
    liberty_entered: str
    liberty_as_of: date | None
    death: DeathRow | None = None
    stays: Related = field(default_factory=Related)
    custodies: Related = field(default_factory=Related)
    ends_of_custody: Related = field(default_factory=Related)
    recognitions: list[RecognitionRow] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    prosecutions: list[ProsecutionRow] = field(default_factory=list)

    @cached_property
    def known_since(self) -> date | None:
        """The first day of the first fact that has a date; None where no fact has one."""
        return min((day for days in self._dated() if (day := days.earliest or days.latest)), default=None)

    def _dated(self) -> Iterable[Days]:
        found: list[Days | None] = [custody.since for custody in self.custodies]
        found += [stay.began for stay in self.stays]
        found += [end.on for end in self.ends_of_custody]
        found += [recognition.on for recognition in self.recognitions]
        found += [prosecution.since for prosecution in self.prosecutions]
        found += [decision.on for each in self.prosecutions for decision in each.decisions]
        found += [self.death.on] if self.death else []
        return [days for days in found if days is not None]


@dataclass
class Record:
    """All of it at one moment, and the words for its codes."""

    people: list[PersonRow]
    articles: dict[int, Any]
    regions: dict[int, Any]
    themes: dict[int, Any]
    serial: int = field(default_factory=count().__next__)
    """Tells one reading of the facts from another: what is made of one is never taken for another's."""

    def __len__(self) -> int:
        return len(self.people)

    @cached_property
    def first_day(self) -> date | None:
        """The day of the first fact of all; None where nothing has a date."""
        return min((one.known_since for one in self.people if one.known_since), default=None)

    def people_by(self, on: date) -> list[PersonRow]:
        """People of whom something is known from that day or before, and those of whom no fact has a date."""
        return [one for one in self.people if one.known_since is None or one.known_since <= on]
