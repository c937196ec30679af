"""The stage that the filter of cases knows is the one that pages tell, on every day; whoever writes and however."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from cases.choices import CaseKind, ChargeEventKind, DecisionKind, HearingState, Instance, Stage
from cases.models import (
    Case,
    ChargeEvent,
    Decision,
    DecisionPerson,
    Hearing,
    HearingPerson,
    Prosecution,
    PublishedCase,
)
from cases.selection import CaseFilter
from cases.stage import stage_of
from memorial.base.choices import State
from memorial.base.derived_tables import rebuild
from memorial.base.partial_date import PartialDate
from tests.factories import CaseFactory, ChargeFactory, HearingFactory, PrisonerFactory, ProsecutionFactory
from tests.filters.world import rows
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
DAYS = [TODAY, *(TODAY + timedelta(days=days) for days in (1, 9, 30, 400))]
WRITTEN = ("03.2023", "14.05.2024", "2025", "11.01.2026", "02.02.2026", "23.11.2026", None)
IN_FORCE = (None, None, "10.2024", "24.11.2026", "02.12.2026", "05.01.2027")


def told(people: list[Prosecution], on: date) -> set[str]:
    """What the page says of the published people of a case, served sentences among those in force."""
    stages = {stage_of(each, on) for each in people} or {Stage.UNKNOWN}
    stages = {Stage.IN_FORCE if stage == Stage.SERVING else stage for stage in stages}
    return {str(stage) for stage in stages - {Stage.UNKNOWN} or {Stage.UNKNOWN}}


def found(stage: str, on: date = TODAY) -> set[int]:
    chosen = CaseFilter(QueryDict(f"stage={stage}"), on)
    numbers = set(chosen.cases().values_list("pk", flat=True))
    assert chosen.count == len(numbers)
    return set() if chosen.is_misled else numbers


class Dealt:
    """Cases with everything that tells a stage, dealt by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def day(self, days: tuple[str | None, ...]) -> PartialDate | None:
        text = self.chance.choice(days)
        return PartialDate.parse(text) if text else None

    def verification(self) -> str:
        return self.chance.choice(("one_source", "one_source", "one_source", "unverified"))

    def case(self) -> Case:
        kind = self.chance.choice([CaseKind.CRIMINAL] * 5 + list(CaseKind))
        case = CaseFactory(kind=kind)
        for _ in range(self.chance.randint(0, 3)):
            self._person(case)
        people = list(case.prosecutions.all())
        decisions: list[Decision] = []
        for _ in range(self.chance.randint(0, 5)):
            # Chance proposes what the database refuses, such as a review before the verdict.
            with suppress(IntegrityError), transaction.atomic():
                decision = self._decision(case, decisions)
                self._link(DecisionPerson, people, decision=decision)
                decisions.append(decision)
        for _ in range(self.chance.randint(0, 3)):
            self._hearing(case, people)
        return case

    def _person(self, case: Case) -> None:
        suspended = self.chance.choice(("", "", "", "", "wanted", "contract"))
        prosecution = ProsecutionFactory(
            case=case,
            prisoner=PrisonerFactory(state=self.chance.choice([State.PUBLISHED] * 4 + [State.DRAFT])),
            suspension_reason=suspended,
            suspended_on=PartialDate.parse("2024") if suspended else None,
            resumed_on=PartialDate.parse("2025") if suspended and self.chance.random() < 0.3 else None,
            since=self.day(("2022", None)),
            stage_entered="serving" if case.kind == "criminal" and self.chance.random() < 0.1 else "",
        )
        for _ in range(self.chance.randint(0, 2)):
            charge = ChargeFactory(prosecution=prosecution, verification=self.verification())
            if self.chance.random() < 0.3:
                ChargeEvent.objects.create(
                    charge=charge,
                    kind=self.chance.choice((ChargeEventKind.CONVICTED, ChargeEventKind.BROUGHT)),
                    on=self.day(WRITTEN),
                    verification=self.verification(),
                )

    def _decision(self, case: Case, before: list[Decision]) -> Decision:
        kinds = [DecisionKind.GUILTY_VERDICT] * 6 + [DecisionKind.UPHELD] * 3 + list(DecisionKind)
        return Decision.objects.create(
            case=case,
            kind=self.chance.choice(kinds),
            instance=self.chance.choice(
                (Instance.FIRST, Instance.FIRST, Instance.APPEAL, Instance.CASSATION)
            ),
            round=self.chance.choice((1, 1, 2)),
            on=self.day(WRITTEN[len(before) :]),
            in_force_on=self.day(IN_FORCE),
            whole_case=self.chance.random() < 0.4,
            supersedes=self.chance.choice(before) if before and self.chance.random() < 0.4 else None,
            verification=self.verification(),
        )

    def _hearing(self, case: Case, people: list[Prosecution]) -> None:
        days = self.chance.choice((-900, -300, -20, 0, 20, 200))
        state = self.chance.choice((HearingState.PLANNED, HearingState.CANCELLED))
        hearing = HearingFactory(
            case=case,
            on=TODAY + timedelta(days=days),
            whole_case=self.chance.random() < 0.5,
            instance=self.chance.choice((Instance.FIRST, Instance.APPEAL, Instance.CASSATION)),
            hearing_state=HearingState.HELD if days < 0 else state,
            verification=self.verification(),
        )
        self._link(HearingPerson, people, hearing=hearing)

    def _link(self, model, people: list[Prosecution], **fields) -> None:
        [record] = fields.values()
        if not record.whole_case:
            for prosecution in self.chance.sample(people, self.chance.randint(0, len(people))):
                model.objects.create(prosecution=prosecution, **fields)


