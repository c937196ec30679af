"""Reading references to articles as people write them, in Russian and English.

Nothing is guessed: a code that is not stated stays "", and words that may mean two things are
returned as not understood. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.references.codes import Kind
from cases.references.edition import read_edition
from cases.references.items import Item, ItemReader
from cases.references.pieces import Group, PieceReader
from cases.references.plain_text import PlainText
from cases.references.tokens import TokenStream
from cases.references.value import (
    MOST_EPISODES,
    ArticleReference,
    Attempt,
    attempt_of,
    complicity_of,
    general_part_is_russian,
    is_article_number,
)
from prisoners.choices import LegalCode

_COUNTS = {
    "два": 2, "две": 2, "двух": 2, "двум": 2, "дважды": 2, "two": 2, "twice": 2,
    "три": 3, "трех": 3, "трёх": 3, "трижды": 3, "three": 3, "четыре": 4, "four": 4, "пять": 5, "five": 5,
    "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
}  # fmt: skip
_COUNT_WORD = re.compile(r"\d+|[а-яёa-z]+")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference and where it stands in the text; `kind` is what is said of a code without a state."""

    reference: ArticleReference
    start: int
    end: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Remainder:
    """Words that were not understood, and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: the references in order, and what remains."""

    found: tuple[FoundReference, ...]
    not_understood: tuple[Remainder, ...]

    @property
    def references(self) -> list[ArticleReference]:
        """The references in the order of the text."""
        return [found.reference for found in self.found]

    @property
    def is_sure(self) -> bool:
        """Whether there is something, every word was understood and every code is stated."""
        coded = all(found.reference.code for found in self.found)
        return bool(self.found) and coded and not self.not_understood


def read_references(text: str, language: str = "ru") -> Reading:
    """Read every reference in a text; never raises, whatever the text.

    Both languages are read in either; `language` tells what Latin letters in brackets mean: in
    English "(e)" is the fifth point («д»), in Russian «п. e» is «е» typed on the wrong keyboard.
    A code at the end of a list stands for the list, and only for it: a semicolon, a full stop, a
    new line without a comma, and words that were not understood end a list.
    """
    stream = TokenStream(text)
    pieces = PieceReader(stream, english=not language.startswith("ru"))
    pieces.read()
    items = ItemReader(stream.text, pieces.pieces)
    lists = items.read()
    combined = [_combine(list_of_items, stream.text) for list_of_items in lists]
    found = [reference for references, _unknown in combined for reference in references]
    unknown = [*pieces.unknown, *items.unknown, *(span for _found, spans in combined for span in spans)]
    return Reading(tuple(found), tuple(_remainders(unknown, stream.text)))


Span = tuple[int, int]


def _combine(items: list[Item], text: PlainText) -> tuple[list[FoundReference], list[Span]]:
    """Join «ч. 5 ст. 33, ч. 3 ст. 30» with the article that follows them."""
    found: list[FoundReference] = []
    unknown: list[Span] = []
    prefixes: list[Item] = []
    for item in items:
        if item.looks_like_prefix and general_part_is_russian(item.code):
            prefixes.append(item)
            continue
        joined = _prefixes_of(item, prefixes)
        if joined is None:
            unknown += [(prefix.start, prefix.end) for prefix in prefixes]
        references, doubtful = _expand(item, joined or [])
        prefixes = []
        unknown += doubtful
        begin = joined[0].start if joined else item.start
        span = text.span(begin, item.end)
        found += [FoundReference(reference, *span, kind=item.kind) for reference in references]
    unknown += [(prefix.start, prefix.end) for prefix in prefixes]
    return found, unknown


def _prefixes_of(item: Item, prefixes: list[Item]) -> list[Item] | None:
    """Return the prefixes of an article; None where they cannot be its own."""
    numbers = [prefix.number for prefix in prefixes]
    same_code = all(prefix.code in ("", item.code) for prefix in prefixes)
    extra = any(prefix.episodes or prefix.edition for prefix in prefixes)
    fits = (
        general_part_is_russian(item.code) and same_code and not extra and len(set(numbers)) == len(numbers)
    )
    return prefixes if fits else None


def _expand(item: Item, prefixes: list[Item]) -> tuple[list[ArticleReference], list[Span]]:
    """Return one reference for each part; and the item's place where something of it is doubtful."""
    number, sound = _article_number(item)
    if number is None:
        return [], [(item.start, item.end)]
    groups = [group for group in item.groups if group.sound]
    # A point without its part, beside a part: it may be a point of that very part.
    is_split = len(groups) > 1 and any(group.points and not group.parts for group in groups)
    sound = sound and len(groups) == len(item.groups) and not is_split
    places = [place for group in groups for place in _places(group)] or [("", ())]
    episodes, edition = _episodes(item.episodes), read_edition(item.edition) if item.edition else ""
    sound = sound and (episodes is not None or not item.episodes) and bool(edition or not item.edition)
    if len(places) > 1 and (episodes or edition):
        sound, episodes, edition = False, None, ""
    attempt, complicity = _unfinished(prefixes)
    references = [
        ArticleReference(
            number, item.code, part, points, attempt, complicity, episodes, edition, item.code_name
        )
        for part, points in places
        if _may_be(item.code, number, part, points)
    ]
    sound = sound and len(references) == len(places)
    return references, [] if sound else [(item.start, item.end)]


def _may_be(code: str, number: str, part: str, points: tuple[str, ...]) -> bool:
    """Whether it is an article of its own, and not Art. 30 or 33 among other parts of theirs."""
    if not general_part_is_russian(code) or number not in ("30", "33") or points:
        return True
    parts = (part,) if part else ()
    return (attempt_of(parts) if number == "30" else complicity_of(parts)) is None


def _places(group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((part, group.points) for part in group.parts or ("",))


def _article_number(item: Item) -> tuple[str | None, bool]:
    """Return the number as the code writes it: 205² is 205.2 in Russia, 114¹ is 114-1 in Ukraine."""
    hyphened = item.code in (LegalCode.UK_UA, LegalCode.OTHER)
    joint = "-" if hyphened else "."
    number = _RAISED.sub(lambda raised: joint + raised.group().translate(_SUPERSCRIPT), item.number)
    return (number, True) if is_article_number(number, item.code) else (None, False)


def _unfinished(prefixes: Iterable[Item]) -> tuple[str, str]:
    attempt, complicity = str(Attempt.NONE), ""
    for prefix in prefixes:
        parts = tuple(part for group in prefix.groups for part in group.parts)
        if prefix.number == "30":
            attempt = attempt_of(parts) or attempt
        else:
            complicity = complicity_of(parts) or complicity
    return attempt, complicity


def _episodes(words: str) -> int | None:
    for word in _COUNT_WORD.findall(words):
        number = int(word) if word.isdecimal() else _COUNTS.get(word)
        if number is not None:
            return number if 1 <= number <= MOST_EPISODES else None
    return None


def _remainders(spans: list[Span], text: PlainText) -> Iterator[Remainder]:
    """Return the places in order, neighbours joined."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and not _has_words(text.plain[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    for start, end in joined:
        first, last = text.span(start, end)
        yield Remainder(text.original[first:last], first, last)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
