"""What falls on which day, and who is never told of."""

from datetime import date, time, timedelta

import pytest

from cases.models import Court, Hearing
from memorial.agenda.days import birthdays_of, meetings_of, next_birthday, releases_of
from memorial.agenda.scope import Scope, Span
from memorial.base.partial_date import PartialDate
from prisoners.models import Prisoner
from tests.agenda.world import TODAY, held_person, hidden
from tests.factories import CaseFactory, CourtFactory, HearingFactory, ProsecutionFactory, RegionFactory

pytestmark = pytest.mark.django_db
AHEAD = Span(TODAY, TODAY + timedelta(days=400))


def planned(days, **fields):
    return HearingFactory(on=TODAY + timedelta(days=days), hearing_state="planned", **fields)


def put_off(hearing, days):
    later = planned(days, case=hearing.case, court=hearing.court)
    Hearing.objects.filter(pk=hearing.pk).update(hearing_state="postponed", postponed_to=later)
    return later


def test_what_is_put_off_stays_one_entry_that_moves():
    first = planned(2)
    (before,) = meetings_of(Scope(), AHEAD)
    put_off(put_off(first, 9), 20)
    (after,) = meetings_of(Scope(), AHEAD)
    assert after.uid == before.uid == first.uid
    assert after.hearing.on == TODAY + timedelta(days=20)
    assert after.sequence > before.sequence


def test_every_change_of_a_hearing_makes_its_number_larger():
    hearing = planned(2)
    (before,) = meetings_of(Scope(), AHEAD)
    Hearing.objects.filter(pk=hearing.pk).update(room="4", hearing_state="cancelled")
    (after,) = meetings_of(Scope(), AHEAD)
    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert after.is_off


def test_what_is_put_off_to_a_day_that_readers_may_not_know_is_called_off():
    first = planned(2)
    later = put_off(first, 9)
    Hearing.objects.filter(pk=later.pk).update(verification="unverified")
    (entry,) = meetings_of(Scope(), AHEAD)
    assert (entry.hearing, entry.is_off) == (first, True)


def test_each_calendar_has_its_own_hearings():
    court, other = CourtFactory(), CourtFactory()
    one, two = planned(1, court=court), planned(2, court=other)
    person = ProsecutionFactory(case=one.case).prisoner
    found = {
        name: [meeting.hearing for meeting in meetings_of(scope, AHEAD)]
        for name, scope in {
            "all": Scope(),
            "case": Scope(case=two.case),
            "court": Scope(court=court),
            "person": Scope(person=person),
        }.items()
    }
    assert found == {"all": [one, two], "case": [two], "court": [one], "person": [one]}


def test_a_region_has_the_hearings_of_its_courts_and_of_its_cases_where_the_court_is_not_known():
    here, there = RegionFactory(code="XX-A"), RegionFactory(code="XX-B")
    ours, theirs = CaseFactory(region=here), CaseFactory(region=there)
    away = planned(1, case=ours, court=CourtFactory(region=there))
    nowhere = planned(2, case=ours, court=None)
    unseen = planned(3, case=ours, court=CourtFactory(region=there))
    planned(4, case=theirs, court=(secret := CourtFactory(region=here)))
    for court in (unseen.court, secret):
        Court.objects.filter(pk=court.pk).update(state="draft")

    def told(region):
        return [meeting.hearing for meeting in meetings_of(Scope(region=region), AHEAD)]

    assert told(here) == [nowhere, unseen]
    assert [hearing.on for hearing in told(there)] == [away.on, TODAY + timedelta(days=4)]


def test_the_hour_of_a_hearing_in_an_unpublished_court_has_no_zone():
    hearing = planned(1, at=time(10, 30), court=CourtFactory(time_zone="Asia/Chita"))
    (entry,) = meetings_of(Scope(), AHEAD)
    assert entry.hearing.starts_at is not None
    Court.objects.filter(pk=hearing.court.pk).update(state="draft")
    (entry,) = meetings_of(Scope(), AHEAD)
    assert entry.hearing.starts_at is None


