"""Everything a column may be: the list that editors see, and where each value goes.

Not here, on purpose (domain, rule 17): recognitions, releases, deaths, liberty, health,
communities. Those are decisions or need consent, and staff enter them.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_noop

from memorial.base.choices import SourceKind
from memorial.base.gender import Gender
from memorial.base.localized import LANGUAGES
from prisoners.choices import LegalCode, Regime, StayReason
from prisoners.models import Citation, Custody, Prisoner


class Kind(Enum):
    """How the text of a cell is read."""

    TEXT = gettext_noop("one line of text")
    LONG_TEXT = gettext_noop("text")
    RICH_TEXT = gettext_noop("text in paragraphs")
    WHOLE_NAME = gettext_noop("a whole name, to be split")
    DATE = gettext_noop("date")
    PAST_DATE = gettext_noop("date, not in the future")
    CHOICE = gettext_noop("one of a few words")
    FLAG = gettext_noop("yes or no")
    REGION = gettext_noop("region, by name or ISO code")
    PLACE = gettext_noop("institution, by name")
    WORDS = gettext_noop("words of a vocabulary, separated by semicolons")
    COUNTRIES = gettext_noop("countries, separated by semicolons")
    NAMES = gettext_noop("names, separated by semicolons")
    LINK = gettext_noop("link")
    NOTE = gettext_noop("note for staff")
    KEY = gettext_noop("key of the row")
    ID = gettext_noop("number of a record of ours")
    AS_EXPORTED = gettext_noop("what stood here when the table was taken out")
    PHOTO = gettext_noop("file name in the archive of photos")
    DAY = gettext_noop("whole date: day, month and year")
    ZONE = gettext_noop("time zone, as Europe/Moscow")
    COURT = gettext_noop("court, by name")
    THEME = gettext_noop("theme, by code or word")
    CHARGES = gettext_noop("charges, with their code")
    PENALTIES = gettext_noop("penalties, as one says them")


class Part(Enum):
    """Which record a field belongs to. Those of courts, articles and cases are read by `memorial.lists`."""

    PERSON = gettext_noop("person")
    FACILITY = gettext_noop("facility")
    CUSTODY = gettext_noop("custody")
    STAY = gettext_noop("stay")
    LINKS = gettext_noop("links")
    SOURCE = gettext_noop("source")
    ROW = gettext_noop("row")
    COURT = gettext_noop("court")
    ARTICLE = gettext_noop("article")
    EDITION = gettext_noop("edition of the article")
    CASE = gettext_noop("case")
    PROSECUTION = gettext_noop("prosecution of this person")
    CHARGES = gettext_noop("charges")
    RESTRAINT = gettext_noop("measure of restraint")
    DECISION = gettext_noop("decision of the first instance")
    APPEAL = gettext_noop("decision on appeal")


@dataclass(frozen=True)
class Field:
    """One field of the importer: its name in files, its kind, and the attribute that it fills."""

    name: str
    part: Part
    kind: Kind
    attribute: str = ""
    choices: type[models.TextChoices] | None = None
    longest: int = 0

    @property
    def is_text(self) -> bool:
        """Whether its words may name a person: never written for people shown by initials."""
        return self.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT)

    @property
    def ties(self) -> bool:
        """Whether it says which record a row is, and nothing of the record."""
        return self.kind in (Kind.KEY, Kind.ID, Kind.AS_EXPORTED)


ROW_FIELDS = (
    Field("id", Part.ROW, Kind.ID),
    Field("as_exported", Part.ROW, Kind.AS_EXPORTED),
    Field("key", Part.ROW, Kind.KEY),
    Field("note", Part.ROW, Kind.NOTE),
)


NAME_PARTS = ("surname", "given_names", "patronymic")
_PERSON_TEXTS = {
    **dict.fromkeys((*NAME_PARTS, "described_as", "summary", "sentence", "charges_code_name"), Kind.TEXT),
    "charges": Kind.LONG_TEXT,
    "what_happened": Kind.RICH_TEXT,
    "why_political": Kind.RICH_TEXT,
}
_DATES = {"seized_on": Kind.PAST_DATE, "detained_on": Kind.PAST_DATE, "remanded_on": Kind.PAST_DATE}
_STAY: dict[str, tuple[Kind, str, type[models.TextChoices] | None]] = {
    "facility": (Kind.PLACE, "facility", None),
    "facility_ru": (Kind.PLACE, "facility", None),
    "facility_en": (Kind.PLACE, "facility", None),
    "stay_region": (Kind.REGION, "region", None),
    "stay_reason": (Kind.CHOICE, "reason", StayReason),
    "stay_regime": (Kind.CHOICE, "regime", Regime),
    "stay_from": (Kind.PAST_DATE, "began", None),
    "stay_until": (Kind.PAST_DATE, "ended", None),
    "stay_ongoing": (Kind.FLAG, "ongoing", None),
}


def longest(model: type[models.Model], name: str) -> int:
    """How many characters fit into a column; 0 where it has no limit."""
    return int(getattr(model._meta.get_field(name), "max_length", None) or 0)


SOURCE_FIELDS = (
    Field("source_kind", Part.SOURCE, Kind.CHOICE, "kind", SourceKind),
    Field("source_url", Part.SOURCE, Kind.LINK, "url", longest=1000),
    Field("source_title", Part.SOURCE, Kind.TEXT, "title", longest=longest(Citation, "title")),
    Field("source_publisher", Part.SOURCE, Kind.TEXT, "publisher", longest=longest(Citation, "publisher")),
    Field("source_date", Part.SOURCE, Kind.PAST_DATE, "published_on"),
)


def _catalogue() -> list[Field]:
    person, custody = Part.PERSON, Part.CUSTODY
    found = [*ROW_FIELDS, Field("photo", Part.ROW, Kind.PHOTO)]
    for code in LANGUAGES:
        found.append(Field(f"name_{code}", person, Kind.WHOLE_NAME))
        for base, kind in _PERSON_TEXTS.items():
            name = f"{base}_{code}"
            found.append(Field(name, person, kind, name, longest=longest(Prisoner, name)))
    found += [
        Field("gender", person, Kind.CHOICE, "gender", Gender),
        Field("born", person, Kind.PAST_DATE, "born"),
        Field("region", person, Kind.REGION, "region"),
        Field("charges_code", person, Kind.CHOICE, "charges_code", LegalCode),
        Field("letters_from_abroad_harmful", person, Kind.FLAG, "letters_from_abroad_harmful"),
    ]
    found += [Field(name, custody, kind, name) for name, kind in _DATES.items()]
    found += [
        Field("term", custody, Kind.CHOICE, "term", Custody.TermKind),
        Field("expected_end", custody, Kind.DATE, "expected_end"),
    ]
    found += [
        Field(name, Part.STAY, kind, attribute, choices) for name, (kind, attribute, choices) in _STAY.items()
    ]
    found += [
        *SOURCE_FIELDS,
        Field("themes", Part.LINKS, Kind.WORDS, "themes"),
        Field("professions", Part.LINKS, Kind.WORDS, "professions"),
        Field("lists", Part.LINKS, Kind.WORDS, "lists"),
        Field("citizenships", Part.LINKS, Kind.COUNTRIES, "citizenships"),
        Field("other_names", Part.LINKS, Kind.NAMES, "other_names", longest=200),
    ]
    return found


FIELDS = {field.name: field for field in _catalogue()}

_GENDER_WORDS = {
    **dict.fromkeys(("м", "муж", "муж.", "мужской", "мужчина", "male", "man"), Gender.MALE.value),
    **dict.fromkeys(("ж", "жен", "жен.", "женский", "женщина", "female", "woman"), Gender.FEMALE.value),
}


@cache
def words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    """Which words mean which code: the code itself and its label in each language."""
    words: dict[str, str] = {}
    for code in LANGUAGES:
        with translation.override(code):
            words |= {str(label).casefold(): value for value, label in choices.choices if value}
    words |= {value.casefold(): value for value in choices.values if value}
    return {**words, **_GENDER_WORDS} if choices is Gender else words
