"""Names: page addresses, initials, telling similar names. With the sort key, romanisation, dative."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Container
from itertools import count

from memorial.base.dative import dative_suggestion
from memorial.base.name_key import sort_key
from memorial.base.romanisation import romanise
from memorial.base.typography import NBSP

__all__ = [
    "dative_suggestion",
    "initials_of",
    "looks_like_same_name",
    "make_slug",
    "name_skeleton",
    "random_slug",
    "romanise",
    "sort_key",
]

SLUG_LENGTH = 80
# No vowels and no figures that look like letters: nothing in it can be read as a word.
_RANDOM_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_PLAIN_LATIN = str.maketrans(
    {"ə": "a", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
# Letters that the usual romanisations write differently, each brought to one form, in this order.
_SAME_SOUNDS = (
    (re.compile(r"shch|sch|shh|sc(?=[hx])"), "sh"),
    (re.compile(r"d?zh"), "Z"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"ts|tz"), "c"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q"), "k"),
    # ё, that many write as е: Solovyov, Solovev; Fyodor, Fedor.
    (re.compile(r"[yij]o"), "e"),
    (re.compile(r"[yij]+(?=[aeou])"), ""),
    (re.compile(r"[yij]+"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)i$"), ""),
)


def make_slug(surname: str, given: str, taken: Container[str] | Callable[[str], bool]) -> str:
    """Return a free address for a person's page: "rozhdestvenskaya-pereverzeva-alexandra".

    At most 80 ASCII letters, figures and hyphens; "-2", "-3" ... where it is taken. The same name
    gives the same address. A name without any letter known here gets a random one.
    """
    is_taken = taken if callable(taken) else taken.__contains__
    base = _ascii(f"{surname} {given}")[:SLUG_LENGTH].strip("-")
    if not base:
        return random_slug()
    if not is_taken(base):
        return base
    for number in count(2):
        ending = f"-{number}"
        slug = base[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
        if not is_taken(slug):
            return slug
    raise AssertionError("counting has no end")


def random_slug() -> str:
    """Return an address that tells nothing, for people shown by initials: "p-4kxw7mzt2c".

    Ten letters of 27: among 10,000 people the chance of two alike is one in four million.
    """
    return "p-" + "".join(secrets.choice(_RANDOM_LETTERS) for _place in range(10))


def initials_of(surname: str, given: str, patronymic: str = "") -> str:
    """Return «К. Н.»: the first letters of surname and given name, the spaces non-breaking.

    The patronymic stands in only where one of the two is missing: the fewer letters, the less is
    told. Of a double name only the first part counts.
    """
    parts = [part.strip(" -«»\"'’") for part in (surname, given)]
    letters = [part[0].upper() for part in parts if part]
    if len(letters) < 2 and patronymic.strip():
        letters.append(patronymic.strip()[0].upper())
    return NBSP.join(f"{letter}." for letter in letters)


def name_skeleton(text: str) -> str:
    """Return what is left of a name when spellings no longer matter, for comparing only.

    Cyrillic and its usual romanisations meet: «Юлия», Yulia, Iuliia and Julija are one.
    """
    words = _ascii(text.replace("ё", "е").replace("Ё", "Е")).split("-")
    for pattern, sound in _SAME_SOUNDS:
        words = [pattern.sub(sound, word) for word in words]
    return " ".join(word for word in words if word)


def looks_like_same_name(first: str, second: str) -> bool:
    """Whether two names may be one person's: the same words in any order, spelling aside.

    One may lack words the other has (a patronymic), if two words at least are common. A hint for
    "similar people"; the ranking is made by trigrams in the database.
    """
    left, right = set(name_skeleton(first).split()), set(name_skeleton(second).split())
    if left == right:
        return bool(left)
    shorter, longer = sorted((left, right), key=len)
    return len(shorter) >= 2 and shorter <= longer


def _ascii(text: str) -> str:
    """Return a name as small ASCII letters and figures, words joined by single hyphens."""
    latin = unicodedata.normalize("NFKD", romanise(text).lower().translate(_PLAIN_LATIN))
    plain = "".join(letter for letter in latin if not unicodedata.combining(letter))
    plain = re.sub(r"[’ʼ'`ʹʺ]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
