"""What cases say of one person, as the person's own page shows it: several cases apart, then what joins them.

The words for charges, decisions and hearings are those of the cases' own pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cases.belongings import Belongings
from cases.choices import CaseKind, Plea, ProsecutionRole, RelationKind, Stage
from cases.display.charges import ShownCharge, shown_charges
from cases.display.chronology import person_chronology
from cases.display.decisions import (
    ShownDecision,
    ShownOutcome,
    decisions_on,
    standing_outcome,
    superseded_by,
)
from cases.display.documents import ShownDocument, shown_documents
from cases.display.entries import Entry
from cases.display.findings import ShownFinding, shown_findings
from cases.display.hearings import ShownHearing
from cases.display.lengths import length_words
from cases.display.people import person_stage
from cases.models import Case, Prosecution, Relation, Term
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from prisoners.choices import Regime
from prisoners.display.custody import shown_custody
from prisoners.display.people import PersonCard
from prisoners.display.recognition import decision_words
from prisoners.display.sources import ShownSource, shown_sources
from prisoners.display.words import Gendered, capital, date_words
from prisoners.models import Prisoner

MOST_TOGETHER: Final = 24
"""How many people of the same cases a page shows; the case's own page has them all."""

_TOLD_ROLES: Final = frozenset({ProsecutionRole.SUSPECT, ProsecutionRole.EXTRADITION_SOUGHT})
"""Roles that the kind of the case does not tell."""
_ALREADY_SAID: Final = frozenset({Stage.UNKNOWN, Stage.HELD_NO_PROCEEDINGS})

_RELATIVES: Final = {
    RelationKind.SPOUSE: Gendered(
        pgettext_lazy("relative feminine", "wife"),
        pgettext_lazy("relative masculine", "husband"),
        pgettext_lazy("relative", "spouse"),
    ),
    RelationKind.PARENT: Gendered(
        pgettext_lazy("relative feminine", "mother"),
        pgettext_lazy("relative masculine", "father"),
        pgettext_lazy("relative", "parent"),
    ),
    RelationKind.CHILD: Gendered(
        pgettext_lazy("relative feminine", "daughter"),
        pgettext_lazy("relative masculine", "son"),
        pgettext_lazy("relative", "child"),
    ),
    RelationKind.SIBLING: Gendered(
        pgettext_lazy("relative feminine", "sister"),
        pgettext_lazy("relative masculine", "brother"),
        pgettext_lazy("relative", "brother or sister"),
    ),
    RelationKind.GRANDPARENT: Gendered(
        pgettext_lazy("relative feminine", "grandmother"),
        pgettext_lazy("relative masculine", "grandfather"),
        pgettext_lazy("relative", "grandparent"),
    ),
    RelationKind.GRANDCHILD: Gendered(
        pgettext_lazy("relative feminine", "granddaughter"),
        pgettext_lazy("relative masculine", "grandson"),
        pgettext_lazy("relative", "grandchild"),
    ),
}
_PARTNER: Final = pgettext_lazy("relative", "partner")
_RELATIVE: Final = pgettext_lazy("relative", "relative")
_SAME_EVENT: Final = pgettext_lazy("relative", "prosecuted for the same event")
_OTHER_WAY: Final = {
    RelationKind.PARENT: RelationKind.CHILD,
    RelationKind.CHILD: RelationKind.PARENT,
    RelationKind.GRANDPARENT: RelationKind.GRANDCHILD,
    RelationKind.GRANDCHILD: RelationKind.GRANDPARENT,
}
"""What the second person is to the first, where that is another word."""


