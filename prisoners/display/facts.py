"""The key facts of a person, as rows of a label and values. What is unknown says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext, pgettext_lazy

from memorial.base.gender import Gender
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText, shown_text, text_by_script
from prisoners.choices import CustodyDateKind, LegalCode, LibertyStatus, Register
from prisoners.display.custody import shown_custody
from prisoners.display.ending import death_words, died_label, end_details, end_label
from prisoners.display.liberty import AT_LARGE, DEPRIVED, liberty_of
from prisoners.display.places import current_stays, stay_place
from prisoners.display.recognition import decision_words
from prisoners.display.sources import ShownSource
from prisoners.display.words import Gendered, date_in_sentence, date_words
from prisoners.letters import Writing
from prisoners.models import Citizenship, Custody, Prisoner, Recognition, Region, RegisterEntry
from prisoners.models.vocabulary import Theme, VocabularyEntry

_BORN = Gendered(
    pgettext_lazy("feminine", "Born"),
    pgettext_lazy("masculine", "Born"),
    pgettext_lazy("gender not known", "Born"),
)
_LOST_LIBERTY = Gendered(
    pgettext_lazy("feminine", "Deprived of liberty"),
    pgettext_lazy("masculine", "Deprived of liberty"),
    pgettext_lazy("gender not known", "Deprived of liberty"),
)


@dataclass(frozen=True)
class Value:
    """One value of a fact: a text that knows its language, perhaps a link, perhaps a remark in brackets."""

    text: ShownText | str
    url: str = ""
    is_external: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and its values, each on a line of its own if they are long.

    Made only where there is something to say, «неизвестно» included.
    """

    label: str
    values: list[Value] = field(default_factory=list)
    on_lines: bool = False


