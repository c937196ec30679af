"""Words of the grammar: markers, numbers, letters, codes, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from cases.references.codes import CODE
from cases.references.edition import EDITION
from cases.references.plain_text import PlainText, plain_text

_APART = r"(?<![^\W\d_])"
_END = r"(?![^\W\d_])"
_COUNT = r"(?:\d{1,3}|два|две|двух|двум|три|тр[её]х|четыре|пять|шесть|семь|восемь|девять|десять|two|three|four|five)"
_FILLER = (
    r"обвиняются|обвиняется|обвинял(?:ся|ась|ись)|обвин[её]н[аы]?|обвинени[еяю]|в совершении|преступлени[яей]{1,2}"
    r"|предусмотренн(?:ого|ых|ое|ые)|правонарушени[яей]{1,2}|а также|также|по|через"
    r"|charged with|charged|accused|under|of|the|with"
)
_GRAMMAR = (
    ("edition", rf"{_APART}(?:{EDITION})"),
    (
        "episodes",
        rf"(?<![\w.])(?:по )?{_COUNT} ?(?:эпизод[а-я]{{0,3}}|преступлени[яей]{{1,3}}|counts?|episodes?){_END}"
        rf"|{_APART}(?:дважды|трижды|twice){_END}",
    ),
    ("code", rf'(?:{_APART}|(?="))(?:{CODE})'),
    ("letter", r'"[а-яёa-z](?:\.?\d{1,2})?\)?"'),
    (
        "article",
        rf"{_APART}(?:ст\. ?ст\.|стст\.?|ст\.|ст{_END}|стать[а-яё]{{1,3}}|статей|art(?:icle)?s?{_END}\.?)",
    ),
    (
        "part",
        rf"{_APART}(?:ч\. ?ч\.|чч?{_END}\.?|част(?:ями|ям|ях|ью|ей|ь|и){_END}|para(?:graph)?s?{_END}\.?|parts?{_END})",
    ),
    (
        "point",
        rf"{_APART}(?:п\. ?п\.|пп?{_END}\.?|(?:под)?пункт(?:ами|ам|ах|ом|ов|у|а|е|ы)?{_END}|points?{_END}|items?{_END})",
    ),
    ("filler", rf"{_APART}(?:{_FILLER}){_END}"),
    ("and", rf"{_APART}(?:и|and){_END}(?!\.?\d)|&"),
    ("letter", rf"{_APART}[а-яёa-z](?:\.?\d{{1,2}}(?![\d.]))?{_END}"),
    ("number", r"\d+(?:\.\d+)*(?:-\d{1,2}(?![\d.])|[⁰¹²³⁴-⁹]+)?"),
    ("word", r"[^\W\d_]+"),
    ("comma", r"[,/+]"),
    ("stop", r"[;.:]"),
    ("dash", r"-"),
    ("open", r"[(\[]"),
    ("close", r"[)\]]"),
    ("quote", r'"'),
    ("line", r"\n"),
    ("space", r" "),
    ("mark", r"."),
)
_TOKEN = re.compile(
    "|".join(f"(?P<t{number}>{words})" for number, (_k, words) in enumerate(_GRAMMAR)), re.DOTALL
)
_KINDS = {f"t{number}": kind for number, (kind, _words) in enumerate(_GRAMMAR)}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the grammar: its kind, its plain text, and where that stands in the plain text."""

    kind: str
    text: str
    start: int
    end: int


class TokenStream:
    """The tokens of a text, read from left to right; spaces and fillers left out."""

    def __init__(self, text: str) -> None:
        self.text: PlainText = plain_text(text)
        self.tokens = tuple(_tidied(_tokens(self.text.plain), self.text))
        self.place = 0

    @cached_property
    def _end(self) -> Token:
        length = len(self.text.plain)
        return Token("end", "", length, length)

    def peek(self, ahead: int = 0) -> Token:
        """Return a token to come; of kind "end" beyond the last."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else self._end

    def take(self) -> Token:
        """Return the next token and step over it."""
        token = self.peek()
        self.place += 1
        return token

    def skip(self, *kinds: str) -> int:
        """Step over tokens of these kinds; return how many they were."""
        begun = self.place
        while self.peek().kind in kinds:
            self.place += 1
        return self.place - begun


def _tokens(plain: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(plain):
        kind = _KINDS[match.lastgroup or ""]
        found.append(Token(kind, match.group(), match.start(), match.end()))
    return found


def _tidied(tokens: list[Token], text: PlainText) -> list[Token]:
    """Leave out spaces, fillers, and dots that only close an abbreviation or come before a code."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind in ("space", "filler"):
            continue
        if not (token.text == "." and _abbreviates(tokens[place + 1 : place + 3], kept[-2:], text)):
            kept.append(token)
    return kept


def _abbreviates(ahead: list[Token], before: list[Token], text: PlainText) -> bool:
    """Whether a dot ends no sentence: «п.а.ч.2», «ч. 1.1. ст. 282.2», «ст. 205. УК РФ»."""
    if ahead and ahead[0].kind in ("article", "part", "point"):
        return True
    following = next((token for token in ahead if token.kind != "space"), None)
    if following is None or following.kind == "code":
        return following is not None
    ends_part = [token.kind for token in before] == ["part", "number"]
    is_small = not text.source(following.start, following.end)[:1].isupper()
    return following.kind == "article" and ends_part and is_small