@dataclass(frozen=True)
class ShownProsecution:
    """One case of a person: what is charged, what was decided, what lies ahead."""

    prosecution: Prosecution
    on: date
    hearings: tuple[ShownHearing, ...] = ()

    @property
    def case(self) -> Case:
        return self.prosecution.case

    @cached_property
    def title(self) -> ShownText:
        return shown_text(self.case, "title")

    @property
    def url(self) -> str:
        return self.case.get_absolute_url()

    @cached_property
    def charges(self) -> list[ShownCharge]:
        """Those that stand first, then what became of the others."""
        return shown_charges(self.prosecution)

    @cached_property
    def decisions(self) -> list[PersonDecision]:
        """Oldest first, by round and instance."""
        replaced = superseded_by([each.decision for each in self.outcomes])
        return [
            PersonDecision(ShownDecision(each.decision), each, each.decision.pk in replaced)
            for each in self.outcomes
        ]

    @cached_property
    def outcomes(self) -> list[ShownOutcome]:
        return decisions_on(self.prosecution)

    @property
    def standing(self) -> ShownOutcome | None:
        """How the prosecution has ended so far."""
        return standing_outcome(self.outcomes)

    @cached_property
    def stage(self) -> Stage:
        return person_stage(self.prosecution, self.on)

    @cached_property
    def about(self) -> list[str]:
        """Kind, stage, role, plea, as far as each is known and not told twice."""
        said = [capital(str(CaseKind(self.case.kind).label))]
        if self.stage not in _ALREADY_SAID:
            said.append(str(self.stage.label))
        if self.prosecution.role in _TOLD_ROLES:
            said.append(str(ProsecutionRole(self.prosecution.role).label))
        if self.prosecution.in_absentia:
            said.append(_("prosecuted in absentia"))
        if self.prosecution.plea != Plea.NOT_KNOWN:
            said.append(str(Plea(self.prosecution.plea).label))
        return list(dict.fromkeys(said))

    @property
    def ahead(self) -> list[ShownHearing]:
        """Hearings to come, soonest first."""
        return [hearing for hearing in self.hearings if hearing.is_ahead]

    @property
    def may_be_attended(self) -> bool:
        """Whether the warning about passports at the door is due."""
        return any(hearing.may_be_attended for hearing in self.ahead)

    @cached_property
    def recognition(self) -> str:
        """Whether a decision on recognition was made in this case; "" where no decision is tied to any."""
        links = {link.recognition_id for link in self.prosecution.recognition_links.all()}
        person = self.prosecution.prisoner
        made = [each for each in person.recognitions.all() if each.pk in links]
        return "; ".join(decision_words(person, each) for each in made)


@dataclass(frozen=True)
class PersonDecision:
    """A decision with what it means for the person."""

    shown: ShownDecision
    outcome: ShownOutcome
    is_replaced: bool = False

    @property
    def when(self) -> str:
        return self.shown.when or _("date unknown")

    @property
    def moment(self) -> str:
        on = self.shown.decision.on
        return on.text if isinstance(on, PartialDate) and not on.qualifier else ""

    @cached_property
    def words(self) -> str:
        """«Приговор: 7 лет 6 месяцев колонии общего режима»; the decision alone where it says all."""
        title, outcome = self.shown.title, self.outcome.words
        if outcome.casefold().startswith(title.casefold()):
            return capital(outcome)
        return f"{title}: {outcome}"

    @property
    def notes(self) -> list[ShownText]:
        return [note for note in (self.outcome.note, self.shown.note) if note]

    @property
    def details(self) -> list[str]:
        """Instance and round, when in force, until when; the court stands apart, with its link."""
        return [part for part in (self.shown.instance, self.shown.in_force, self.shown.until) if part]


@dataclass(frozen=True)
class Relative:
    """Another public person and what they are to this one: «муж»."""

    card: PersonCard
    words: str


