"""What readers may see of the legal record: asked as the public role, and asked of the querysets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import ProgrammingError, connection, models, transaction

from cases import models as record
from memorial.base.choices import State, Verification
from memorial.base.partial_date import PartialDate
from prisoners.models import Prisoner
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    DecisionFactory,
    DecisionPersonFactory,
    DraftFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    TermFactory,
    confirmed_official,
)

pytestmark = pytest.mark.django_db


@contextmanager
def as_public() -> Iterator[None]:
    """As the role that serves readers."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE site_ro")
        yield
        cursor.execute("RESET ROLE")


def seen(row: models.Model) -> bool:
    """Whether the public role sees the row at all."""
    with as_public():
        return type(row)._base_manager.filter(pk=row.pk).values("pk").exists()


def hide_case(prosecution: record.Prosecution) -> None:
    record.Case.objects.filter(pk=prosecution.case_id).update(state=State.WITHDRAWN)


def hide_person(prosecution: record.Prosecution) -> None:
    Prisoner.objects.filter(pk=prosecution.prisoner_id).update(state=State.WITHDRAWN)


def rows_of(prosecution: record.Prosecution) -> list[models.Model]:
    """One row of everything that hangs on one prosecution, and is about that person only."""
    charge = ChargeFactory(prosecution=prosecution)
    restraint = record.Restraint.objects.create(prosecution=prosecution, measure="custody")
    decision = DecisionFactory(case=prosecution.case)
    link = DecisionPersonFactory(decision=decision, prosecution=prosecution)
    hearing = HearingFactory(case=prosecution.case)
    term = TermFactory(prisoner=prosecution.prisoner)
    recognition = RecognitionFactory(prisoner=prosecution.prisoner)
    role = record.OfficialRole.objects.create(
        official=confirmed_official(), prosecution=prosecution, part="tried"
    )
    for staff in (1, 2):
        record.OfficialConfirmation.objects.create(role=role, by=staff, on=date(2026, 1, 1))
    event = record.Event.objects.create(prosecution=prosecution, line_ru="Голодовка")
    rows = [
        prosecution,
        charge,
        record.ChargeEvent.objects.create(charge=charge, kind="brought"),
        restraint,
        record.RestraintExtension.objects.create(restraint=restraint, until=PartialDate.parse("2027")),
        decision,
        link,
        record.Penalty.objects.create(decision_person=link, kind="imprisonment", years=7),
        hearing,
        record.HearingPerson.objects.create(hearing=hearing, prosecution=prosecution),
        term,
        record.TermDecision.objects.create(term=term, decision_person=link),
        role,
        record.RecognitionProsecution.objects.create(recognition=recognition, prosecution=prosecution),
        event,
        record.Document.objects.create(
            prosecution=prosecution, slug="words", kind="last_word", title_ru="Слово", state=State.PUBLISHED
        ),
    ]
    facts: dict[str, models.Model] = {
        "charge": charge,
        "restraint": restraint,
        "decision": decision,
        "hearing": hearing,
        "term": term,
        "event": event,
        "official_role": role,
        "prosecution": prosecution,
    }
    return rows + [
        record.CaseCitation.objects.create(kind="media", title="Репортаж", **{name: fact})
        for name, fact in facts.items()
    ]


@pytest.mark.parametrize("hide", [hide_case, hide_person])
def test_a_prosecution_and_all_that_hangs_on_it_is_hidden_with_its_case_and_with_its_person(hide):
    prosecution = ProsecutionFactory()
    rows = rows_of(prosecution)
    assert [str(type(row)) for row in rows if not seen(row)] == []
    hide(prosecution)
    assert [f"{type(row).__name__} {row}" for row in rows if seen(row)] == []


def test_what_hangs_on_an_unverified_fact_is_hidden_with_it():
    prosecution = ProsecutionFactory()
    rows = {type(row): row for row in rows_of(prosecution) if not isinstance(row, record.CaseCitation)}
    below = {
        record.Charge: [record.ChargeEvent],
        record.Restraint: [record.RestraintExtension],
        record.Decision: [record.DecisionPerson, record.Penalty, record.TermDecision, record.Term],
        record.Hearing: [record.HearingPerson],
    }
    for model, children in below.items():
        model.objects.filter(pk=rows[model].pk).update(verification=Verification.UNVERIFIED)
        citations = record.CaseCitation.objects.filter(**{model._meta.model_name: rows[model]})
        assert citations.count() == 1
        hidden = [rows[model], *(rows[child] for child in children), *citations]
        assert [f"{type(row).__name__}" for row in hidden if seen(row)] == []
    assert seen(prosecution)


