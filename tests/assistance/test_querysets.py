"""The words of help: what is due, who fell silent, who was forgotten, what runs out, what it cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistance.costs import CostRow, costs_by_month
from assistance.models import AidItem, Client, DetentionAid, HelpRequest, HumanitarianAid, LegalAid
from prisoners.models import Citizenship
from tests.assistance.factories import (
    AidItemFactory,
    CitizenshipOfClientFactory,
    ClientFactory,
    ClosedRequestFactory,
    DetentionAidFactory,
    HelpRequestFactory,
    HumanitarianAidFactory,
    ItemKindFactory,
    LegalAidFactory,
    LegalOutcomeFactory,
    day,
)
from tests.counting import counted
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


# --- Requests --------------------------------------------------------------------------------------


def test_todays_steps_are_what_is_due_or_overdue_the_oldest_first():
    due = HelpRequestFactory(next_step_on=TODAY)
    overdue = HelpRequestFactory(next_step_on=date(2026, 11, 1))
    HelpRequestFactory(next_step_on=date(2026, 11, 24))
    ClosedRequestFactory()
    assert list(HelpRequest.objects.todays_steps(TODAY)) == [overdue, due]


def test_silent_is_what_nobody_has_touched_for_thirty_days_whatever_is_planned():
    silent = HelpRequestFactory(last_step_on=date(2026, 10, 24), next_step_on=date(2027, 1, 1))
    HelpRequestFactory(last_step_on=date(2026, 10, 25))
    ClosedRequestFactory(received_on=date(2026, 1, 1), last_step_on=date(2026, 1, 1))
    assert list(HelpRequest.objects.silent(TODAY)) == [silent]


def test_nobodys_requests_have_no_coordinator_anywhere():
    nobodys = HelpRequestFactory()
    HelpRequestFactory(coordinator=7)
    HelpRequestFactory(client=ClientFactory(coordinator=7))
    assert list(HelpRequest.objects.nobodys()) == [nobodys]


# --- Clients ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "helped",
    [
        lambda client: HumanitarianAidFactory(client=client, given_on=day("24.11.2025")),
        lambda client: HumanitarianAidFactory(client=client, given_on=day("2025")),
        lambda client: LegalAidFactory(client=client, ongoing=True),
        lambda client: LegalAidFactory(client=client, ended=day("12.2025")),
        lambda client: LegalAidFactory(client=client, began=None),
        lambda client: DetentionAidFactory(client=client, began=day("01.2026")),
    ],
)
def test_whoever_may_have_been_helped_within_a_year_is_not_without_help(helped):
    client = ClientFactory()
    assert list(Client.objects.without_help(TODAY)) == [client]
    helped(client)
    assert not Client.objects.without_help(TODAY).exists()


def test_help_of_long_ago_is_none_and_new_or_former_clients_are_not_listed():
    client = ClientFactory()
    HumanitarianAidFactory(client=client, given_on=day("22.11.2025"))
    LegalAidFactory(client=client, began=day("2023"), ended=day("2024"))
    ClientFactory(opened_on=date(2026, 1, 1))
    ClientFactory(closed_on=date(2026, 1, 1))
    assert list(Client.objects.without_help(TODAY)) == [client]
    assert not Client.objects.without_help(TODAY, years=3).exists()


def test_a_year_before_the_29th_of_february():
    ClientFactory(opened_on=date(2027, 2, 28))
    assert Client.objects.without_help(date(2028, 2, 29)).count() == 1


def test_the_last_help_is_the_latest_of_all_kinds():
    client = ClientFactory()
    assert Client.objects.with_last_help().get().last_help_on is None
    LegalAidFactory(client=client, ended=day("15.05.2024"))
    HumanitarianAidFactory(client=client, given_on=day("03.2024"))
    assert Client.objects.with_last_help().get().last_help_on == date(2024, 5, 15)
    DetentionAidFactory(client=client, began=day("06.2024"))
    assert Client.objects.with_last_help().get().last_help_on == date(2024, 6, 30)


def test_being_helped_is_an_open_request_or_help_that_goes_on():
    waiting = HelpRequestFactory().client
    helped = LegalAidFactory(ongoing=True).client
    ClosedRequestFactory()
    LegalAidFactory()
    assert set(Client.objects.being_helped()) == {waiting, helped}


def test_two_clients_with_one_page_are_one_person():
    page = PrisonerFactory()
    ClientFactory(prisoner=page)
    ClientFactory(prisoner=page)
    ClientFactory()
    assert Client.objects.with_person().values("person").distinct().count() == 2


# --- Citizens --------------------------------------------------------------------------------------

ON = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("dates", "certain"),
    [
        ({}, True),
        ({"began": day("1990")}, True),
        ({"began": day("2024")}, False),
        ({"began": day("15.06.2024")}, True),
        ({"ended": day("2025")}, True),
        ({"ended": day("2024")}, False),
        ({"ended": day("2023")}, False),
    ],
)
def test_a_citizen_is_whoever_certainly_was_one_on_the_day(dates, certain):
    for table in ("own", "page"):
        Client.objects.all().delete()
        if table == "own":
            CitizenshipOfClientFactory(**dates)
        else:
            client = ClientFactory(prisoner=PrisonerFactory())
            Citizenship.objects.create(prisoner=client.prisoner, country="UA", **dates)
        assert Client.objects.citizens_of("UA", ON).exists() == certain, table


def test_an_imposed_passport_takes_no_citizenship_away_and_gives_none():
    client = CitizenshipOfClientFactory(country="UA").client
    CitizenshipOfClientFactory(client=client, country="RU", imposed=True, began=day("2023"))
    assert list(Client.objects.citizens_of("UA", ON)) == [client]
    assert not Client.objects.citizens_of("RU", ON).exists()


def test_who_has_no_known_citizenship_is_not_counted():
    ClientFactory()
    ClientFactory(prisoner=PrisonerFactory())
    assert not Client.objects.citizens_of("UA", ON).exists()


def test_the_clients_own_record_goes_before_the_page():
    client = CitizenshipOfClientFactory(country="RU", client__prisoner=PrisonerFactory()).client
    Citizenship.objects.create(prisoner=client.prisoner, country="UA")
    assert not Client.objects.citizens_of("UA", ON).exists()


def test_help_to_citizens_is_judged_at_the_date_of_the_help():
    client = CitizenshipOfClientFactory(ended=day("2024")).client
    before = HumanitarianAidFactory(client=client, given_on=day("12.2023"))
    HumanitarianAidFactory(client=client, given_on=day("01.2025"))
    HumanitarianAidFactory(given_on=day("12.2023"))
    assert list(HumanitarianAid.objects.to_citizens_of("UA")) == [before]


# --- Periods ---------------------------------------------------------------------------------------

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("dates", "counted"),
    [
        ({"began": day("03.2024")}, True),
        ({"began": day("2024")}, True),
        ({"began": day("~2024")}, False),
        ({"began": day("2023"), "ongoing": True}, True),
        ({"began": day("2023"), "ended": day("02.2024")}, True),
        ({"began": day("2023")}, False),
        ({"began": day("2023"), "ended": day("2023")}, False),
        ({"began": day("2025"), "ongoing": True}, False),
        ({"began": None, "ongoing": True}, False),
    ],
)
def test_help_counts_in_a_period_of_which_a_day_certainly_saw_it(dates, counted):
    for make, table in ((LegalAidFactory, LegalAid), (DetentionAidFactory, DetentionAid)):
        make(**dates)
        assert table.objects.certainly_within(*YEAR).exists() == counted


def test_parcels_for_prisoners_and_for_families_are_apart():
    ours = HumanitarianAidFactory()
    family = HumanitarianAidFactory(for_whom="family")
    HumanitarianAidFactory(given_on=day("~2024"))
    within = HumanitarianAid.objects.certainly_within(*YEAR)
    assert list(within.for_prisoners()) == [ours]
    assert list(within.for_families()) == [family]


# --- Medicines -------------------------------------------------------------------------------------


def medicine(until: date, client: Client | None = None, code: str = "medicines", **fields) -> AidItem:
    return AidItemFactory(
        aid=HumanitarianAidFactory(client=client or ClientFactory()),
        kind=ItemKindFactory(code=code),
        expires_on=until,
        **fields,
    )


def test_medicines_that_run_out_soon_or_ran_out_lately_are_listed():
    soon = medicine(date(2026, 12, 23))
    lately = medicine(date(2026, 10, 24))
    medicine(date(2026, 12, 24))
    medicine(date(2026, 10, 23))
    medicine(TODAY, code="food")
    assert list(AidItem.objects.expiring_medicines(TODAY)) == [lately, soon]


def test_medicines_that_were_sent_anew_are_not_listed():
    client = ClientFactory()
    medicine(date(2026, 12, 1), client)
    medicine(date(2027, 6, 1), client)
    assert not AidItem.objects.expiring_medicines(TODAY).exists()


# --- Costs -----------------------------------------------------------------------------------------


def test_costs_are_grouped_by_month_programme_kind_and_currency_in_one_statement():
    LegalAidFactory(began=day("03.2024"), cost=Decimal(50000), currency="RUB")
    LegalAidFactory(began=day("14.03.2024"), cost=Decimal("0.50"), currency="RUB")
    LegalAidFactory(began=day("2024"), cost=Decimal(7), currency="EUR")
    LegalAidFactory(began=day("2023"), cost=Decimal(9), currency="EUR")
    DetentionAidFactory(cost=None)
    parcel = HumanitarianAidFactory(given_on=day("02.04.2024"), cost=Decimal(300), currency="RUB")
    for code, cost in (("medicines", 1000), ("food", 400), ("food", 600)):
        AidItemFactory(aid=parcel, kind=ItemKindFactory(code=code), cost=Decimal(cost), currency="RUB")
    with counted() as queries:
        rows = costs_by_month(*YEAR)
    assert len(queries) == 1, queries
    march, april = date(2024, 3, 1), date(2024, 4, 1)
    assert set(rows) == {
        CostRow(march, "legal", "", "RUB", Decimal("50000.50"), 2),
        CostRow(None, "legal", "", "EUR", Decimal(7), 1),
        CostRow(april, "humanitarian", "", "RUB", Decimal(300), 1),
        CostRow(april, "humanitarian", "medicines", "RUB", Decimal(1000), 1),
        CostRow(april, "humanitarian", "food", "RUB", Decimal(1000), 2),
    }


def test_a_sum_at_the_rate_of_the_day():
    aid = LegalAidFactory(cost=Decimal(5000), currency="RUB")
    assert aid.cost_at_rate is None
    aid.rate, aid.rate_to = Decimal("0.010567"), "EUR"
    assert aid.cost_at_rate == Decimal("52.84")


# --- Queries ---------------------------------------------------------------------------------------

LISTS = {
    "clients": (lambda: [(c.prisoner, c.next_step_on, c.name) for c in Client.objects.for_list()], 1),
    "steps": (lambda: [r.client.name for r in HelpRequest.objects.todays_steps(TODAY).for_list()], 1),
    "legal": (lambda: [(a.client, list(a.outcomes.all())) for a in LegalAid.objects.for_list()], 2),
    "parcels": (
        lambda: [[i.kind.label for i in a.items.all()] for a in HumanitarianAid.objects.for_list()],
        3,
    ),
    "medicines": (
        lambda: [(i.kind.label, i.aid.client.name) for i in AidItem.objects.expiring_medicines(TODAY)],
        1,
    ),
}


def everything() -> None:
    client = ClientFactory(prisoner=PrisonerFactory())
    HelpRequestFactory(client=client)
    LegalOutcomeFactory(legal_aid=LegalAidFactory(client=client))
    medicine(TODAY, client)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_one_row_and_with_three(name):
    read, cost = LISTS[name]
    for rows in (1, 2):
        for _ in range(rows):
            everything()
        with counted() as queries:
            found = read()
        assert len(queries) == cost, queries
    assert len(found) == 3