@dataclass(frozen=True)
class PersonRecord:
    """What cases say of a person on one day. Uses what `load_record()` loads."""

    person: Prisoner
    on: date
    loaded: Belongings

    @cached_property
    def cases(self) -> list[ShownProsecution]:
        """The person's cases, the newest first: readers ask of it first."""
        return [
            ShownProsecution(prosecution, self.on, tuple(self._hearings(prosecution)))
            for prosecution in reversed(self.loaded.prosecutions)
        ]

    def _hearings(self, prosecution: Prosecution) -> Iterable[ShownHearing]:
        own = (each for each in self.loaded.hearings if each.case_id == prosecution.case_id)
        return (ShownHearing(hearing, self.on) for hearing in own)

    @property
    def has_hearings_ahead(self) -> bool:
        """Whether a hearing is to come in any case: there the page links to the person's calendar."""
        return any(case.ahead for case in self.cases)

    @property
    def is_recognised_by_case(self) -> bool:
        """Whether decisions on recognition are tied to cases: then a case without one says so."""
        return any(case.recognition for case in self.cases)

    @cached_property
    def chronology(self) -> list[Entry]:
        """The course of all cases and of captivity; none where it would only repeat the key facts."""
        if not self.loaded.prosecutions and not self.loaded.findings:
            return []
        loaded = self.loaded
        entries = person_chronology(
            self.person, loaded.prosecutions, loaded.hearings, loaded.events, loaded.findings, on=self.on
        )
        return entries if len(entries) > 1 else []

    @cached_property
    def documents(self) -> list[ShownDocument]:
        return shown_documents(self.loaded.documents)

    @cached_property
    def findings(self) -> list[ShownFinding]:
        return shown_findings(self.loaded.findings)

    @cached_property
    def together(self) -> list[PersonCard]:
        """Other published people of the same cases, by name."""
        numbers = dict.fromkeys(each.prisoner_id for each in self.loaded.others)
        known = [self.loaded.people[number] for number in numbers if number in self.loaded.people]
        known.sort(key=lambda person: person.name.full.casefold())
        return [PersonCard(person, self.on) for person in known[:MOST_TOGETHER]]

    @property
    def has_more_together(self) -> bool:
        """Whether only the pages of the cases have everybody."""
        return len({each.prisoner_id for each in self.loaded.others}) > MOST_TOGETHER

    @cached_property
    def relatives(self) -> list[Relative]:
        """Those whose relation to the person is shown on purpose; nobody is by initials."""
        if self.person.initials_only:
            return []
        return [found for relation in self.loaded.relations if (found := self._relative(relation))]

    def _relative(self, relation: Relation) -> Relative | None:
        is_first = relation.person_id != self.person.pk
        other = self.loaded.people.get(relation.person_id if is_first else relation.other_id)
        if other is None or other.initials_only:
            return None
        kind = RelationKind(relation.kind)
        words = relative_words(kind if is_first else _OTHER_WAY.get(kind, kind), other.gender)
        return Relative(PersonCard(other, self.on), words)

    @cached_property
    def sources(self) -> list[ShownSource]:
        """The sources of charges, decisions and measures; of a person shown by initials only their kinds."""
        return shown_sources(self.loaded.citations, names_nobody=self.person.initials_only)

    @cached_property
    def sentence(self) -> list[ShownText]:
        """What the person is to serve by the decisions that stand, a line each; none where they do not tell.

        A term over all cases goes before the decisions that it comes from.
        """
        if words := next((term_words(term) for term in self.loaded.terms), ""):
            return [ShownText(words, current_language())]
        return [_in_a_line(each) for each in self._standing if _has_penalties(each)]

    @cached_property
    def ruling(self) -> list[ShownText]:
        """Decisions that stand and impose no penalty: acquittal, compulsory treatment, a verdict quashed."""
        return [_in_a_line(each) for each in self._standing if not _has_penalties(each)]

    @property
    def _standing(self) -> list[ShownOutcome]:
        """How each case has ended so far. What was decided before the present custody is of an earlier one."""
        found = [case.standing for case in self.cases if case.case.kind != CaseKind.ADMINISTRATIVE]
        return [each for each in found if each is not None and self._is_of_the_present(each)]

    def _is_of_the_present(self, outcome: ShownOutcome) -> bool:
        since, on = shown_custody(self.person).since, outcome.decision.on
        if since is None or not isinstance(on, PartialDate) or _is_in_absentia(outcome):
            return True
        return not on.certainly_before(since)


def relative_words(kind: RelationKind, gender: str) -> str:
    """What somebody of a gender is to the person of the page: «муж», «сестра»."""
    if kind in _RELATIVES:
        return _RELATIVES[kind].of(gender)
    plain = {RelationKind.PARTNER: _PARTNER, RelationKind.SAME_EVENT: _SAME_EVENT}
    return str(plain.get(kind, _RELATIVE))


def term_words(term: Term) -> str:
    """«19 лет, строгий режим, по совокупности приговоров»: what is to be served over all cases."""
    length = _("for life") if term.is_life else length_words(term.years, term.months, term.days)
    regime = "" if term.regime in ("", Regime.UNKNOWN) else str(Regime(term.regime).label)
    return ", ".join(part for part in (length, regime) if part)


def _has_penalties(outcome: ShownOutcome) -> bool:
    return outcome.link is not None and bool(outcome.link.penalties.all())


def _is_in_absentia(outcome: ShownOutcome) -> bool:
    return outcome.link is not None and outcome.link.in_absentia


def _in_a_line(outcome: ShownOutcome) -> ShownText:
    on = outcome.decision.on
    dated = [date_words(on)] if isinstance(on, PartialDate) else []
    return ShownText("; ".join([outcome.words, *dated]), current_language())


def shown_charges_of(prosecutions: Iterable[Prosecution]) -> list[ShownCharge]:
    """The charges that stand in all cases of a person, each reference once, the newest case first.

    Administrative cases count only where there are no others. Uses what `load_charges()` loads.
    """
    known = list(prosecutions)
    weighty = [each for each in known if each.case.kind != CaseKind.ADMINISTRATIVE] or known
    every = [
        ShownCharge(charge, prosecution.prisoner.gender)
        for prosecution in reversed(weighty)
        for charge in prosecution.charges.all()
    ]
    return list({str(charge.words): charge for charge in every if not charge.is_gone}.values())
