"""Rows that the database must refuse: prosecutions, charges, hearings, decisions, terms; and rows it must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cases import models as record
from tests.factories import (
    ArticleEditionFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    RestraintFactory,
    TermFactory,
)
from tests.prisoners.refused_rows import THIS_YEAR, TOMORROW_OR_LATER, day, dead_since

Rows = list[Callable[[], object]]
NEXT_WEEK = timezone.localdate() + timedelta(days=7)


def once_more(model: Any, row: Any, *names: str) -> object:
    return model.objects.create(**{name: getattr(row, name) for name in names})


def charge_event(charge: record.Charge | None = None, **fields: Any) -> record.ChargeEvent:
    return record.ChargeEvent.objects.create(charge=charge or ChargeFactory(), **fields)


def brought_and_then(brought: str, kind: str, on: str, *, brought_last: bool = False) -> Callable[[], object]:
    def make() -> None:
        charge = ChargeFactory()
        events = [{"kind": "brought", "on": day(brought)}, {"kind": kind, "on": day(on)}]
        for event in reversed(events) if brought_last else events:
            charge_event(charge, **event)

    return make


def hearing_person(**fields: Any) -> record.HearingPerson:
    return record.HearingPerson.objects.create(
        **{"hearing": HearingFactory(), "prosecution": ProsecutionFactory()} | fields
    )


def person_of_its_hearing() -> record.HearingPerson:
    prosecution = ProsecutionFactory()
    return hearing_person(prosecution=prosecution, hearing=HearingFactory(case=prosecution.case))


def event(**fields: Any) -> Callable[[], object]:
    return lambda: record.Event.objects.create(**{"case": CaseFactory(), "line_ru": "Обыск"} | fields)


def penalty(decision: str = "guilty_verdict", **fields: Any) -> record.Penalty:
    link = DecisionPersonFactory(decision__kind=decision)
    return record.Penalty.objects.create(**{"decision_person": link, "kind": "imprisonment"} | fields)


def decided(
    kind: str, on: str, like: record.DecisionPerson | None = None, **fields: Any
) -> record.DecisionPerson:
    """A decision about one person; about the same person as another one, if given."""
    if like is None:
        return DecisionPersonFactory(decision__kind=kind, decision__on=day(on), decision__instance="first")
    decision = DecisionFactory(case=like.decision.case, kind=kind, on=day(on), **fields)
    return DecisionPersonFactory(decision=decision, prosecution=like.prosecution)


def appeal_before_verdict() -> None:
    decided("upheld", "18.02.2024", decided("guilty_verdict", "19.02.2024"), instance="appeal")


def verdict_after_appeal() -> None:
    link = decided("guilty_verdict", "19.02.2024")
    decided("upheld", "20.05.2024", link, instance="appeal")
    record.Decision.objects.filter(pk=link.decision_id).update(on=day("06.2024"))


def appeal_of_the_whole_case_before() -> None:
    verdict = DecisionFactory(on=day("19.02.2024"))
    DecisionFactory(case=verdict.case, kind="upheld", instance="appeal", on=day("2023"))


def superseded_by(on: str, case: record.Case | None = None) -> Callable[[], object]:
    def make() -> None:
        early = DecisionFactory(on=day("19.02.2024"))
        DecisionFactory(case=case or early.case, on=day(on), instance="none", supersedes=early)

    return make


def superseding_itself() -> None:
    decision = DecisionFactory()
    record.Decision.objects.filter(pk=decision.pk).update(supersedes=decision)


def kind_changed_under_a_penalty(kind: str) -> Callable[[], object]:
    return lambda: record.Decision.objects.filter(pk=penalty().decision_person.decision_id).update(kind=kind)


def kind_changed_under_a_term() -> None:
    link = DecisionPersonFactory()
    term_decision(link)
    record.Decision.objects.filter(pk=link.decision_id).update(kind="medical_ruling")


def term_decision(link: record.DecisionPerson, **fields: Any) -> record.TermDecision:
    given = fields or {"term": TermFactory(prisoner=link.prosecution.prisoner)}
    return record.TermDecision.objects.create(decision_person=link, **given)


def absorbing(same_person: bool = True, itself: bool = False, number: int = 1) -> Callable[[], object]:
    def make() -> None:
        term = TermFactory()
        other = TermFactory(current=False, **({"prisoner": term.prisoner} if same_person else {}))
        for _ in range(number):
            record.TermAbsorption.objects.create(term=term, absorbed=term if itself else other)

    return make


def relation(reverse: bool = False) -> Callable[[], object]:
    def make() -> None:
        one, two = PrisonerFactory(), PrisonerFactory()
        record.Relation.objects.create(person=one, other=two, kind="spouse")
        pair = {"person": two, "other": one} if reverse else {"person": one, "other": two}
        record.Relation.objects.create(**pair, kind="spouse")

    return make


def related_to_oneself() -> None:
    person = PrisonerFactory()
    record.Relation.objects.create(person=person, other=person, kind="sibling")


def recognition_link(same_person: bool, number: int = 1) -> Callable[[], object]:
    def make() -> None:
        prosecution = ProsecutionFactory()
        person = {"prisoner": prosecution.prisoner} if same_person else {}
        recognition = RecognitionFactory(**person)
        for _ in range(number):
            record.RecognitionProsecution.objects.create(recognition=recognition, prosecution=prosecution)

    return make


def moved_to_another_case(link: Any, name: str) -> None:
    row = getattr(link, name)
    type(row).objects.filter(pk=row.pk).update(case=CaseFactory())


def postponed(to: Callable[[record.Hearing], record.Hearing], **fields: Any) -> Callable[[], object]:
    def make() -> None:
        hearing = HearingFactory(hearing_state="planned")
        record.Hearing.objects.filter(pk=hearing.pk).update(
            **{"hearing_state": "postponed", "postponed_to": to(hearing)} | fields
        )

    return make


def extension(**fields: Any) -> Callable[[], object]:
    return lambda: record.RestraintExtension.objects.create(
        **{"restraint": RestraintFactory(), "until": day("14.05.2023")} | fields
    )


def successor(hearing: record.Hearing) -> record.Hearing:
    return HearingFactory(case=hearing.case, hearing_state="planned", on=date(2024, 3, 1))


OF_ONE_CASE: Rows = [
    hearing_person,
    lambda: DecisionPersonFactory(prosecution=ProsecutionFactory()),
    lambda: event(prosecution=ProsecutionFactory())(),  # noqa: PLW0108 - made when it is called
    lambda: superseded_by("01.2025", case=CaseFactory())(),  # noqa: PLW0108
    postponed(lambda hearing: HearingFactory(hearing_state="planned")),
    lambda: charge_event(kind="convicted", decision=DecisionFactory()),
    lambda: charge_event(kind="reclassified", becomes=ChargeFactory()),
    lambda: moved_to_another_case(DecisionPersonFactory(), "prosecution"),
    lambda: moved_to_another_case(DecisionPersonFactory(), "decision"),
    lambda: moved_to_another_case(person_of_its_hearing(), "hearing"),
]

REFUSED: dict[str, Rows] = {
    "cases_of_one_case": OF_ONE_CASE,
    "cases_of_one_person": [
        recognition_link(same_person=False),
        absorbing(same_person=False),
        lambda: term_decision(DecisionPersonFactory(), term=TermFactory()),
    ],
    "prosecution_once": [
        lambda: once_more(record.Prosecution, ProsecutionFactory(), "case", "prisoner"),
    ],
    "prosecution_resumed_after_suspended": [
        lambda: ProsecutionFactory(
            suspension_reason="wanted", suspended_on=day("03.2024"), resumed_on=day("02.2024")
        )
    ],
    "prosecution_resumed_was_suspended": [lambda: ProsecutionFactory(resumed_on=day("2024"))],
    "prosecution_suspended_for_a_reason": [lambda: ProsecutionFactory(suspended_on=day("2024"))],
    "cases_prosecution_happened": [lambda: ProsecutionFactory(since=TOMORROW_OR_LATER)],
    "recognitionprosecution_once": [recognition_link(same_person=True, number=2)],
    "charge_edition_with_article": [lambda: ChargeFactory(article=None, edition=ArticleEditionFactory())],
    "charge_edition_of_its_article": [lambda: ChargeFactory(edition=ArticleEditionFactory())],
    "charge_article_says_its_code": [
        lambda fields=fields: ChargeFactory(**fields)
        for fields in ({"code": "uk-rf"}, {"number": "205"}, {"code": "other", "code_name_ru": "кодекс"})
    ],
    "charge_number_has_a_code": [lambda: ChargeFactory(article=None, number="205")],
    "charge_says_something": [lambda: ChargeFactory(article=None, code="uk-rf")],
    "charge_other_code_is_named": [
        lambda: ChargeFactory(article=None, code="uk-ua", number="110", code_name_ru="кодекс")
    ],
    "charge_number_is_one": [lambda: ChargeFactory(article=None, code="uk-ua", number="ст. 110")],
    "charge_part_is_one": [lambda text=text: ChargeFactory(part=text) for text in ("ч. 2", "2а", "1,1")],
    "charge_points_are_letters": [
        lambda points=points: ChargeFactory(points=points) for points in (["a"], ["«д»"], ["ё"], ["д", ""])
    ],
    "charge_complicity_is_a_part": [
        lambda text=text: ChargeFactory(complicity=text) for text in ("6", "3, 5", "33")
    ],
    "charge_edition_law_is_one": [
        lambda text=text: ChargeFactory(edition_law=text) for text in ("32", "32-FZ", "04.03.2022")
    ],
    "charge_episodes_are_some": [lambda: ChargeFactory(episodes=0)],
    "cases_charge_happened": [lambda: ChargeFactory(act_on=TOMORROW_OR_LATER)],
    "chargeevent_reclassified_becomes": [
        lambda: charge_event(kind="reclassified"),
        lambda: charge_event(
            (one := ChargeFactory()), kind="dropped", becomes=ChargeFactory(prosecution=one.prosecution)
        ),
    ],
    "chargeevent_becomes_another": [
        lambda: charge_event((one := ChargeFactory()), kind="reclassified", becomes=one)
    ],
    "chargeevent_not_before_brought": [
        brought_and_then("15.03.2023", "convicted", "14.03.2023"),
        brought_and_then("04.2023", "dropped", "2022"),
        brought_and_then("15.03.2023", "acquitted", "02.2023", brought_last=True),
    ],
    "cases_chargeevent_happened": [lambda: charge_event(kind="brought", on=TOMORROW_OR_LATER)],
    "restraint_until_after_it_began": [lambda: RestraintFactory(until=day("14.03.2023"))],
    "restraint_ends_after_it_began": [lambda: RestraintFactory(ended=day("02.2023"))],
    "cases_restraint_happened": [
        lambda: RestraintFactory(began=TOMORROW_OR_LATER),
        lambda: RestraintFactory(ended=TOMORROW_OR_LATER),
    ],
    "restraintextension_until_after_decided": [extension(decided_on=day("15.05.2023"))],
    "cases_restraintextension_happened": [
        extension(decided_on=TOMORROW_OR_LATER, until=day(str(THIS_YEAR + 2)))
    ],
    "cases_hearing_happened": [lambda: HearingFactory(on=NEXT_WEEK)],
    "hearing_postponed_to_another": [postponed(lambda hearing: hearing)],
    "hearing_postponed_is_said": [postponed(successor, hearing_state="planned")],
    "hearingperson_once": [
        lambda: once_more(record.HearingPerson, person_of_its_hearing(), "hearing", "prosecution")
    ],
    "decision_round_is_counted": [lambda: DecisionFactory(round=0)],
    "decision_in_force_after_decided": [lambda: DecisionFactory(in_force_on=day("18.02.2024"))],
    "decision_until_after_decided": [lambda: DecisionFactory(until=day("2023"))],
    "decision_supersedes_another": [superseding_itself],
    "decision_supersedes_an_earlier_one": [superseded_by("18.02.2024"), superseded_by("2023")],
    "decision_instances_in_order": [
        appeal_before_verdict,
        verdict_after_appeal,
        appeal_of_the_whole_case_before,
    ],
    "decision_without_penalty": [
        *(lambda kind=kind: penalty(kind) for kind in ("acquittal", "medical_ruling", "medical_extended")),
        *(kind_changed_under_a_penalty(kind) for kind in ("acquittal", "medical_ruling")),
        kind_changed_under_a_term,
    ],
    "cases_decision_happened": [lambda: DecisionFactory(on=TOMORROW_OR_LATER)],
    "decisionperson_once": [
        lambda: once_more(record.DecisionPerson, DecisionPersonFactory(), "decision", "prosecution")
    ],
    "decisionperson_medical_measure_fits": [
        lambda: DecisionPersonFactory(medical_measure="intensive"),
        lambda: DecisionPersonFactory(decision__kind="acquittal", medical_measure="outpatient"),
        lambda: record.Decision.objects.filter(
            pk=DecisionPersonFactory(decision__kind="medical_ruling", medical_measure="general").decision_id
        ).update(kind="guilty_verdict"),
    ],
    "penalty_life_has_no_length": [
        lambda: penalty(kind="life", years=25),
        lambda: penalty(kind="none", days=10),
    ],
    "penalty_money_only_of_a_fine": [
        lambda: penalty(amount=100, currency="RUB"),
        lambda: penalty(kind="fine", amount=100),
        lambda: penalty(kind="fine", currency="RUB"),
        lambda: penalty(kind="fine", amount=0, currency="RUB"),
    ],
    "penalty_hours_only_of_work": [lambda: penalty(hours=100)],
    "penalty_regime_only_of_imprisonment": [lambda: penalty(kind="fine", regime="strict")],
    "penalty_probation_only_of_suspended": [lambda: penalty(probation_years=3)],
    "term_one_in_force": [lambda: once_more(record.Term, TermFactory(), "prisoner", "years")],
    "term_life_has_no_length": [
        lambda: TermFactory(is_life=True),
        lambda: TermFactory(is_life=True, years=None, expected_end=day("2050")),
    ],
    "term_has_a_length": [lambda: TermFactory(years=None), lambda: TermFactory(years=0, months=0)],
    "term_ends_after_it_begins": [lambda: TermFactory(begins_on=day("2024"), expected_end=day("12.2023"))],
    "termdecision_once": [
        lambda: once_more(
            record.TermDecision, term_decision(DecisionPersonFactory()), "term", "decision_person"
        )
    ],
    "term_not_of_treatment": [
        lambda: term_decision(DecisionPersonFactory(decision__kind="medical_ruling")),
        lambda: term_decision(DecisionPersonFactory(decision__kind="acquittal")),
    ],
    "termabsorption_once": [absorbing(number=2)],
    "termabsorption_of_another": [absorbing(itself=True)],
    "event_of_a_case_or_a_person": [event(case=None)],
    "event_says_something": [event(line_ru="")],
    "cases_event_happened": [event(on=TOMORROW_OR_LATER)],
    "relation_once": [relation(), relation(reverse=True)],
    "relation_to_another_person": [related_to_oneself],
}

AFTER_DEATH: Rows = [
    lambda: RestraintFactory(prosecution__prisoner=dead_since("2022")),
    lambda: TermFactory(prisoner=dead_since("2022"), begins_on=day("2023")),
]

ACCEPTED: dict[str, Callable[[], object]] = {
    "convicted in the month in which it was brought": brought_and_then("15.03.2023", "convicted", "03.2023"),
    "dropped, and brought once more": lambda: [
        charge_event(charge, kind=kind, on=day(on))
        for charge in [ChargeFactory()]
        for kind, on in (("brought", "01.2023"), ("dropped", "02.2023"), ("brought", "03.2023"))
    ],
    "searched for after a death nobody told": lambda: RestraintFactory(
        measure="wanted", prosecution__prisoner=dead_since("2022")
    ),
    "a measure that runs on into next year": lambda: RestraintFactory(until=day(str(THIS_YEAR + 1))),
    "custody extended by an appeal before the verdict": lambda: decided(
        "restraint_extended", "01.2024", decided("guilty_verdict", "19.02.2024"), instance="appeal"
    ),
    "an appeal of somebody else before this verdict": lambda: [
        DecisionPersonFactory(
            decision=DecisionFactory(
                case=link.decision.case, kind="upheld", instance="appeal", on=day("2023")
            )
        )
        for link in [decided("guilty_verdict", "19.02.2024")]
    ],
    "a new trial after the appeal": lambda: [
        decided("guilty_verdict", "2025", link, instance="first", round=2)
        for link in [decided("guilty_verdict", "19.02.2024")]
        for _appeal in [decided("quashed", "05.2024", link, instance="appeal")]
    ],
    "superseded on the same day, perhaps": superseded_by("2024"),
    "a guilty verdict with out-patient treatment": lambda: DecisionPersonFactory(
        medical_measure="outpatient"
    ),
    "no penalty imposed, said of an acquittal": lambda: penalty("acquittal", kind="none"),
    "a hearing to come": lambda: HearingFactory(on=NEXT_WEEK, hearing_state="planned"),
    "held today where the day begins first": lambda: HearingFactory(
        court=CourtFactory(time_zone="Asia/Kamchatka"), on=timezone.localdate()
    ),
    "postponed without a new day": lambda: HearingFactory(hearing_state="postponed"),
    "postponed to another": postponed(successor),
    "two terms, one in force": lambda: [
        TermFactory(prisoner=person, current=current)
        for person in [PrisonerFactory()]
        for current in (False, False, True)
    ],
    "an aggregate that absorbs an earlier term": absorbing(),
    "spouses who were also at one event": lambda: [
        record.Relation.objects.create(person=one, other=two, kind=kind)
        for one, two in [(PrisonerFactory(), PrisonerFactory())]
        for kind in ("spouse", "same_event")
    ],
    "an event of one person, whose case is filled": lambda: record.Event.objects.create(
        prosecution=ProsecutionFactory(), line_ru="Голодовка"
    ),
    "an appeal whose day is not known": lambda: decided(
        "upheld", "after 2020", decided("guilty_verdict", "19.02.2024"), instance="appeal"
    ),
}
