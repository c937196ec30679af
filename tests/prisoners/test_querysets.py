"""What is asked about people: liberty on a day, imprisoned, recognised. Each truth by an example."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memorial.base.choices import State, Verification
from memorial.base.partial_date import PartialDate
from prisoners.choices import LibertyStatus, StayReason
from prisoners.models import Custody, Death, EndOfCustody, Prisoner, Recognition, Stay
from prisoners.querysets import COUNTED_AS_IMPRISONED, STATUS_OF_STAY
from tests.factories import DraftFactory, PrisonerFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def day(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def liberty(person: Prisoner, on: date = TODAY) -> str:
    """As SQL tells it, which must be as it is told from the rows that a page has loaded."""
    told = Prisoner.objects.with_liberty(on).get(pk=person.pk)
    again = Prisoner.objects.for_list(on).get(pk=person.pk)
    assert again.open_reason == told.open_reason
    assert again.open_place_unknown == bool(told.open_place_unknown)
    assert again.liberty == told.liberty
    return told.liberty


def stay(person: Prisoner, began: str | None, ended: str | None = None, **fields) -> Stay:
    dates = {"began": day(began), "ended": day(ended), "ongoing": ended is None}
    return Stay.objects.create(**{"prisoner": person, "reason": StayReason.SERVING, **dates, **fields})


def release(person: Prisoner, on: str | None, **fields) -> EndOfCustody:
    given = {"kind": "release", "ground": "served", "circumstance": "ordinary", **fields}
    return EndOfCustody.objects.create(prisoner=person, on=day(on), **given)


@pytest.fixture
def person() -> Prisoner:
    return PrisonerFactory()


# --- Liberty ---------------------------------------------------------------------------------------


def test_every_reason_of_a_stay_says_something_of_liberty():
    assert set(STATUS_OF_STAY) == set(StayReason)


@pytest.mark.parametrize("reason", StayReason)
def test_an_open_stay_tells_the_liberty_and_whether_it_counts(person, reason):
    stay(person, "2024", reason=reason)
    assert liberty(person) == STATUS_OF_STAY[reason]
    counted = Prisoner.objects.imprisoned(TODAY).exists()
    assert counted is (STATUS_OF_STAY[reason] in COUNTED_AS_IMPRISONED)


def test_forced_labour_and_administrative_arrest_are_not_counted_and_house_arrest_is():
    not_counted = {StayReason.FORCED_LABOUR, StayReason.ADMINISTRATIVE_ARREST, StayReason.EXPULSION}
    assert {
        reason for reason, status in STATUS_OF_STAY.items() if status not in COUNTED_AS_IMPRISONED
    } == not_counted
    assert LibertyStatus.HOUSE_ARREST in COUNTED_AS_IMPRISONED


def test_nothing_known_is_not_known_and_never_free(person):
    assert liberty(person) == LibertyStatus.NOT_KNOWN


def test_a_stay_with_an_unknown_end_that_is_not_said_to_go_on_tells_nothing(person):
    stay(person, "2024", ongoing=False)
    assert liberty(person) == LibertyStatus.NOT_KNOWN


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 3, 13), LibertyStatus.NOT_KNOWN),
        (date(2023, 3, 14), LibertyStatus.IMPRISONED),
        (date(2024, 5, 9), LibertyStatus.IMPRISONED),
        (date(2024, 5, 10), LibertyStatus.NOT_KNOWN),
    ],
)
def test_a_stay_counts_from_its_first_day_to_the_day_before_its_end(person, on, expected):
    stay(person, "14.03.2023", "10.05.2024")
    assert liberty(person, on) == expected


def test_a_stay_that_ended_in_a_year_is_over_in_that_year(person):
    stay(person, "2023", "2025")
    assert liberty(person, date(2024, 12, 31)) == LibertyStatus.IMPRISONED
    assert liberty(person, date(2025, 1, 1)) == LibertyStatus.NOT_KNOWN


def test_a_main_stay_speaks_before_a_temporary_one(person):
    stay(person, "2026", reason=StayReason.HOSPITAL, temporary=True)
    stay(person, "2024", reason=StayReason.FORCED_LABOUR)
    assert liberty(person) == LibertyStatus.FORCED_LABOUR
    assert not Prisoner.objects.imprisoned(TODAY).exists()


def test_the_stay_that_began_last_speaks_and_one_with_an_unknown_beginning_does_not(person):
    stay(person, "2026", reason=StayReason.SERVING, temporary=True)
    stay(person, None, reason=StayReason.HOUSE_ARREST, temporary=True)
    assert liberty(person) == LibertyStatus.IMPRISONED


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, LibertyStatus.AT_LIBERTY),
        ({"circumstance": "exchange"}, LibertyStatus.AT_LIBERTY),
        ({"circumstance": "sent_to_war", "ground": "pardon"}, LibertyStatus.SENT_TO_WAR),
        ({"ground": "war_78_1"}, LibertyStatus.SENT_TO_WAR),
        ({"kind": "escape", "ground": "", "circumstance": ""}, LibertyStatus.NOT_KNOWN),
        ({"kind": "death", "ground": "", "circumstance": ""}, LibertyStatus.DIED),
    ],
)
def test_an_end_of_custody_tells_what_came_after(person, fields, expected):
    stay(person, "2023", "2025")
    release(person, "03.2025", **fields)
    assert liberty(person) == expected


def test_a_release_is_not_known_before_its_day(person):
    release(person, "03.2025")
    assert liberty(person, date(2025, 2, 28)) == LibertyStatus.NOT_KNOWN


def test_the_last_end_counts(person):
    release(person, "2020")
    release(person, "2025", circumstance="sent_to_war", ground="pardon")
    assert liberty(person) == LibertyStatus.SENT_TO_WAR
    assert liberty(person, date(2021, 1, 1)) == LibertyStatus.AT_LIBERTY


def test_after_a_new_arrest_an_old_release_says_nothing(person):
    """Released in 2020, arrested in 2025, the place not known yet: never «at liberty»."""
    release(person, "2020")
    Custody.objects.create(prisoner=person, detained_on=day("14.03.2025"))
    assert liberty(person, date(2025, 3, 13)) == LibertyStatus.AT_LIBERTY
    assert liberty(person) == LibertyStatus.NOT_KNOWN
    release(person, "2026")
    assert liberty(person) == LibertyStatus.AT_LIBERTY


def test_an_arrest_in_the_year_of_the_release_does_not_undo_it(person):
    """Which came first is not certain; the release of the same custody is in that year too."""
    Custody.objects.create(prisoner=person, detained_on=day("14.03.2025"))
    release(person, "2025")
    assert liberty(person) == LibertyStatus.AT_LIBERTY


def test_death_comes_before_everything(person):
    stay(person, "2023")
    release(person, "2025")
    Death.objects.create(prisoner=person, on=day("02.2026"))
    assert liberty(person) == LibertyStatus.DIED
    assert not Prisoner.objects.imprisoned(TODAY).exists()
    assert Prisoner.objects.imprisoned(date(2024, 6, 1)).exists()


def test_what_staff_entered_is_used_only_where_nothing_else_tells(person):
    Prisoner.objects.update(liberty_entered=LibertyStatus.BEYOND_REACH)
    assert liberty(person) == LibertyStatus.BEYOND_REACH
    release(person, "2025")
    assert liberty(person) == LibertyStatus.AT_LIBERTY
    stay(person, "2026")
    assert liberty(person) == LibertyStatus.IMPRISONED


def test_what_staff_entered_says_nothing_of_the_time_before(person):
    Prisoner.objects.update(liberty_entered=LibertyStatus.BEYOND_REACH, liberty_as_of=date(2025, 6, 1))
    assert liberty(person, date(2025, 5, 31)) == LibertyStatus.NOT_KNOWN
    assert liberty(person, date(2025, 6, 1)) == LibertyStatus.BEYOND_REACH


def test_what_is_not_verified_tells_nothing(person):
    unverified = {"verification": Verification.UNVERIFIED}
    stay(person, "2023", **unverified)
    release(person, "2025", **unverified)
    Death.objects.create(prisoner=person, on=day("2026"), **unverified)
    recognise(person, "2024", **unverified)
    assert liberty(person) == LibertyStatus.NOT_KNOWN
    assert not Prisoner.objects.imprisoned(TODAY).exists()
    assert not Prisoner.objects.recognised().exists()


def test_several_stays_are_one_person(person):
    for temporary in (False, True, True):
        stay(person, "2024", temporary=temporary)
    assert Prisoner.objects.imprisoned(TODAY).count() == 1


def test_published_is_the_one_door():
    shown = [PrisonerFactory(state=state) for state in State]
    for person in shown:
        stay(person, "2024")
    assert [p.state for p in Prisoner.objects.published().imprisoned(TODAY)] == [State.PUBLISHED]
    assert Prisoner.objects.imprisoned(TODAY).count() == len(State)


FACTS = st.lists(
    st.tuples(
        st.sampled_from(["stay", "open stay", "release", "custody"]),
        st.integers(2018, 2025),
        st.integers(0, 3),
        st.sampled_from(list(StayReason)),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS, years=st.integers(2017, 2027), died=st.one_of(st.none(), st.integers(2018, 2026)))
def test_imprisoned_is_what_liberty_says_whatever_is_entered(facts, years, died):
    """The statistics and the person's page can never contradict each other."""
    person = DraftFactory()
    for kind, year, length, reason in facts:
        if kind.endswith("stay"):
            ended = None if kind == "open stay" else str(min(year + length, TODAY.year))
            stay(person, str(year), ended, reason=reason, temporary=True)
        elif kind == "release":
            release(person, str(year))
        else:
            Custody.objects.create(prisoner=person, detained_on=day(str(year)))
    if died:
        # Nobody is held after death: the database would refuse it.
        last = max((min(year + length, TODAY.year) for _kind, year, length, _reason in facts), default=died)
        Death.objects.create(prisoner=person, on=day(str(max(died, last))))
    on = date(years, 1, 1) + timedelta(days=100)
    counted = Prisoner.objects.imprisoned(on).filter(pk=person.pk).exists()
    assert counted is (liberty(person, on) in COUNTED_AS_IMPRISONED)
    person.delete()


