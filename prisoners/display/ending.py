"""How a deprivation of liberty ended, in words: a release with its ground, a death, an escape."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from memorial.base.partial_date import PartialDate
from prisoners.choices import (
    DeathCircumstance,
    EndOfCustodyKind,
    ReleaseCircumstance,
    ReleaseGround,
)
from prisoners.display.words import Gendered, Words, capital, date_in_sentence
from prisoners.models import Death, EndOfCustody, Prisoner

_RELEASED = Gendered(
    pgettext_lazy("feminine", "Released"),
    pgettext_lazy("masculine", "Released"),
    pgettext_lazy("gender not known", "Released"),
)
_DIED = Gendered(
    pgettext_lazy("feminine", "Died"),
    pgettext_lazy("masculine", "Died"),
    pgettext_lazy("gender not known", "Died"),
)
_ESCAPED = Gendered(
    pgettext_lazy("feminine", "Escaped"),
    pgettext_lazy("masculine", "Escaped"),
    pgettext_lazy("gender not known", "Escaped"),
)
_KINDS: dict[str, Gendered] = {
    EndOfCustodyKind.RELEASE: _RELEASED,
    EndOfCustodyKind.DEATH: _DIED,
    EndOfCustodyKind.ESCAPE: _ESCAPED,
}
# Neither is a release: handed to the army, or to another state.
_NOT_AT_LIBERTY: dict[str, Words] = {
    circumstance.value: circumstance.label
    for circumstance in (
        ReleaseCircumstance.SENT_TO_WAR,
        ReleaseCircumstance.EXPELLED,
        ReleaseCircumstance.DEPORTED,
        ReleaseCircumstance.EXTRADITED,
        ReleaseCircumstance.HANDED_TO_UKRAINE,
    )
}


def end_label(person: Prisoner, end: EndOfCustody) -> str:
    """What the end was: «Освобождена», «Умер», «отправка на войну»."""
    if end.circumstance in _NOT_AT_LIBERTY:
        return capital(str(_NOT_AT_LIBERTY[end.circumstance]))
    return _KINDS[end.kind].of(person.gender)


def end_words(person: Prisoner, end: EndOfCustody) -> str:
    """«Освобождена 30 октября 2026»."""
    label = end_label(person, end)
    if end.on is None:
        return label
    return f"{label}{_joint(end)}{date_in_sentence(end.on)}"


def end_details(end: EndOfCustody) -> list[str]:
    """The legal ground and the circumstance of a release, as far as each says anything."""
    parts = []
    if end.ground:
        parts.append(str(ReleaseGround(end.ground).label))
    told = {"", ReleaseCircumstance.ORDINARY, ReleaseCircumstance.OTHER, *_NOT_AT_LIBERTY}
    if end.circumstance not in told:
        parts.append(str(ReleaseCircumstance(end.circumstance).label))
    return parts


def death_words(death: Death) -> list[str]:
    """Date and circumstance of a death, each on its own."""
    when = [date_in_sentence(death.on)] if isinstance(death.on, PartialDate) else []
    other = death.circumstance == DeathCircumstance.OTHER
    return when + ([] if other else [str(DeathCircumstance(death.circumstance).label)])


def died_label(person: Prisoner) -> str:
    """«Умер», «Умерла»."""
    return _DIED.of(person.gender)


def _joint(end: EndOfCustody) -> str:
    return ", " if end.circumstance in _NOT_AT_LIBERTY else " "
