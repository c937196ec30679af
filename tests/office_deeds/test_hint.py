"""The hint is computed from what is entered, and shown; only somebody's word makes it an expected end."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cases.actions.end_of_term import confirm_hint, enter_end, hint_of
from cases.credit import Silence
from cases.models import Term
from memorial.base.models import HistoryEntry
from tests.factories import (
    ArticleFactory,
    ChargeFactory,
    CustodyFactory,
    DecisionPersonFactory,
    ProsecutionFactory,
    RestraintFactory,
    TermFactory,
)
from tests.office.forms import fields_of
from tests.office_deeds.lines import day, enter

pytestmark = pytest.mark.django_db


def sentenced(**term) -> Term:
    """Seized on 14.03.2023, remanded on 15.03.2023; 6 years, general regime; in force on 14.03.2024."""
    prosecution = ProsecutionFactory()
    CustodyFactory(prisoner=prosecution.prisoner, detained_on=day("14.03.2023"))
    RestraintFactory(prosecution=prosecution, began=day("15.03.2023"))
    ChargeFactory(prosecution=prosecution, article=ArticleFactory(number="207.3", edition=None), part="2")
    link = DecisionPersonFactory(prosecution=prosecution, decision__case=prosecution.case)
    link.penalties.create(kind="imprisonment", years=6, regime="general")
    enter("upheld", prosecution, on="14.03.2024")
    made = TermFactory(prisoner=prosecution.prisoner, **{"years": 6, "regime": "general", **term})
    made.decisions.create(decision_person=link)
    return made


def test_the_hint_counts_police_and_custody_and_no_day_twice():
    # By hand (tests/credit): a year in custody from 14.03.2023 gives 10 September 2028.
    found = hint_of(sentenced())
    assert found.hint.day == date(2028, 9, 10)
    kinds = [line.days for line in found.hint.working if line.ratio]
    assert kinds == [(1, 1), (365, 365)]
    assert found.remarks == ()


def test_house_arrest_after_custody_on_the_same_day_counts_once():
    term = sentenced()
    prosecution = term.decisions.get().decision_person.prosecution
    restraint = prosecution.restraints.get()
    restraint.ended = day("15.09.2023")
    restraint.save()
    RestraintFactory(prosecution=prosecution, measure="house_arrest", began=day("15.09.2023"))
    days = [line.days[0] for line in hint_of(term).hint.working if line.ratio]
    assert sum(days) == 366


def test_who_was_let_go_before_the_verdict_is_not_counted_further():
    term = sentenced()
    enter_release = term.prisoner.ends_of_custody.create
    enter_release(
        custody=term.prisoner.custodies.get(),
        on=day("14.06.2023"),
        ground="measure_changed",
        circumstance="ordinary",
    )
    assert [line.days[0] for line in hint_of(term).hint.working if line.ratio] == [1, 92]


def test_a_term_of_two_cases_or_for_life_is_silent():
    two = sentenced()
    other = DecisionPersonFactory(prosecution__prisoner=two.prisoner)
    two.decisions.create(decision_person=other)
    assert hint_of(two).hint.silence == Silence.SEVERAL_CASES
    assert hint_of(sentenced(years=None, is_life=True)).hint.silence == Silence.LIFE


def test_without_the_day_of_force_it_is_silent():
    link = DecisionPersonFactory()
    term = TermFactory(prisoner=link.prosecution.prisoner)
    term.decisions.create(decision_person=link)
    assert hint_of(term).hint.silence == Silence.NOT_IN_FORCE


def test_days_nobody_can_explain_are_left_out_and_that_is_said():
    term = sentenced()
    custody = term.prisoner.custodies.get()
    custody.detained_on = day("01.02.2023")
    custody.save()
    assert "left out" in hint_of(term).remarks[0]


def test_confirming_writes_term_and_custody_with_the_reason():
    term = sentenced()
    confirm_hint(term=term, by=7)
    assert term.expected_end == day("10.09.2028")
    assert term.prisoner.custodies.get().expected_end == day("10.09.2028")
    written = HistoryEntry.objects.filter(table="cases_term", operation__in=["update", "U", "UPDATE"]).last()
    assert (written.actor, "Hint" in written.reason) == ("staff:7", True)


def test_a_range_is_not_confirmed_and_another_day_needs_a_reason():
    term = sentenced()
    term.decisions.get().decision_person.prosecution.charges.all().delete()
    assert hint_of(term).hint.day is None
    with pytest.raises(ValidationError):
        confirm_hint(term=term, by=1)
    with pytest.raises(ValidationError):
        enter_end(term=term, on=day("2029"), reason=" ", by=1)
    enter_end(term=term, on=day("2029"), reason="The prison's paper", by=1)
    assert term.expected_end == day("2029")


def test_the_page_shows_the_working_and_takes_a_word(desk):
    term = sentenced()
    url = reverse("admin:cases_term_end", args=[term.pk])
    page = desk.get(url)
    assert "10 September 2028" in page.content.decode()
    assert "УК РФ, ст. 72 ч. 3.1" in page.content.decode()
    answer = desk.post(url, {"overrule": "1", "on": "01.2029", "reason": ""})
    assert answer.status_code == 400
    assert fields_of(answer)["on"] == ["01.2029"], "nothing typed is lost"
    assert desk.post(url, {"confirm": "1"}).status_code == 302
    term.refresh_from_db()
    assert term.expected_end == day("10.09.2028")


def test_it_is_reached_from_the_person_and_the_term(desk):
    term = sentenced()
    url = reverse("admin:cases_term_end", args=[term.pk])
    person = reverse("admin:cases_term_of_person", args=[term.prisoner.pk])
    assert (
        person
        in desk.get(reverse("admin:prisoners_prisoner_change", args=[term.prisoner.pk])).content.decode()
    )
    assert desk.get(person)["Location"] == url
    assert url in desk.get(reverse("admin:cases_term_change", args=[term.pk])).content.decode()
    assert (
        "add"
        in desk.get(reverse("admin:cases_term_of_person", args=[ProsecutionFactory().prisoner.pk]))[
            "Location"
        ]
    )


@pytest.mark.parametrize("group", ["translator", "auditor"])
def test_others_see_no_hint(member, group):
    assert member(group).get(reverse("admin:cases_term_end", args=[1])).status_code == 403


def test_the_end_is_entered_on_the_page_of_the_hint_alone(desk):
    term = sentenced()
    confirm_hint(term=term, by=7)
    page = reverse("admin:cases_term_change", args=[term.pk])
    fields = fields_of(desk.get(page))
    assert not [name for name in fields if name.startswith("expected_end")]
    fields |= {"years": [""], "months": [""], "days": [""], "is_life": ["on"]}
    assert desk.post(page, {**fields, "expected_end": "2040"}).status_code == 302
    term.refresh_from_db()
    assert (term.is_life, term.expected_end) == (True, None)
