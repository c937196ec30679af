"""Officials in words: the office, the part in each prosecution, the sanctions. Nothing of the private person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.choices import OfficialKind, OfficialPart, SanctionList
from cases.display.decisions import court_name, court_url
from cases.models import Case, Official, OfficialRole, Sanction
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.sources import ShownSource, shown_sources
from prisoners.display.words import capital, date_in_sentence, date_words
from prisoners.models import Prisoner


@dataclass(frozen=True)
class ShownPart:
    """What an official did in a case, the same for these people, with its sources."""

    roles: list[OfficialRole]

    @property
    def part(self) -> str:
        """«Судья по делу»; "" for another part, of which the note says what it was."""
        part = OfficialPart(self.roles[0].part)
        return "" if part == OfficialPart.OTHER else capital(str(part.label))

    @cached_property
    def office_then(self) -> ShownText:
        return shown_text(self.roles[0], "office_then")

    @cached_property
    def note(self) -> ShownText:
        return shown_text(self.roles[0], "note")

    @property
    def when(self) -> str:
        on = self.roles[0].on
        return date_words(on) if isinstance(on, PartialDate) else ""

    @property
    def people(self) -> list[Prisoner]:
        return [role.prosecution.prisoner for role in self.roles]

    @property
    def sources(self) -> list[ShownSource]:
        """Where one of the people is shown by initials, only the kinds are told: a title or a link names them."""
        citations = [citation for role in self.roles for citation in role.citations.all()]
        return shown_sources(citations, names_nobody=any(person.initials_only for person in self.people))

    @staticmethod
    def same(role: OfficialRole) -> tuple[str, str, str, str]:
        """Roles with one such key are told together."""
        return role.part, str(role.on or ""), role.office_then, role.note


@dataclass(frozen=True)
class CaseOfOfficial:
    """A case with the parts that an official had in it."""

    case: Case
    parts: list[ShownPart]


@dataclass(frozen=True)
class ShownSanction:
    """A list of sanctions that an official is or was on."""

    sanction: Sanction

    @property
    def whose(self) -> ShownText | str:
        if self.sanction.list == SanctionList.OTHER:
            return shown_text(self.sanction, "list_name")
        return capital(str(SanctionList(self.sanction.list).label))

    @property
    def when(self) -> str:
        """«Введены 4 марта 2022, сняты в июне 2024»; what is not known is said."""
        imposed, lifted = self.sanction.imposed_on, self.sanction.lifted_on
        words = (
            _("imposed %(date)s") % {"date": date_in_sentence(imposed)}
            if isinstance(imposed, PartialDate)
            else _("the day is not known")
        )
        if isinstance(lifted, PartialDate):
            words += ", " + _("lifted %(date)s") % {"date": date_in_sentence(lifted)}
        return words

    @property
    def url(self) -> str:
        return self.sanction.url

    @cached_property
    def note(self) -> ShownText:
        return shown_text(self.sanction, "note")

    @property
    def sources(self) -> list[ShownSource]:
        return shown_sources(self.sanction.citations.all(), names_nobody=False)


@dataclass(frozen=True)
class ShownOfficial:
    """An official who has been confirmed. Uses what the views load; what is not published is not named."""

    official: Official

    @property
    def url(self) -> str:
        return self.official.get_absolute_url()

    @property
    def name_language(self) -> str:
        """The language of the name where it is not the page's, else ""."""
        language = self.official.name.language
        return language if language != current_language() else ""

    @property
    def kind(self) -> str:
        return capital(str(OfficialKind(self.official.kind).label))

    @cached_property
    def office(self) -> ShownText:
        return shown_text(self.official, "office")

    @cached_property
    def court(self) -> ShownText:
        return court_name(self.official.court)

    @property
    def court_url(self) -> str:
        return court_url(self.official.court)

    @cached_property
    def institution(self) -> ShownText:
        place = self.official.facility
        shown = place is not None and place.is_published
        return shown_text(place, "name") if place is not None and shown else ShownText("", current_language())

    @property
    def institution_url(self) -> str:
        place = self.official.facility
        return place.get_absolute_url() if place is not None and self.institution else ""

    @property
    def region(self) -> str:
        return str(self.official.region.shown_name) if self.official.region else ""

    @property
    def region_url(self) -> str:
        return self.official.region.get_absolute_url() if self.official.region else ""

    @cached_property
    def sources(self) -> list[ShownSource]:
        return shown_sources(self.official.citations.all(), names_nobody=False)


def cases_of(roles: Iterable[OfficialRole]) -> list[CaseOfOfficial]:
    """The cases of these roles, each once, in their order; what is the same of several people is told once."""
    cases: dict[int, CaseOfOfficial] = {}
    parts: dict[tuple[int, tuple[str, ...]], ShownPart] = {}
    for role in roles:
        case = role.prosecution.case
        of_case = cases.setdefault(case.pk, CaseOfOfficial(case, []))
        key = (case.pk, ShownPart.same(role))
        if key not in parts:
            parts[key] = ShownPart([])
            of_case.parts.append(parts[key])
        parts[key].roles.append(role)
    return list(cases.values())
