"""Names of institutions in cells: which of them are one place, and what kind of place it is."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from memorial.base.name_key import sort_key
from prisoners.choices import InstitutionKind, StayReason
from prisoners.importers import cells
from prisoners.importers.errors import CellError
from prisoners.importers.fields import longest
from prisoners.importers.mapping import KnownPlace, PlaceRules
from prisoners.models import Facility

_NUMBER = re.compile(r"\b(?:no|n|номер) (?=\d)")
_NUMBER_SIGN = re.compile(r"(?:№|#|\bNo\.?) ?(?=\d)", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_HOME = re.compile(r"house arrest|домашн\w+ арест", re.IGNORECASE)
_GUESSES = tuple(
    (re.compile(words, re.IGNORECASE), kind)
    for words, kind in (
        (r"\bпбстин\b|intensive supervision", InstitutionKind.PBSTIN),
        (r"\bпфрси\b|\bpfrsi\b", InstitutionKind.PFRSI),
        (r"\bсизо\b|следственн\w+ изолятор|\bsizo\b|pre-?trial|investigative|remand", InstitutionKind.SIZO),
        (r"\bивс\b|\bivs\b|временного содержания|police (?:cells|station)", InstitutionKind.IVS),
        (r"\bкп\b|поселени|\bkp-|settlement", InstitutionKind.COLONY_SETTLEMENT),
        (r"\bвк\b|воспитательн|juvenile", InstitutionKind.JUVENILE_COLONY),
        (r"\bлиу\b|\bliu\b", InstitutionKind.MEDICAL_COLONY),
        (r"психиатр|psychiatric", InstitutionKind.PSYCHIATRIC_HOSPITAL),
        (r"больниц|hospital", InstitutionKind.PRISON_HOSPITAL),
        (r"\bик\b|колони|\bik\b|colony", InstitutionKind.COLONY),
        (r"спецпри[её]мник|special detention", InstitutionKind.SPECIAL_DETENTION_CENTRE),
        (r"гауптвахт|guardhouse", InstitutionKind.GUARDHOUSE),
        (r"исправительн\w+ центр|correctional cent", InstitutionKind.CORRECTIONAL_CENTRE),
        (r"войсков\w+ част|\bв/ч\b|military unit|commandant", InstitutionKind.MILITARY_UNIT),
        (r"тюрьм|\bprison\b|\bjail\b", InstitutionKind.PRISON),
    )
)


@dataclass(frozen=True)
class Place:
    """An institution as a row names it; without a key it is no institution, only a reason."""

    key: str = ""
    name_ru: str = ""
    name_en: str = ""
    kind: str = InstitutionKind.UNKNOWN
    region: str = ""
    reason: str = ""

    def joined_with(self, other: "Place | None") -> "Place":
        """The same place named in both languages: the first one's key, both names."""
        if other is None or not other.key:
            return self
        kind = other.kind if other.kind != InstitutionKind.UNKNOWN else self.kind
        names = {"name_ru": other.name_ru or self.name_ru, "name_en": other.name_en or self.name_en}
        return replace(other, kind=kind, **names)


def place_key(name: str) -> str:
    """What two spellings of an institution have in common: «Prison No.5», «prison № 5»."""
    return _NUMBER.sub("", sort_key(name))


class PlaceReader:
    """Reads names of institutions by the rules of a mapping."""

    def __init__(self, rules: PlaceRules) -> None:
        self.rules = rules
        self._spellings = {
            place_key(name): known
            for known in rules.known
            for name in (known.name_ru, known.name_en, *known.spellings)
            if name
        }

    def read(self, text: str, language: str = "") -> Place:
        """The place that a cell names. Raises `CellError` for what is no name."""
        if _HOME.search(text):
            # Never an address of a home, in whatever part of the database (domain, rule 8).
            return Place(reason=StayReason.HOUSE_ARREST)
        name = " ".join(text.split())
        for pattern in self.rules.remove:
            name = pattern.sub("", name).strip()
        cells.refuse_too_long(name, longest(Facility, "name_en"))
        if known := self._known(name):
            return self._as_known(known)
        if not place_key(name):
            raise CellError(_("There is no name of a place."))
        where = language or ("ru" if _CYRILLIC.search(name) else "en")
        if where == "en":
            name = _NUMBER_SIGN.sub("No. ", name)
        return Place(
            place_key(name), kind=self.kind_of(name), region=self.rules.region, **{f"name_{where}": name}
        )

    def _known(self, name: str) -> KnownPlace | None:
        if found := self._spellings.get(place_key(name)):
            return found
        low = name.casefold()
        return next(
            (known for known in self.rules.known if any(word.casefold() in low for word in known.contains)),
            None,
        )

    def _as_known(self, known: KnownPlace) -> Place:
        name = known.name_en or known.name_ru
        return Place(
            place_key(name),
            known.name_ru,
            known.name_en,
            known.kind or self.kind_of(name),
            known.region or self.rules.region,
        )

    def kind_of(self, name: str) -> str:
        """The kind: by the mapping's words, else the mapping's one kind, else by common words."""
        low = name.casefold()
        for word, kind in self.rules.words.items():
            if word in low:
                return kind
        if self.rules.kind:
            return self.rules.kind
        return next((kind for pattern, kind in _GUESSES if pattern.search(name)), InstitutionKind.UNKNOWN)
