"""Why a text was found: the words of the query in it, marked, and a piece of the text around them.

A stem of PostgreSQL is the beginning of the words it stands for, so words that begin like one are candidates;
which of them it really stands for, PostgreSQL is asked, once for a whole page. The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection

from memorial.search.entries import Entry
from memorial.search.text_query import CONFIGURATIONS, TextQuery, without_yo

PIECE: Final = 200
"""Characters of a text that are shown."""
_BEFORE: Final = 60
_MOST_WORDS: Final = 400


@dataclass(frozen=True)
class Part:
    """A part of a text, marked if the query asks for it."""

    text: str
    is_marked: bool = False


@dataclass
class Marker:
    """Marks the words that a query stands for; `learn` first, with all texts that will be marked."""

    asked: TextQuery
    _words: dict[str, frozenset[str]] = field(default_factory=dict)
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def learn(self, entries: Iterable[Entry]) -> None:
        """Finds out which words of the texts the query stands for: one statement at most."""
        candidates: dict[str, set[str]] = {}
        for language in self.asked.by_language:
            if stems := self.asked.lexemes(language):
                self._patterns[language] = _beginning_like(stems)
        for entry in entries:
            if pattern := self._patterns.get(entry.language):
                text = without_yo(f"{entry.title}\n{entry.body}").lower()
                candidates.setdefault(entry.language, set()).update(pattern.findall(text))
        self._words = self._verified(candidates)

    def title(self, entry: Entry) -> list[Part]:
        """The whole title."""
        return self._marked(entry.title, self._spans(entry.title, entry.language))

    def piece(self, entry: Entry) -> list[Part]:
        """A piece of the text around the first word that is asked for; its beginning where there is none."""
        spans = self._spans(entry.body, entry.language)
        start = _word_before(entry.body, spans[0][0] - _BEFORE) if spans else 0
        end = _word_after(entry.body, start + PIECE)
        text = entry.body[start:end]
        inside = [(first - start, last - start) for first, last in spans if start <= first and last <= end]
        parts = self._marked(text, inside)
        return [
            *([Part("… ")] if start else []),
            *parts,
            *([Part(" …")] if end < len(entry.body) else []),
        ]

    def _spans(self, text: str, language: str) -> list[tuple[int, int]]:
        pattern, words = self._patterns.get(language), self._words.get(language, frozenset())
        if pattern is None or not words:
            return []
        # One letter for one letter: places in the copy are places in the text.
        plain = without_yo(text)
        return [match.span() for match in pattern.finditer(plain) if match.group().lower() in words]

    def _marked(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Part]:
        parts, at = [], 0
        for first, last in spans:
            parts += [Part(text[at:first]), Part(text[first:last], is_marked=True)]
            at = last
        return [part for part in [*parts, Part(text[at:])] if part.text]

    def _verified(self, candidates: dict[str, set[str]]) -> dict[str, frozenset[str]]:
        pairs = [
            (language, word) for language, words in candidates.items() for word in sorted(words)[:_MOST_WORDS]
        ]
        if not pairs:
            return {}
        # A query stands for a word if any of its stems does: «or» between them, whatever was between them.
        anywhere = {
            language: " | ".join(_quoted(stem) for stem in self.asked.lexemes(language))
            for language in candidates
        }
        cases = " ".join(
            f"WHEN %s THEN to_tsvector('{CONFIGURATIONS[language]}', word) @@ %s::tsquery"
            for language in anywhere
        )
        values = [value for pair in anywhere.items() for value in pair]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT language, word FROM unnest(%s::text[], %s::text[]) AS w(language, word)"  # noqa: S608
                f" WHERE CASE language {cases} END",
                [[language for language, _ in pairs], [word for _, word in pairs], *values],
            )
            rows = cursor.fetchall()
        return {language: frozenset(word for of, word in rows if of == language) for language in anywhere}


def _beginning_like(stems: Sequence[str]) -> re.Pattern[str]:
    """Words that begin like one of the stems. English stems end in i where the word has y."""
    beginnings = [
        re.escape(stem.removesuffix("i")) + "[iy]"
        if stem.endswith("i") and stem.isascii()
        else re.escape(stem)
        for stem in sorted(stems, key=len, reverse=True)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(beginnings)})\w*", re.IGNORECASE)


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _word_before(text: str, at: int) -> int:
    """The beginning of the word that stands at a place."""
    if at <= 0:
        return 0
    space = text.rfind(" ", 0, at)
    return 0 if space < 0 else space + 1


def _word_after(text: str, at: int) -> int:
    """The end of the word that stands at a place."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return at if space < at - 40 else space
