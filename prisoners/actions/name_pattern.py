"""How a name is found in text: in any case of its declension, in Cyrillic and in the usual romanisations.

It errs towards finding too much: a person reads the list. Texts and names are compared by
their keys (`sort_key`): small letters, ё as е, punctuation as spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import iuliia

from memorial.base.dative import declension_rules
from memorial.base.name_key import DROPPED
from memorial.base.names import romanise, sort_key

LONG_STEM = 7
SHORTEST_WORD = 2
SHORT_WORD = 3
ALONE = 5
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
# What declension puts in the place of the last vowel; й and ь go with them.
_LAST_VOWELS = re.compile(r"(?:[иыое][йе]|[ая]я|[аеийоуыэюяьъ])$")
_ENDINGS = (
    "а|я|у|ю|е|ы|и|о|й|ь|ой|ей|ою|ею|ом|ем|ым|им|ому|ему|ого|его|ый|ий|ая|яя|ую|юю|ых|их|ыми|ими"
    "|ам|ям|ами|ями|ах|ях|ов|ев|ье|ья|ью|ьи|ьем|ьев|ины?|ина|ине|иной|ину|ова|овы|овой|овым|ову|овна|ович"
)
_LATIN_ENDINGS = "s|es|a|u|e|y|i|om|em|ym|im|oy|oi|oyu|ykh|ymi|ogo|omu|aya|uyu"


# Vowels that come and go: Заяц, Зайца; Гонец, Гонца; Лещенок, Лещенка.
_FLEETING = ((re.compile(r"(?<=[аеиоуы])[ея]ц$"), "йц"), (re.compile(r"[ео](?=[цклн]ь?$)"), ""))


@dataclass(frozen=True)
class NamePattern:
    """`coarse` finds candidates in the database (`~*`); `exact` decides on a text's key, `short` on letters.

    A name of three letters or less is looked for with its capital: «Ли» is not «ли».
    """

    coarse: str
    exact: re.Pattern[str] | None
    short: re.Pattern[str] | None

    def found_in(self, text: str) -> bool:
        """Whether a text holds the name."""
        if self.exact and self.exact.search(sort_key(text)):
            return True
        return bool(self.short and self.short.search(text))


def name_pattern(names: Iterable[str]) -> NamePattern | None:
    """Return the pattern of all these names, or None where there is nothing to look for.

    A name of several words is looked for as a whole; of a double surname each long half alone
    tells the person too.
    """
    keys = {key for name in names for key in _keys(name)}
    if not keys:
        return None
    short = {key for key in keys if len(key) <= SHORT_WORD}
    coarse = "|".join(sorted({_coarse(key) for key in keys}))
    return NamePattern(coarse, _any(_exact(key) for key in keys - short), _any(_short(key) for key in short))


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    alternatives = sorted(patterns)
    return re.compile("|".join(alternatives)) if alternatives else None


def _keys(name: str) -> Iterator[str]:
    """The name's key, its long halves, each in the letters of the press and of passports."""
    for spelling in _spellings(name):
        key = sort_key(spelling)
        words = key.split()
        if len(key) >= SHORTEST_WORD:
            yield key
        if "-" in name and len(words) > 1:
            yield from (word for word in words if len(word) >= ALONE)


def _spellings(name: str) -> set[str]:
    if not _CYRILLIC.search(name):
        return {name}
    schemes = (iuliia.WIKIPEDIA, iuliia.ICAO_DOC_9303, iuliia.BGN_PCGN_ALT, iuliia.MVD_310, iuliia.GOST_52535)
    return {name, romanise(name), *(str(scheme.translate(name)) for scheme in schemes)}


def _exact(key: str) -> str:
    """Whole words in any case; a long stem also inside a word, as in «#СвободуГоринцеву»."""
    is_long = len(_stem(key)) >= LONG_STEM
    pattern = (" ?" if is_long else " ").join(_word(word) for word in key.split())
    # A long one with any short ending: «Әхмәтҗановның» is declined as Tatar names are.
    return rf"{pattern}\w{{0,4}}(?!\w)" if is_long else rf"(?<![^ ]){pattern}(?!\w)"


def _short(key: str) -> str:
    forms = (f"{key}(?:{_ENDINGS})?", *_declined(key))
    written = [form for text in forms for form in (text[:1].upper() + text[1:], text[: len(key)].upper())]
    return rf"(?<!\w)(?:{'|'.join(dict.fromkeys(written))})(?!\w)"


def _word(word: str) -> str:
    if not _CYRILLIC.search(word):
        return rf"{re.escape(word)}(?:{_LATIN_ENDINGS})?"
    stems = {re.escape(_stem(form)) for form in (word, *_declined(word))}
    return rf"(?:{'|'.join(sorted(stems))})(?:{_ENDINGS})?"


def _stem(word: str) -> str:
    """What declension leaves: «рождественск» of «рождественская». Of short words everything."""
    stem = _LAST_VOWELS.sub("", word)
    return stem if len(stem) > 2 else word


def _coarse(key: str) -> str:
    """The stem of the longest word: ё as е, and what keys drop (an apostrophe, a stress mark) allowed."""
    word = max(key.split(), key=len)
    stems = {_stem(form) for form in (word, *_declined(word))}
    between = "[" + DROPPED + "]?"
    return "|".join(
        sorted(between.join("[её]" if sign == "е" else re.escape(sign) for sign in stem) for stem in stems)
    )


@cache
def _declined(word: str) -> tuple[str, ...]:
    """All cases by petrovich's rules, as surname, given name and patronymic, of a man and of a woman."""
    if not _CYRILLIC.search(word):
        return ()
    from petrovich.enums import Case, Gender

    rules = declension_rules()
    cases = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)
    inflections = (rules.lastname, rules.firstname, rules.middlename)
    forms = chain.from_iterable(
        (
            inflect(word.capitalize(), case, gender)
            for case in cases
            for gender in (Gender.MALE, Gender.FEMALE)
        )
        for inflect in inflections
    )
    fleeting = (pattern.sub(other, word) for pattern, other in _FLEETING)
    return tuple(sorted({sort_key(form) for form in chain(forms, fleeting)}))
