"""The words that a file may use for what the database knows: regions, countries, vocabularies."""

import re
from collections.abc import Iterable

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext as _
from django_countries import countries

from memorial.base.localized import LANGUAGES, all_languages
from memorial.base.name_key import sort_key
from prisoners.importers.errors import CellError
from prisoners.models import PrisonerList, Profession, Region, Theme
from prisoners.models.vocabulary import VocabularyEntry

VOCABULARIES: dict[str, type[VocabularyEntry]] = {
    "themes": Theme,
    "professions": Profession,
    "lists": PrisonerList,
}
OWN_COUNTRIES = frozenset({"RU", "UA"})
_SAME = (
    (re.compile(r"\b(?:обл|область)\b"), "область"),
    (re.compile(r"\b(?:респ|республика)\b"), "республика"),
    (re.compile(r"^(?:г|город) "), ""),
    (re.compile(r"\b(?:region|oblast)\b"), "oblast"),
    (re.compile(r"\b(?:kray|krai|territory)\b"), "krai"),
)


class Words:
    """Read once for a run: small tables all of them."""

    def __init__(self) -> None:
        self._regions = _regions()
        self.countries = _countries()
        self._vocabularies = {name: _vocabulary(model) for name, model in VOCABULARIES.items()}

    def region(self, text: str) -> str:
        """The code of a region, by its name or code; of another country, the country's code.

        Raises `CellError` where it is none, or may be two.
        """
        codes = self._regions.get(_region_key(text), set())
        if len(codes) == 1:
            return next(iter(codes))
        if codes:
            raise CellError(_("“%(text)s” may be several regions: write the code.") % {"text": text[:60]})
        country = self.countries.get(text.casefold())
        if country and country not in OWN_COUNTRIES:
            return country
        raise CellError(_("“%(text)s” is no region that is known here.") % {"text": text[:60]})

    def region_choices(self) -> tuple[tuple[str, str], ...]:
        """Every region, for a list to choose from."""
        found = sorted((str(region.shown_name), region.code) for region in Region.objects.all())
        return tuple((code, f"{name} ({code})") for name, code in found)

    def vocabulary(self, name: str) -> dict[str, str]:
        """Which words mean which code of an open vocabulary."""
        return self._vocabularies[name]


def country_names(code: str) -> dict[str, str]:
    """What a country is called, as the language columns of a region."""
    return {f"name_{language}": Locale(language).territories.get(code, code) for language in LANGUAGES}


def _regions() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    columns = ["code", *all_languages("name", "display_name")]
    for code, *names in Region.objects.values_list(*columns):
        for name in filter(None, (code, *names)):
            found.setdefault(_region_key(name), set()).add(code)
    return found


def _region_key(text: str) -> str:
    key = sort_key(text)
    for pattern, same in _SAME:
        key = pattern.sub(same, key)
    return key


def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {str(name).casefold(): code for code, name in countries}
    return {**found, **{code.casefold(): code for code, _name in countries}}


def _vocabulary(model: type[VocabularyEntry]) -> dict[str, str]:
    rows: Iterable[tuple[str, ...]] = model._default_manager.values_list("code", *all_languages("label"))
    found: dict[str, str] = {}
    for code, *labels in rows:
        found |= {label.casefold(): code for label in labels if label}
        found[code.casefold()] = code
    return found
