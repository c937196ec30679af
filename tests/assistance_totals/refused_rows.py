"""Totals that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from assistance.models import ProposedTotal, PublicTotal, TotalsProposal, TotalsPublication
from memorial.base.acting import acting
from memorial.staff.models import User

Rows = list[Callable[[], object]]
AS_OF = date(2026, 11, 22)


def proposal(period: str = "2024", by: str = "command:count", **fields: object) -> TotalsProposal:
    """A proposal as `by` makes it."""
    with acting(by):
        return TotalsProposal.objects.create(period=period, as_of=fields.pop("as_of", AS_OF), **fields)


def with_a_number(period: str = "2024", people: int = 30, by: str = "command:count") -> TotalsProposal:
    """A proposal of one number."""
    made = proposal(period, by)
    with acting(by):
        ProposedTotal.objects.create(proposal=made, figure="legal", people=people, withheld=people < 5)
    return made


def decide(made: TotalsProposal, by: str, decision: str = "approved") -> None:
    """The second person's word."""
    with acting(by):
        TotalsProposal.objects.filter(pk=made.pk).update(
            decision=decision, decided_at=datetime(2026, 11, 22, 12, tzinfo=UTC)
        )


def approved(period: str = "2024") -> TotalsProposal:
    made = with_a_number(period)
    decide(made, "command:approve")
    return made


def nobody_acts() -> None:
    TotalsProposal.objects.create(period="2024", as_of=AS_OF)


def nobody_decides() -> None:
    made = proposal()
    TotalsProposal.objects.filter(pk=made.pk).update(decision="approved")


def limited_coordinator() -> str:
    """An account of the office that sees some clients at most, and may approve nothing."""
    return f"staff:{User.objects.create(username='coordinator', email='c@example.org', is_staff=True).pk}"


def changed(**fields: object) -> Callable[[], object]:
    return lambda: TotalsProposal.objects.filter(pk=proposal().pk).update(**fields)


def decided_twice() -> None:
    decide(approved(), "command:third", "declined")


def correction_without_a_reason() -> None:
    approved()
    proposal()


def number_of_another() -> None:
    made = proposal()
    with acting("command:approve"):
        ProposedTotal.objects.create(proposal=made, figure="legal", people=30)


def number_after_the_decision() -> None:
    made = approved()
    with acting("command:count"):
        ProposedTotal.objects.create(proposal=made, figure="any", people=30)


def publication(**fields: object) -> TotalsPublication:
    return TotalsPublication.objects.create(
        **{"period": "2024", "as_of": AS_OF, "published_on": AS_OF, **fields}
    )


def twice(make: Callable[[], object]) -> Callable[[], object]:
    return lambda: [make(), make()]


def two_numbers(model: type, parent: str, of: Callable[[], object]) -> Callable[[], object]:
    def make() -> None:
        row = of()
        for _ in range(2):
            model.objects.create(**{parent: row}, figure="legal", people=30)

    return make


REFUSED: dict[str, Rows] = {
    "totals_of_a_closed_period": [
        lambda: proposal("2099"),
        lambda: proposal("2022"),
        lambda: proposal("2024-3"),
        lambda: proposal("2024-02"),
        lambda: proposal("", as_of=AS_OF),
        lambda: proposal("2025", as_of=date(2025, 12, 31)),
    ],
    "totals_have_a_proposer": [nobody_acts, nobody_decides],
    "totals_by_who_sees_all": [lambda: proposal(by=limited_coordinator())],
    "totals_approved_by_right": [lambda: decide(with_a_number(), limited_coordinator())],
    "totals_correction_says_why": [correction_without_a_reason],
    "totals_are_frozen": [
        changed(period="2023"),
        changed(as_of=date(2026, 11, 21)),
        lambda: proposal().delete(),
        decided_twice,
        lambda: ProposedTotal.objects.filter(proposal=with_a_number()).update(people=31),
        lambda: ProposedTotal.objects.filter(proposal=with_a_number()).delete(),
        lambda: [approved(), PublicTotal.objects.update(people=31)],
        lambda: [approved(), PublicTotal.objects.all().delete()],
        lambda: [approved(), TotalsPublication.objects.update(as_of=date(2026, 11, 21))],
        lambda: TotalsPublication.objects.filter(pk=publication().pk).delete(),
    ],
    "totals_added_by_the_proposer": [number_of_another, number_after_the_decision],
    "totalsproposal_one_waits": [twice(proposal)],
    "totalsproposal_decided_by_another": [lambda: decide(with_a_number(), "command:count")],
    "totalsproposal_decision_is_whole": [
        lambda: TotalsProposal.objects.create(
            period="2024", as_of=AS_OF, proposed_by="a", decision="approved"
        ),
        lambda: TotalsProposal.objects.create(period="2024", as_of=AS_OF, proposed_by="a", decided_by="b"),
    ],
    "proposedtotal_once": [
        two_numbers(
            ProposedTotal,
            "proposal",
            lambda: TotalsProposal.objects.create(period="2024", as_of=AS_OF, proposed_by="a"),
        )
    ],
    "proposedtotal_small_is_withheld": [
        lambda: ProposedTotal.objects.create(
            proposal=TotalsProposal.objects.create(period="2024", as_of=AS_OF, proposed_by="a"),
            figure="legal",
            people=4,
        )
    ],
    "totalspublication_once": [twice(publication)],
    "publictotal_once": [two_numbers(PublicTotal, "publication", publication)],
    "publictotal_no_small_number": [
        lambda: PublicTotal.objects.create(publication=publication(), figure="legal", people=4),
        lambda: PublicTotal.objects.create(publication=publication(), figure="legal", people=0),
    ],
}

ACCEPTED: dict[str, Callable[[], object]] = {
    "totals approved by another": approved,
    "totals that wait in two periods": lambda: [proposal("2023"), proposal("2024-1")],
    "a small number that is withheld": lambda: with_a_number(people=0),
    "a correction that says why": lambda: [approved(), proposal(reason_ru="Нашли опечатку")],
    "another proposal after one was declined": lambda: [
        decide(with_a_number(), "command:approve", "declined"),
        proposal(),
    ],
}
