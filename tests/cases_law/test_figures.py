"""The figures of an article against the same definitions in plain Python, over a crowd of many fates."""

import random
from statistics import median

import pytest

from cases import figures
from cases.display.charges import last_event
from cases.display.decisions import ANNULLING, decisions_on, standing_outcome
from cases.figures import (
    ArticleFigures,
    Median,
    Outcome,
    charges_under,
    in_the_encyclopaedia,
    median_of,
    people_by_article,
    people_charged,
    terms_under,
)
from cases.models import (
    Article,
    Case,
    Charge,
    ChargeEvent,
    Decision,
    Prosecution,
)
from memorial.base.choices import Verification
from prisoners.models import Prisoner
from tests.cases_law.crowd import EARLY, LAST, LATER, crowd, day, decided, jailed
from tests.counting import counted
from tests.factories import ArticleFactory, ChargeFactory, PrisonerFactory, ProsecutionFactory

pytestmark = pytest.mark.django_db
CONVICTING = ("guilty_verdict", "reduced", "increased", "adm_ruling", "aggregated", "pardon")
TREATING = ("medical_ruling", "medical_changed", "medical_ended")


def accused(article, part="2", **fields):
    return ChargeFactory(article=article, part=part, **fields)


@pytest.fixture
def article():
    return ArticleFactory(number="207.3")


def outcome_of(article):
    return [(str(outcome), number) for outcome, number in ArticleFigures(article).by_outcome]


class Plain:
    """The definitions once more, over objects and not in queries."""

    def __init__(self, article):
        self.article = article
        self.mine = {}
        for prosecution in Prosecution.objects.shown().with_record():
            charges = [charge for charge in prosecution.charges.all() if charge.article_id == article.pk]
            if charges:
                self.mine[prosecution] = charges

    def people(self):
        return {prosecution.prisoner_id for prosecution in self.mine}

    def by_part(self):
        parts = {}
        for prosecution, charges in self.mine.items():
            for charge in charges:
                parts.setdefault(charge.part, set()).add(prosecution.prisoner_id)
        return {part: len(people) for part, people in parts.items()}

    def by_outcome(self):
        best = {}
        order = list(Outcome)
        for prosecution, charges in self.mine.items():
            for charge in charges:
                found = order.index(self.outcome(prosecution, charge))
                best[prosecution.prisoner_id] = min(found, best.get(prosecution.prisoner_id, 99))
        return {
            outcome: list(best.values()).count(n) for n, outcome in enumerate(order) if n in best.values()
        }

    def outcome(self, prosecution, charge):
        event = last_event(charge)
        said = event.kind if event else None
        if said in ("dropped", "excluded", "reclassified"):
            return Outcome.GONE
        standing = standing_outcome(decisions_on(prosecution))
        kind = standing.decision.kind if standing else None
        if kind in ANNULLING:
            return Outcome.NOT_YET
        if kind in ("acquittal", "discontinuation"):
            return Outcome.ACQUITTED if kind == "acquittal" else Outcome.DISCONTINUED
        if said == "acquitted":
            return Outcome.ACQUITTED
        if kind in TREATING:
            return Outcome.TREATMENT
        return Outcome.GUILTY if kind in CONVICTING or said == "convicted" else Outcome.NOT_YET

    def terms(self):
        alone, others = [], []
        for prosecution, charges in self.mine.items():
            if Outcome.GUILTY not in {self.outcome(prosecution, charge) for charge in charges}:
                continue
            months = self.months(prosecution)
            if months:
                beside = [
                    charge
                    for charge in prosecution.charges.all()
                    if charge.article_id != self.article.pk
                    and self.outcome(prosecution, charge) not in (Outcome.GONE, Outcome.ACQUITTED)
                ]
                (others if beside else alone).append(months)
        return sorted(alone), sorted(others)

    def months(self, prosecution):
        everything = [shown.decision for shown in decisions_on(prosecution)]
        verdicts = [
            link
            for link in prosecution.decision_links.all()
            if link.decision.kind == "guilty_verdict" and link.decision.instance == "first"
        ]
        if not verdicts:
            return 0
        last = max(verdicts, key=lambda link: (link.decision.round, link.decision.on.latest))
        after = (last.decision.round, last.decision.on.latest)
        if last.in_absentia or any(
            one.kind in ANNULLING and (one.round, one.on.latest) > after for one in everything
        ):
            return 0
        penalties = list(last.penalties.all())
        if {"suspended", "deferral"} & {penalty.kind for penalty in penalties}:
            return 0
        terms = [
            (penalty.years or 0) * 12 + (penalty.months or 0) + (penalty.days or 0) / 30
            for penalty in penalties
            if penalty.kind == "imprisonment"
        ]
        return max(terms, default=0)


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_what_plain_python_counts(article, seed):
    crowd(article, ArticleFactory(number="205.2"), random.Random(seed))
    plain, found, terms = (
        Plain(article),
        ArticleFigures(article),
        terms_under(article, charges_under(article)),
    )
    assert found.people == len(plain.people()) > 20
    assert dict(found.by_part) == plain.by_part()
    assert [part for part, _number in found.by_part] == ["1", "1.1", "2", "10", ""]
    assert dict(found.by_outcome) == plain.by_outcome()
    assert sum(number for _outcome, number in found.by_outcome) == found.people
    assert len(found.by_outcome) >= 5
    alone, others = plain.terms()
    assert len(alone) >= 5
    assert sorted(term.months for term in terms if term.is_alone) == alone
    assert sorted(term.months for term in terms if not term.is_alone) == others
    assert found.alone == Median(int(median(alone) + 0.5), len(alone))
    assert set(people_charged(article).values_list("pk", flat=True)) == plain.people()
    assert people_by_article()[article.pk] == found.people


