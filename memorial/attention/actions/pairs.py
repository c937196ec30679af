"""People who look alike: found by a command, and said to be different by somebody who has compared them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.attention.models import SuspectedPair
from memorial.attention.models.pair import PairAnswer
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.name_key import sort_key
from memorial.base.names import looks_like_same_name
from prisoners.actions.begin import done_by
from prisoners.models import Prisoner
from prisoners.similar import similar_people

YEARS_APART = 1
"""Sources often differ by a year; by more they tell of two people."""


def say_they_differ(*, pair: SuspectedPair, by: int) -> None:
    """Remembers that the two are not the same person. Raises `ValidationError` where that was said already."""
    with transaction.atomic(), done_by(by, _("Not the same person")):
        waiting = SuspectedPair.objects.waiting().filter(pk=pair.pk)
        if not waiting.update(answer=PairAnswer.DIFFERENT, answered_by="?", answered_at=timezone.now()):
            raise ValidationError(_("Somebody has said so already, or one of the two is gone."))
    pair.refresh_from_db()


def note_pairs(people: Iterable[Prisoner], on: date) -> int:
    """Writes down whom each of these people may be the same as; returns how many pairs are new.

    Four queries for each person (`prisoners.similar`): for a command, not for a page.
    """
    new = 0
    for person in people:
        alike = [other for other in _alike(person) if other.pk != person.pk]
        pairs = [tuple(sorted((person.pk, other.pk))) for other in alike]
        known = set(
            SuspectedPair.objects.filter(
                one__in=[one for one, _other in pairs], other__in=[other for _one, other in pairs]
            ).values_list("one", "other")
        )
        fresh = [
            SuspectedPair(one=one, other=two, found_on=on) for one, two in pairs if (one, two) not in known
        ]
        new += len(SuspectedPair.objects.bulk_create(fresh, ignore_conflicts=True))
    return new


def _alike(person: Prisoner) -> list[Prisoner]:
    """Those of `similar_people` who are spelt so alike that a colleague should compare them."""
    code = next((code for code in LANGUAGES if _name(person, code)), None)
    if code is None:
        return []
    parts = (getattr(person, in_language(part, code)) for part in ("surname", "given_names", "patronymic"))
    surname, given, patronymic = parts
    found = similar_people(surname, given, patronymic, person.born, exclude=person)
    return [other for other in found if _may_be_the_same(person, other)]


def _may_be_the_same(one: Prisoner, other: Prisoner) -> bool:
    # Initials are many people's; the names behind them stay where they were moved.
    if one.initials_only or other.initials_only:
        return False
    if one.born and other.born and abs(one.born.year - other.born.year) > YEARS_APART:
        return False
    if any(_other_patronymic(one, other, code) for code in LANGUAGES):
        return False
    return any(
        looks_like_same_name(_name(one, code), _name(other, code))
        for code in LANGUAGES
        if _name(one, code) and _name(other, code)
    )


def _name(person: Prisoner, code: str) -> str:
    parts = (getattr(person, in_language(part, code)) for part in ("surname", "given_names"))
    return " ".join(part for part in parts if part)


def _other_patronymic(one: Prisoner, other: Prisoner, code: str) -> bool:
    mine, theirs = (sort_key(getattr(person, in_language("patronymic", code))) for person in (one, other))
    return bool(mine and theirs and mine != theirs)
