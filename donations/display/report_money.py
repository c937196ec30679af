"""Sums as reports tell them: columns of figures, round words for large sums, «about» at a rate."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.choices import Currency
from donations.display.money import money
from memorial.base.localized import current_language

_MILLION: Final = 1_000_000
_MANY: Final = {
    Currency.RUB: pgettext_lazy("many of a currency", "roubles"),
    Currency.EUR: pgettext_lazy("many of a currency", "euros"),
    Currency.USD: pgettext_lazy("many of a currency", "dollars"),
    Currency.GBP: pgettext_lazy("many of a currency", "pounds"),
    Currency.UAH: pgettext_lazy("many of a currency", "hryvnias"),
    Currency.GEL: pgettext_lazy("many of a currency", "lari"),
    Currency.AMD: pgettext_lazy("many of a currency", "drams"),
    Currency.KZT: pgettext_lazy("many of a currency", "tenge"),
}


def has_cents(amounts: Iterable[Decimal]) -> bool:
    """Whether any of the sums has cents: then all of a column are shown with them."""
    return any(amount != amount.to_integral_value() for amount in amounts)


def figures(amount: Decimal, *, cents: bool) -> str:
    """A sum without its currency, for a column whose heading names it. Less than nought has a minus."""
    digits = "#,##0.00" if cents else "#,##0"
    return str(format_decimal(amount, f"{digits};−{digits}", locale=current_language()))


def rate_figures(per_euro: Decimal) -> str:
    """How much of a currency one euro was, as staff stated it."""
    return str(format_decimal(per_euro, "#,##0.00######", locale=current_language()))


def per_cent(share: int) -> str:
    """«41 %», "41%"."""
    return str(format_percent(Decimal(share) / 100, locale=current_language()))


def about(amount: Decimal, currency: str) -> str:
    """A sum that a rate made, to three figures: «около 212 000 €», "about €212,000"."""
    return _("about %(sum)s") % {"sum": money(_to_figures(amount, 3, ROUND_HALF_UP), currency)}


def at_least(amount: Decimal, currency: str) -> str:
    """A large sum in round words, never more than there is: «более 20 млн рублей», "over 20 million roubles".

    A sum below a million is told in full.
    """
    if amount < _MILLION:
        return money(amount, currency)
    rounded = _to_figures(amount, 2, ROUND_FLOOR)
    number = format_decimal(rounded / _MILLION, "#,##0.#", locale=current_language())
    words = {"number": number, "currency": str(_MANY[Currency(currency)])}
    if rounded == amount:
        return _("%(number)s million %(currency)s") % words
    return _("over %(number)s million %(currency)s") % words


def _to_figures(amount: Decimal, leading: int, rounding: str) -> Decimal:
    """A sum with so many leading figures, and noughts behind."""
    if not amount:
        return amount
    step = Decimal(1).scaleb(max(amount.adjusted() - leading + 1, -2))
    return (amount / step).quantize(Decimal(1), rounding=rounding) * step
