"""Ten-second entries: each kind of news becomes the right rows, with its source."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from prisoners import actions
from prisoners.actions import QuickKind
from prisoners.actions.second_look import confirm_looks
from prisoners.choices import InstitutionKind, LibertyStatus
from prisoners.models import (
    Citation,
    ConfidentialCitation,
    Custody,
    Death,
    EndOfCustody,
    Prisoner,
    RegisterEntry,
    SecondLook,
    StaffNote,
    Stay,
    StayPrivate,
)
from tests.factories import CustodyFactory, FacilityFactory, PrisonerFactory, RecognitionFactory, StayFactory

pytestmark = pytest.mark.django_db
BY, COLLEAGUE = 7, 8
TODAY = dt.date(2026, 11, 23)
LINK = "https://example.org/news/1"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def person():
    return PrisonerFactory(updated_on=dt.date(2026, 1, 1))


@pytest.fixture
def sizo():
    return FacilityFactory(kind=InstitutionKind.SIZO, name_ru="СИЗО-91, Верхнереченск")


def enter(person, kind, on="10.11.2026", facility=None, **more):
    values = {"source_url": LINK, "line_ru": "", "line_en": "", **more}
    with transaction.atomic():
        row = actions.quick_entry(prisoner=person, kind=kind, on=on, facility=facility, by=BY, **values)
        # What needs two people a colleague confirms at once (tests/rights tells what is before that).
        if confirm_looks(looks=list(SecondLook.objects.waiting()), by=COLLEAGUE):
            row.refresh_from_db()
            person.refresh_from_db()
        return row


def refused(person, kind, **more):
    counts = [table.objects.count() for table in (Custody, Stay, EndOfCustody, Citation)]
    with pytest.raises(ValidationError) as error:
        enter(person, kind, **more)
    assert [table.objects.count() for table in (Custody, Stay, EndOfCustody, Citation)] == counts
    assert all(error.value.messages)
    return " ".join(error.value.messages)


def liberty(person):
    return Prisoner.objects.with_liberty(TODAY).get(pk=person.pk).liberty


def test_a_whole_story_line_by_line(person, sizo):
    colony = FacilityFactory(name_ru="ИК-92, Заречье")
    custody = enter(person, "detained", "14.03.2023", line_ru="Задержан после обыска")
    assert custody.detained_on == PartialDate(2023, 3, 14)
    assert custody.note_ru == "Задержан после обыска"
    assert person.stays.get().reason == "police_detention"

    enter(person, "remanded", "16.03.2023", sizo)
    custody.refresh_from_db()
    assert custody.remanded_on == PartialDate(2023, 3, 16)

    enter(person, "sentenced", "01.02.2024", line_ru="7 лет колонии", line_en="7 years")
    assert (person.sentence_ru, person.sentence_en) == ("7 лет колонии", "7 years")
    serving = person.stays.get(ongoing=True)
    assert (serving.reason, serving.facility) == ("serving", sizo)

    enter(person, "moved", "05.2024", colony, line_en="Moved to IK-92")
    assert liberty(person) == LibertyStatus.IMPRISONED
    stays = [(stay.reason, stay.facility, stay.ongoing) for stay in person.stays.order_by("pk")]
    assert stays == [
        ("police_detention", None, False),
        ("remand", sizo, False),
        ("serving", sizo, False),
        ("serving", colony, True),
    ]
    assert person.stays.order_by("pk")[2].ended == PartialDate(2024, 5)

    enter(person, "recognised", "12.05.2024")
    assert person.recognitions.get().custody == custody
    enter(person, "register_added", "2024")
    end = enter(person, "released", "10.11.2026", line_ru="Вышел на свободу")
    assert (end.custody, end.ground, end.circumstance) == (custody, "none_known", "unknown")
    assert liberty(person) == LibertyStatus.AT_LIBERTY
    assert not person.stays.filter(ongoing=True).exists()
    assert Citation.objects.count() == 7
    assert person.updated_on == dt.date(2026, 11, 10)


@pytest.mark.parametrize("kind", [kind for kind in QuickKind.values if kind != "note_only"])
def test_every_kind_has_a_source_an_actor_and_a_reason(person, kind):
    facility = FacilityFactory() if kind == "moved" else None
    row = enter(person, kind, facility=facility, line_ru="Строка", line_en="A line")
    source = Citation.objects.get()
    assert (source.url, source.kind, source.accessed_on) == (LINK, "media", TODAY)
    assert row.citations.get() == source
    entries = HistoryEntry.objects.filter(table=row._meta.db_table, row=str(row.pk)).exclude(reason="")
    assert entries.filter(actor="staff:7", reason=str(QuickKind(kind).label)).exists()
    assert Prisoner.objects.get().version == 2 or kind == "sentenced"


def test_the_last_event_moves_forward_only(person):
    enter(person, "register_added", "2019")
    assert person.updated_on == dt.date(2026, 1, 1)
    enter(person, "recognised", "2026")
    assert person.updated_on == TODAY  # some day of this year, not later than today


def test_a_staff_note_changes_nothing_public(person):
    with transaction.atomic():
        note = actions.quick_entry(
            prisoner=person,
            kind="note_only",
            on=None,
            facility=None,
            source_url="",
            line_ru="Позвонить",
            line_en="",
            by=BY,
        )
    assert StaffNote.objects.get() == note
    assert note.by == BY
    assert Prisoner.objects.get().version == 1
    assert refused(person, "note_only", source_url="")


def test_a_confidential_source(person):
    row = enter(person, "released", source_url="", confidential_source="the lawyer called")
    assert row.confidential_citations.get().text == "the lawyer called"
    assert not Citation.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "promoted"},
        {"on": None},
        {"on": ""},
        {"on": "yesterday"},
        {"on": "24.11.2026"},
        {"on": "31.02.2026"},
        {"on": "2027"},
        {"source_url": ""},
        {"source_url": "example.org"},
        {"source_url": "javascript:alert(1)"},
        {"source_url": "ftp://example.org/x"},
        {"source_url": "https://example.org/" + "x" * 1000},
        {"line_ru": "д" * 401},
        {"ground": "magic"},
        {"circumstance": "magic"},
    ],
)
def test_what_is_refused_leaves_nothing(person, change):
    assert refused(person, **{"kind": "released", **change})


def test_today_is_not_the_future(person):
    assert enter(person, "released", "23.11.2026")
    assert enter(PrisonerFactory(), "released", PartialDate(2026, 11))
    assert enter(PrisonerFactory(), "released", dt.date(2026, 11, 23))


# --- detained, remanded, house arrest -----------------------------------------------------------


def test_detained_twice_needs_a_release_between(person):
    enter(person, "detained", "2020")
    assert "2020" in refused(person, "detained", on="2024")
    enter(person, "released", "2022")
    enter(person, "detained", "2024")
    assert person.custodies.count() == 2


def test_an_end_without_its_custody_ends_it_too(person):
    CustodyFactory(prisoner=person, detained_on=PartialDate(2020))
    EndOfCustody.objects.create(
        prisoner=person, on=PartialDate(2022), ground="served", circumstance="ordinary"
    )
    enter(person, "detained", "2024")
    assert person.custodies.count() == 2


def test_detained_fills_the_date_that_is_missing(person):
    custody = CustodyFactory(prisoner=person, detained_on=None, remanded_on=PartialDate(2023, 3, 16))
    enter(person, "detained", "14.03.2023")
    custody.refresh_from_db()
    assert custody.detained_on == PartialDate(2023, 3, 14)
    assert refused(person, "detained", on="2023")


def test_detained_after_the_remand_is_the_databases_refusal_in_words(person):
    CustodyFactory(prisoner=person, detained_on=None, remanded_on=PartialDate(2023, 3, 16))
    constraint = next(
        row for row in Custody._meta.constraints if row.name == "custody_remanded_after_detained"
    )
    assert str(constraint.violation_error_message) in refused(person, "detained", on="2024")


def test_house_arrest_has_no_place(person, sizo):
    enter(person, "remanded", "2024", sizo)
    assert refused(person, "house_arrest", facility=sizo)
    stay = enter(person, "house_arrest", "02.2025")
    assert (stay.reason, stay.facility, stay.region) == ("house_arrest", None, None)
    assert liberty(person) == LibertyStatus.HOUSE_ARREST
    assert person.custodies.count() == 1
    # And back: the reason follows the kind of institution.
    back = enter(person, "moved", "2026", sizo)
    assert back.reason == "remand"


def test_house_arrest_first_of_all_is_the_loss_of_liberty(person):
    enter(person, "house_arrest", "02.2025")
    custody = person.custodies.get()
    assert (custody.seized_on, custody.remanded_on) == (PartialDate(2025, 2), None)


# --- moved --------------------------------------------------------------------------------------


def test_moved_keeps_reason_and_regime(person):
    StayFactory(prisoner=person, regime="strict")
    new = enter(person, "moved", facility=FacilityFactory())
    assert (new.reason, new.regime) == ("serving", "strict")


def test_moved_to_where_the_person_is(person):
    stay = StayFactory(prisoner=person)
    assert str(stay.facility) in refused(person, "moved", facility=stay.facility)
    assert refused(person, "moved", facility=None)


def test_a_temporary_stay_is_not_ended_by_a_move_but_by_a_release(person):
    StayFactory(prisoner=person)
    hospital = StayFactory(prisoner=person, temporary=True, began=PartialDate(2026, 1))
    enter(person, "moved", facility=FacilityFactory())
    hospital.refresh_from_db()
    assert hospital.ongoing
    enter(person, "released")
    hospital.refresh_from_db()
    assert not hospital.ongoing


def test_older_news_does_not_end_a_later_stay(person):
    stay = StayFactory(prisoner=person, began=PartialDate(2025, 1, 1))
    assert str(stay.facility) in refused(person, "moved", on="2023", facility=FacilityFactory())
    stay.refresh_from_db()
    assert stay.ongoing


def test_a_secret_place_stays_with_staff(person):
    cellar = FacilityFactory(
        kind=InstitutionKind.UNOFFICIAL, street="", postal_index="", state="draft", name_ru="Подвал"
    )
    new = enter(person, "moved", facility=cellar, line_ru="Держат в подвале")
    assert (new.public, new.facility, new.region, new.note_ru) == ("region_only", None, cellar.region, "")
    private = StayPrivate.objects.get()
    assert (private.facility, private.staff_note) == (cellar, "Держат в подвале")
    assert not Citation.objects.exists()
    assert LINK in ConfidentialCitation.objects.get().text
    assert refused(person, "moved", facility=cellar)


# --- sentenced ----------------------------------------------------------------------------------


def test_sentenced_in_absentia_holds_nobody(person):
    assert enter(person, "sentenced", line_ru="9 лет заочно") == person
    assert not Stay.objects.exists()
    assert Citation.objects.get().prisoner == person


def test_sentenced_in_one_language_leaves_no_old_sentence_in_the_other(person):
    enter(person, "sentenced", "2025", line_ru="7 лет", line_en="7 years")
    enter(person, "sentenced", "2026", line_ru="6 лет")
    assert (person.sentence_ru, person.sentence_en) == ("6 лет", "")
    assert refused(person, "sentenced", line_ru="", line_en="")
    assert refused(person, "sentenced", line_ru="л" * 201)


def test_sentenced_from_house_arrest_is_not_served_at_home(person):
    enter(person, "house_arrest", "02.2025")
    enter(person, "sentenced", line_ru="3 года")
    serving = person.stays.get(ongoing=True)
    assert (serving.reason, serving.facility) == ("serving", None)


def test_a_second_sentence_moves_nobody(person):
    stay = StayFactory(prisoner=person)
    enter(person, "sentenced", line_ru="10 лет по совокупности")
    assert person.stays.get() == stay


# --- released, died -----------------------------------------------------------------------------


def test_a_release_twice(person):
    enter(person, "detained", "2024")
    enter(person, "released", ground="pardon", circumstance="exchange")
    assert person.ends_of_custody.get().circumstance == "exchange"
    assert refused(person, "released")


def test_a_death_in_custody_and_at_liberty(person):
    StayFactory(prisoner=person)
    death = enter(person, "died", line_ru="По словам родственников")
    assert death.circumstance == "in_custody"
    assert person.ends_of_custody.get().kind == "death"
    assert liberty(person) == LibertyStatus.DIED
    assert refused(person, "died")
    free = PrisonerFactory()
    assert enter(free, "died").circumstance == "other"
    assert not EndOfCustody.objects.filter(prisoner=free).exists()
    assert Death.objects.count() == 2


@pytest.mark.parametrize("kind", ["detained", "remanded", "house_arrest", "moved", "released"])
def test_nothing_of_the_living_after_a_death(person, kind):
    place = {"facility": FacilityFactory()} if kind == "moved" else {}
    enter(person, "died", "05.2024")
    assert refused(person, kind, on="06.2024", **place)
    assert not person.stays.exists()
    # The same month may be the day before.
    assert enter(person, kind, "05.2024", **place)


# --- registers, recognition ---------------------------------------------------------------------


def test_on_and_off_a_register(person):
    enter(person, "register_added", "2024", line_ru="Внесён")
    assert refused(person, "register_added")
    enter(person, "register_added", "2024", register="wanted")
    row = enter(person, "register_removed", "2026")
    assert (row.register, row.removed_on, row.note_ru) == ("rosfinmonitoring", PartialDate(2026), "Внесён")
    enter(person, "register_removed", "2026", register="foreign_agents")
    assert RegisterEntry.objects.count() == 3
    assert refused(person, "register_added", register="magic")


def test_recognised_once_in_a_case_and_again_in_a_new_one(person):
    enter(person, "detained", "2023")
    enter(person, "recognised", "2024")
    assert refused(person, "recognised")
    enter(person, "released", "2025")
    enter(person, "detained", "2026")
    enter(person, "recognised", "2026")
    assert person.recognitions.count() == 2


def test_not_before_the_project_decided(person):
    RecognitionFactory(prisoner=person, decided_by="memorial_hrc", on=PartialDate(2021))
    assert refused(person, "recognised", on="2021")


# --- initials -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        {"line_ru": "Горинцева перевели"},
        {"line_en": "Gorintsev was moved"},
        {"source_url": LINK + "/gorintsev"},
    ],
)
def test_a_line_does_not_tell_a_name_that_was_moved_away(told):
    person = PrisonerFactory(surname_ru="Горинцев", surname_en="Gorintsev")
    actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    assert refused(person, "moved", facility=FacilityFactory(), **told)
    assert enter(person, "moved", facility=FacilityFactory(), line_ru="Переведён в другую колонию")