def test_the_database_is_asked_three_times(article):
    crowd(article, ArticleFactory(number="205.2"), random.Random(7))
    with counted() as queries:
        found = ArticleFigures(article)
        _ = found.people, found.by_part, found.by_outcome, found.alone, found.among_others
    assert len(queries) == 3, queries


class TestOutcomes:
    def test_nothing_decided_is_not_yet(self, article):
        accused(article)
        assert outcome_of(article) == [("not_yet", 1)]

    @pytest.mark.parametrize(
        ("kind", "outcome"),
        [
            ("guilty_verdict", "guilty"),
            ("adm_ruling", "guilty"),
            ("acquittal", "acquitted"),
            ("medical_ruling", "treatment"),
            ("discontinuation", "discontinued"),
            ("returned_to_prosecutor", "not_yet"),
            ("restraint_extended", "not_yet"),
        ],
    )
    def test_a_decision_about_the_person_or_about_all(self, article, kind, outcome):
        decided(accused(article).prosecution, kind)
        Decision.objects.create(case=accused(article).prosecution.case, kind=kind, on=day(EARLY))
        assert outcome_of(article) == [(outcome, 2)]

    def test_a_decision_about_somebody_else_says_nothing(self, article):
        mine = accused(article).prosecution
        decided(ProsecutionFactory(case=mine.case), "guilty_verdict")
        assert outcome_of(article) == [("not_yet", 1)]

    def test_an_unverified_decision_says_nothing(self, article):
        decided(accused(article).prosecution, "guilty_verdict", verification="unverified")
        assert outcome_of(article) == [("not_yet", 1)]

    def test_a_quashed_verdict_does_not_count_until_the_next_one(self, article):
        mine = accused(article).prosecution
        verdict = decided(mine, "guilty_verdict")
        decided(mine, "quashed", LATER, instance="appeal", supersedes=verdict)
        assert outcome_of(article) == [("not_yet", 1)]
        decided(mine, "acquittal", LAST, round=2)
        assert outcome_of(article) == [("acquitted", 1)]

    def test_a_verdict_that_was_upheld_stands(self, article):
        mine = accused(article).prosecution
        verdict = decided(mine, "guilty_verdict")
        decided(mine, "upheld", LATER, instance="appeal", supersedes=verdict)
        assert outcome_of(article) == [("guilty", 1)]

    @pytest.mark.parametrize("kind", ["dropped", "excluded"])
    def test_a_charge_that_is_gone_in_a_case_that_ended_in_guilt(self, article, kind):
        charge = accused(article)
        ChargeEvent.objects.create(charge=charge, kind=kind)
        decided(charge.prosecution, "guilty_verdict")
        assert outcome_of(article) == [("gone", 1)]

    def test_acquitted_of_this_and_guilty_of_another(self, article):
        charge = accused(article)
        ChargeEvent.objects.create(charge=charge, kind="acquitted", on=day(EARLY))
        decided(charge.prosecution, "guilty_verdict")
        assert outcome_of(article) == [("acquitted", 1)]

    def test_a_person_counts_once_by_the_gravest(self, article):
        person = PrisonerFactory()
        acquitted = accused(article, prosecution__prisoner=person, part="1")
        decided(acquitted.prosecution, "acquittal")
        guilty = accused(article, prosecution__prisoner=person)
        decided(guilty.prosecution, "guilty_verdict")
        found = ArticleFigures(article)
        assert outcome_of(article) == [("guilty", 1)]
        assert found.people == 1
        assert found.by_part == [("1", 1), ("2", 1)]

    @pytest.mark.parametrize("hidden", [Prisoner, Case])
    def test_the_hidden_are_not_counted(self, article, hidden):
        charge = accused(article)
        of = {Prisoner: charge.prosecution.prisoner_id, Case: charge.prosecution.case_id}
        hidden.objects.filter(pk=of[hidden]).update(state="withdrawn")
        found = ArticleFigures(article)
        assert (found.people, found.by_part, found.by_outcome) == (0, [], [])
        assert not people_charged(article).exists()
        assert not in_the_encyclopaedia(Article.objects.filter(pk=article.pk)).exists()

    def test_an_unverified_charge_is_not_counted(self, article):
        accused(article, verification=Verification.UNVERIFIED)
        assert ArticleFigures(article).people == 0


