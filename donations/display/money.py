"""Sums as readers see them: «4 218 €», "€4,218"; cents only where there are some."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.numbers import format_currency, get_currency_symbol

from memorial.base.localized import current_language
from memorial.base.typography import NBSP

_LOCALES: Final = {"ru": "ru", "en": "en_GB"}
_SIGN: Final = "¤"
_WHOLE, _CENTS, _AS_STATED = "#,##0", "#,##0.00", "#,##0.########"


def money(amount: Decimal, currency: str) -> str:
    """A sum with the sign of its currency, or its code where it has no sign: «20 000 ₽», "RUB 20,000"."""
    return _sum(amount, currency, _WHOLE if amount == amount.to_integral_value() else _CENTS)


def rate_words(rate: Decimal, currency: str, to: str) -> str:
    """What one unit was worth, with as many figures as were stated: «1 $ = 0,9373 €»."""
    return NBSP.join([money(Decimal(1), currency), "=", _sum(rate, to, _AS_STATED)])


def _sum(amount: Decimal, currency: str, figures: str) -> str:
    locale = _parsed(_LOCALES.get(current_language(), current_language()))
    pattern = str(locale.currency_formats["standard"].pattern).replace(_CENTS, figures)
    if pattern.startswith(_SIGN) and get_currency_symbol(currency, locale=locale) == currency:
        pattern = pattern.replace(_SIGN, _SIGN + NBSP)
    return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name)
