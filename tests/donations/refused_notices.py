"""Notices of safety that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from donations.models import DonorNotice, DonorNoticeProposal, SafetyNotice, SafetyProposal
from memorial.base.acting import acting
from memorial.staff.models import User
from tests.donations import signing
from tests.donations.notice_rows import ONE, OTHER, WHY, days

Rows = list[Callable[[], object]]
WORDS = {"title_ru": "Т", "title_en": "T", "text_ru": "<p>Т</p>", "text_en": "<p>T</p>"}


def proposal(by: str = ONE, **fields) -> SafetyProposal:
    with acting(by):
        return SafetyProposal.objects.create(
            **{"place": "elsewhere", "level": "suitable", **days(), **fields}
        )


def text(by: str = ONE, **fields) -> DonorNoticeProposal:
    with acting(by):
        return DonorNoticeProposal.objects.create(**{**WORDS, **days(), **fields})


def decide(row, by: str = OTHER, decision: str = "approved", ago: timedelta | None = timedelta(minutes=1)):
    """`ago` is how long since the person has proved who they are; None for never."""
    now = timezone.now()
    with acting(by):
        type(row).objects.filter(pk=row.pk).update(
            decision=decision, decided_at=now, decider_confirmed_at=now - ago if ago is not None else None
        )
    return row


def end(row, by: str = ONE):
    with acting(by):
        type(row).objects.filter(pk=row.pk).update(ended_at=timezone.now())
    return row


def changed(row, by: str = OTHER, **fields):
    with acting(by):
        return type(row).objects.filter(pk=row.pk).update(**fields)


def deleted(row):
    with acting(OTHER):
        return type(row).objects.filter(pk=row.pk).delete()


def account() -> str:
    """An account of the office that may do nothing here."""
    return f"staff:{User.objects.create(username='nobody', email='n@example.org', is_staff=True).pk}"


def restored(model, **fields):
    """A row as the owner of the tables writes it, past who acts."""
    words = WORDS if model is DonorNoticeProposal else {"place": "elsewhere", "level": "suitable"}
    return model.objects.create(**{**words, **days(), "proposed_by": "a", **fields})


def twice(model, **fields) -> None:
    for _ in range(2):
        model.objects.create(**{**fields, **days()})


def rules(name: str, make: Callable, model) -> dict[str, Rows]:
    """What is the same for both kinds of proposals."""
    now = timezone.now()
    return {
        f"{name}_days_in_order": [
            lambda: make(**days(begins=2, ends=1)),
            lambda: make(**days(begins=-2)),
            lambda: make(**days(ends=365)),
        ],
        f"{name}_decided_by_another": [lambda: decide(make(), ONE), lambda: decide(make(), ONE, "declined")],
        f"{name}_decision_is_whole": [
            lambda: restored(model, decision="approved"),
            lambda: restored(model, decided_by="b"),
            lambda: decide(make(), decision="perhaps"),
        ],
        f"{name}_ended_after_approval": [
            lambda: end(make()),
            lambda: end(decide(make(), decision="declined")),
            lambda: restored(model, ended_by="b", ended_at=now),
        ],
    }


REFUSED: dict[str, Rows] = {
    **rules("safetyproposal", proposal, SafetyProposal),
    **rules("donornoticeproposal", text, DonorNoticeProposal),
    "safetyproposal_words_are_known": [
        lambda: proposal(place="moon"),
        lambda: proposal(level="perhaps", **WHY),
    ],
    "safetyproposal_reason_in_both": [
        lambda: proposal(level="caution"),
        lambda: proposal(reason_ru="почему"),
        lambda: proposal(level="caution", reason_en="why"),
    ],
    "safetyproposal_one_waits": [
        lambda: [proposal(), proposal(level="no")],
        lambda: [
            proposal(method=(way := signing.method_of(signing.CARD))),
            proposal(method=way, level="no"),
        ],
    ],
    "donornoticeproposal_in_both": [lambda name=name: text(**{name: ""}) for name in WORDS],
    "safetynotice_one_a_day": [lambda: twice(SafetyNotice, place="elsewhere", level="suitable")],
    "donornotice_one_a_day": [lambda: twice(DonorNotice, **WORDS)],
    "notice_has_a_proposer": [
        lambda: proposal(by=""),
        lambda: text(by=""),
        lambda: decide(proposal(), by=""),
    ],
    "notice_checked_already": [lambda: proposal(**days(checked=2, begins=2))],
    "notice_approved_by_right": [
        lambda: decide(proposal(), account()),
        lambda: decide(text(), account(), "declined"),
    ],
    "notice_confirmed_just_now": [
        lambda: decide(proposal(), ago=None),
        lambda: decide(proposal(), ago=timedelta(minutes=7)),
        lambda: decide(proposal(), ago=timedelta(minutes=-2)),
        lambda: decide(text(), ago=timedelta(minutes=7)),
        lambda: decide(proposal(), decision="declined", ago=timedelta(minutes=7)),
    ],
    "notice_approved_in_time": [lambda: decide(proposal(**days(checked=-9, begins=-9, ends=-2)))],
    "notice_ended_by_right": [lambda: end(decide(proposal()), account())],
    "notice_is_frozen": [
        lambda: changed(proposal(), level="no"),
        lambda: changed(proposal(), decision="approved", level="caution", **WHY),
        lambda: changed(decide(proposal()), valid_until=days(ends=31)["valid_until"]),
        lambda: decide(decide(proposal()), "command:third", "declined"),
        lambda: end(end(decide(proposal()))),
        lambda: deleted(proposal()),
        lambda: deleted(decide(text())),
    ],
    "notice_through_two_people": [
        lambda: [decide(proposal(level="no")), changed(SafetyNotice.objects.get(), level="suitable")],
        lambda: [decide(text()), changed(DonorNotice.objects.get(), title_ru="Платите")],
    ],
}

ACCEPTED: dict[str, Callable[[], object]] = {
    "a notice for a year": lambda: proposal(**days(ends=364)),
    "notices of two cells on one day": lambda: [decide(proposal()), decide(proposal(place="in-russia"))],
    "a notice after another of its cell": lambda: [
        decide(proposal()),
        decide(proposal(**days(begins=31, ends=40))),
    ],
    "an end by who proposed it": lambda: end(decide(proposal()), ONE),
    "one that was ended, taken from the page": lambda: SafetyNotice.objects.filter(
        pk=decide(proposal()).pk
    ).delete(),
}
