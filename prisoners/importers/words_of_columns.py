"""Words of a file that are none of ours: shown once, so that somebody says which of our words they are."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from memorial.base.civil_date import civil_date
from prisoners.importers import cells
from prisoners.importers.errors import CellError
from prisoners.importers.fields import Field, Kind
from prisoners.importers.mapping import Mapping
from prisoners.importers.stored import StoredTable
from prisoners.importers.words import Words

ROWS_READ = 10_000
MOST_WORDS = 100
MOST_EXAMPLES = 3
LONGEST_WORD = 80


@dataclass(frozen=True)
class Unknown:
    """A word that a column of few words has and we have not; how often, and what it may mean."""

    field: str
    column: str
    word: str
    count: int
    choices: tuple[tuple[str, str], ...]


def unknown_words(table: StoredTable, mapping: Mapping, fields: Any) -> list[Unknown]:
    """Words that the mapping does not explain yet, the most frequent first."""
    reader = _Reader(mapping)
    found: list[Unknown] = []
    for column, rule in mapping.columns.items():
        for target in rule.targets:
            one = fields[target.field]
            if one.kind in (Kind.CHOICE, Kind.FLAG, Kind.REGION) and not (rule.split or rule.pattern):
                found += reader.unknown(table, column, one)
    return sorted(found, key=lambda unknown: -unknown.count)[:MOST_WORDS]


def examples(table: StoredTable) -> dict[str, list[str]]:
    """The first different values of every column."""
    found: dict[str, list[str]] = {name: [] for name in table.header}
    for number, row in enumerate(table.rows()):
        if number >= 50:
            break
        for name, cell in row.cells.items():
            text = " ".join(cells.plain(cell).split())[:LONGEST_WORD]
            if text and text not in found[name] and len(found[name]) < MOST_EXAMPLES:
                found[name].append(text)
    return found


class _Reader:
    """Counts what cannot be read."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.words = Words()
        self.today = civil_date()

    def unknown(self, table: StoredTable, column: str, one: Field) -> list[Unknown]:
        counted = Counter(" ".join(cells.plain(cell).split()) for cell in table.column(column, ROWS_READ))
        choices = self.choices(one)
        return [
            Unknown(one.name, column, word[:LONGEST_WORD], count, choices)
            for word, count in counted.items()
            if self.is_unknown(word, one)
        ]

    def is_unknown(self, word: str, one: Field) -> bool:
        if cells.is_unknown(word, self.mapping.unknown_words) or len(word) > LONGEST_WORD:
            return False
        if word.casefold() in self.mapping.values.get(one.name, {}):
            return False
        try:
            self.read(word, one)
        except CellError:
            return True
        return False

    def read(self, word: str, one: Field) -> None:
        if one.kind is Kind.FLAG:
            cells.read_flag(word)
        elif one.kind is Kind.REGION:
            self.words.region(word)
        elif one.choices:
            cells.read_choice(word, one.choices)

    def choices(self, one: Field) -> tuple[tuple[str, str], ...]:
        if one.kind is Kind.FLAG:
            return ("yes", "yes"), ("no", "no")
        if one.kind is Kind.REGION:
            return self.words.region_choices()
        if one.choices is None:
            return ()
        return tuple(
            (value, f"{capfirst(str(label))} ({value})") for value, label in one.choices.choices if value
        )
