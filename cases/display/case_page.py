"""A case as its own page shows it. Uses what `Case.objects.for_detail()` loads, and asks nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.choices import CaseKind, OfficialPart
from cases.display.charges import ShownCharge
from cases.display.chronology import case_chronology
from cases.display.documents import ShownDocument, shown_documents
from cases.display.entries import Entry
from cases.display.findings import ShownFinding, shown_findings
from cases.display.hearings import ShownHearing
from cases.display.links import LinkedCase, linked_cases
from cases.display.people import PersonInCase, people_of, stages_line
from cases.display.stages import Step, steps_of
from cases.models import Case, CaseCitation, Official, OfficialRole
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.people import PersonCard
from prisoners.display.sources import ShownSource, shown_sources
from prisoners.display.words import capital, date_words

HEARINGS_SHOWN: Final = 10
"""Past hearings that stand on the page at once; the earlier ones are folded away."""


class CaseFact(NamedTuple):
    """A line of the table of facts."""

    label: str
    value: ShownText
    url: str = ""


@dataclass
class ChargeInCase:
    """A charge of the case with everybody whom it is or was brought against."""

    charge: ShownCharge
    people: list[tuple[PersonCard, ShownCharge]]

    @property
    def wordings(self) -> list[ShownText]:
        """What the sources say of it, each wording once."""
        said = [shown.wording for _card, shown in self.people if shown.wording]
        heading = "" if self.charge.reference else str(self.charge.wording)
        return [text for text in dict.fromkeys(said) if str(text) != heading]


@dataclass
class OfficialInCase:
    """An official's part in the case, and whose prosecution it was in, where not everybody's."""

    official: Official
    part: str
    office: ShownText
    when: str
    people: list[PersonCard]


@dataclass(frozen=True)
class CasePage:
    """One case on one day. `citations` are the sources of what is shown."""

    case: Case
    on: date
    citations: tuple[CaseCitation, ...] = ()

    @property
    def kind(self) -> str:
        return capital(str(CaseKind(self.case.kind).label))

    @property
    def has_proceedings(self) -> bool:
        """Whether there is anything to tell of law: a case, or at least a charge or a decision."""
        is_a_case = self.case.kind != CaseKind.NO_PROCEEDINGS
        return bool(is_a_case or self.charges or self.case.decisions.all())

    @cached_property
    def people(self) -> list[PersonInCase]:
        return people_of(self.case, self.on)

    @property
    def is_of_several(self) -> bool:
        """Whether readers know of several people in it; only then are lines told apart by name."""
        return len(self.people) > 1

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.case, self.people, self.on)

    @cached_property
    def facts(self) -> list[CaseFact]:
        """What is known of the case as such, each line only where it says something."""
        case, language = self.case, current_language()
        opened = date_words(case.opened) if isinstance(case.opened, PartialDate) else ""
        facts = [
            CaseFact(_("Kind"), ShownText(self.kind, language)),
            CaseFact(pgettext("case", "Opened"), ShownText(opened, language)),
            CaseFact(_("Investigated by"), shown_text(case, "investigating_body")),
            CaseFact(_("Number of the case"), ShownText(case.number, language)),
        ]
        if case.region:
            region = ShownText(str(case.region.shown_name), language)
            facts.append(CaseFact(_("Region"), region, case.region.get_absolute_url()))
        if case.theme:
            page = reverse("theme-detail", kwargs={"theme": case.theme.code})
            facts.append(CaseFact(_("Theme"), shown_text(case.theme, "label"), page))
        return [fact for fact in facts if fact.value]

    @cached_property
    def charges(self) -> list[ChargeInCase]:
        """Each charge once, with everybody whom it is brought against."""
        found: dict[tuple[str, str], ChargeInCase] = {}
        for person in self.people:
            for charge in person.charges:
                key = (str(charge.words), str(charge.title))
                entry = found.setdefault(key, ChargeInCase(charge, []))
                entry.people.append((person.card, charge))
        return list(found.values())

    @cached_property
    def _hearings(self) -> list[ShownHearing]:
        return [ShownHearing(hearing, self.on) for hearing in self.case.hearings.all()]

    @property
    def hearings_ahead(self) -> list[ShownHearing]:
        """Planned ones, soonest first."""
        return [hearing for hearing in self._hearings if hearing.is_ahead]

    @cached_property
    def hearings_past(self) -> list[ShownHearing]:
        """All others, the last one first."""
        return [hearing for hearing in reversed(self._hearings) if not hearing.is_ahead]

    @property
    def hearings_recent(self) -> list[ShownHearing]:
        return self.hearings_past[:HEARINGS_SHOWN]

    @property
    def hearings_earlier(self) -> list[ShownHearing]:
        return self.hearings_past[HEARINGS_SHOWN:]

    @property
    def has_hearings(self) -> bool:
        return bool(self._hearings)

    @property
    def may_be_attended(self) -> bool:
        """Whether the warning about passports at the door is due."""
        return any(hearing.may_be_attended for hearing in self._hearings)

    @cached_property
    def chronology(self) -> list[Entry]:
        return case_chronology(self.case, self.on)

    @cached_property
    def documents(self) -> list[ShownDocument]:
        return shown_documents(self.case.documents.all())

    @cached_property
    def findings(self) -> list[ShownFinding]:
        return shown_findings(self.case.findings.all())

    @cached_property
    def officials(self) -> list[OfficialInCase]:
        """Who acted in office, each part once. Uses what is confirmed by two people, and nothing else."""
        found: dict[tuple[int, str], OfficialInCase] = {}
        for person in self.people:
            for role in person.prosecution.official_roles.all():
                entry = found.setdefault((role.official_id, role.part), _official(role))
                entry.people.append(person.card)
        for entry in found.values():
            if len(entry.people) == len(self.people):
                entry.people = []
        order = list(OfficialPart.values)
        return [found[key] for key in sorted(found, key=lambda key: (order.index(key[1]), key[0]))]

    @cached_property
    def linked(self) -> list[LinkedCase]:
        """Cases that this one hangs together with."""
        return list(linked_cases(self.case))

    @cached_property
    def sources(self) -> list[ShownSource]:
        """Public sources. With somebody shown by initials in the case only their kinds: titles and links name people."""
        by_initials = any(person.card.person.initials_only for person in self.people)
        return shown_sources(self.citations, names_nobody=by_initials)

    @property
    def checked_on(self) -> str:
        return date_words(self.case.facts_checked_on) if self.case.facts_checked_on else ""

    @property
    def description(self) -> str:
        """For search engines: the short description, or what kind of case it is."""
        return str(shown_text(self.case, "summary")) or f"{self.kind}."

    @property
    def has_text(self) -> bool:
        return bool(shown_text(self.case, "text"))


def _official(role: OfficialRole) -> OfficialInCase:
    office = shown_text(role, "office_then") or shown_text(role.official, "office")
    when = date_words(role.on) if isinstance(role.on, PartialDate) else ""
    part = "" if role.part == OfficialPart.OTHER else str(OfficialPart(role.part).label)
    return OfficialInCase(role.official, part, office, when, [])


@dataclass(frozen=True)
class CaseRow:
    """A case in a list. Uses what `Case.objects.for_list()` loads."""

    case: Case
    on: date

    NAMED: Final = 3

    @property
    def kind(self) -> str:
        return capital(str(CaseKind(self.case.kind).label))

    @cached_property
    def cards(self) -> list[PersonCard]:
        return [PersonCard(prosecution.prisoner, self.on) for prosecution in self.case.prosecutions.all()]

    @property
    def named(self) -> list[PersonCard]:
        """The first of its published people."""
        return self.cards[: self.NAMED] if len(self.cards) != self.NAMED + 1 else self.cards

    @property
    def others(self) -> str:
        """«и ещё 4»: how many more published people there are."""
        more = len(self.cards) - len(self.named)
        return _("and %(number)s more") % {"number": more} if more else ""

    @cached_property
    def stage(self) -> str:
        return capital(stages_line(self.case.prosecutions.all(), self.on))

    @cached_property
    def hearing(self) -> ShownHearing | None:
        """The next hearing."""
        ahead = self.case.hearings_ahead  # type: ignore[attr-defined]  # for_list() loads it
        return ShownHearing(ahead[0], self.on) if ahead else None

    @property
    def updated(self) -> str:
        return date_words(self.case.updated_on, "numeric") if self.case.updated_on else ""


def case_rows(cases: Iterable[Case], on: date) -> list[CaseRow]:
    """Cases as a list shows them."""
    return [CaseRow(case, on) for case in cases]