def test_a_hearing_of_others_in_the_case_is_not_the_persons():
    case = CaseFactory()
    mine, theirs = ProsecutionFactory(case=case), ProsecutionFactory(case=case)
    hearing = planned(3, case=case)
    hearing.people.create(prosecution=theirs)
    assert meetings_of(Scope(person=mine.prisoner), AHEAD) == []
    assert [each.hearing for each in meetings_of(Scope(person=theirs.prisoner), AHEAD)] == [hearing]


def test_hearings_of_hidden_people_and_cases_are_not_told():
    hearing = planned(1)
    alone = ProsecutionFactory(case=hearing.case)
    hearing.people.create(prosecution=alone)
    hidden(alone.prisoner)
    hidden(planned(2).case)
    planned(3, verification="unverified")
    assert meetings_of(Scope(), AHEAD) == []


def test_an_expected_release_is_told_of_those_still_held():
    person = held_person(expected="14.03.2027")
    (release,) = releases_of(Scope(), TODAY, AHEAD)
    assert (release.person, release.expected.text) == (person, "2027-03-14")


@pytest.mark.parametrize(
    "change",
    [
        "released",
        "hidden",
        "quiet",
        "unverified",
        "initials",
        "compulsory_treatment",
        "examination",
    ],
)
def test_an_expected_release_is_not_told(change):
    person = held_person(expected="14.03.2027", initials=change == "initials")
    if change == "released":
        person.stays.update(ongoing=False, ended=PartialDate.parse("01.11.2026"))
        person.ends_of_custody.create(
            custody=person.custodies.get(),
            kind="release",
            on=PartialDate.parse("01.11.2026"),
            ground="parole",
            circumstance="ordinary",
        )
    elif change == "hidden":
        hidden(person)
    elif change == "quiet":
        Prisoner.objects.filter(pk=person.pk).update(quiet_until=TODAY + timedelta(days=1))
    elif change in ("compulsory_treatment", "examination"):
        person.stays.update(reason=change)
    elif change == "unverified":
        person.custodies.update(verification="unverified")
    assert releases_of(Scope(), TODAY, AHEAD) == []


def test_a_birthday_is_told_only_where_it_is_wanted_and_a_letter_can_arrive():
    person = held_person(born="02.12.1987", birthday_wanted=True)
    (birthday,) = birthdays_of(Scope(), TODAY, AHEAD)
    assert (birthday.person, birthday.on) == (person, date(2026, 12, 2))


@pytest.mark.parametrize("change", ["not wanted", "quiet", "no place", "year only", "minor", "hidden"])
def test_a_birthday_is_not_told(change):
    born = {"year only": "1987", "minor": "02.12.2009"}.get(change, "02.12.1987")
    person = held_person(born=born, birthday_wanted=change != "not wanted", initials=change == "minor")
    if change == "quiet":
        Prisoner.objects.filter(pk=person.pk).update(quiet_until=TODAY + timedelta(days=1))
    elif change == "no place":
        person.stays.update(public="region_only", facility=None)
    elif change == "hidden":
        hidden(person)
    assert birthdays_of(Scope(), TODAY, AHEAD) == []


@pytest.mark.parametrize(
    ("born", "first", "expected"),
    [
        ("02.12.1987", date(2026, 11, 20), date(2026, 12, 2)),
        ("02.12.1987", date(2026, 12, 2), date(2026, 12, 2)),
        ("02.12.1987", date(2026, 12, 3), date(2027, 12, 2)),
        ("29.02.1988", date(2026, 11, 20), date(2027, 3, 1)),
        ("29.02.1988", date(2028, 1, 1), date(2028, 2, 29)),
        ("12.1987", date(2026, 11, 20), None),
        ("1987", date(2026, 11, 20), None),
    ],
)
def test_the_next_birthday(born, first, expected):
    assert next_birthday(PartialDate.parse(born), first) == expected
