"""Names in Latin letters, as the press writes them.

The scheme is iuliia's WIKIPEDIA: it drops soft signs, ends names in -sky and -y and keeps the sound
of ё and of е after a vowel («Юрьев» is Yuryev), which passports (ICAO Doc 9303: Iurev,
Rozhdestvenskaia) and maps (BGN/PCGN: Yur’yev, Belyy) do not. Names in Ukrainian letters follow
Ukraine's own table (resolution 55 of 27 January 2010). It is a suggestion: editors correct the
English name by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import iuliia

# Letters of Tatar, Bashkir, Kazakh, Kyrgyz, Tajik, Uzbek, Chuvash, Sakha, Mari, Altai, Ossetic,
# Chechen, Abkhaz, Belarusian, Serbian and Macedonian, which the Russian table passes by.
# fmt: off
_OTHER_LETTERS = {
    "ә": "a", "ӑ": "a", "ӓ": "a", "ӕ": "ae", "ђ": "dj", "џ": "dzh", "ӗ": "e", "є": "ye",
    "ғ": "gh", "ҕ": "gh", "ґ": "g", "ѓ": "g", "һ": "h", "ҳ": "h", "і": "i", "ї": "yi",
    "ӣ": "i", "ӥ": "i", "ј": "j", "җ": "j", "ҷ": "j", "ӝ": "j", "ќ": "k", "љ": "l", "њ": "n",
    "ң": "ng", "ҥ": "ng", "ӈ": "ng", "ө": "o", "ӧ": "o", "қ": "q", "ҡ": "q", "ҫ": "s",
    "ү": "u", "ұ": "u", "ӱ": "u", "ӳ": "u", "ӯ": "u", "ў": "u", "ҙ": "z", "ӟ": "z", "ӏ": "",
}
# fmt: on
_KAZAKH = re.compile(r"[әғқңөұүһ]", re.IGNORECASE)
_UKRAINIAN = re.compile(r"[іїєґ]|[а-я][’ʼ'][яюєї]|[сц]ьк(?:ий|а)\b", re.IGNORECASE)
# fmt: off
_UKRAINIAN_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "’": "", "ʼ": "", "'": "",
}
# fmt: on
# At the beginning of a word these letters sound, and are written, otherwise.
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_WORD = re.compile(r"[^\W\d_]+(?:[’ʼ'][^\W\d_]+)*")
# Spellings that the press has settled on against the table: Yulia, Alexandra, Maxim.
_SETTLED = (
    (re.compile(r"(?<=\w)ия\b"), "иа"),
    (re.compile(r"\bАлекс"), "Алеx"),
    (re.compile(r"\bМаксим"), "Маxим"),
)


def romanise(text: str) -> str:
    """Return a name in Latin letters: «Рождественская» is Rozhdestvenskaya, «Юлия» Yulia.

    Letters outside Cyrillic, spaces, hyphens and figures stay as they are. A name with a Ukrainian
    letter anywhere is read as Ukrainian throughout: «Гончар Іван» is Honchar Ivan.
    """
    text = unicodedata.normalize("NFC", text).replace("\u0301", "")
    is_ukrainian = _UKRAINIAN.search(text) and not _KAZAKH.search(text)
    romanised_word = _ukrainian_word if is_ukrainian else _russian_word
    return _WORD.sub(lambda word: romanised_word(word.group()), text)


def _russian_word(word: str) -> str:
    for pattern, settled in _SETTLED:
        word = pattern.sub(settled, word)
    word = "".join(_replaced(letter, _OTHER_LETTERS, word) for letter in word)
    latin = str(iuliia.WIKIPEDIA.translate(word))
    # Letter by letter, «ЩУКИН» would become ShchUKIN.
    return latin.upper() if len(word) > 1 and word.isupper() else latin


def _ukrainian_word(word: str) -> str:
    # «зг» is zgh, to tell it from «ж», which is zh: Latin letters pass the table unchanged.
    word = re.sub(r"(?i)(?<=з)г", lambda g: "gh" if g.group() == "г" else "GH", word)
    first = _replaced(word[0], {**_UKRAINIAN_LETTERS, **_UKRAINIAN_FIRST}, word)
    return first + "".join(_replaced(letter, _UKRAINIAN_LETTERS, word) for letter in word[1:])


def _replaced(letter: str, table: Mapping[str, str], word: str) -> str:
    """Return the Latin letters, as large as the letter they stand for; the letter if unknown."""
    latin = table.get(letter.lower())
    if latin is None:
        return letter
    if letter.islower():
        return latin
    return latin.upper() if len(word) > 1 and word.isupper() else latin.capitalize()
