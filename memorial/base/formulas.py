"""Cells of tables that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula. `undefused` takes the apostrophe away again."""
    return f"'{cell}" if _looks_dangerous(cell) else cell


def undefused(cell: str) -> str:
    """The text that `defused` was given."""
    return cell[1:] if cell.startswith("'") and _looks_dangerous(cell[1:]) else cell


def _looks_dangerous(cell: str) -> bool:
    # One apostrophe more where there are some already, so that taking one away is always right.
    return cell.lstrip(" '").startswith(FORMULA_STARTS)
