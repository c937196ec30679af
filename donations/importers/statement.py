"""A provider's statement as totals. Donors' cells are dropped as they are read; no sentence repeats any cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO, Final

from django.utils.translation import gettext as _

from assistance.choices import Currency
from donations.actions.statements import MonthTotal, StatementTotals
from donations.importers.mapping import StatementMap, folded, read_day
from memorial.base.civil_date import civil_date
from memorial.base.table_files import TableRefused, TableRow, read_columns

MOST_ROWS: Final = 100_000
MOST_NAMED: Final = 10
MOST_DIGITS: Final = 10
_CENT: Final = Decimal("0.01")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]")
# A spreadsheet writes 4.35 as 4.3499999999999996.
_ROUNDING: Final = Decimal("0.000001")


class StatementRefused(Exception):
    """The statement cannot be counted; `sentences` say where, by numbers of rows and names of columns."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class _Unreadable(Exception):
    """A cell that says nothing we know; the text is the kind of it."""


def read_statement(file: IO[bytes], how: StatementMap) -> StatementTotals:
    """The totals of a CSV or XLSX file. Raises `StatementRefused` unless every row that counts can be read."""
    sums: dict[tuple[date, str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    wrong: dict[str, list[int]] = defaultdict(list)
    try:
        for row in _rows_that_count(read_columns(file, columns=how.wanted, most=MOST_ROWS), how):
            try:
                key, gross, fee = _read_row(row, how)
            except _Unreadable as error:
                wrong[str(error)].append(row.number)
            else:
                sums[key][0] += gross
                sums[key][1] += fee
    except TableRefused as error:
        raise StatementRefused([str(error)]) from None
    if wrong:
        raise StatementRefused([_where(what, rows) for what, rows in wrong.items()])
    if not sums:
        raise StatementRefused([_("No row of the file counts by this mapping.")])
    return StatementTotals(how.provider, tuple(sorted(MonthTotal(*key, *sums[key]) for key in sums)))


def _rows_that_count(rows: Iterable[TableRow], how: StatementMap) -> Iterator[TableRow]:
    for row in rows:
        if all(folded(row.cells[column]) in values for column, values in how.only.items()):
            yield row


def _read_row(row: TableRow, how: StatementMap) -> tuple[tuple[date, str, str], Decimal, Decimal]:
    day = read_day(_cell(row, how, "date"), how.dates)
    if day is None:
        raise _Unreadable(_("no date can be read"))
    if day > civil_date():
        raise _Unreadable(_("the date lies ahead"))
    currency = _cell(row, how, "currency").upper() or how.currency
    if currency not in Currency.values:
        raise _Unreadable(_("the currency is not one of ours"))
    gross = _amount(_cell(row, how, "amount"), how.decimal)
    fee = _amount(_cell(row, how, "fee") or "0", how.decimal)
    if how.fee_sign == "negative":
        fee = -fee
    return (day.replace(day=1), currency, _campaign(row, how)), gross, fee


def _cell(row: TableRow, how: StatementMap, name: str) -> str:
    column = how.columns.get(name, "")
    if column in row.unreadable:
        raise _Unreadable(_("a cell holds a formula or an error"))
    return row.cells[column].strip() if column else ""


def _amount(text: str, decimal: str) -> Decimal:
    plain = _SPACES.sub("", text).replace("−", "-")
    plain = plain.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    if not re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain, re.ASCII):
        raise _Unreadable(_("no sum can be read"))
    try:
        amount = Decimal(plain)
        rounded = amount.quantize(_CENT)
    except InvalidOperation:
        raise _Unreadable(_("no sum can be read")) from None
    if abs(amount - rounded) > _ROUNDING or abs(rounded) >= 10**MOST_DIGITS:
        raise _Unreadable(_("no sum can be read"))
    return rounded


def _campaign(row: TableRow, how: StatementMap) -> str:
    code = folded(_cell(row, how, "campaign"))
    if code in how.campaigns:
        return how.campaigns[code]
    if code and how.other_campaigns == "refuse":
        raise _Unreadable(_("the mapping does not know the campaign's code"))
    return ""


def _where(what: str, rows: list[int]) -> str:
    """«Rows 4, 9: no date can be read.»"""
    named = ", ".join(map(str, rows[:MOST_NAMED])) + ("…" if len(rows) > MOST_NAMED else "")
    return _("Rows %(rows)s: %(what)s.") % {"rows": named, "what": what}
