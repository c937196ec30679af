"""A person as a card, a row of a table and a page: what templates print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text, text_by_script
from prisoners.choices import LibertyStatus
from prisoners.display.custody import shown_custody
from prisoners.display.facts import NOTHING_TOLD, Fact, Told, key_facts
from prisoners.display.liberty import StatusMark, liberty_mark, liberty_of
from prisoners.display.places import ShownStay, shown_stays
from prisoners.display.portrait import Portrait, portrait_of
from prisoners.display.recognition import recognition_mark
from prisoners.display.sources import ShownSource, sources_of
from prisoners.display.term_line import TermLine, term_line
from prisoners.display.words import date_words
from prisoners.letters import Writing, letter_address
from prisoners.models import Correction, NameVariant, Prisoner
from prisoners.models.person_details import VariantKind
from prisoners.names import PersonName

_LANGUAGE_OF_VARIANT = {VariantKind.UKRAINIAN: "uk", VariantKind.CRIMEAN_TATAR: "crh"}
_EXPLAINED = frozenset({VariantKind.FORMER, VariantKind.PSEUDONYM})
_BEFORE_LETTERS = ("case", "course")
"""Sections that cases fill, behind what readers can do."""


@dataclass(frozen=True)
class OtherName:
    """Another name or spelling: its language where that is known, what it is where that matters."""

    text: str
    language: str = ""
    label: str = ""


@dataclass(frozen=True)
class PersonCard:
    """A person on one day, as a list shows them."""

    person: Prisoner
    on: date
    told: Told = NOTHING_TOLD

    @property
    def url(self) -> str:
        return self.person.get_absolute_url()

    @cached_property
    def name(self) -> PersonName:
        return self.person.name

    @property
    def name_language(self) -> str:
        """The language of the name where it is not the page's, else ""."""
        return self.name.language if self.name.language != current_language() else ""

    @cached_property
    def liberty(self) -> StatusMark:
        return liberty_mark(self.person)

    @cached_property
    def recognition(self) -> StatusMark:
        return recognition_mark(self.person)

    @cached_property
    def term(self) -> TermLine:
        return term_line(self.person, self.on)

    @cached_property
    def portrait(self) -> Portrait | None:
        return portrait_of(self.person)

    @cached_property
    def summary(self) -> ShownText:
        return shown_text(self.person, "summary")

    @cached_property
    def recognised(self) -> StatusMark | None:
        """The recognition, where there is one: a card is silent on what has not been decided."""
        return self.recognition if self.recognition.shape == "yes" else None

    @property
    def term_note(self) -> str:
        """How the deprivation of liberty ended, or will; "" where nothing can be said."""
        return self.term.ends

    @cached_property
    def year_of_birth(self) -> str:
        """«1987 г. р.», "Born 1987"; "" where unknown."""
        born = self.person.born
        if born is None:
            return ""
        year = born.to_year()
        if year.qualifier:
            return pgettext("year not exact", "Born %(year)s") % {"year": date_words(year)}
        # Translators: «1987 г. р.»
        return _("Born %(year)s") % {"year": year.year}

    @property
    def birth_year(self) -> str:
        """The year alone, for a column that says what it is; "" where unknown."""
        return date_words(self.person.born.to_year()) if self.person.born else ""

    @cached_property
    def region(self) -> str:
        return str(self.person.region.shown_name) if self.person.region else ""

    @property
    def since(self) -> PartialDate | None:
        return shown_custody(self.person).since

    @property
    def since_words(self) -> str:
        return date_words(self.since, "numeric")

    @property
    def updated(self) -> str:
        """The day of the last event, in words; "" where it is unknown or the person wants quiet."""
        return date_words(self._updated_on) if self._updated_on else ""

    @property
    def updated_short(self) -> str:
        return date_words(self._updated_on, "numeric") if self._updated_on else ""

    @property
    def _updated_on(self) -> date | None:
        return None if self.person.is_quiet(self.on) else self.person.updated_on

    @cached_property
    def charges(self) -> ShownText:
        """The beginning of the charges, as long as a card has room for."""
        full = self.told.charges_line or shown_text(self.person, "charges")
        return ShownText(Truncator(full.text).chars(90), full.language)


@dataclass(frozen=True)
class PersonPage(PersonCard):
    """A person on one day, as their own page shows them."""

    @cached_property
    def writing(self) -> Writing:
        return letter_address(self.person, self.on)

    @property
    def speaks_of_writing(self) -> bool:
        """Whether the page has a section on writing: nobody asks for it of the dead and of the free."""
        return liberty_of(self.person) not in (LibertyStatus.DIED, LibertyStatus.AT_LIBERTY)

    @cached_property
    def facts(self) -> list[Fact]:
        return key_facts(self.person, self.on, self.writing, self.told)

    @cached_property
    def stays(self) -> list[ShownStay]:
        return shown_stays(self.person)

    @cached_property
    def sources(self) -> list[ShownSource]:
        return list(dict.fromkeys([*sources_of(self.person), *self.told.sources]))

    @property
    def corrections(self) -> list[Correction]:
        """Mistakes that were put right, newest first."""
        return list(self.person.corrections.all())

    @cached_property
    def other_names(self) -> list[OtherName]:
        """The name in the site's other language, then the spellings that readers may see."""
        if self.person.initials_only:
            return []
        other = self.person.other_name
        names = [OtherName(other.full, other.language)] if other else []
        return names + [_variant(variant) for variant in self.person.name_variants.all()]

    @property
    def sentence(self) -> ShownText:
        """What the record tells, where it tells one sentence; else the line that staff wrote."""
        if self.told.sentence or self.told.ruling:
            is_one = len(self.told.sentence) == 1 and not self.told.ruling
            return self.told.sentence[0] if is_one else ShownText("", current_language())
        return shown_text(self.person, "sentence")

    @property
    def has_happened(self) -> bool:
        return bool(shown_text(self.person, "what_happened"))

    @property
    def has_reasons(self) -> bool:
        return bool(shown_text(self.person, "why_political"))

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """The sections that the page has, as (anchor, title); none where there are too few to list."""
        of_cases = self.told.sections
        sections = [
            (self.has_happened, "happened", _("What happened")),
            *((anchor in of_cases, anchor, of_cases.get(anchor, "")) for anchor in _BEFORE_LETTERS),
            (bool(self.stays), "places", _("Where held")),
            (self.has_reasons, "why", _("Why we consider the prosecution political")),
            (self.speaks_of_writing, "help", _("Writing a letter")),
            *((True, anchor, title) for anchor, title in of_cases.items() if anchor not in _BEFORE_LETTERS),
            (bool(self.sources), "sources", _("Sources")),
        ]
        shown = [(anchor, title) for is_there, anchor, title in sections if is_there]
        return shown if len(shown) > 2 else []

    @property
    def description(self) -> str:
        """For search engines: the short description, or the statuses where there is none."""
        return str(self.summary) or f"{self.liberty.words}. {self.recognition.words}."

    @property
    def checked_on(self) -> str:
        """When facts were last checked, in words; "" where nobody has noted it."""
        return date_words(self.person.facts_checked_on) if self.person.facts_checked_on else ""

    @property
    def place_checked_on(self) -> str:
        return date_words(self.person.place_checked_on) if self.person.place_checked_on else ""


def _variant(variant: NameVariant) -> OtherName:
    label = str(VariantKind(variant.kind).label) if variant.kind in _EXPLAINED else ""
    text = text_by_script(variant.text)
    known = _LANGUAGE_OF_VARIANT.get(VariantKind(variant.kind))
    return OtherName(variant.text, known or (text.language if text.is_foreign else ""), label)
