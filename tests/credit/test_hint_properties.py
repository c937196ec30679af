"""What holds for every term and every set of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.credit import CaseFacts, DayKind, DaysBefore, TermLength, end_hint
from cases.credit.term_end import last_day
from cases.references import ArticleReference
from memorial.base.partial_date import DateQualifier, PartialDate
from prisoners.choices import Regime

FORCE = date(2024, 3, 14)
FAKES = ArticleReference("207.3", "uk-rf", "2")
REGIMES = st.sampled_from([regime for regime in Regime.values if regime != "unknown"])
KINDS = st.sampled_from(DayKind)
TERMS = st.builds(TermLength, st.integers(3, 25), st.integers(0, 11), st.integers(0, 30))
DAYS = st.dates(date(2021, 1, 1), FORCE + timedelta(days=60))
FACTS = st.builds(
    CaseFacts,
    recidivism=st.booleans(),
    terrorist_link=st.sampled_from([None, True, False]),
    act_on=st.sampled_from([None, date(2017, 1, 1), date(2022, 3, 5)]),
)
ARTICLES = st.lists(
    st.sampled_from(
        [
            FAKES,
            ArticleReference("205.2", "uk-rf"),
            ArticleReference("206", "uk-rf"),
            ArticleReference("278"),
        ]
    ),
    max_size=2,
).map(tuple)


@st.composite
def stretches(draw, kinds=KINDS):
    """A stretch with both its days known."""
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return DaysBefore(draw(kinds), first, last)


QUESTIONS = st.fixed_dictionaries({"term": TERMS, "regime": REGIMES, "articles": ARTICLES, "facts": FACTS})
SEVERAL = st.lists(stretches(), max_size=4)


def hint(days, *, in_force_on=FORCE, **question):
    return end_hint(in_force_on=in_force_on, days_before=days, **question)


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, SEVERAL, stretches(st.just(DayKind.CUSTODY)))
def test_more_days_in_custody_never_put_the_end_off(question, days, more):
    before, after = (hint(counted, **question) for counted in (days, [*days, more]))
    assert after.earliest <= before.earliest
    assert after.latest <= before.latest


@settings(max_examples=100, deadline=None)
@given(QUESTIONS, SEVERAL, KINDS, DAYS)
def test_a_day_that_nothing_else_takes_never_puts_the_end_off(question, days, kind, day):
    assume(not any(other.first <= day <= other.last for other in days))
    before, after = (hint(counted, **question) for counted in (days, [*days, DaysBefore(kind, day, day)]))
    assert after.earliest <= before.earliest
    assert after.latest <= before.latest
    assert (before.latest - after.latest).days <= 2
    assert (before.earliest - after.earliest).days <= 2


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, SEVERAL, st.data())
def test_a_range_holds_every_exact_case(question, days, data):
    """Blur the days, and each exact end still lies within the range."""
    blurred = [
        DaysBefore(d.kind, data.draw(blurs(d.first), label="first"), data.draw(blurs(d.last), label="last"))
        for d in days
    ]
    exact = hint(days, **question)
    wide = hint(blurred, in_force_on=data.draw(blurs(FORCE), label="in force"), **question)
    assert wide.silence is None
    assert wide.earliest <= exact.earliest <= exact.latest <= wide.latest


def blurs(day):
    """The day itself, or it known to the month, to the year, or about."""
    return st.sampled_from(
        [
            day,
            PartialDate.from_date(day),
            PartialDate(day.year, day.month),
            PartialDate(day.year),
            PartialDate(day.year, day.month, day.day, DateQualifier.ABOUT),
        ]
    )


@settings(max_examples=100, deadline=None)
@given(QUESTIONS, SEVERAL)
def test_days_are_never_credited_at_more_than_two_for_one(question, days):
    found = hint(days, **question)
    apart = {d.first + timedelta(days=n) for d in days for n in range((d.last - d.first).days + 1)}
    credited = sum(1 for day in apart if day < FORCE)
    full = last_day(FORCE, question["term"])
    assert max(FORCE, full - timedelta(days=2 * credited)) <= found.earliest <= found.latest <= full


@settings(max_examples=100, deadline=None)
@given(QUESTIONS, SEVERAL, st.randoms())
def test_the_order_of_the_days_does_not_matter(question, days, random):
    one, other = hint(days, **question), hint(random.sample(days, len(days)), **question)
    assert (one.earliest, one.latest) == (other.earliest, other.latest)


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), TERMS)
def test_a_term_that_begins_later_never_ends_earlier(begins, term):
    assert last_day(begins, term) <= last_day(begins + timedelta(days=1), term)
