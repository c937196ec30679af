"""Invented statements of providers, and the marks of donors that must be found nowhere afterwards."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from donations.importers.mapping import StatementMap, read_mapping

DATA = Path(__file__).parent / "data"
MAPPINGS = Path("donations/data/statements")
MARK = "dnrmrk"
"""In every cell of a donor, in some case."""


def _when(*parts: int) -> datetime:
    """A cell of a spreadsheet, which has no time zone."""
    return datetime(*parts)  # noqa: DTZ001


STRIPE = [
    [
        "created",
        "gross",
        "fee",
        "currency",
        "reporting_category",
        "customer_name",
        "payment_metadata[campaign]",
    ],
    [_when(2026, 9, 3, 14, 2), 4.35, 0.37, "eur", "charge", "Donorname DNRMRKH", "WORK"],
    [_when(2026, 9, 30, 23, 59), 100, 3.15, "eur", "charge", "Donorname DNRMRKI", "work"],
    [_when(2026, 10, 1, 0, 0), -4.35, 0, "EUR", "refund", "Donorname DNRMRKH", "WORK"],
    [_when(2026, 10, 2, 0, 0), -99, 0, "EUR", "payout", None, None],
]


def mapping(name: str, **campaigns: str) -> StatementMap:
    """A shipped mapping, with the provider's codes of our campaigns."""
    return read_mapping(mapping_text(name, **campaigns))


def mapping_text(name: str, **campaigns: str) -> str:
    lines = "".join(f'"{code}" = "{slug}"\n' for code, slug in campaigns.items())
    text = (MAPPINGS / f"{name}.toml").read_text(encoding="utf-8")
    return text + (lines if "[campaigns]" in text else f"\n[campaigns]\n{lines}")


def csv_file(name: str) -> io.BytesIO:
    return io.BytesIO((DATA / f"{name}.csv").read_bytes())


def workbook(rows: Iterable[list[object]] = STRIPE) -> io.BytesIO:
    """The rows as an Excel file."""
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    target.seek(0)
    return target