# --- Recognition -----------------------------------------------------------------------------------


def recognise(person: Prisoner, on: str | None, outcome: str = "recognised", **fields) -> Recognition:
    return Recognition.objects.create(prisoner=person, on=day(on), outcome=outcome, **fields)


def test_a_decision_of_this_project_stands(person):
    recognise(person, "12.05.2023")
    assert list(Prisoner.objects.recognised()) == [person]


def test_a_person_counts_once_however_many_decisions_there_are(person):
    for year in ("2023", "2024", "2025"):
        recognise(person, year)
    assert Prisoner.objects.recognised().count() == 1


def test_an_inherited_recognition_stands_apart(person):
    recognise(person, "2020", decided_by="memorial_hrc")
    recognise(person, "2023", decided_by="other", body_name_ru="Другая организация")
    assert not Prisoner.objects.recognised().exists()
    assert Recognition.objects.standing().count() == 2
    assert not Recognition.objects.by_this_project().exists()


@pytest.mark.parametrize(
    ("recognised_on", "withdrawn_on", "stands"),
    [
        ("12.05.2023", "13.05.2023", False),
        ("12.05.2023", "12.05.2023", False),
        ("12.05.2023", "11.05.2023", True),
        ("2024", "2023", True),
        ("12.05.2023", "2023", False),  # in doubt it is withdrawn
        ("2023", "01.2023", False),
        (None, "2023", False),
        ("12.05.2023", None, False),
        ("12.05.2023", "after 2023", False),
    ],
)
def test_a_withdrawal_ends_what_came_before_it(person, recognised_on, withdrawn_on, stands):
    recognise(person, recognised_on)
    recognise(person, withdrawn_on, "withdrawn")
    assert Prisoner.objects.recognised().exists() is stands