@dataclass(frozen=True)
class Told:
    """What the legal record tells, and then says instead of the person's own lines (docs/decisions/0011).

    Handed down by views: the people know nothing of cases.
    """

    charges: tuple[Value, ...] = ()
    charges_line: ShownText | None = None
    sentence: tuple[ShownText, ...] = ()
    ruling: tuple[ShownText, ...] = ()
    """Decisions that stand and are no sentence: an acquittal, compulsory treatment, a verdict quashed."""
    cases: tuple[Value, ...] = ()
    regions: tuple[Value, ...] = ()
    """Of the cases: said where the person has none of their own."""
    no_proceedings: bool = False
    """Whether none of the cases is one in law: somebody is held, and nobody is charged."""
    sources: tuple[ShownSource, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    """Sections of the page that cases fill: anchors with titles."""


NOTHING_TOLD = Told()


def key_facts(person: Prisoner, on: date, writing: Writing, told: Told = NOTHING_TOLD) -> list[Fact]:
    """The facts of a person in the order in which every page has them."""
    return [fact for fact in _all(person, on, writing, told) if fact.values]


def exact_birth_date_shown(person: Prisoner, writing: Writing) -> bool:
    """Exact birth dates are public only while the person can be written to; otherwise the year.

    Nobody who may be under eighteen can be, nor the dead, nor who is at liberty.
    """
    return writing.is_possible and not person.initials_only


def shown_birth(person: Prisoner, writing: Writing) -> PartialDate | None:
    """The birth date, as exactly as readers may know it."""
    born: PartialDate | None = person.born
    return born if born is None or exact_birth_date_shown(person, writing) else born.to_year()


def age_on(born: PartialDate | None, on: date) -> int | None:
    """Full years; None unless the birth date is known to the day."""
    if born is None or born.day is None or born.month is None or born.qualifier:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _all(person: Prisoner, on: date, writing: Writing, told: Told) -> Iterator[Fact]:
    unknown = [Value(_("not known"))]
    yield Fact(_BORN.of(person.gender), [Value(_birth(person, on, writing))])
    yield Fact(_("Citizenship"), [_citizenship(each) for each in person.citizenships.all()] or unknown)
    yield Fact(_("Profession"), _labels(person, [each.profession for each in person.profession_links.all()]))
    regions = [region_value(person.region)] if person.region else list(told.regions)
    yield Fact(_("Region of the case"), regions or unknown)
    yield Fact(_LOST_LIBERTY.of(person.gender), _beginnings(person), on_lines=True)
    yield Fact(_("Held at"), _held_at(person, on))
    yield from _endings(person)
    yield Fact(_("Case"), list(told.cases), on_lines=True)
    yield Fact(_("Charges"), list(told.charges) or _charges(person, told))
    yield Fact(_("Sentence"), _told_sentence(person, told), on_lines=True)
    yield Fact(_("Court decision"), [Value(each) for each in told.ruling], on_lines=True)
    yield Fact(_("Recognition"), _decisions(person), on_lines=True)
    yield Fact(_("State registers"), [_register(each) for each in person.register_entries.all()])
    yield Fact(_("Lists"), _labels(person, [each.prisoner_list for each in person.listings.all()]))
    yield Fact(_("Themes"), [_theme(each.theme) for each in person.theme_links.all()])
    yield Fact(_("Community"), _labels(person, [each.community for each in person.community_links.all()]))
    yield Fact(_("In other databases"), _identifiers(person))


def _birth(person: Prisoner, on: date, writing: Writing) -> str:
    born = shown_birth(person, writing)
    words = date_words(born)
    age = age_on(born, on)
    if age is None or liberty_of(person) == LibertyStatus.DIED:
        return words
    return _("%(date)s, aged %(age)s") % {"date": words, "age": _years(age)}


def region_value(region: Region) -> Value:
    """A region by its name, with its page."""
    return Value(str(region.shown_name), region.get_absolute_url())


def _years(age: int) -> str:
    # Translators: the age of a person: «39 лет»; in English the bare number
    return npgettext("age", "%(count)s", "%(count)s", age) % {"count": age}


def _citizenship(citizenship: Citizenship) -> Value:
    country: Any = citizenship.country  # django-countries replaces the code by an object
    name = str(country.name)
    if citizenship.manner == Citizenship.Manner.ORDINARY:
        return Value(name)
    return Value(f"{name} ({citizenship.get_manner_display()})")


def _labels(person: Prisoner, entries: list[VocabularyEntry]) -> list[Value]:
    language = current_language()
    return [Value(entry.label_for(Gender(person.gender), language)) for entry in entries]


def _theme(theme: Theme) -> Value:
    """A theme with its page: everybody who is accused of the same."""
    url = reverse("theme-detail", kwargs={"theme": theme.code})
    return Value(shown_text(theme, "label"), url)


def _beginnings(person: Prisoner) -> list[Value]:
    """The first of the three dates, and the others where they differ from it."""
    custody = shown_custody(person).custody
    if custody is None:
        return [Value(_("since when is not known"))] if liberty_of(person) in DEPRIVED else []
    dates = [
        (custody.seized_on, CustodyDateKind.SEIZED),
        (custody.detained_on, CustodyDateKind.FORMALLY_DETAINED),
        (custody.remanded_on, CustodyDateKind.REMANDED),
    ]
    known = [(value, kind) for value, kind in dates if value is not None]
    if not known:
        return [Value(_("since when is not known"))]
    first = known[0][0]
    others = [(value, kind) for value, kind in known[1:] if value != first]
    if not others:
        return [Value(date_words(first))]
    return [Value(f"{date_words(value)} ({kind.label})") for value, kind in [known[0], *others]]


def _held_at(person: Prisoner, on: date) -> list[Value]:
    if liberty_of(person) in AT_LARGE:
        return []
    places = [stay_place(person, stay) for stay in current_stays(person, on)]
    return [Value(place.words, place.url, remark=place.remark) for place in places] or [Value(_("not known"))]


def _endings(person: Prisoner) -> Iterator[Fact]:
    end = shown_custody(person).end
    if end is not None:
        when = date_in_sentence(end.on) if end.on else _("not known when")
        yield Fact(end_label(person, end), [Value(each) for each in [when, *end_details(end)]])
    death = getattr(person, "death", None)
    if death is None:
        return
    told: list[ShownText | str] = [
        *death_words(death),
        shown_text(death, "place"),
        shown_text(death, "cause"),
    ]
    values = [Value(each) for each in told if each]
    yield Fact(died_label(person), values or [Value(_("not known when"))])


def _charges(person: Prisoner, told: Told) -> list[Value]:
    charges = shown_text(person, "charges")
    if not charges and told.no_proceedings:
        return [Value(pgettext("charges", "there is no criminal case"))]
    if not charges:
        return (
            [Value(pgettext("charges", "not known"))]
            if liberty_of(person) != LibertyStatus.HELD_WITHOUT_CASE
            else []
        )
    named = shown_text(person, "charges_code_name")
    if person.charges_code == LegalCode.OTHER:
        return [Value(charges), Value(named)] if named else [Value(charges)]
    code = str(LegalCode(person.charges_code).label) if person.charges_code else ""
    # A source often names the code itself: «ст. 276 УК РФ».
    return [Value(charges), Value(code)] if code and code not in charges.text else [Value(charges)]


def _told_sentence(person: Prisoner, told: Told) -> list[Value]:
    if told.sentence or told.ruling:
        return [Value(each) for each in told.sentence]
    return _sentence(person)


def _sentence(person: Prisoner) -> list[Value]:
    if sentence := shown_text(person, "sentence"):
        return [Value(sentence)]
    if liberty_of(person) == LibertyStatus.PRETRIAL_DETENTION:
        return [Value(_("there is no verdict"))]
    custody = shown_custody(person).custody
    if custody is not None and custody.term in (Custody.TermKind.FIXED, Custody.TermKind.LIFE):
        return [Value(_("not known"))]
    return []


def _decisions(person: Prisoner) -> list[Value]:
    return [value for decision in person.recognitions.all() for value in _decision(person, decision)]


def _decision(person: Prisoner, decision: Recognition) -> Iterator[Value]:
    yield Value(decision_words(person, decision))
    statement = decision.statement
    if statement is not None and statement.url and not person.initials_only:
        yield Value(shown_text(statement, "title"), statement.url, is_external=True)


def _identifiers(person: Prisoner) -> list[Value]:
    """Another database would tell the name that initials withhold."""
    if person.initials_only:
        return []
    return [Value(text_by_script(str(each)), each.url, is_external=True) for each in person.identifiers.all()]


def _register(entry: RegisterEntry) -> Value:
    words = str(Register(entry.register).label)
    dates = []
    if entry.entered_on:
        dates.append(pgettext("register", "since %(date)s") % {"date": date_words(entry.entered_on)})
    if entry.removed_on:
        dates.append(pgettext("register", "removed %(date)s") % {"date": date_words(entry.removed_on)})
    return Value(f"{words} ({', '.join(dates)})" if dates else words)
