"""Chronologies, hearings and stages: each fact once, in order, of those whom readers know."""

from datetime import date, time

import pytest
from django.utils import translation

from cases import models as record
from cases.display.chronology import case_chronology, person_chronology
from cases.display.entries import Entry, in_order
from cases.display.hearings import ShownHearing
from cases.display.people import people_of, stages_line
from cases.display.stages import steps_of
from cases.models import Case, Prosecution
from memorial.base.partial_date import PartialDate
from memorial.base.shown_text import ShownText
from prisoners.models import Death, EndOfCustody, Prisoner
from tests.cases_pages import world
from tests.cases_pages.world import TODAY, day, person
from tests.counting import counted
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    CustodyFactory,
    DecisionFactory,
    HearingFactory,
    ProsecutionFactory,
    RestraintFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_russian():
    with translation.override("ru"):
        yield


def loaded(case) -> Case:
    return Case.objects.published().for_detail(TODAY).get(pk=case.pk)


def titles(case) -> list[str]:
    return [str(entry.title).replace("\u00a0", " ") for entry in case_chronology(loaded(case), TODAY)]


def stages(case) -> list[tuple[str, str]]:
    found = loaded(case)
    return [(step.state, step.title) for step in steps_of(found, people_of(found, TODAY), TODAY)]


def test_words_ask_the_database_nothing():
    case = loaded(world.embankment())
    with counted() as queries:
        case_chronology(case, TODAY)
        steps_of(case, people_of(case, TODAY), TODAY)
        stages_line(case.prosecutions.all(), TODAY)
    assert queries == []


def test_what_two_tables_tell_stands_there_once():
    found = titles(world.embankment())
    assert len(found) == len(set(found))  # one charge was brought against two people: one line names both
    assert found.count("Заключение под стражу: срок продлён до 10 ноября 2023") == 1
    assert not any("признан" in title and "207.3" in title for title in found)
    assert "Приговор" not in found
    assert "Обвинительный приговор" in found


def test_a_decision_tells_each_persons_part_and_whom_it_is_about():
    entries = {str(entry.title): entry for entry in case_chronology(loaded(world.embankment()), TODAY)}
    verdict = entries["Обвинительный приговор"]
    assert [str(line).split(":")[0] for line in verdict.lines] == ["Переверзева Анна", "Ягужинский Пётр"]
    upheld = entries["Приговор оставлен без изменения"]
    assert [one.surname_ru for one in upheld.who] == ["Переверзева", "Ягужинский"]
    assert upheld.lines == ()


def test_dates_known_in_part_are_sorted_and_unknown_ones_come_last():
    def entry(text):
        return Entry(PartialDate.parse(text) if text else None, ShownText(text, "ru"))

    shuffled = [
        entry(""),
        entry("05.2023"),
        entry("2023"),
        entry("14.05.2023"),
        entry("31.12.2022"),
        entry("2024"),
    ]
    assert [str(one.title) for one in in_order(shuffled)] == [
        "31.12.2022",
        "2023",
        "05.2023",
        "14.05.2023",
        "2024",
        "",
    ]
    assert (entry("05.2023").moment, entry("").when) == ("2023-05", "дата неизвестна")


def test_the_end_of_an_earlier_imprisonment_belongs_to_no_later_case():
    one = person("Дважды")
    case = ProsecutionFactory(prisoner=one, since=day("2024")).case
    first = CustodyFactory(prisoner=one, detained_on=day("2015"))
    end = {"prisoner": one, "ground": "served", "circumstance": "ordinary"}
    EndOfCustody.objects.create(custody=first, on=day("05.2018"), **end)
    second = CustodyFactory(prisoner=one, detained_on=day("2024"))
    EndOfCustody.objects.create(custody=second, on=day("03.2026"), **end)
    assert [entry.when.replace("\u00a0", " ") for entry in case_chronology(loaded(case), TODAY)] == [
        "март 2026"
    ]


def test_one_persons_chronology_spans_all_their_cases():
    one = person("Многодельная")
    prosecutions = [ProsecutionFactory(prisoner=one) for _ in range(2)]
    for number, prosecution in enumerate(prosecutions):
        decision = DecisionFactory(case=prosecution.case, on=day(f"02.202{number + 3}"))
        world.verdict(prosecution, decision, years=number + 2, regime="general")
        RestraintFactory(prosecution=prosecution, began=day(f"01.202{number + 3}"))
    shown = Prosecution.objects.shown().filter(prisoner=one).with_record().select_related("prisoner")
    him = Prisoner.objects.published().for_detail(TODAY).get(pk=one.pk)
    entries = person_chronology(him, shown, [], [], [], on=TODAY)
    assert [entry.when.replace("\u00a0", " ") for entry in entries] == [
        "январь 2023",
        "февраль 2023",
        "январь 2024",
        "февраль 2024",
    ]
    assert [str(line) for entry in entries for line in entry.lines] == [
        "2\u00a0года колонии общего режима",
        "3\u00a0года колонии общего режима",
    ]


