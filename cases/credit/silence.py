"""Why there is no hint. Silence is an answer: a wrong day of release hurts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.credit.facts import TOWARD_OF_PENALTY, TOWARD_OF_REGIME, Question, earliest, latest
from cases.credit.rules import Toward
from prisoners.choices import LegalCode


class Silence(models.TextChoices):
    """A reason for giving no hint, in words for editors."""

    LIFE = "life", _("Life imprisonment has no end to compute.")
    TREATMENT = "treatment", _("Compulsory treatment is not a term: it lasts until a court ends it.")
    SEVERAL_CASES = "several_cases", _("The term is of several cases: enter its end from the papers.")
    NOT_SERVED = "not_served", _("The sentence is suspended or deferred, so no term is running.")
    NOT_A_LENGTH = "not_a_length", _("This penalty has no last day that days in custody would move.")
    NO_TERM = "no_term", _("The length of the term is not entered.")
    NOT_IN_FORCE = (
        "not_in_force",
        _("It is not known on which day the verdict came into force: the term runs from that day."),
    )
    UNKNOWN_DAYS = (
        "unknown_days",
        _("The first or the last day of a stretch before the verdict is not known even roughly."),
    )
    REGIME_UNKNOWN = (
        "regime_unknown",
        _("The regime is not known, and days in custody count by the regime."),
    )
    FOREIGN_CODE = (
        "foreign_code",
        _(
            "The conviction is not under the Criminal Code of the Russian Federation alone: its rules are not used."
        ),
    )
    NO_RULE = "no_rule", _("No rule says how these days count toward this penalty.")
    BEYOND_CALENDAR = "beyond_calendar", _("The term is longer than any calendar.")


def toward(question: Question) -> Toward | None:
    """Return what days are counted toward; None where the regime or the penalty does not say."""
    if question.penalty == "imprisonment":
        return TOWARD_OF_REGIME.get(question.regime)
    return TOWARD_OF_PENALTY.get(question.penalty)


def reason_for_silence(question: Question) -> Silence | None:
    """Return the first reason why nothing is computed, before any day is counted."""
    facts = question.facts
    codes = {article.code for article in question.articles}
    reasons = (
        (facts.life or question.penalty in ("life", "death_penalty"), Silence.LIFE),
        (facts.treatment, Silence.TREATMENT),
        (facts.several_cases, Silence.SEVERAL_CASES),
        (facts.suspended or question.penalty in ("suspended", "deferral"), Silence.NOT_SERVED),
        (question.penalty not in ("imprisonment", *TOWARD_OF_PENALTY), Silence.NOT_A_LENGTH),
        (bool(codes - {"", LegalCode.UK_RF}), Silence.FOREIGN_CODE),
        (question.term.is_nothing, Silence.NO_TERM),
        (not _is_bounded(question), Silence.NOT_IN_FORCE),
        (bool(question.days_before) and toward(question) is None, Silence.REGIME_UNKNOWN),
    )
    return next((reason for applies, reason in reasons if applies), None)


def _is_bounded(question: Question) -> bool:
    day = question.in_force_on
    return day is not None and earliest(day) is not None and latest(day) is not None