def test_recognised_again_after_a_withdrawal(person):
    recognise(person, "2023")
    recognise(person, "03.2024", "withdrawn")
    again = recognise(person, "05.2025")
    assert list(Recognition.objects.standing()) == [again]


def test_a_withdrawal_by_one_body_does_not_touch_anothers_decision(person):
    recognise(person, "2023")
    recognise(person, "2024", "withdrawn", decided_by="other", body_name_ru="Другая организация")
    assert Prisoner.objects.recognised().exists()


def test_of_two_other_organisations_one_does_not_withdraw_for_the_other(person):
    kept = recognise(person, "2023", decided_by="other", body_name_ru="Первая")
    recognise(person, "2024", "withdrawn", decided_by="other", body_name_ru="Вторая")
    assert list(Recognition.objects.standing()) == [kept]


def test_somebody_elses_withdrawal_does_not_count(person):
    recognise(person, "2023")
    recognise(PrisonerFactory(), "2024", "withdrawn")
    assert list(Prisoner.objects.recognised()) == [person]


def test_recognition_outlasts_the_end_of_custody_as_a_decision(person):
    """The decision has no end of its own; whether the status lasts is a question of liberty."""
    recognise(person, "2023")
    release(person, "2025")
    assert Prisoner.objects.recognised().exists()
    assert not Prisoner.objects.recognised().imprisoned(TODAY).exists()


# --- Order and stays -------------------------------------------------------------------------------


def test_the_order_of_names_treats_yo_as_ye_and_follows_the_readers_language(settings):
    from django.utils import translation

    for slug, surname_ru, surname_en in [
        ("b", "Ёлкин", "Yolkin"),
        ("a", "Елагин", "Zelagin"),
        ("c", "Жуков", ""),
    ]:
        PrisonerFactory(slug=slug, surname_ru=surname_ru, surname_en=surname_en,
                        given_names_en="" if not surname_en else "T", patronymic_en="")  # fmt: skip
    with translation.override("ru"):
        assert [p.slug for p in Prisoner.objects.by_name()] == ["a", "b", "c"]
    with translation.override("en"):
        assert [p.slug for p in Prisoner.objects.by_name()][:2] == ["b", "a"]


@pytest.mark.parametrize(("public", "shown"), [("yes", True), ("region_only", True), ("no", False)])
def test_stays_that_readers_may_see_as_such(person, public, shown):
    stay(person, "2024", public=public)
    assert Stay.objects.shown().exists() is shown