@pytest.mark.parametrize("factory", [HearingFactory, DecisionFactory])
class TestOfPeople:
    """Hearings and decisions of chosen people."""

    link = {
        record.Hearing: (record.HearingPerson, "hearing"),
        record.Decision: (record.DecisionPerson, "decision"),
    }

    def add(self, row: models.Model, prisoner: Prisoner) -> models.Model:
        model, name = self.link[type(row)]
        prosecution = ProsecutionFactory(case=row.case, prisoner=prisoner)
        made = model.objects.create(prosecution=prosecution, **{name: row})
        row.refresh_from_db()
        return made

    def shown(self, row: models.Model) -> bool:
        by_queryset = type(row).objects.shown().filter(pk=row.pk).exists()
        assert by_queryset == seen(row)
        return by_queryset

    def test_of_the_whole_case_it_is_shown(self, factory):
        assert self.shown(factory())

    def test_of_only_a_hidden_person_it_is_hidden(self, factory):
        row = factory()
        self.add(row, DraftFactory())
        assert not row.whole_case
        assert not self.shown(row)

    def test_of_a_hidden_and_a_shown_person_it_is_shown_without_the_hidden_one(self, factory):
        row = factory()
        hidden, public = self.add(row, DraftFactory()), self.add(row, PrisonerFactory())
        assert self.shown(row)
        assert not seen(hidden)
        assert seen(public)

    def test_the_last_person_taken_out_does_not_open_it(self, factory):
        row = factory()
        self.add(row, DraftFactory()).delete()
        assert not self.shown(row)

    def test_said_again_to_be_of_the_whole_case_it_has_no_people(self, factory):
        row = factory()
        self.add(row, DraftFactory())
        row.whole_case = True
        row.save()
        assert self.shown(row)
        assert not row.people.exists()

    def test_unverified_it_is_hidden(self, factory):
        assert not self.shown(factory(verification=Verification.UNVERIFIED))


def test_an_aggregate_of_a_hidden_case_is_hidden():
    link = DecisionPersonFactory()
    term = TermFactory(prisoner=link.prosecution.prisoner)
    record.TermDecision.objects.create(term=term, decision_person=link)
    assert seen(term)
    hide_case(link.prosecution)
    assert not seen(term)


def test_a_link_between_cases_needs_both():
    link = record.CaseLink.objects.create(
        case=CaseFactory(), other=CaseFactory(state=State.DRAFT), kind="led_to"
    )
    assert not seen(link)
    record.Case.objects.filter(pk=link.other_id).update(state=State.PUBLISHED)
    assert seen(link)


@pytest.mark.parametrize(
    ("shown", "other", "visible"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"state": State.DRAFT}, False),
        (True, {"initials_only": True, "born": None}, False),
    ],
)
def test_a_relation_is_shown_on_purpose_between_two_named_published_people(shown, other, visible):
    relation = record.Relation.objects.create(
        person=PrisonerFactory(), other=PrisonerFactory(**other), kind="sibling", shown=shown
    )
    assert seen(relation) == visible


def test_a_finding_is_shown_while_somebody_public_or_the_case_is():
    person = PrisonerFactory()
    finding = record.InternationalFinding.objects.create(body="hrc", state=State.PUBLISHED)
    assert not seen(finding)
    link = record.FindingPerson.objects.create(finding=finding, prisoner=person)
    assert seen(finding)
    assert seen(link)
    Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN)
    assert not seen(finding)
    record.InternationalFinding.objects.filter(pk=finding.pk).update(case=CaseFactory())
    assert seen(finding)
    assert not seen(link)


def test_a_part_of_an_official_needs_two_people_and_a_change_of_it_two_again():
    role = record.OfficialRole.objects.create(
        official=confirmed_official(), prosecution=ProsecutionFactory(), part="tried"
    )

    def confirm(staff: int) -> bool:
        record.OfficialConfirmation.objects.create(role=role, by=staff, on=date(2026, 1, 1))
        role.refresh_from_db()
        assert seen(role) == record.OfficialRole.objects.shown().filter(pk=role.pk).exists()
        return seen(role)

    assert [confirm(1), confirm(2)] == [False, True]
    record.OfficialRole.objects.filter(pk=role.pk).update(part="reviewed")
    assert not seen(role)
    assert [confirm(1), confirm(2)] == [False, True]
    role.confirmations.first().delete()
    assert not seen(role)


def test_nobody_says_of_a_part_that_it_is_confirmed():
    role = record.OfficialRole.objects.create(
        official=confirmed_official(), prosecution=ProsecutionFactory(), part="tried", confirmed=True
    )
    record.OfficialRole.objects.filter(pk=role.pk).update(confirmed=True)
    role.refresh_from_db()
    assert not role.confirmed


def test_who_gave_evidence_is_refused_to_the_public_role():
    record.ProsecutionPrivate.objects.create(prosecution=ProsecutionFactory(), gave_evidence=True)
    with pytest.raises(ProgrammingError, match="permission denied"), as_public():
        list(record.ProsecutionPrivate.objects.all())
