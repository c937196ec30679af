"""Reads rows of cases: one for each person in each case."""

from __future__ import annotations

from collections.abc import Mapping as Catalogue
from hashlib import sha256
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from memorial.base.localized import LANGUAGES
from memorial.base.partial_date import PartialDate
from memorial.lists.case_texts import read_as_penalties
from memorial.lists.fields import CASE_FIELDS
from memorial.lists.reading import ListReader
from prisoners.choices import LegalCode
from prisoners.importers import cells
from prisoners.importers.fields import Field, Kind
from prisoners.importers.mapping import Target
from prisoners.importers.rows import KEY_LONGEST, ReadRow, Value, drop_confidential_source
from prisoners.importers.table import Row

PERSON = tuple(name for name in CASE_FIELDS if name == "person" or name.startswith("person_"))
DECISIONS = ("decision", "appeal")
_ORDER = (
    ("restraint_from", "restraint_until"),
    ("restraint_from", "restraint_ended"),
    ("case_opened", "decision_on"),
    ("decision_on", "appeal_on"),
)


class CaseReader(ListReader):
    """Reads rows by a mapping. A row is tied by the case's key together with whatever names the person."""

    fields: ClassVar[Catalogue[str, Field]] = CASE_FIELDS

    def key_of(self, row: Row) -> str:
        """The key of a row alone: rows of one case differ by their people."""
        case = super().key_of(row) or self._cell(row, "case")
        if not case or self._cell(row, "id"):
            return case
        key = " / ".join(filter(None, (case, *(self._cell(row, name) for name in PERSON))))
        return key if len(key) <= KEY_LONGEST else f"{key[:150]}… {sha256(key.encode()).hexdigest()[:16]}"

    def _cell(self, row: Row, name: str) -> str:
        return " ".join(cells.plain(row.cells.get(self.mapping.column_of(name), "")).split())

    def read(self, row: Row) -> Any:
        """One row. Raises `RowError` where its key cannot be read."""
        found: CaseRow = super().read(row)
        if not found.own:
            found.case_key, found.key = found.key, self.key_of(row)
        return found

    def _read_ties(self, person: ReadRow, row: Row) -> None:
        super()._read_ties(person, row)
        if not person.own and not super().key_of(row):
            # A person is added to a case that is here: its address stands for the key.
            person.key = self._cell(row, "case")[:KEY_LONGEST]

    def _read_kind(self, person: Any, known: Field, target: Target, text: str) -> Value | None:
        if known.kind is Kind.KEY and not text:
            return None
        return super()._read_kind(person, known, target, text)

    @staticmethod
    def _must_be_read(known: Field) -> bool:
        return known.ties or known.name == "case" or known.name in PERSON

    def check(self, row: ReadRow) -> None:
        """What the fields of a row say together; what contradicts is left unknown."""
        drop_confidential_source(row)
        for earlier, later in _ORDER:
            if _certainly_before(row.text(later), row.text(earlier)):
                row.forget(
                    later,
                    _("“%(later)s” would come before “%(earlier)s”.") % {"later": later, "earlier": earlier},
                )
        for code in LANGUAGES:
            if row.text(f"charges_code_name_{code}") and row.text("charges_code") != LegalCode.OTHER:
                row.forget(f"charges_code_name_{code}", _("A code is named only where it is «another code»."))
        for stem in DECISIONS:
            _check_penalties(row, f"{stem}_penalties")


class CaseRow(ReadRow):
    """A row that is one person in one case."""

    case_key: str = ""


CaseReader.row_type = CaseRow


def _certainly_before(later: str, earlier: str) -> bool:
    if not later or not earlier:
        return False
    return PartialDate.from_text(later).certainly_before(PartialDate.from_text(earlier))


def _check_penalties(row: ReadRow, name: str) -> None:
    try:
        read_as_penalties(row.text(name), row.text("case_kind"))
    except ValidationError as error:
        row.forget(name, " ".join(error.messages))
