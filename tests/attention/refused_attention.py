"""What the database must refuse of the attention desk's tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from memorial.attention.models import AfterLook, CheckedLink, SuspectedPair
from tests.factories import PrisonerFactory

Rows = list[Callable[[], object]]
DAY = date(2026, 11, 2)


def look(**fields: object) -> AfterLook:
    given = {"reason": "lgbt", "entered_by": "staff:1", "entered_at": timezone.now(), **fields}
    person = given.pop("prisoner", None) or PrisonerFactory()
    return AfterLook.objects.create(prisoner=person, **given)


def look_twice() -> None:
    person = PrisonerFactory()
    look(prisoner=person)
    look(prisoner=person)


def answered(**fields: object) -> AfterLook:
    return look(**{"outcome": "stays", "looked_by": "staff:2", "looked_at": timezone.now(), **fields})


def link(**fields: object) -> CheckedLink:
    return CheckedLink.objects.create(**{"url": "https://example.org/", "checked_on": DAY, **fields})


def pair(**fields: object) -> SuspectedPair:
    return SuspectedPair.objects.create(**{"one": 1, "other": 2, "found_on": DAY, **fields})


REFUSED: dict[str, Rows] = {
    "afterlook_once": [look_twice],
    "afterlook_by_another": [lambda: answered(looked_by="staff:1")],
    "afterlook_answer_is_whole": [
        lambda: look(outcome="stays"),
        lambda: look(outcome="perhaps", looked_at=timezone.now()),
        lambda: look(word="так"),
        lambda: look(stands=False),
    ],
    "checkedlink_failure_is_whole": [
        lambda: link(failure="gone"),
        lambda: link(failed_days=1),
        lambda: link(failure="asleep", failed_days=1, failed_since=DAY),
        lambda: link(failure="gone", failed_days=1, failed_since=date(2026, 11, 3)),
    ],
    "suspectedpair_once": [lambda: [pair(), pair()]],
    "suspectedpair_in_order": [lambda: pair(one=2, other=1), lambda: pair(one=2, other=2)],
    "suspectedpair_answer_is_whole": [
        lambda: pair(answer="different"),
        lambda: pair(answered_by="staff:1"),
        lambda: pair(answer="perhaps", answered_by="staff:1", answered_at=timezone.now()),
    ],
}
ACCEPTED: dict[str, Callable[[], object]] = {
    "a look answered by another": answered,
    "a link that answered": link,
    "a pair": pair,
}
