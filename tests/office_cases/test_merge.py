"""Two records of one person become one: prosecutions, terms, findings and relations move along."""

import pytest

from cases.models import (
    Charge,
    DecisionPerson,
    FindingPerson,
    InternationalFinding,
    Prosecution,
    RecognitionProsecution,
    Relation,
    Term,
    TermDecision,
)
from prisoners.actions import merge_prisoners
from prisoners.models import Prisoner
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    DecisionFactory,
    DecisionPersonFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return PrisonerFactory(), PrisonerFactory()


def merge(keep, duplicate) -> None:
    merge_prisoners(keep=keep, duplicate=duplicate, reason="one person", by=None)
    assert not Prisoner.objects.filter(pk=duplicate.pk).exists()


def test_everything_of_the_record_moves(two):
    keep, duplicate = two
    link = DecisionPersonFactory(prosecution__prisoner=duplicate)
    ChargeFactory(prosecution=link.prosecution)
    term = TermFactory(prisoner=duplicate)
    TermDecision.objects.create(term=term, decision_person=link)
    recognition = RecognitionFactory(prisoner=duplicate)
    RecognitionProsecution.objects.create(recognition=recognition, prosecution=link.prosecution)
    finding = InternationalFinding.objects.create(body="wgad", line_en="Arbitrary.")
    FindingPerson.objects.create(finding=finding, prisoner=duplicate)
    wife = PrisonerFactory()
    Relation.objects.create(person=wife, other=duplicate, kind="spouse")
    merge(keep, duplicate)
    prosecution = Prosecution.objects.get()
    assert (prosecution.prisoner, Term.objects.get().prisoner) == (keep, keep)
    assert (prosecution.charges.count(), prosecution.recognition_links.count()) == (1, 1)
    assert FindingPerson.objects.get().prisoner == keep
    assert (Relation.objects.get().person, Relation.objects.get().other) == (wife, keep)


def test_the_same_case_twice_becomes_one_prosecution_with_both_charges(two):
    keep, duplicate = two
    case = CaseFactory()
    decision = DecisionFactory(case=case)
    articles = ArticleFactory(), ArticleFactory(), ArticleFactory()
    for person, charged in ((keep, articles[:2]), (duplicate, articles[1:])):
        prosecution = ProsecutionFactory(case=case, prisoner=person)
        DecisionPerson.objects.create(decision=decision, prosecution=prosecution)
        for article in charged:
            ChargeFactory(prosecution=prosecution, article=article)
    merge(keep, duplicate)
    assert Prosecution.objects.get().prisoner == keep
    assert {charge.article for charge in Charge.objects.all()} == set(articles)
    assert DecisionPerson.objects.count() == 1


def test_of_two_terms_in_force_the_kept_persons_stays_and_the_other_is_not_lost(two):
    keep, duplicate = two
    TermFactory(prisoner=keep, years=7)
    TermFactory(prisoner=duplicate, years=9)
    merge(keep, duplicate)
    assert set(Term.objects.values_list("prisoner", "years", "current")) == {
        (keep.pk, 7, True),
        (keep.pk, 9, False),
    }


def test_records_related_to_each_other_are_no_relation_of_a_person_to_themselves(two):
    keep, duplicate = two
    Relation.objects.create(person=keep, other=duplicate, kind="same_event")
    child = PrisonerFactory()
    Relation.objects.create(person=keep, other=child, kind="parent")
    Relation.objects.create(person=duplicate, other=child, kind="parent")
    merge(keep, duplicate)
    assert [(one.person, one.other) for one in Relation.objects.all()] == [(keep, child)]


def test_both_tried_in_one_case_with_a_term_and_a_recognition_each(two):
    keep, duplicate = two
    case = CaseFactory()
    decision = DecisionFactory(case=case)
    for person in (keep, duplicate):
        prosecution = ProsecutionFactory(case=case, prisoner=person)
        link = DecisionPerson.objects.create(decision=decision, prosecution=prosecution)
        term = TermFactory(prisoner=person)
        TermDecision.objects.create(term=term, decision_person=link)
        recognition = RecognitionFactory(prisoner=person)
        RecognitionProsecution.objects.create(recognition=recognition, prosecution=prosecution)
    merge(keep, duplicate)
    assert (Prosecution.objects.count(), DecisionPerson.objects.count()) == (1, 1)
    assert {term.prisoner for term in Term.objects.all()} == {keep}
    assert RecognitionProsecution.objects.filter(prosecution__prisoner=keep).exists()
    assert TermDecision.objects.filter(term__current=True).count() == 1
