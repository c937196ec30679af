"""Codes of law: how they are named in texts, and how we name them.

The bare «УК», «КоАП» or "Criminal Code" names a kind of code and no state: it is understood, and
the code stays unstated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cases.references.plain_text import QUOTES, PlainText, is_invisible, plain_text
from prisoners.choices import LegalCode

Kind = Literal["criminal", "administrative", "other"]

_RUSSIA = r"(?:рф|р\. ?ф\.?|росси(?:и|йской федерации))"
_CRIMINAL = r"(?:уголовн(?:ого|ый|ому|ым|ом) кодекс(?:а|у|ом|е)?|ук|кк|у\. ?к\.)"
_ADMINISTRATIVE = r"(?:крфоап|коап|кодекс(?:а|у|ом|е)? об административных правонарушениях)"
_ADMINISTRATIVE_OF_RUSSIA = rf"кодекс(?:а|у|ом|е)? {_RUSSIA} об административных правонарушениях"
_OF_RUSSIA = r"of (?:the )?russia(?:n federation)?"
_END = r"(?![^\W\d_])"
_OTHER_STATES = (
    r"(?:республики (?:беларусь|казахстан|узбекистан|таджикистан|молдова|польша)|беларуси|белоруссии"
    r"|казахстана|армении|азербайджана|грузии|киргизии|кыргызстана|таджикистана|узбекистана|туркменистана"
    r"|молдавии|молдовы|приднестровья|абхазии|латвии|литвы|эстонии|польши|турции|рсфср|усср|ссср)"
)
_OTHER_STATES_IN_ENGLISH = (
    r"(?:the republic of )?(?:belarus|kazakhstan|armenia|azerbaijan|georgia|kyrgyzstan|tajikistan|uzbekistan"
    r"|turkmenistan|moldova|latvia|lithuania|estonia|poland|turkey)"
)
_OTHER_RUSSIAN = rf"(?:уголовно-процессуальн(?:ого|ый) кодекс(?:а)?|упк|уик|гпк|кас|гк|тк|ск)(?: ?{_RUSSIA})?"
_NAMED = r'(?:кодекс(?:а|у|ом|е)?|(?:the )?code) "([^"\n]{1,100})"'


@dataclass(frozen=True, slots=True)
class StatedCode:
    """A code as a text states it: `code` is "" where only its kind is said; the name of another code."""

    code: str
    kind: Kind
    name: str = ""


def _occupation(short: str, full: str, english: str) -> str:
    quoted = rf'"?(?:{short}|{full})"?'
    return rf'"?{_CRIMINAL} ?{quoted}|(?:the )?criminal code of the "?{english}"?|(?:the )?"?{english}"? criminal code'


_WORDS: tuple[tuple[str, str, Kind], ...] = (
    (LegalCode.UK_DNR, _occupation("днр", "донецкой народной республики", "dnr"), "criminal"),
    (LegalCode.UK_LNR, _occupation("лнр", "луганской народной республики", "lnr"), "criminal"),
    (
        LegalCode.UK_UA,
        rf"{_CRIMINAL} ?(?:украины|україни)|(?:the )?criminal code of ukraine|(?:the )?ukrainian criminal code",
        "criminal",
    ),
    (
        LegalCode.KOAP_RF,
        rf"крфоап|{_ADMINISTRATIVE},? ?{_RUSSIA}|{_ADMINISTRATIVE_OF_RUSSIA}"
        rf"|(?:the )?russian code of administrative offences|(?:the )?code of administrative offences {_OF_RUSSIA}",
        "administrative",
    ),
    (
        LegalCode.UK_RF,
        rf"{_CRIMINAL}\.?,? ?{_RUSSIA}|(?:the )?criminal code {_OF_RUSSIA}|(?:the )?russian criminal code",
        "criminal",
    ),
    (LegalCode.OTHER, rf"(?:{_CRIMINAL}|{_ADMINISTRATIVE}) {_OTHER_STATES}|{_OTHER_RUSSIAN}", "other"),
    (LegalCode.OTHER, rf"(?:the )?criminal code of {_OTHER_STATES_IN_ENGLISH}", "other"),
    ("", rf"{_CRIMINAL}|(?:the )?criminal code", "criminal"),
    ("", rf"{_ADMINISTRATIVE}|(?:the )?code of administrative offences", "administrative"),
)
_PATTERNS = tuple((code, kind, re.compile(rf"(?:{words}){_END}")) for code, words, kind in _WORDS)
_ARTICLE_BEFORE = re.compile(r"^(?:the )+", re.IGNORECASE)
_NAMED_PATTERN = re.compile(_NAMED)
CODE = "|".join([*(rf"(?:{words}){_END}" for _code, words, _kind in _WORDS), _NAMED.replace('"(', '"(?:')])
"""A pattern for plain text that matches any code, the longest names first."""


def stated_code(text: PlainText, start: int, end: int) -> StatedCode:
    """Return the code named by a stretch of the plain text that `CODE` has matched."""
    plain = text.plain[start:end]
    named = _NAMED_PATTERN.fullmatch(plain)
    if named:
        start, end = start + named.start(1), start + named.end(1)
        plain = named.group(1)
    found = _code_of(plain) or StatedCode(LegalCode.OTHER, "other")
    if found.code != LegalCode.OTHER:
        return found
    name = tidy_name(text.source(start, end))
    return StatedCode(LegalCode.OTHER, "other", name) if name else StatedCode("", "other")


def tidy_name(typed: str) -> str:
    """Return the name of a code on one line, without invisible marks, quotes and "the" before it."""
    kept = "".join(c for c in typed if c not in QUOTES and (c.isspace() or not is_invisible(c)))
    return _ARTICLE_BEFORE.sub("", " ".join(kept.split()))


def _code_of(plain: str) -> StatedCode | None:
    return next((StatedCode(code, kind) for code, kind, words in _PATTERNS if words.fullmatch(plain)), None)


def known_code(name: str) -> StatedCode | None:
    """Return what a name says if it is that of a code of ours, or of no state; None for another's."""
    found = _code_of(plain_text(name).plain)
    return None if found is None or found.code == LegalCode.OTHER else found


def is_familiar(name: str) -> bool:
    """Whether the name of another code is one that the reader knows without marks around it."""
    found = _code_of(plain_text(name).plain)
    return found is not None and found.code == LegalCode.OTHER


RUSSIAN_NAMES = {
    LegalCode.UK_RF: ("УК РФ", "Уголовного кодекса РФ"),
    LegalCode.KOAP_RF: ("КоАП РФ", "Кодекса РФ об административных правонарушениях"),
    LegalCode.UK_UA: ("УК Украины", "Уголовного кодекса Украины"),
    LegalCode.UK_DNR: ("УК «ДНР»", "Уголовного кодекса «ДНР»"),
    LegalCode.UK_LNR: ("УК «ЛНР»", "Уголовного кодекса «ЛНР»"),
}
"""Short, and in full words in the genitive."""

ENGLISH_NAMES = {
    LegalCode.UK_RF: ("the Russian Criminal Code", "the Criminal Code of the Russian Federation"),
    LegalCode.KOAP_RF: (
        "the Russian Code of Administrative Offences",
        "the Code of Administrative Offences of the Russian Federation",
    ),
    LegalCode.UK_UA: ("the Criminal Code of Ukraine", "the Criminal Code of Ukraine"),
    LegalCode.UK_DNR: ("the ‘DNR’ criminal code", "the criminal code of the ‘DNR’"),
    LegalCode.UK_LNR: ("the ‘LNR’ criminal code", "the criminal code of the ‘LNR’"),
}
