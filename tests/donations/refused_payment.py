"""Ways to give, details and signed sets that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from donations.models import DeskNotice, DetailsProposal, PaymentMethod, PaymentSet
from donations.signing.signature import signed
from donations.signing.text import block_of
from memorial.base.acting import acting
from memorial.staff.models import User
from tests.donations.signing import BITCOIN, CARD, KEY, method_of, set_of, take_in

Rows = list[Callable[[], object]]
LONG_AGO = timedelta(minutes=7)
DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def method(**fields: object) -> PaymentMethod:
    return PaymentMethod.objects.create(**{"slug": "card", "kind": "card_once", "name_ru": "Карта", **fields})


def proposal(by: str = "command:propose", ago: timedelta = timedelta(0), **fields: object) -> DetailsProposal:
    """A proposal as `by` makes it, who proved who they are so long ago."""
    of = fields.pop("method", None) or PaymentMethod.objects.filter(slug="card").first() or method_of(CARD)
    with acting(by):
        return DetailsProposal.objects.create(
            **{
                "method": of,
                "block": block_of(CARD),
                "proposer_confirmed_at": timezone.now() - ago,
                **fields,
            }
        )


def decide(
    made: DetailsProposal,
    by: str = "command:approve",
    decision: str = "approved",
    ago: timedelta = timedelta(0),
) -> DetailsProposal:
    """The second person's word."""
    now = timezone.now()
    with acting(by):
        DetailsProposal.objects.filter(pk=made.pk).update(
            decision=decision, decided_at=now, decider_confirmed_at=now - ago
        )
    return made


def written(**fields: object) -> DetailsProposal:
    """A row as the owner of the tables writes it, as in a restore: no trigger fills it."""
    return DetailsProposal.objects.create(
        **{
            "method": method_of(CARD),
            "block": block_of(CARD),
            "proposed_by": "a",
            "proposed_at": DAY,
            "proposer_confirmed_at": DAY,
            **fields,
        }
    )


def by_staff(work: Callable[[], object]) -> None:
    """The same as the role of the office, by an account without any right."""
    account = User.objects.create(username="nobody", email="n@example.org", is_staff=True)
    with acting(f"staff:{account.pk}"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE staff_rw")
        try:
            work()
        finally:
            # A refused statement has broken the transaction, and taken the role back with it.
            if not connection.needs_rollback:
                cursor.execute("RESET ROLE")


def without_right() -> str:
    return f"staff:{User.objects.create(username='nobody', email='n@example.org', is_staff=True).pk}"


def changed(**fields: object) -> Callable[[], object]:
    return lambda: DetailsProposal.objects.filter(pk=proposal().pk).update(**fields)


def notice(**fields: object) -> DeskNotice:
    return DeskNotice.objects.create(**{"payment_set": take_in(CARD), "seen_by": "staff:1", **fields})


def notice_twice(**of: object) -> None:
    for _ in range(2):
        DeskNotice.objects.create(**of, seen_by="staff:1")


REFUSED: dict[str, Rows] = {
    "paymentmethod_slug_is_plain": [
        lambda: method(slug="a--b"),
        lambda: method(slug="A"),
        lambda: method(slug="-a"),
    ],
    "paymentmethod_kind_is_known": [lambda: method(kind="cash")],
    "paymentmethod_wallets_have_a_network": [
        lambda: method(kind="crypto"),
        lambda: method(kind="crypto", network="bitcoin", asset="btc"),
        lambda: method(kind="crypto", network="dogecoin", asset="DOGE"),
        lambda: method(network="bitcoin", asset="BTC"),
        lambda: method(asset="BTC"),
    ],
    "paymentmethod_has_a_name": [lambda: method(name_ru="")],
    "details_have_a_proposer": [
        lambda: proposal(by=""),
        lambda: decide(proposal(), by=""),
        lambda: written(proposed_at=None),
    ],
    "details_confirmed_just_now": [
        lambda: proposal(ago=LONG_AGO),
        lambda: proposal(ago=-LONG_AGO),
        lambda: decide(proposal(), ago=LONG_AGO),
    ],
    "details_of_their_method": [
        lambda: proposal(method=method_of(BITCOIN)),
        lambda: proposal(block=block_of(CARD).replace("card_once", "paypal")),
        lambda: proposal(block=" " + block_of(CARD)),
    ],
    "details_approved_by_right": [lambda: decide(proposal(), by=without_right())],
    "details_are_frozen": [
        changed(block=block_of(CARD).replace("once", "other")),
        changed(proposed_by="somebody else"),
        changed(proposer_confirmed_at=DAY),
        lambda: proposal().delete(),
        lambda: decide(decide(proposal()), by="command:third", decision="declined"),
    ],
    "detailsproposal_one_waits": [lambda: [proposal(), proposal()]],
    "detailsproposal_decided_by_another": [lambda: decide(proposal(), by="command:propose")],
    "detailsproposal_decision_is_whole": [
        lambda: written(decision="approved"),
        lambda: written(decided_by="b"),
        lambda: written(decision="perhaps", decided_by="b", decided_at=DAY, decider_confirmed_at=DAY),
        lambda: written(decision="approved", decided_by="b", decided_at=DAY),
    ],
    "paymentset_serial_rises": [
        lambda: [take_in(CARD, serial=2), take_in(CARD, serial=1)],
    ],
    "paymentset_serial_of_its_text": [
        lambda: PaymentSet.objects.create(serial=3, signed_text=signed(set_of(CARD, serial=2), KEY)),
        lambda: PaymentSet.objects.create(serial=3, signed_text=""),
    ],
    "paymentset_taken_by_right": [lambda: by_staff(lambda: take_in(CARD))],
    "paymentset_is_frozen": [
        lambda: PaymentSet.objects.filter(pk=take_in(CARD).pk).update(signed_text="x"),
        lambda: PaymentSet.objects.filter(pk=take_in(CARD).pk).update(serial=9),
        lambda: take_in(CARD).delete(),
    ],
    "paymentset_serial_counts_from_one": [
        lambda: PaymentSet.objects.create(
            serial=0, signed_text=signed(set_of(CARD), KEY).replace("serial 1\n", "serial 0\n")
        )
    ],
    "desknotice_of_one_thing": [
        lambda: notice(payment_set=None),
        lambda: notice(proposal=proposal()),
    ],
    "desknotice_by_somebody": [lambda: notice(seen_by="")],
    "desknotice_proposal_once": [lambda: notice_twice(proposal=proposal())],
    "desknotice_set_once": [lambda: notice_twice(payment_set=take_in(CARD))],
}

ACCEPTED: dict[str, Callable[[], object]] = {
    "details approved by another": lambda: decide(proposal()),
    "another proposal after one was declined": lambda: [decide(proposal(), decision="declined"), proposal()],
    "what a restore brings back": written,
    "sets one after another": lambda: [take_in(CARD, serial=1), take_in(CARD, serial=5)],
    "a note of two people": lambda: [
        notice(),
        DeskNotice.objects.create(proposal=proposal(), seen_by="staff:2"),
    ],
}
