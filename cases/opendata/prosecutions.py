"""Tables of prosecutions, charges and decisions, for the whole-data package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.display.charges import ShownCharge, last_event
from cases.display.decisions import ShownOutcome
from cases.models import Charge, Decision, DecisionPerson, Prosecution
from cases.opendata.documents import CASE_LINK
from memorial.base.opendata.columns import Cell, Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.portions import once_a_language
from memorial.base.opendata.usual import date_text, own_text

PERSON_LINK: Final = Link("person", "people", "id")


@dataclass(frozen=True)
class ProsecutionData:
    """One person in one case, both published."""

    prosecution: Prosecution


@dataclass(frozen=True)
class ChargeData:
    """A charge with what became of it."""

    charge: Charge

    @property
    def prosecution(self) -> Prosecution:
        return self.charge.prosecution

    @cached_property
    def _shown(self) -> dict[str, ShownCharge]:
        return {}

    @property
    def reference(self) -> str | None:
        """In the active language."""
        return code_or_none(once_a_language(self._shown, lambda: ShownCharge(self.charge)).reference)

    @property
    def state(self) -> str | None:
        """What became of it last, by its code."""
        event = last_event(self.charge)
        return event.kind if event else None


@dataclass(frozen=True)
class DecisionData:
    """What a decision means for one person; without a `link`, for the whole case."""

    decision: Decision
    link: DecisionPerson | None = None

    @property
    def person(self) -> str | None:
        return self.link.prosecution.prisoner.slug if self.link else None

    @property
    def words(self) -> str:
        """In the active language."""
        if self.link is None:
            return ShownOutcome(None, of_all=self.decision).words
        return ShownOutcome(self.link, self.link.prosecution.prisoner.gender).words

    @property
    def penalties(self) -> list[str]:
        """The kinds of the penalties."""
        return sorted(penalty.kind for penalty in self.link.penalties.all()) if self.link else []

    @property
    def court(self) -> str | None:
        court = self.decision.court
        return court.slug if court is not None and court.is_published else None


def _wording(row: ChargeData) -> Cell:
    return own_text(row.charge, "wording")


_CASE: Final = Column(
    "case",
    Kind.TEXT,
    _("Case"),
    _("The identifier of the case."),
    lambda row: row.prosecution.case.slug,
    "cases.Case.slug",
)
_PERSON: Final = Column(
    "person",
    Kind.TEXT,
    _("Person"),
    _("The identifier of the person."),
    lambda row: row.prosecution.prisoner.slug,
    "prisoners.Prisoner.slug",
)
PROSECUTIONS: Final = Table(
    name="prosecutions",
    title=_("Prosecutions"),
    description=_("One person in one case. A person may have several."),
    columns=(
        _CASE,
        _PERSON,
        Column(
            "role",
            Kind.CODE,
            _("Role"),
            _("Accused, suspect and others."),
            lambda row: row.prosecution.role,
            "cases.Prosecution.role",
        ),
        Column(
            "plea",
            Kind.CODE,
            _("Plea"),
            _("What the person says of the charge."),
            lambda row: row.prosecution.plea,
            "cases.Prosecution.plea",
        ),
        Column(
            "in_absentia",
            Kind.BOOLEAN,
            _("In absentia"),
            _("Whether the person is tried in absence."),
            lambda row: row.prosecution.in_absentia,
            "cases.Prosecution.in_absentia",
        ),
        Column(
            "since",
            Kind.DATE,
            _("Since"),
            _("Charged or suspected since."),
            lambda row: date_text(row.prosecution.since),
            "cases.Prosecution.since",
        ),
    ),
    key=("case", "person"),
    links=(CASE_LINK, PERSON_LINK),
)
CHARGES: Final = Table(
    name="charges",
    title=_("Charges"),
    description=_("Articles of law that people are or were charged under."),
    columns=(
        _CASE,
        _PERSON,
        Column(
            "article",
            Kind.TEXT,
            _("Article"),
            _("The identifier of the article; empty where it is not in our table."),
            lambda row: row.charge.article.slug if row.charge.article else None,
            "cases.Charge.article",
        ),
        *in_each_language(
            "reference",
            Kind.TEXT,
            _("Reference"),
            _("Points, part, article, code."),
            lambda row: row.reference,
            source="cases.Charge",
        ),
        *in_each_language(
            "wording",
            Kind.TEXT,
            _("Wording"),
            _("As our source words it."),
            _wording,
            source="cases.Charge.wording",
        ),
        Column(
            "state",
            Kind.CODE,
            _("What became of it"),
            _("Brought, reclassified, dropped, convicted and so on."),
            lambda row: row.state,
            "cases.ChargeEvent.kind",
        ),
    ),
    links=(CASE_LINK, PERSON_LINK),
)
DECISIONS: Final = Table(
    name="decisions",
    title=_("Decisions"),
    description=_("Decisions of courts and investigators, a row for each person whom they concern."),
    columns=(
        Column(
            "case",
            Kind.TEXT,
            _("Case"),
            _("The identifier of the case."),
            lambda row: row.decision.case.slug,
            "cases.Case.slug",
        ),
        Column(
            "person",
            Kind.TEXT,
            _("Person"),
            _("Empty where the decision is about the whole case."),
            lambda row: row.person,
            "cases.DecisionPerson",
        ),
        Column(
            "kind",
            Kind.CODE,
            _("Decision"),
            _("Guilty verdict, acquittal, ruling on compulsory medical measures and so on."),
            lambda row: row.decision.kind,
            "cases.Decision.kind",
        ),
        Column(
            "instance",
            Kind.CODE,
            _("Instance"),
            _("First, appeal, cassation and so on."),
            lambda row: row.decision.instance,
            "cases.Decision.instance",
        ),
        Column(
            "round",
            Kind.INTEGER,
            _("Round"),
            _("2 where an earlier verdict was quashed and the case is tried anew."),
            lambda row: row.decision.round,
            "cases.Decision.round",
        ),
        Column(
            "decided_on",
            Kind.DATE,
            _("Decided on"),
            _("The date of the decision."),
            lambda row: date_text(row.decision.on),
            "cases.Decision.on",
        ),
        Column(
            "court",
            Kind.TEXT,
            _("Court"),
            _("The identifier of the court."),
            lambda row: row.court,
            "cases.Decision.court",
        ),
        Column(
            "penalties",
            Kind.CODES,
            _("Penalties"),
            _("Kinds of penalties."),
            lambda row: row.penalties,
            "cases.Penalty.kind",
        ),
        *in_each_language(
            "outcome",
            Kind.TEXT,
            _("Outcome"),
            _("What it means for the person, in words."),
            lambda row: row.words,
            source="cases.display.decisions",
        ),
    ),
    links=(CASE_LINK, PERSON_LINK, Link("court", "courts", "id")),
)
