"""What one row says: values of fields, and what of it could not be read."""

from collections.abc import Iterator
from collections.abc import Mapping as Catalogue
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from memorial.base.choices import CONFIDENTIAL_BY_DEFAULT, SourceKind
from memorial.base.formulas import undefused
from memorial.base.localized import LANGUAGES
from memorial.base.partial_date import PartialDate
from memorial.base.rich_text import excerpt
from prisoners.choices import LegalCode
from prisoners.importers import cells
from prisoners.importers.errors import CellError, ImportRefused, RowError
from prisoners.importers.exported import fingerprint, read_as_exported
from prisoners.importers.fields import FIELDS, Field, Kind, Part
from prisoners.importers.mapping import ColumnRule, Mapping, PlaceRules, Target
from prisoners.importers.person_names import split_name
from prisoners.importers.places import Place, PlaceReader
from prisoners.importers.table import Row
from prisoners.importers.words import Words

KEY_LONGEST = 200
LONGEST_NUMBER = 18
OWN_KEY = "memorial:"
"""Before the number of one of our own records, where it stands for the key of a row."""
Value = str | bool | list[str]


@dataclass(frozen=True)
class Unread:
    """A cell that was not read: its column, its text, and why."""

    column: str
    text: str
    reason: str


@dataclass
class ReadRow:
    """One row, read. Values are in the form in which they are compared and remembered.

    `own` is the number of our record that an exported row is, and `exported` what it said then.
    """

    number: int
    key: str = ""
    own: int = 0
    exported: dict[str, str] | None = None
    photo: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    leftovers: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value of a text field, empty where there is none."""
        return str(self.values.get(name, ""))

    def forget(self, name: str, reason: str) -> None:
        """Takes a value back: its cell was not read after all."""
        column = self.columns.get(name, name)
        self.values.pop(name, None)
        self.unread.append(Unread(column, self.texts.get(name, ""), reason))


@dataclass
class PersonRow(ReadRow):
    """A row that is a person, with the institution that it names."""

    place: Place | None = None

    def name_in(self, language: str) -> tuple[str, str, str]:
        """Surname, given names and patronymic in one language."""
        return (
            self.text(f"surname_{language}"),
            self.text(f"given_names_{language}"),
            self.text(f"patronymic_{language}"),
        )


class RowReader:
    """Reads rows by a mapping; `words` are the vocabularies and regions as the database has them."""

    fields: ClassVar[Catalogue[str, Field]] = FIELDS
    row_type: ClassVar[Any] = PersonRow

    def __init__(self, mapping: Mapping, words: Words, today: date) -> None:
        self.mapping = mapping
        self.words = words
        self.today = today
        self.places = PlaceReader(self._with_regions(mapping.places))
        self._try_constants()

    def _with_regions(self, rules: PlaceRules) -> PlaceRules:
        """The rules with codes of regions. Raises `ImportRefused` where one is not known."""
        try:
            known = tuple(
                replace(place, region=self.words.region(place.region)) if place.region else place
                for place in rules.known
            )
            return replace(rules, known=known, region=self.words.region(rules.region) if rules.region else "")
        except CellError as error:
            raise ImportRefused(
                _("The mapping, [facilities] region: %(error)s") % {"error": error}
            ) from error

    def _try_constants(self) -> None:
        """A constant that cannot be read is the mapping's mistake, not that of every row."""
        for name, text in self.mapping.constants.items():
            person = self.row_type(0)
            self._take(person, name, Target(name), text)
            if person.unread:
                raise ImportRefused(
                    _("The mapping, [constants] %(name)s: %(reason)s")
                    % {"name": name, "reason": person.unread[0].reason}
                )

    def key_of(self, row: Row) -> str:
        """The key of a row alone, without reading the rest of it."""
        column = self.mapping.key_column
        key = " ".join(cells.plain(row.cells.get(column, "")).split())
        own = cells.plain(row.cells.get(self.mapping.column_of("id"), ""))
        return f"{OWN_KEY}{own}" if own else key

    def read(self, row: Row) -> Any:
        """One row. Raises `RowError` where key or name cannot be read."""
        if row.surplus:
            raise RowError(
                "", _("The row has more cells than the table has columns: is a separator inside a text?")
            )
        person = self.row_type(row.number)
        self._read_ties(person, row)
        for column, cell in row.cells.items():
            if reason := row.unreadable.get(column):
                self._refuse_cell(person, column, reason)
            elif not self._unedited(person, column, cell):
                self._read_cell(person, column, self._plain(cell))
        if not person.key:
            raise RowError(self.mapping.key_column, _("The key is missing."))
        self._fill_constants(person)
        self.check(person)
        return person

    def check(self, row: Any) -> None:
        """What the fields of a row say together. Raises `RowError` where it can be nobody."""
        if not row.own:
            _require_name(row)
        _drop_what_contradicts(row)

    def _plain(self, cell: str) -> str:
        return undefused(cells.plain(cell)) if self.mapping.is_own else cells.plain(cell)

    def _read_ties(self, person: ReadRow, row: Row) -> None:
        """Which record of ours the row is, and what stood in it when it was taken out."""
        number = cells.plain(row.cells.get(self.mapping.column_of("id"), ""))
        if not number:
            return
        if not number.isascii() or not number.isdigit() or len(number) > LONGEST_NUMBER:
            raise RowError(
                self.mapping.column_of("id"), _("“%(text)s” is no number of ours.") % {"text": number[:20]}
            )
        person.own = int(number)
        person.key = f"{OWN_KEY}{person.own}"
        if column := self.mapping.column_of("as_exported"):
            person.exported = read_as_exported(row.cells.get(column, ""))

    def _unedited(self, person: ReadRow, column: str, cell: str) -> bool:
        """Whether a cell of an exported row still says what it said: then there is nothing to read."""
        rule = self.mapping.columns.get(column)
        if person.exported is None or rule is None or len(rule.targets) != 1:
            return False
        return fingerprint(self._plain(cell)) == person.exported.get(rule.targets[0].field, "")

    def _refuse_cell(self, person: ReadRow, column: str, reason: str) -> None:
        """A cell that the spreadsheet itself does not tell: a formula, an error."""
        rule = self.mapping.columns.get(column)
        if rule is None or rule.ignored:
            return
        if any(self._must_be_read(self.fields[target.field]) for target in rule.targets):
            raise RowError(column, reason)
        person.unread.append(Unread(column, "", reason))

    @staticmethod
    def _must_be_read(known: Field) -> bool:
        return (
            known.ties or known.kind is Kind.WHOLE_NAME or known.name.startswith(("surname_", "given_names_"))
        )

    def _read_cell(self, person: ReadRow, column: str, text: str) -> None:
        rule = self.mapping.columns.get(column)
        if rule is None:
            if self.mapping.others == "note" and text:
                person.leftovers[column] = text
            return
        for target, piece in self._pieces(person, column, rule, text):
            if not cells.is_unknown(piece, self.mapping.unknown_words) or target.field == "key":
                self._take(person, column, target, piece)

    def _pieces(
        self, person: ReadRow, column: str, rule: ColumnRule, text: str
    ) -> Iterator[tuple[Target, str]]:
        if not (rule.split or rule.pattern) or cells.is_unknown(text, self.mapping.unknown_words):
            yield from ((target, text) for target in rule.targets)
            return
        pieces = _cut(rule, text)
        for target in rule.targets:
            if target.field == "key":
                yield target, text
            elif pieces is not None:
                yield target, pieces.get(target.field, "")
        if pieces is None:
            person.unread.append(
                Unread(column, text, _("The cell does not have the pieces that the mapping names."))
            )

    def _take(self, person: ReadRow, column: str, target: Target, text: str) -> None:
        """One piece of a cell as one field."""
        known = self.fields[target.field]
        try:
            cells.refuse_too_long(text)
            value = self._value(person, known, target, text)
        except CellError as error:
            if self._must_be_read(known):
                raise RowError(column, str(error)) from error
            person.unread.append(Unread(column, text, str(error)))
            return
        if value not in (None, "", []):
            person.values[known.name] = value
            person.columns[known.name], person.texts[known.name] = column, text

    def _value(self, person: ReadRow, known: Field, target: Target, text: str) -> Value | None:
        if target.first_sentence:
            sentence = cells.first_sentence(text)
            return excerpt(cells.read_paragraphs(sentence), known.longest) if known.longest else sentence
        meaning = self.mapping.values.get(known.name, {}).get(" ".join(text.split()).casefold())
        text = text if meaning is None else meaning
        return self._read_kind(person, known, target, text)

    def _read_kind(self, person: Any, known: Field, target: Target, text: str) -> Value | None:  # noqa: C901, PLR0911, PLR0912 - one line for each kind
        match known.kind:
            case Kind.KEY:
                if not person.own:
                    person.key = cells.refuse_too_long(" ".join(text.split()), KEY_LONGEST)
            case Kind.PHOTO:
                person.photo = cells.refuse_too_long(" ".join(text.split()), KEY_LONGEST)
            case Kind.NOTE:
                person.leftovers[known.name] = text
            case Kind.WHOLE_NAME:
                self._split_name(person, known.name.rsplit("_", 1)[-1], text)
            case Kind.TEXT:
                return cells.read_line(text, known)
            case Kind.LONG_TEXT:
                return cells.read_long_text(text, known)
            case Kind.RICH_TEXT:
                markup = cells.has_markup(text) if target.markup is None else target.markup
                return cells.read_paragraphs(text, markup=markup)
            case Kind.DATE | Kind.PAST_DATE:
                today = self.today if known.kind is Kind.PAST_DATE else None
                return cells.read_date(text, self.mapping.date_formats, today).text
            case Kind.CHOICE if known.choices:
                return cells.read_choice(text, known.choices)
            case Kind.FLAG:
                return cells.read_flag(text)
            case Kind.REGION:
                return self.words.region(text)
            case Kind.PLACE:
                self._read_place(person, known.name, text)
            case Kind.WORDS:
                return cells.read_several(text, self.words.vocabulary(known.name), known.name)
            case Kind.COUNTRIES:
                return cells.read_several(text, self.words.countries, _("countries"))
            case Kind.NAMES:
                return cells.read_names(text, known)
            case Kind.LINK:
                return cells.read_link(text, known)
        return None

    def _split_name(self, person: PersonRow, language: str, text: str) -> None:
        split = split_name(text, self.mapping.names.order[language])
        for part in ("surname", "given_names", "patronymic"):
            name = f"{part}_{language}"
            if value := cells.read_line(getattr(split, part), FIELDS[name]):
                person.values[name] = value
        if split.other:
            others = person.values.get("other_names", [])
            person.values["other_names"] = sorted(
                {*(others if isinstance(others, list) else []), split.other}
            )
        if self.mapping.names.gender_from_patronymic and split.gender:
            person.values.setdefault("gender", str(split.gender))

    def _read_place(self, person: PersonRow, name: str, text: str) -> None:
        language = name.removeprefix("facility").removeprefix("_")
        found = self.places.read(text, language)
        person.place = found.joined_with(person.place)
        if found.reason:
            person.values["stay_reason"] = found.reason
        if found.key:
            person.values["facility"] = person.place.key

    def _fill_constants(self, person: ReadRow) -> None:
        """What the mapping says of every row, where the row itself says nothing."""
        for name, text in self.mapping.constants.items():
            if name not in person.values and self.applies(name, person):
                self._take(person, _("the mapping's constants"), Target(name), text)

    def applies(self, name: str, person: Any) -> bool:
        """A code of law needs charges, and words about a stay need a stay."""
        if name.startswith("charges_code"):
            return any(person.text(f"charges_{code}") for code in LANGUAGES)
        if FIELDS[name].part is Part.STAY and FIELDS[name].kind is not Kind.PLACE:
            return person.place is not None or any(
                other in person.values for other in ("stay_region", "stay_from", "stay_until")
            )
        return True


