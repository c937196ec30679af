"""How a provider's statement is to be read: a TOML file that names the few columns which count.

provider = "paypal"
dates = ["%d/%m/%Y"]            # ISO dates are always read
decimal = "."                   # the sign before cents
fee_sign = "negative"           # «-0.65» is a fee of 65 cents; "positive" where it is written «0.65»
currency = "EUR"                # only where no column tells it
other_campaigns = "without"     # a code that [campaigns] does not name counts without a campaign; else refused

[columns]                       # every other column is dropped as it is read
date = "Date"
amount = "Gross"
currency = "Currency"
fee = "Fee"
campaign = "Item ID"

[only]                          # rows count whose cell is one of these
"Status" = ["Completed"]

[campaigns]                     # the provider's code = our campaign's address
"ORG" = "work-of-the-project"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from assistance.choices import Currency
from donations.actions.statements import PROVIDER

_COLUMNS: Final = ("date", "amount", "currency", "fee", "campaign")
_KEYS: Final[dict[str, Any]] = {
    "provider": str,
    "dates": list,
    "decimal": str,
    "fee_sign": str,
    "currency": str,
    "other_campaigns": str,
    "columns": dict,
    "only": dict,
    "campaigns": dict,
}
_CHOICES: Final = {
    "decimal": (".", ","),
    "fee_sign": ("negative", "positive"),
    "other_campaigns": ("without", "refuse"),
    "currency": ("", *Currency.values),
}
MOST_BYTES: Final = 64 * 1024


class MappingRefused(Exception):
    """The mapping file cannot be used; the text is a sentence for editors."""


@dataclass(frozen=True)
class StatementMap:
    """A mapping file that was read. Names of columns are in small letters, as tables are compared."""

    provider: str
    columns: dict[str, str]
    only: dict[str, frozenset[str]] = field(default_factory=dict)
    campaigns: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    decimal: str = "."
    fee_sign: str = "negative"
    currency: str = ""
    other_campaigns: str = "refuse"

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Every column that is read at all."""
        return frozenset(self.columns.values()) | frozenset(self.only)


def folded(name: str) -> str:
    """A column's name as it is compared: case and spaces aside."""
    return " ".join(name.split()).casefold()


def read_mapping(text: str) -> StatementMap:
    """Reads a mapping file. Raises `MappingRefused`, one sentence, for what it cannot mean."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingRefused(_("The mapping is no TOML: %(error)s") % {"error": error}) from None
    _check_kinds(said)
    columns = {name: folded(column) for name, column in said.get("columns", {}).items()}
    _check_columns(columns, said.get("currency", ""))
    return StatementMap(
        provider=said["provider"],
        columns=columns,
        only={
            folded(name): frozenset(folded(value) for value in values)
            for name, values in said.get("only", {}).items()
        },
        campaigns={folded(code): slug for code, slug in said.get("campaigns", {}).items()},
        dates=tuple(said.get("dates", ())),
        **{name: said[name] for name in _CHOICES if name in said},
    )


def _check_kinds(said: dict[str, Any]) -> None:
    if unknown := sorted(set(said) - set(_KEYS)):
        raise MappingRefused(_("The mapping knows no %(names)s.") % {"names": ", ".join(unknown)})
    for name, value in said.items():
        if not (isinstance(value, _KEYS[name]) and _holds_texts(name, value)):
            raise MappingRefused(_("The mapping says something else under %(name)s.") % {"name": name})
        if name in _CHOICES and value not in _CHOICES[name]:
            raise MappingRefused(
                _("Under %(name)s stands one of these: %(values)s.")
                % {"name": name, "values": ", ".join(filter(None, _CHOICES[name]))}
            )
    if not re.fullmatch(PROVIDER, said.get("provider", "")):
        raise MappingRefused(_('The mapping names the provider in small Latin letters: provider = "paypal".'))


def _holds_texts(name: str, value: Any) -> bool:
    """Whether a list or a table of the mapping holds texts; that of [only], lists of texts."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if name == "only":
        return all(isinstance(part, list) and all(isinstance(one, str) for one in part) for part in parts)
    return all(isinstance(part, str) for part in parts)


def _check_columns(columns: dict[str, str], currency: str) -> None:
    if unknown := sorted(set(columns) - set(_COLUMNS)):
        raise MappingRefused(_("The mapping knows no %(names)s.") % {"names": ", ".join(unknown)})
    needed = {"date", "amount"} | (set() if currency else {"currency"})
    if missing := sorted(needed - set(columns)):
        raise MappingRefused(_("The mapping names no column for %(names)s.") % {"names": ", ".join(missing)})
    if len(set(columns.values())) < len(columns):
        raise MappingRefused(_("The mapping names one column twice."))


def read_day(text: str, formats: tuple[str, ...]) -> date | None:
    """The day of a cell, its time of day dropped; None for what is no date."""
    cell = text.strip()
    for form in formats:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - the day as the provider wrote it
        except ValueError:
            continue
    try:
        return date.fromisoformat(cell[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", cell) else None
    except ValueError:
        return None
