"""A crowd of people with every fate that figures tell apart, thrown with dice."""

from cases.models import (
    Charge,
    ChargeEvent,
    Decision,
    DecisionPerson,
    Penalty,
)
from memorial.base.partial_date import PartialDate
from tests.factories import CaseFactory, ChargeFactory, PrisonerFactory, ProsecutionFactory

EARLY, LATER, LAST = "10.03.2023", "11.07.2023", "12.02.2024"


def day(text):
    return PartialDate.parse(text)


def decided(prosecution, kind, on=EARLY, imposed=(), **fields):
    in_absentia = fields.pop("in_absentia", False)
    decision = Decision.objects.create(case=prosecution.case, kind=kind, on=day(on), **fields)
    link = DecisionPerson.objects.create(decision=decision, prosecution=prosecution, in_absentia=in_absentia)
    for penalty in imposed:
        Penalty.objects.create(decision_person=link, **penalty)
    return decision


def jailed(years=None, months=None, days=None, kind="imprisonment"):
    return {"kind": kind, "years": years, "months": months, "days": days}


def crowd(article, beside, dice):
    """Two hundred charges of people who were prosecuted once, twice, alone and together."""
    people = [PrisonerFactory(state=dice.choice(["published"] * 8 + ["draft"])) for _ in range(50)]
    cases = [CaseFactory(state=dice.choice(["published"] * 8 + ["draft"])) for _ in range(40)]
    pairs = {(dice.choice(cases), dice.choice(people)) for _ in range(110)}
    for case, person in sorted(pairs, key=lambda pair: (pair[0].pk, pair[1].pk)):
        a_fate(ProsecutionFactory(case=case, prisoner=person), article, beside, dice)
    for case in cases[:6]:
        Decision.objects.create(
            case=case,
            kind=dice.choice(["discontinuation", "guilty_verdict", "returned_to_prosecutor"]),
            on=day("01.02.2023"),
            verification=dice.choice(["one_source", "unverified"]),
        )


def a_fate(prosecution, article, beside, dice):
    charges = [charge_of(prosecution, article, dice) for _ in range(dice.choice([1, 1, 1, 2]))]
    if dice.random() < 0.3:
        charges.append(charge_of(prosecution, beside, dice))
    if dice.random() < 0.1:
        Charge.objects.create(prosecution=prosecution, wording_ru="и другое")
    first = dice.choice(
        ["guilty_verdict"] * 6 + ["acquittal", "medical_ruling", "discontinuation", None, None]
    )
    if first is None:
        return
    imposed = dice.choice(
        [
            *[[jailed(dice.randint(1, 15), dice.choice([None, 6]))]] * 6,
            [jailed(3, kind="suspended")],
            [jailed(5), jailed(None, kind="deferral")],
            [{"kind": "life"}],
            [jailed()],
            [jailed(0, 18, 15), {"kind": "fine", "amount": 1000, "currency": "RUB"}],
        ]
    )
    verdict = decided(
        prosecution,
        first,
        imposed=imposed if first == "guilty_verdict" else (),
        in_absentia=dice.random() < 0.1,
        verification=dice.choice(["one_source"] * 5 + ["unverified"]),
    )
    a_review(prosecution, verdict, dice)


def a_review(prosecution, verdict, dice):
    kind = dice.choice(["upheld", "reduced", "quashed", "remitted", "acquittal", *[None] * 7])
    if kind is None:
        return
    supersedes = verdict if dice.random() < 0.5 else None
    imposed = [jailed(1)] if kind == "reduced" else ()
    decided(prosecution, kind, LATER, imposed, instance="appeal", supersedes=supersedes)
    if kind in ("quashed", "remitted") and dice.random() < 0.6:
        again = dice.choice(["guilty_verdict", "acquittal"])
        decided(prosecution, again, LAST, [jailed(9)] if again == "guilty_verdict" else (), round=2)


def charge_of(prosecution, article, dice):
    charge = ChargeFactory(
        prosecution=prosecution,
        article=article,
        part=dice.choice(["", "1", "1.1", "2", "10"]),
        verification=dice.choice(["one_source"] * 6 + ["unverified"]),
    )
    for kind in dice.choice(
        [[], [], ["brought"], ["dropped"], ["brought", "convicted"], ["acquitted"], ["excluded"]]
    ):
        ChargeEvent.objects.create(
            charge=charge,
            kind=kind,
            on=day(EARLY) if kind != "brought" and dice.random() < 0.5 else None,
            verification=dice.choice(["one_source"] * 5 + ["unverified"]),
        )
    return charge