@pytest.mark.parametrize(
    ("zone", "on", "offset"),
    [
        ("Asia/Yekaterinburg", date(2026, 11, 24), "UTC+5"),
        ("Europe/Kyiv", date(2026, 7, 1), "UTC+3"),
        ("Europe/Kyiv", date(2026, 12, 1), "UTC+2"),
        ("Asia/Kolkata", date(2026, 12, 1), "UTC+5:30"),
        ("America/New_York", date(2026, 12, 1), "UTC−5"),
    ],
)
def test_a_hearing_is_told_by_the_clock_of_its_court(zone, on, offset):
    hearing = HearingFactory(
        court=CourtFactory(time_zone=zone), on=on, at=time(10, 30), hearing_state="planned"
    )
    shown = ShownHearing(hearing, TODAY)
    assert (shown.time, shown.zone) == ("10:30", offset)


def test_a_hearing_without_an_hour_or_a_court_claims_none():
    hearing = HearingFactory(court=None, on=TODAY, hearing_state="planned")
    shown = ShownHearing(hearing, TODAY)
    assert (shown.time, shown.zone, shown.moment) == ("", "", "2026-11-23")
    assert not shown.court
    assert shown.is_ahead
    assert shown.may_be_attended


@pytest.mark.parametrize(
    ("state", "on", "words"),
    [
        ("held", "2026-11-01", ""),
        ("cancelled", "2026-12-01", "отменено"),
        ("postponed", "2026-11-01", "отложено, новая дата неизвестна"),
        ("planned", "2026-11-01", "чем закончилось, нам неизвестно"),
        ("planned", "2026-12-01", ""),
    ],
)
def test_what_became_of_a_hearing_is_said(state, on, words):
    hearing = HearingFactory(on=date.fromisoformat(on), hearing_state=state)
    assert ShownHearing(hearing, TODAY).state.replace("\u00a0", " ") == words


def test_a_court_that_is_not_published_is_not_named():
    hearing = HearingFactory(court=CourtFactory(state="draft", name_ru="Тайный суд"))
    shown = ShownHearing(hearing, TODAY)
    assert (str(shown.court), shown.court_url) == ("", "")


def test_an_investigation_has_the_trial_before_it():
    case = CaseFactory(opened=day("2026"))
    ChargeFactory(prosecution__case=case)
    assert stages(case) == [("now", "Следствие"), ("todo", "Первая инстанция")]


def test_people_of_different_fates_are_told_apart():
    case = CaseFactory(opened=day("2024"))
    free, wanted = (
        ProsecutionFactory(case=case, prisoner=person(name)) for name in ("Вольнова", "Розыскова")
    )
    world.verdict(free, DecisionFactory(case=case, kind="acquittal"))
    record.Prosecution.objects.filter(pk=wanted.pk).update(suspension_reason="wanted")
    found = loaded(case)
    steps = steps_of(found, people_of(found, TODAY), TODAY)
    fates = {step.title: [name.full for name in step.who] for step in steps if step.who}
    assert fates == {"Дело приостановлено (розыск)": ["Розыскова Анна"], "Оправдание": ["Вольнова Анна"]}


def test_nothing_known_has_no_stages():
    assert stages(ProsecutionFactory().case) == []
    assert stages(world.without_case()) == []


def test_an_extradition_goes_its_own_way():
    case = CaseFactory(kind="extradition")
    one = ProsecutionFactory(case=case, role="extradition_sought")
    assert [state for state, _title in stages(case)] == ["now"]
    world.verdict(one, DecisionFactory(case=case, kind="extradition"))
    assert [state for state, _title in stages(case)] == ["done", "done"]


def test_a_day_is_said_once_beside_a_recognition_and_a_death_is_one_line():
    case = world.embankment()
    poet = Prisoner.objects.get(surname_ru="Ягужинский")
    Death.objects.filter(prisoner=poet).delete()
    EndOfCustody.objects.filter(prisoner=poet).delete()
    Death.objects.create(prisoner=poet, on=day("03.07.2026"), circumstance="in_custody")
    EndOfCustody.objects.create(
        prisoner=poet,
        custody=poet.custodies.get(),
        kind="death",
        on=day("03.07.2026"),
        note_ru="Умер в тюремной больнице",
    )
    entries = case_chronology(loaded(case), TODAY)
    recognised = [str(entry.title) for entry in entries if "политзаключённ" in str(entry.title)]
    assert recognised
    assert not [title for title in recognised if "2023" in title]
    (died,) = [entry for entry in entries if str(entry.title) == "Умер"]
    assert "Умер в тюремной больнице" in [str(detail) for detail in died.details]