def test_the_filter_says_what_the_page_says_on_every_day():
    dealt = Dealt(seed=7)
    cases = [dealt.case() for _ in range(60)]
    people: dict[int, list[Prosecution]] = {case.pk: [] for case in cases}
    for prosecution in Prosecution.objects.of_shown_people().filter(case__in=people).with_stage():
        people[prosecution.case_id].append(prosecution)
    seen: Counter[str] = Counter()
    for on in DAYS:
        index = CaseFilter(QueryDict(""), on).index
        for stage in {*Stage.values, "serving"}:
            expected = {pk for pk, some in people.items() if stage in told(some, on)}
            assert index.keys(index.having("stage", [stage])) == expected, (on, stage)
            seen[stage] += len(expected)
    for stage in +seen:
        assert found(stage) == {pk for pk, some in people.items() if stage in told(some, TODAY)}, stage
    assert len(+seen) >= 13, seen
    assert PublishedCase.objects.exclude(dated=[]).count() >= 5, "no stage begins on a day"
    before = rows()["PublishedCase"]
    PublishedCase.objects.all()._raw_delete("default")
    rebuild(PublishedCase)
    assert rows()["PublishedCase"] == before


def test_whatever_changes_the_stage_is_noticed():
    case = CaseFactory()
    prosecution = ProsecutionFactory(case=case)
    assert found("unknown") == {case.pk}
    charge = ChargeFactory(prosecution=prosecution)
    assert found("investigation") == {case.pk}
    event = ChargeEvent.objects.create(charge=charge, kind="convicted", verification="one_source")
    assert found("unknown") == {case.pk}
    event.delete()
    hearing = HearingFactory(case=case, on=TODAY, whole_case=True, hearing_state="planned")
    assert found("first_instance") == {case.pk}
    Hearing.objects.filter(pk=hearing.pk).update(whole_case=False)
    assert found("investigation") == {case.pk}
    HearingPerson.objects.create(hearing=hearing, prosecution=prosecution)
    assert found("first_instance") == {case.pk}
    verdict = Decision.objects.create(
        case=case,
        kind="acquittal",
        instance="first",
        on=PartialDate.parse("2025"),
        whole_case=False,
        verification="one_source",
    )
    assert found("acquitted") == set()
    link = DecisionPerson.objects.create(decision=verdict, prosecution=prosecution)
    assert found("acquitted") == {case.pk}
    Decision.objects.filter(pk=verdict.pk).update(kind="guilty_verdict")
    assert found("first_instance") == {case.pk}
    Hearing.objects.filter(pk=hearing.pk).update(instance="appeal")
    assert found("appeal") == {case.pk}
    Hearing.objects.filter(pk=hearing.pk).update(on=date(2024, 12, 31), hearing_state="held")
    assert found("first_instance") == {case.pk}
    Decision.objects.filter(pk=verdict.pk).update(in_force_on=PartialDate.parse("01.12.2026"))
    assert found("in_force") == set()
    assert found("in_force", date(2026, 12, 1)) == {case.pk}
    link.delete()
    Prosecution.objects.filter(pk=prosecution.pk).update(stage_entered="cassation")
    assert found("cassation") == {case.pk}


def test_the_stage_of_a_hidden_person_is_not_told():
    case = CaseFactory()
    ProsecutionFactory(case=case, stage_entered="appeal")
    hidden = ProsecutionFactory(case=case, stage_entered="suspended_wanted").prisoner
    assert found("suspended_wanted") == {case.pk}
    type(hidden).objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN)
    assert found("suspended_wanted") == set()
    assert found("appeal") == {case.pk}
