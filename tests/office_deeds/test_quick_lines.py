"""What a ten-second line about a case becomes: every row that follows from it, each with its source."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases.models import CaseCitation, Charge, Decision, Hearing, Restraint, Term
from cases.stage import stage_of
from memorial.base.civil_date import civil_date
from memorial.base.models import HistoryEntry
from prisoners.actions import reduce_to_initials
from prisoners.models import Citation, Stay
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    CustodyFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RestraintFactory,
    StayFactory,
    TermFactory,
)
from tests.office_deeds.lines import SOURCE, day, enter

pytestmark = pytest.mark.django_db


def held(reason="remand") -> object:
    """Somebody in a case, deprived of liberty since 14 March 2023."""
    prosecution = ProsecutionFactory()
    CustodyFactory(prisoner=prosecution.prisoner)
    StayFactory(prisoner=prosecution.prisoner, reason=reason)
    return prosecution


def refused(*given, **more) -> str:
    with pytest.raises(ValidationError) as caught:
        enter(*given, **more)
    return " ".join(caught.value.messages)


def test_custody_is_extended_with_its_source():
    restraint = RestraintFactory()
    enter("extended", restraint.prosecution, until="14.02.2027", on="20.11.2026", by=7)
    extension = restraint.extensions.get()
    assert (extension.until, extension.decided_on) == (day("14.02.2027"), day("20.11.2026"))
    assert extension.citations.get().url == SOURCE
    assert HistoryEntry.objects.filter(actor="staff:7", table="cases_restraintextension").exists()
    restraint.prosecution.prisoner.refresh_from_db()
    assert restraint.prosecution.prisoner.updated_on == date(2026, 11, 20)


def test_an_extension_goes_forward_only_and_once():
    restraint = RestraintFactory(until=day("14.02.2027"))
    assert "already" in refused("extended", restraint.prosecution, until="14.02.2027")
    assert restraint.extensions.count() == 0


def test_an_extension_of_what_nobody_entered_begins_it_with_its_first_day_unknown():
    prosecution = ProsecutionFactory()
    assert "choose" in refused("extended", prosecution, until="14.02.2027")
    enter("extended", prosecution, until="14.02.2027", measure="custody")
    assert Restraint.objects.get().began is None


def test_a_confidential_source_stays_with_staff():
    restraint = RestraintFactory()
    enter(
        "extended", restraint.prosecution, until="14.02.2027", source_url="", confidential_source="A lawyer"
    )
    assert not CaseCitation.objects.exists()
    assert restraint.extensions.get().confidential_citations.get().text == "A lawyer"


def test_house_arrest_ends_custody_and_moves_the_person_home_without_a_place():
    prosecution = held()
    custody = RestraintFactory(prosecution=prosecution)
    enter("restraint", prosecution, measure="house_arrest", on="20.11.2026", until="14.02.2027")
    custody.refresh_from_db()
    assert custody.ended == day("20.11.2026")
    made = Restraint.objects.get(measure="house_arrest")
    assert (made.began, made.until) == (day("20.11.2026"), day("14.02.2027"))
    stay = Stay.objects.get(ongoing=True)
    assert (stay.reason, stay.facility) == ("house_arrest", None)
    assert Citation.objects.get(stay=stay).url == SOURCE


def test_a_release_is_never_concluded():
    prosecution = held()
    written = enter("restraint", prosecution, measure="undertaking", on="20.11.2026")
    assert "release" in written.remarks[0]
    assert Stay.objects.filter(ongoing=True).exists()


def test_without_the_right_to_people_the_place_stays_and_that_is_said():
    prosecution = ProsecutionFactory()
    written = enter("restraint", prosecution, measure="custody", on="20.11.2026", touches_person=False)
    assert written.remarks
    assert not Stay.objects.exists()


def test_a_hearing_of_the_whole_case_takes_the_court_of_the_last_one():
    last = HearingFactory()
    ahead = civil_date() + timedelta(days=3)
    written = enter("hearing", case=last.case, on=ahead, at=time(10, 30), room="4", subject="прения")
    made = written.row
    assert (made.court, made.room, made.at) == (last.court, "4", time(10, 30))
    assert (made.hearing_state, made.whole_case, made.subject_ru) == ("planned", True, "прения")
    assert "entered already" in refused("hearing", case=last.case, on=ahead, at=time(10, 30))


def test_a_hearing_is_on_a_day():
    assert "24.11.2026" in refused("hearing", case=CaseFactory(), on="12.2026")


def test_a_hearing_of_one_person_does_not_concern_the_others():
    prosecution = ProsecutionFactory()
    made = enter("hearing", prosecution, on=civil_date()).row
    made.refresh_from_db()
    assert not made.whole_case
    assert made.people.get().prosecution == prosecution


def test_a_postponed_hearing_is_followed_by_another_in_the_same_court():
    old = HearingFactory(on=civil_date() + timedelta(days=1), hearing_state="planned", room="4")
    later = civil_date() + timedelta(days=10)
    enter("postponed", case=old.case, until=later)
    old.refresh_from_db()
    assert old.hearing_state == "postponed"
    new = old.postponed_to
    assert (new.on, new.court, new.room, new.at, new.hearing_state) == (
        later,
        old.court,
        "4",
        None,
        "planned",
    )
    assert CaseCitation.objects.filter(hearing__in=[old, new]).count() == 2


def test_what_was_never_planned_cannot_be_postponed():
    HearingFactory()
    assert "No planned hearing" in refused("postponed", case=HearingFactory().case, until="3.12.2030")


def test_held_and_cancelled():
    old = HearingFactory(on=civil_date() - timedelta(days=1), hearing_state="planned")
    enter("held", case=old.case)
    old.refresh_from_db()
    assert old.hearing_state == "held"
    ahead = HearingFactory(case=old.case, on=civil_date() + timedelta(days=1), hearing_state="planned")
    assert "planned, not held" in refused("held", case=old.case)
    enter("cancelled", case=old.case, on=ahead.on)
    ahead.refresh_from_db()
    assert ahead.hearing_state == "cancelled"


def test_a_verdict_becomes_decision_penalty_term_sentence_and_serving():
    prosecution = held()
    written = enter(
        "verdict", prosecution, on="20.11.2026", penalties="7 лет 6 месяцев, общий; штраф 300 тыс."
    )
    link = Decision.objects.get().people.get()
    assert [(p.kind, p.years, p.months, p.regime) for p in link.penalties.all()] == [
        ("imprisonment", 7, 6, "general"),
        ("fine", None, None, ""),
    ]
    term = Term.objects.get()
    assert (term.years, term.months, term.current, term.decisions.get().decision_person) == (7, 6, True, link)
    assert term.citations.get().url == SOURCE
    person = prosecution.prisoner
    person.refresh_from_db()
    assert person.sentence_ru.startswith("7\xa0лет")
    assert person.sentence_en.startswith("7\xa0years")
    assert person.custodies.get().term == "fixed"
    assert Stay.objects.get(ongoing=True).reason == "serving"
    assert written.remarks == []


def test_a_verdict_that_keeps_nobody_says_that_the_person_is_still_held():
    prosecution = held()
    written = enter("verdict", prosecution, on="20.11.2026", penalties="3 года условно")
    assert "still held" in written.remarks[0]
    assert not Term.objects.exists()
    assert Stay.objects.get(ongoing=True).reason == "remand"


def test_the_second_person_of_a_verdict_joins_the_same_decision():
    first = ProsecutionFactory()
    second = ProsecutionFactory(case=first.case)
    for one, penalty in ((first, "6 лет, строгий"), (second, "5 лет, общий")):
        enter("verdict", one, on="20.11.2026", penalties=penalty)
    assert Decision.objects.get().people.count() == 2
    assert "entered already" in refused("verdict", first, on="20.11.2026", penalties="6 лет")


def test_a_term_of_another_case_stays():
    prosecution = held()
    other = TermFactory(prisoner=prosecution.prisoner)
    written = enter("verdict", prosecution, on="20.11.2026", penalties="6 лет, строгий")
    assert "another case" in " ".join(written.remarks)
    assert list(Term.objects.filter(current=True)) == [other]


def test_the_person_must_be_told_where_there_are_several():
    case = ProsecutionFactory().case
    ProsecutionFactory(case=case)
    assert "several" in refused("verdict", case=case, on="20.11.2026", penalties="6 лет")


def test_upheld_on_appeal_enters_into_force_and_the_sentence_is_served():
    prosecution = held()
    enter("verdict", prosecution, on="01.10.2026", penalties="6 лет, строгий")
    enter("upheld", prosecution, on="20.11.2026")
    appeal = Decision.objects.get(kind="upheld")
    assert (appeal.instance, appeal.round, appeal.in_force_on) == ("appeal", 1, day("20.11.2026"))
    assert stage_of(prosecution, civil_date()) == "serving"


def test_a_reduced_sentence_brings_a_new_term_and_takes_the_old_end_away():
    prosecution = held()
    enter("verdict", prosecution, on="01.10.2026", penalties="6 лет, строгий")
    custody = prosecution.prisoner.custodies.get()
    custody.expected_end = day("01.2030")
    custody.save()
    written = enter("reduced", prosecution, on="20.11.2026", penalties="5 лет, строгий")
    assert [term.years for term in Term.objects.filter(current=True)] == [5]
    custody.refresh_from_db()
    assert custody.expected_end is None
    assert "expected end" in " ".join(written.remarks)


def test_a_quashed_verdict_brings_a_second_round():
    prosecution = held()
    enter("verdict", prosecution, on="01.09.2026", penalties="6 лет, строгий")
    enter("remitted", prosecution, on="01.10.2026")
    first = Decision.objects.get(kind="guilty_verdict")
    assert Decision.objects.get(kind="remitted").supersedes == first
    assert stage_of(prosecution, civil_date()) == "new_trial"
    assert "annulled already" in refused("upheld", prosecution, on="20.11.2026")
    enter("verdict", prosecution, on="20.11.2026", penalties="5 лет, строгий")
    assert Decision.objects.get(kind="guilty_verdict", on_latest=date(2026, 11, 20)).round == 2


def test_quashed_for_one_of_two_supersedes_nothing_of_the_other():
    one = ProsecutionFactory()
    two = ProsecutionFactory(case=one.case)
    for prosecution in (one, two):
        enter("verdict", prosecution, on="01.09.2026", penalties="6 лет, строгий")
    enter("quashed", one, on="01.10.2026")
    assert Decision.objects.get(kind="quashed").supersedes is None
    assert stage_of(one, civil_date()) == "new_trial"
    assert stage_of(two, civil_date()) == "first_instance"


def test_a_verdict_enters_into_force():
    prosecution = ProsecutionFactory()
    assert "No verdict" in refused("in_force", prosecution, on="20.11.2026")
    enter("verdict", prosecution, on="01.09.2026", penalties="6 лет, строгий")
    enter("in_force", prosecution, on="20.11.2026")
    assert Decision.objects.get().in_force_on == day("20.11.2026")


def test_a_charge_becomes_another():
    old = ChargeFactory()
    enter("reclassified", old.prosecution, on="20.11.2026", reference="ч. 1 ст. 280.3 УК РФ")
    new = Charge.objects.exclude(pk=old.pk).get()
    assert (new.number or new.article.number, new.part) == ("280.3", "1")
    assert (old.events.get().kind, old.events.get().becomes) == ("reclassified", new)


def test_the_code_of_a_charge_is_never_guessed():
    assert "never guessed" in refused("charged", ProsecutionFactory(), on="20.11.2026", reference="ст. 280.3")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"source_url": ""},
        {"source_url": "javascript:alert(1)"},
        {"on": "20.11.2030"},
        {"on": None},
        {"penalties": "seven and a half"},
        {"penalties": ""},
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(wrong):
    given = {"kind": "verdict", "on": "20.11.2026", "penalties": "6 лет, строгий"} | wrong
    assert refused(given.pop("kind"), ProsecutionFactory(), **given)
    assert not Decision.objects.exists()
    assert not CaseCitation.objects.exists()


def test_a_line_that_tells_a_hidden_name_is_refused():
    hidden = PrisonerFactory(surname_ru="Потаённый")
    reduce_to_initials(prisoner=hidden, reason="asked", by=1)
    hidden.refresh_from_db()
    prosecution = ProsecutionFactory(prisoner=hidden)
    told = {"measure": "custody", "line_ru": "Потаённому продлили арест."}
    assert "initials" in refused("extended", prosecution, until="1.2.2027", **told)


def test_a_person_of_another_case_is_refused():
    assert "another case" in refused("hearing", ProsecutionFactory(), case=CaseFactory(), on=civil_date())
    assert not Hearing.objects.exists()
