"""Penalties and other measures in words, as one says them: «7 лет 6 месяцев колонии общего режима»."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext, pgettext_lazy

from cases.choices import PenaltyKind
from cases.display.lengths import length_words, limit_words
from cases.models import Penalty
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import shown_text
from memorial.base.typography import NBSP, grouped_number
from prisoners.choices import Regime
from prisoners.display.words import Words

# Translators: lengths stand in the nominative: «7 лет 6 месяцев колонии общего режима»
_IMPRISONMENT: Final[dict[str, Words]] = {
    Regime.GENERAL: gettext_lazy("%(length)s in a general-regime colony"),
    Regime.STRICT: gettext_lazy("%(length)s in a strict-regime colony"),
    Regime.SPECIAL: gettext_lazy("%(length)s in a special-regime colony"),
    Regime.SETTLEMENT: gettext_lazy("%(length)s in a colony-settlement"),
    Regime.JUVENILE: gettext_lazy("%(length)s in a juvenile colony"),
    Regime.PRISON: gettext_lazy("%(length)s in prison"),
}
_WITH_LENGTH: Final[dict[str, Words]] = {
    PenaltyKind.IMPRISONMENT: gettext_lazy("%(length)s of imprisonment"),
    PenaltyKind.SUSPENDED: gettext_lazy("%(length)s, suspended"),
    PenaltyKind.COMPULSORY_WORK: gettext_lazy("%(length)s of compulsory work"),
    PenaltyKind.ADMINISTRATIVE_WORK: gettext_lazy("%(length)s of compulsory work"),
    PenaltyKind.CORRECTIVE_LABOUR: gettext_lazy("%(length)s of corrective labour"),
    PenaltyKind.FORCED_LABOUR: gettext_lazy("%(length)s of forced labour"),
    PenaltyKind.RESTRICTION_OF_FREEDOM: gettext_lazy("%(length)s of restriction of freedom"),
    PenaltyKind.MILITARY_RESTRICTION: gettext_lazy("%(length)s of restriction of military service"),
    PenaltyKind.ARREST_PENALTY: pgettext_lazy("penalty", "%(length)s of arrest"),
    PenaltyKind.ADMINISTRATIVE_ARREST: gettext_lazy("%(length)s of administrative arrest"),
    PenaltyKind.DISCIPLINARY_UNIT: gettext_lazy("%(length)s in a disciplinary military unit"),
    PenaltyKind.SUPERVISION: gettext_lazy("%(length)s of administrative supervision"),
}
_MONEY: Final[dict[str, Words]] = {
    PenaltyKind.FINE: gettext_lazy("fine of %(sum)s"),
    PenaltyKind.COURT_FINE: gettext_lazy("court fine of %(sum)s"),
    PenaltyKind.ADMINISTRATIVE_FINE: gettext_lazy("administrative fine of %(sum)s"),
    PenaltyKind.CONFISCATION: gettext_lazy("confiscation of %(sum)s"),
}
_SIGNS: Final = {Penalty.Currency.RUB: "₽", Penalty.Currency.UAH: "₴"}


def penalties_words(penalties: Iterable[Penalty]) -> str:
    """All penalties of one decision for one person, in the order in which they were entered."""
    return "; ".join(penalty_words(penalty) for penalty in penalties)


def penalty_words(penalty: Penalty) -> str:
    """One penalty. A length or a sum that is not known is not made up: the kind alone is said."""
    words = _core(penalty)
    if penalty.probation_years or penalty.probation_months:
        probation = length_words(penalty.probation_years, penalty.probation_months)
        words += ", " + _("probation period %(length)s") % {"length": probation}
    if isinstance(penalty.deferred_until, PartialDate):
        words += " " + _("until %(date)s") % {"date": limit_words(penalty.deferred_until)}
    if penalty.kind == PenaltyKind.BAN_POSITIONS or not (detail := shown_text(penalty, "detail")):
        return words
    # Translators: what stands in brackets, in the other language: «лишение звания (major, по-английски)»
    inside = _("%(detail)s, in Russian") % {"detail": detail} if detail.is_foreign else detail.text
    return f"{words} ({inside})"


def _what_is_banned(penalty: Penalty) -> str:
    """What is not in the reader's language says so, as `foreign_mark` does; reading takes the mark out again."""
    detail = shown_text(penalty, "detail")
    return f"{detail.text} {_('(in Russian)')}" if detail.is_foreign else detail.text


def _core(penalty: Penalty) -> str:
    label = _label(penalty)
    if penalty.amount is not None and penalty.kind in _MONEY:
        return str(_MONEY[penalty.kind]) % {"sum": money_words(penalty.amount, penalty.currency)}
    length = _length(penalty)
    if penalty.kind == PenaltyKind.LIFE:
        return _life(penalty)
    if not length:
        return label
    if penalty.kind == PenaltyKind.IMPRISONMENT and penalty.regime in _IMPRISONMENT:
        return str(_IMPRISONMENT[penalty.regime]) % {"length": length}
    if penalty.kind in _WITH_LENGTH:
        return str(_WITH_LENGTH[penalty.kind]) % {"length": length}
    return f"{label}, {length}"


def _label(penalty: Penalty) -> str:
    """The kind; a ban says what is forbidden instead: «запрет: администрировать сайты»."""
    detail = _what_is_banned(penalty)
    if penalty.kind == PenaltyKind.BAN_POSITIONS and detail:
        # Translators: what a court forbids: «запрет: администрировать сайты, 2 года»
        return pgettext("penalty", "ban: %(what)s") % {"what": detail}
    return str(PenaltyKind(penalty.kind).label)


def _length(penalty: Penalty) -> str:
    days = penalty.days
    if penalty.kind == PenaltyKind.ADMINISTRATIVE_ARREST and days and not (penalty.years or penalty.months):
        # Translators: an arrest is counted in «сутки»: «15 суток административного ареста»
        said = npgettext("administrative arrest", "%(number)d day", "%(number)d days", days)
        return (said % {"number": days}).replace(" ", NBSP)
    return length_words(penalty.years, penalty.months, days, penalty.hours)


def _life(penalty: Penalty) -> str:
    label = str(PenaltyKind.LIFE.label)
    if penalty.regime and penalty.regime != Regime.UNKNOWN:
        return f"{label}, {Regime(penalty.regime).label}"
    return label


def money_words(amount: Decimal, currency: str) -> str:
    """«300 000 ₽», "₽300,000"; whole sums without kopecks."""
    whole = int(amount)
    cents = f"{amount - whole:.2f}"[1:] if amount != whole else ""
    language = current_language()
    number = grouped_number(whole, language) + (cents.replace(".", ",") if language == "ru" else cents)
    sign = _SIGNS.get(Penalty.Currency(currency), "") if currency else ""
    if not sign:
        return number
    return f"{number}{NBSP}{sign}" if language == "ru" else f"{sign}{number}"
