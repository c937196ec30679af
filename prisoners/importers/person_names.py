"""A whole name in one cell, split into its parts.

Nothing is lost and nothing invented: every word of the cell is in exactly one part. What stands in
brackets is another name of the person: «Leyla Yunus (Leyla Islam qızı Yunusova)».
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from memorial.base.gender import Gender
from prisoners.importers.errors import CellError

_SONS_LATIN = ("oglu", "oğlu", "oghlu", "ogly", "oğly", "oghly", "ogli", "oglı", "uly", "ulı", "ulu", "uulu")
_SONS_CYRILLIC = ("оглы", "оглу", "оғлы", "огли", "углы", "улы", "уулу")
_DAUGHTERS_LATIN = ("qizi", "qızı", "qizy", "qyzy", "kizi", "kızı", "kyzy", "kizy", "gizi", "gızı", "gyzy")
_DAUGHTERS_CYRILLIC = ("кызы", "қызы", "гызы", "кизи", "кизы", "къызы")
GIVEN_FIRST = "given patronymic surname"
SURNAME_FIRST = "surname given patronymic"
ORDERS = (GIVEN_FIRST, SURNAME_FIRST)
_RUSSIAN_SON = re.compile(r"(?:[ое]вич|[ьи]ич|[oe]vich|[yi]ich)$", re.IGNORECASE)
_RUSSIAN_DAUGHTER = re.compile(r"(?:[ое]вна|[иь]инична|ична|[oe]vna|ichna)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True)
class SplitName:
    """The parts of a name, and the other name that stood in brackets."""

    surname: str = ""
    given_names: str = ""
    patronymic: str = ""
    other: str = ""

    @property
    def gender(self) -> str:
        """What the patronymic says: «son of», «daughter of»; empty where it says nothing."""
        for word in (*self.patronymic.split(), *self.other.split()):
            if is_particle(word):
                return Gender.MALE if _folded(word) in _SONS else Gender.FEMALE
        if _RUSSIAN_DAUGHTER.search(self.patronymic):
            return Gender.FEMALE
        return Gender.MALE if _RUSSIAN_SON.search(self.patronymic) else Gender.UNKNOWN


def split_name(text: str, order: str) -> SplitName:
    """Splits a name written in the given order; a comma may set the surname or a patronymic apart.

    Raises `CellError` where there is no name, or the brackets do not match.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    other = ""
    if found := _BRACKETS.search(plain):
        plain, other = plain[: found.start()].strip(), found[1].strip()
    if "(" in plain or ")" in plain:
        raise CellError(_("The brackets in the name do not match."))
    if not any(letter.isalpha() for letter in plain):
        raise CellError(_("There is no name."))
    first, _comma, rest = (part.strip() for part in plain.partition(","))
    if "," in rest:
        raise CellError(_("The name has more than one comma: is it several people?"))
    if not (first and rest):
        return _with(_in_order((first or rest).split(), order), other)
    after = rest.split()
    if is_particle(after[-1]):
        # «Faraj Karimov, Raqif oğlu»: the patronymic is set apart.
        split = _in_order(first.split(), order)
        if split.patronymic:
            raise CellError(_("The name has two patronymics."))
        return SplitName(split.surname, split.given_names, rest, other)
    given, patronymic = _given_and_patronymic(after)
    return SplitName(first, given, patronymic, other)


def is_particle(word: str) -> bool:
    """Whether a word is «oglu», «qızı», «оглы», «кызы»: it belongs to the name before it."""
    return _folded(word) in _SONS | _DAUGHTERS


def _in_order(words: list[str], order: str) -> SplitName:
    if len(words) == 1:
        return SplitName(given_names=words[0]) if order == GIVEN_FIRST else SplitName(surname=words[0])
    if order == SURNAME_FIRST:
        given, patronymic = _given_and_patronymic(words[1:])
        return SplitName(words[0], given, patronymic)
    return _given_first(words)


def _given_first(words: list[str]) -> SplitName:
    at = next((place for place, word in enumerate(words) if place >= 2 and is_particle(word)), 0)
    if at:
        return SplitName(
            " ".join(words[at + 1 :]), " ".join(words[: at - 1]), " ".join(words[at - 1 : at + 1])
        )
    *before, surname = words
    given, patronymic = _given_and_patronymic(before)
    return SplitName(surname, given, patronymic)


def _given_and_patronymic(words: list[str]) -> tuple[str, str]:
    """Given names, and the patronymic that closes them, if one does."""
    if len(words) >= 3 and is_particle(words[-1]):
        return " ".join(words[:-2]), " ".join(words[-2:])
    if len(words) >= 2 and (_RUSSIAN_SON.search(words[-1]) or _RUSSIAN_DAUGHTER.search(words[-1])):
        return " ".join(words[:-1]), words[-1]
    return " ".join(words), ""


def _with(split: SplitName, other: str) -> SplitName:
    return SplitName(split.surname, split.given_names, split.patronymic, other)


def _folded(word: str) -> str:
    return word.replace("İ", "i").casefold().replace("ı", "i").strip(".-")


_SONS = frozenset(map(_folded, _SONS_LATIN + _SONS_CYRILLIC))
_DAUGHTERS = frozenset(map(_folded, _DAUGHTERS_LATIN + _DAUGHTERS_CYRILLIC))