class TestTerms:
    def terms(self, article):
        return [(term.months, term.is_alone) for term in terms_under(article, charges_under(article))]

    def test_the_term_of_the_first_instance_whatever_an_appeal_made_of_it(self, article):
        mine = accused(article).prosecution
        verdict = decided(mine, "guilty_verdict", imposed=[jailed(7, 6)])
        decided(mine, "reduced", LATER, [jailed(5)], instance="appeal", supersedes=verdict)
        assert self.terms(article) == [(90, True)]

    @pytest.mark.parametrize("kind", ["suspended", "deferral", "forced_labour", "fine", "life"])
    def test_what_is_no_imprisonment_at_once_is_left_out(self, article, kind):
        length = {} if kind in ("life", "fine") else {"years": 3}
        decided(accused(article).prosecution, "guilty_verdict", imposed=[{"kind": kind, **length}])
        assert self.terms(article) == []

    def test_in_absentia_is_left_out(self, article):
        decided(accused(article).prosecution, "guilty_verdict", imposed=[jailed(9)], in_absentia=True)
        assert self.terms(article) == []

    def test_a_length_not_known_is_left_out(self, article):
        decided(accused(article).prosecution, "guilty_verdict", imposed=[jailed()])
        assert self.terms(article) == []

    def test_a_verdict_tried_anew_counts_once_and_by_the_second(self, article):
        mine = accused(article).prosecution
        decided(mine, "guilty_verdict", imposed=[jailed(9)])
        decided(mine, "quashed", LATER, instance="appeal")
        assert self.terms(article) == []
        decided(mine, "guilty_verdict", LAST, [jailed(8)], round=2)
        assert self.terms(article) == [(96, True)]

    def test_an_appeal_that_convicts_itself_leaves_no_term_of_the_first_instance(self, article):
        mine = accused(article).prosecution
        first = decided(mine, "guilty_verdict", imposed=[jailed(9)])
        decided(mine, "quashed", LATER, instance="appeal", supersedes=first)
        decided(mine, "guilty_verdict", LAST, [jailed(8)], instance="appeal")
        assert outcome_of(article) == [("guilty", 1)]
        assert self.terms(article) == []

    @pytest.mark.parametrize("beside", ["article", "words"])
    def test_another_charge_puts_it_among_others(self, article, beside):
        mine = accused(article).prosecution
        decided(mine, "guilty_verdict", imposed=[jailed(2)])
        other = ArticleFactory(number="205.2") if beside == "article" else None
        charge = Charge.objects.create(prosecution=mine, article=other, wording_ru="и ещё")
        assert self.terms(article) == [(24, False)]
        ChargeEvent.objects.create(charge=charge, kind="dropped")
        assert self.terms(article) == [(24, True)]

    def test_the_longest_of_two_and_days_count(self, article):
        decided(accused(article).prosecution, "guilty_verdict", imposed=[jailed(1), jailed(None, 13, 15)])
        assert self.terms(article) == [(13.5, True)]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([], Median(None, 0)),
        ([1, 2, 3, 4], Median(None, 4)),
        ([5, 1, 4, 2, 3], Median(3, 5)),
        ([1, 2, 3, 4, 5, 100], Median(4, 6)),
        ([24, 24, 24, 25, 25, 25], Median(25, 6)),
    ],
)
def test_a_median_needs_five(months, expected):
    assert median_of(months) == expected
    assert figures.FEWEST_FOR_A_MEDIAN == 5
