"""The page of lines: typed, read, shown, saved; nothing typed is ever lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Hearing
from memorial.base.civil_date import civil_date
from memorial.base.partial_date import PartialDate
from tests.factories import (
    ChargeFactory,
    HearingFactory,
    ProsecutionFactory,
    RestraintFactory,
    StayFactory,
    TermFactory,
)
from tests.office.forms import fields_of
from tests.office.panels import leads_to_all_of_it
from tests.office_deeds.lines import SOURCE, day

pytestmark = pytest.mark.django_db
URL = "admin:cases_prosecution_quick"


def sent(desk, fields, **more):
    return desk.post(reverse(URL), {name: values[0] for name, values in fields.items()} | more)


def test_a_line_is_read_shown_and_saved(desk):
    restraint = RestraintFactory()
    typed = {
        "line": "стражу продлили до 14.02.2030",
        "prosecution": restraint.prosecution.pk,
        "source_url": SOURCE,
    }
    shown = desk.post(reverse(URL), {**typed, "read": "1"})
    assert shown.status_code == 200
    understood = fields_of(shown)
    assert (understood["kind"], understood["measure"]) == (["extended"], ["custody"])
    assert understood["line"] == [typed["line"]]
    assert restraint.extensions.count() == 0, "shown before anything is saved"
    answer = sent(desk, understood)
    assert answer.status_code == 302, answer.context["form"].errors
    assert restraint.extensions.get().until == day("14.02.2030")
    page = desk.get(answer["Location"])
    assert "Saved:" in page.content.decode()
    assert fields_of(page)["line"] == [""], "ready for the next"


def test_a_line_that_is_not_understood_stays_and_the_form_is_there(desk):
    shown = desk.post(reverse(URL), {"line": "написал письмо", "read": "1"})
    assert "not understood" in shown.content.decode()
    assert fields_of(shown)["line"] == ["написал письмо"]


def test_what_an_editor_filled_in_goes_before_what_is_read(desk):
    given = {"line": "стражу продлили до 14.02.2030", "until": "15.02.2030", "read": "1"}
    assert fields_of(desk.post(reverse(URL), given))["until"] == ["15.02.2030"]


@pytest.mark.parametrize(
    "wrong",
    [{"source_url": ""}, {"on": "yesterday"}, {"kind": ""}, {"prosecution": ""}, {"penalties": "seven"}],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(desk, wrong):
    typed = {
        "line": "6 лет, строгий",
        "prosecution": ProsecutionFactory().pk,
        "kind": "verdict",
        "on": "20.11.2026",
        "penalties": "6 лет, строгий",
        "source_url": SOURCE,
        "line_ru": "Приговор.",
    } | wrong
    answer = desk.post(reverse(URL), typed)
    assert answer.status_code == 400
    kept = fields_of(answer)
    assert all(kept[name] == [str(value)] for name, value in typed.items() if value != "")


def test_a_hearing_of_the_whole_case_in_one_line(desk):
    case = ProsecutionFactory().case
    ahead = civil_date() + timedelta(days=2)
    typed = {"line": f"заседание {ahead:%d.%m} 10:30, зал 4", "case": case.pk, "source_url": SOURCE}
    answer = sent(desk, fields_of(desk.post(reverse(URL), {**typed, "read": "1"})))
    assert answer.status_code == 302, answer.context["form"].errors
    made = Hearing.objects.get()
    assert (made.on, f"{made.at:%H:%M}", made.room) == (ahead, "10:30", "4")


def test_the_charges_of_the_chosen_person_are_offered(desk):
    charge, other = ChargeFactory(), ChargeFactory()
    page = desk.get(reverse(URL), {"prosecution": charge.prosecution.pk}).content.decode()
    assert f'<option value="{charge.pk}">' in page
    assert f'<option value="{other.pk}">' not in page


def test_it_is_opened_for_a_person_with_one_case(desk):
    prosecution = ProsecutionFactory()
    page = desk.get(reverse(URL), {"prisoner": prosecution.prisoner.pk})
    assert fields_of(page)["prosecution"] == [str(prosecution.pk)]


def test_it_is_reached_from_the_case_and_from_the_person(desk):
    prosecution = ProsecutionFactory()
    case = desk.get(reverse("admin:cases_case_change", args=[prosecution.case.pk])).content.decode()
    assert f"{reverse(URL)}?case={prosecution.case.pk}" in case
    person = desk.get(
        reverse("admin:prisoners_prisoner_change", args=[prosecution.prisoner.pk])
    ).content.decode()
    assert f"{reverse(URL)}?prisoner={prosecution.prisoner.pk}" in person


@pytest.mark.parametrize("junk", ["x", "999999", "99999999999999999999", "\x00", "1 OR 1=1"])
def test_nonsense_in_the_address_does_no_harm(desk, junk):
    for name in ("prisoner", "prosecution", "case", "on", "kind"):
        assert desk.get(reverse(URL), {name: junk}).status_code in (200, 400)


@pytest.mark.parametrize("group", ["translator", "auditor", "finance", "aid_coordinator"])
def test_others_enter_no_lines(member, group):
    assert member(group).get(reverse(URL)).status_code == 403


def test_the_day_asks_for_hearings_measures_and_terms(desk):
    now = civil_date()
    for days in (6, 7, -1):
        HearingFactory(on=now + timedelta(days=days), hearing_state="planned")
    extended = RestraintFactory(until=day("01.12.2023"))
    extended.extensions.create(until=PartialDate.from_date(now + timedelta(days=14)))
    RestraintFactory(until=PartialDate.from_date(now + timedelta(days=15)))
    RestraintFactory(until=day("01.12.2023"), ended=day("02.11.2023"))
    for days in (60, 61, -1):
        person = StayFactory().prisoner
        TermFactory(prisoner=person, expected_end=PartialDate.from_date(now + timedelta(days=days)))
    TermFactory(expected_end=PartialDate.from_date(now + timedelta(days=1)))
    panels = desk.get(reverse("admin:index")).context["panels"]
    totals = {str(panel["title"]): panel["total"] for panel in panels}
    assert totals["Hearings this week"] == 1
    assert totals["Hearings passed without outcome"] == 1
    assert totals["Measures of restraint that run out within 14 days"] == 1
    assert totals["Terms that end within 60 days"] == 1, "of those who are held"
    assert totals["Terms over by our data, release not confirmed"] == 1
    for panel in panels:
        leads_to_all_of_it(desk, panel)