def _cut(rule: ColumnRule, text: str) -> dict[str, str] | None:
    """The pieces of a cell by field; None where it does not have them."""
    names = [target.field for target in rule.targets if target.field != "key"]
    if rule.pattern:
        found = rule.pattern.search(text)
        if not found:
            return None
        return {
            name: (piece or "").strip() for name, piece in zip(names, found.groupdict().values(), strict=True)
        }
    pieces = [piece.strip() for piece in text.split(rule.split, len(names) - 1)]
    return dict(zip(names, pieces, strict=False))


def _require_name(person: PersonRow) -> None:
    parts = ("surname", "given_names", "described_as")
    if not any(person.text(f"{part}_{code}") for part in parts for code in LANGUAGES):
        raise RowError("", _("The row has no name."))
    for code in LANGUAGES:
        if person.text(f"described_as_{code}") and any(person.name_in(code)):
            raise RowError(
                f"described_as_{code}", _("A person whose name is known is not described instead.")
            )


_ORDER = (
    ("born", "seized_on"),
    ("born", "detained_on"),
    ("born", "remanded_on"),
    ("seized_on", "detained_on"),
    ("detained_on", "remanded_on"),
    ("seized_on", "remanded_on"),
    ("stay_from", "stay_until"),
)


def _drop_what_contradicts(person: PersonRow) -> None:
    """Of two dates in the wrong order the later fact is left unknown: one of them is certainly wrong."""
    for earlier, later in _ORDER:
        first, second = person.text(earlier), person.text(later)
        if first and second and PartialDate.from_text(second).certainly_before(PartialDate.from_text(first)):
            person.forget(
                "born" if earlier == "born" else later,
                _("“%(later)s” would come before “%(earlier)s”.") % {"later": later, "earlier": earlier},
            )
    if person.text("stay_until") and person.values.get("stay_ongoing"):
        person.forget("stay_ongoing", _("A stay that goes on has no end."))
    drop_confidential_source(person)
    for code in LANGUAGES:
        if person.text(f"charges_code_name_{code}") and person.text("charges_code") != LegalCode.OTHER:
            person.forget(f"charges_code_name_{code}", _("A code is named only where it is «another code»."))
    if person.text("expected_end") and person.text("term") in ("life", "treatment"):
        person.forget("expected_end", _("Life imprisonment and treatment have no expected release."))


def drop_confidential_source(row: ReadRow) -> None:
    """What a lawyer, a relative or a prisoner said is no source for readers."""
    if row.text("source_kind") not in CONFIDENTIAL_BY_DEFAULT - {SourceKind.OTHER}:
        return
    for name in ("source_url", "source_title", "source_publisher", "source_date", "source_kind"):
        if name in row.values:
            row.forget(name, _("A source of this kind stays with staff: enter it by hand."))
