"""A person's liberty, as a shape and words. Squares: liberty; circles stand for recognition only."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.translation import pgettext_lazy

from memorial.base.shown_text import shown_text
from prisoners.choices import DeathCircumstance, LibertyStatus, StayReason
from prisoners.display.words import Gendered, capital
from prisoners.models import Prisoner
from prisoners.querysets import COUNTED_AS_IMPRISONED


class StatusMark(NamedTuple):
    """A status: the name of its shape in the style sheet, and its words."""

    shape: str
    words: str


DEPRIVED: Final = COUNTED_AS_IMPRISONED | {
    LibertyStatus.ADMINISTRATIVE_ARREST,
    LibertyStatus.IMMIGRATION_DETENTION,
}
"""Statuses of which «в неволе» is true."""

WITH_A_TERM: Final = DEPRIVED - {LibertyStatus.INPATIENT_TREATMENT, LibertyStatus.PSYCHIATRIC_EXAMINATION}
"""Those of them that may have an expected end: treatment has no term (УК РФ, Art. 102), an examination none."""

AT_LARGE: Final = frozenset(
    {LibertyStatus.AT_LIBERTY, LibertyStatus.BEYOND_REACH, LibertyStatus.SENT_TO_WAR, LibertyStatus.DIED}
)
"""Statuses in which a person is in no institution, and this is known."""

_SHAPES: Final[dict[str, str]] = {
    LibertyStatus.HOUSE_ARREST: "home",
    LibertyStatus.FORCED_LABOUR: "home",
    LibertyStatus.INPATIENT_TREATMENT: "med",
    LibertyStatus.PSYCHIATRIC_EXAMINATION: "med",
    LibertyStatus.AT_LIBERTY: "out",
    LibertyStatus.SENT_TO_WAR: "abs",
    LibertyStatus.BEYOND_REACH: "abs",
    LibertyStatus.FATE_UNKNOWN: "unk",
    LibertyStatus.NOT_KNOWN: "unk",
    LibertyStatus.DIED: "died",
}
_GENDERED: Final[dict[str, Gendered]] = {
    LibertyStatus.DIED: Gendered(
        pgettext_lazy("liberty_status feminine", "died"),
        pgettext_lazy("liberty_status masculine", "died"),
        LibertyStatus.DIED.label,
    ),
    LibertyStatus.HELD_WITHOUT_CASE: Gendered(
        pgettext_lazy("liberty_status feminine", "held without a case"),
        pgettext_lazy("liberty_status masculine", "held without a case"),
        LibertyStatus.HELD_WITHOUT_CASE.label,
    ),
}
_DEPRIVED_WORDS: Final = Gendered(
    pgettext_lazy("feminine", "deprived of liberty"),
    pgettext_lazy("masculine", "deprived of liberty"),
    pgettext_lazy("gender not known", "deprived of liberty"),
)
# Alone on a card «сведений нет» would not say of what.
_NOT_KNOWN_WORDS: Final = pgettext_lazy("liberty_status alone", "not known whether at liberty")
_SAYS_A_VERDICT: Final = frozenset({StayReason.SERVING})


def liberty_of(person: Prisoner) -> str:
    """The status that `with_liberty()` annotated. Raises AttributeError where nothing did."""
    liberty: str = person.liberty  # type: ignore[attr-defined]
    return liberty


def liberty_mark(person: Prisoner) -> StatusMark:
    """The shape and words of a person's liberty, in the right gender."""
    return StatusMark(_shape(person), capital(_words(person)))


def has_verdict(person: Prisoner) -> bool:
    """Whether anything says that a court has sentenced the person."""
    reason = getattr(person, "open_reason", None)
    return bool(reason in _SAYS_A_VERDICT or shown_text(person, "sentence"))


def _shape(person: Prisoner) -> str:
    status = liberty_of(person)
    if status == LibertyStatus.HELD_WITHOUT_CASE and getattr(person, "open_place_unknown", False):
        return "unk"
    return _SHAPES.get(status, "in")


def _words(person: Prisoner) -> str:
    status = liberty_of(person)
    if status == LibertyStatus.NOT_KNOWN:
        return str(_NOT_KNOWN_WORDS)
    if status == LibertyStatus.IMPRISONED and not has_verdict(person):
        # In hospital, in transit, reason unknown: «в заключении» would claim a verdict.
        return _DEPRIVED_WORDS.of(person.gender)
    if status not in _GENDERED:
        return str(LibertyStatus(status).label)
    words = _GENDERED[LibertyStatus(status)].of(person.gender)
    return f"{words} {where}" if (where := _where_died(person, status)) else words


def _where_died(person: Prisoner, status: str) -> str:
    death = getattr(person, "death", None)
    if status != LibertyStatus.DIED or death is None or death.circumstance == DeathCircumstance.OTHER:
        return ""
    if not person.gender:
        return ""  # «нет в живых в неволе» is no Russian; the facts say where
    return str(DeathCircumstance(death.circumstance).label)
