"""Which column of a file is what: written by editors in a TOML file, or our own names of columns."""

import re
from dataclasses import dataclass, field

from memorial.base.choices import SourceKind
from memorial.base.partial_date import PartialDate
from prisoners.importers.person_names import GIVEN_FIRST, SURNAME_FIRST

OWN_SOURCE = "own-table"


@dataclass(frozen=True)
class Source:
    """Whose list it is, and what readers are told of it."""

    code: str
    title: str = ""
    url: str = ""
    licence: str = ""
    publisher: str = ""
    kind: str = SourceKind.HUMAN_RIGHTS
    published_on: PartialDate | None = None


@dataclass(frozen=True)
class Target:
    """A field that a column, or a piece of it, fills."""

    field: str
    first_sentence: bool = False
    markup: bool | None = False
    """Whether the text is HTML; `None`: it is where it has tags in it, as in the office's own forms."""


@dataclass(frozen=True)
class ColumnRule:
    """What is made of a column: several fields of the whole cell, of its pieces, or of a pattern's groups."""

    targets: tuple[Target, ...] = ()
    split: str = ""
    pattern: re.Pattern[str] | None = None
    ignored: bool = False


@dataclass(frozen=True)
class KnownPlace:
    """An institution under its right name, with the words by which cells name it."""

    name_ru: str = ""
    name_en: str = ""
    kind: str = ""
    region: str = ""
    spellings: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceRules:
    """How names of institutions are read."""

    kind: str = ""
    region: str = ""
    words: dict[str, str] = field(default_factory=dict)
    remove: tuple[re.Pattern[str], ...] = ()
    known: tuple[KnownPlace, ...] = ()


@dataclass(frozen=True)
class NameRules:
    """In which order the parts of a whole name stand, for each language of the column."""

    order: dict[str, str] = field(default_factory=lambda: {"ru": SURNAME_FIRST, "en": GIVEN_FIRST})
    gender_from_patronymic: bool = False


@dataclass(frozen=True)
class Mapping:
    """Everything that is to be known of a list before its first row is read. Columns as `column_key`."""

    source: Source
    columns: dict[str, ColumnRule]
    others: str = "refuse"
    publish: bool = True
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: int = 0
    date_formats: tuple[str, ...] = ()
    unknown_words: frozenset[str] = frozenset()
    names: NameRules = field(default_factory=NameRules)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    places: PlaceRules = field(default_factory=PlaceRules)
    digest: str = ""
    is_own: bool = False
    """Whether the columns are named as ours: such a table may come from an export."""

    @property
    def key_column(self) -> str:
        """The column that ties a row to its record."""
        return self.column_of("key") or self.column_of("id")

    def column_of(self, name: str) -> str:
        """The first column that fills a field; empty where none does."""
        return next(
            (
                column
                for column, rule in self.columns.items()
                if any(target.field == name for target in rule.targets)
            ),
            "",
        )
