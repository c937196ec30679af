"""A reader's words as queries of full text, one for each language, with the synonyms that staff entered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db import connection

from memorial.base.localized import LANGUAGES
from memorial.search.models import Synonym

LONGEST: Final = 200
"""Characters of a query that are read; what follows says nothing more."""
MOST_ALTERNATIVES: Final = 8
CONFIGURATIONS: Final = {"ru": "pg_catalog.russian", "en": "pg_catalog.english"}
_LEXEME: Final = re.compile(r"(!?)'((?:[^']|'')+)'")
# An English text holds no Cyrillic word; a Russian one may hold any.
_WRITTEN_WITH: Final = {"ru": re.compile(r"\w"), "en": re.compile(r"[a-z0-9]", re.IGNORECASE)}
_SPACE: Final = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True)
class TextQuery:
    """The query in each language as PostgreSQL writes it; a language in which it asks nothing is missing."""

    by_language: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def lexemes(self, language: str) -> list[str]:
        """The stems that are looked for, without those that may not occur."""
        found = _LEXEME.findall(self.by_language.get(language, ""))
        return [lexeme.replace("''", "'") for negated, lexeme in found if not negated]


def without_yo(text: str) -> str:
    """The text with ё as е, letter for letter: nobody types it, and places in it stay places in the text."""
    return text.replace("ё", "е").replace("Ё", "Е")


def tidied(query: str) -> str:
    """What of a query is read: one line without NUL, cut to `LONGEST`."""
    return _SPACE.sub(" ", query.replace("\0", " ")[:LONGEST]).strip()


def text_query(query: str) -> TextQuery:
    """The query as PostgreSQL reads what people type: words, "phrases", `or`, and a minus before a word.

    Two statements. What would find everything (only what may not occur, only words that say nothing) asks nothing.
    """
    plain = without_yo(query)
    languages = [code for code in LANGUAGES if code in CONFIGURATIONS and _WRITTEN_WITH[code].search(plain)]
    if not languages:
        return TextQuery({})
    synonyms = _synonyms()
    parts, params = [], []
    for language in languages:
        texts = [plain, *_alternatives(plain, synonyms.get(language, {}))]
        one = f"websearch_to_tsquery('{CONFIGURATIONS[language]}', %s)"
        # The number of arguments is ours, the words are parameters.
        parts.append(f"({' || '.join([one] * len(texts))})")
        params += texts
    columns = ", ".join(f"q{n}::text, querytree(q{n})" for n in range(len(parts)))
    tables = ", ".join(f"CAST({part} AS tsquery) AS q{n}" for n, part in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {tables}", params)  # noqa: S608
        row = cursor.fetchone()
    pairs = zip(languages, row[::2], row[1::2], strict=True)
    return TextQuery({language: asked for language, asked, tree in pairs if tree not in ("", "T")})


def _synonyms() -> dict[str, dict[str, list[str]]]:
    """By language, what each word means also."""
    found: dict[str, dict[str, list[str]]] = {}
    for language, word, means in Synonym.objects.order_by().values_list("language", "word", "means"):
        parts = [part.strip() for part in means.split(",") if part.strip()]
        found.setdefault(language, {})[without_yo(word)] = parts
    return found


def _alternatives(query: str, synonyms: dict[str, list[str]]) -> list[str]:
    """The query with a word replaced by what it means also, for each such word."""
    found: list[str] = []
    for word, means in synonyms.items():
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        if pattern.search(query):
            found += [pattern.sub(_phrase(other), query) for other in means]
    return found[:MOST_ALTERNATIVES]


def _phrase(words: str) -> str:
    """Words in quotes, as the replacement of a pattern: to stand together, and nothing in them read as a sign."""
    return '"' + words.replace('"', " ").replace("\\", " ") + '"'
