"""From records to what readers see: counted, proposed, approved by another, frozen, corrected openly."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from assistance.actions.totals import approve_totals, decline_totals, propose_totals
from assistance.models import HumanitarianAid, PublicTotal, TotalsProposal, TotalsPublication
from assistance.totals.computing import people_helped
from assistance.totals.periods import closed_periods, period_of
from tests.assistance.factories import (
    AidItemFactory,
    CitizenshipOfClientFactory,
    ClientFactory,
    DetentionAidFactory,
    HumanitarianAidFactory,
    ItemKindFactory,
    LegalAidFactory,
    day,
)
from tests.counting import counted
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 11, 22)
YEAR = period_of("2024")


def clients(number: int) -> list:
    return [ClientFactory() for _ in range(number)]


def proposed(**changes):
    return propose_totals(**{"period": YEAR, "as_of": AS_OF, "by": "command:count", **changes})


def published(**changes):
    proposal = proposed(**changes)
    approve_totals(proposal=proposal, by="command:approve")
    return {t.figure: t.people for t in TotalsPublication.objects.latest("pk").totals.all()}


def twelve_helped_by_lawyers() -> list:
    """Twelve people, the first seven of them on appeal, all at the first instance."""
    found = clients(12)
    for number, client in enumerate(found):
        LegalAidFactory(client=client, stage="first_instance")
        if number < 7:
            LegalAidFactory(client=client, stage="appeal")
    return found


# --- What is counted ---------------------------------------------------------------------------------


def test_people_are_counted_once_and_ways_of_help_are_no_sum():
    first, second = clients(2)
    LegalAidFactory(client=first, stage="appeal")
    LegalAidFactory(client=first, stage="appeal")
    LegalAidFactory(client=first, stage="cassation")
    DetentionAidFactory(client=first)
    HumanitarianAidFactory(client=first)
    HumanitarianAidFactory(client=second)
    found = people_helped(YEAR)
    wanted = {
        "any": 2,
        "legal": 1,
        "legal:appeal": 1,
        "legal:cassation": 1,
        "detention": 1,
        "humanitarian": 2,
    }
    assert {figure: number for figure, number in found.items() if number} == wanted | {"detention:letters": 1}


def test_two_clients_with_one_page_are_one_person():
    person = PrisonerFactory()
    for client in (ClientFactory(prisoner=person), ClientFactory(prisoner=person), ClientFactory()):
        LegalAidFactory(client=client)
    assert people_helped(YEAR)["legal"] == 2


def test_help_to_families_is_not_counted():
    HumanitarianAidFactory(channel="travel", for_whom="family")
    assert people_helped(YEAR)["humanitarian"] == people_helped(YEAR)["any"] == 0


def test_only_what_certainly_lies_in_the_period_is_counted():
    for given_on in ("31.12.2023", "01.01.2025"):
        HumanitarianAidFactory(given_on=day(given_on))
    HumanitarianAidFactory(given_on=day("2024"))
    HumanitarianAidFactory(given_on=day("29.02.2024"))
    LegalAidFactory(began=None)
    assert people_helped(YEAR)["any"] == 2
    assert people_helped(period_of("2024-1"))["any"] == 1
    assert people_helped(period_of("2024-2"))["any"] == 0


def test_an_imposed_passport_takes_no_citizenship_away_and_unknown_is_not_counted():
    imposed, only_russian, _unknown, later = clients(4)
    CitizenshipOfClientFactory(client=imposed)
    CitizenshipOfClientFactory(client=imposed, country="RU", imposed=True)
    CitizenshipOfClientFactory(client=only_russian, country="RU")
    CitizenshipOfClientFactory(client=later, began=day("2025"))
    for client in (imposed, only_russian, _unknown, later):
        HumanitarianAidFactory(client=client)
    found = people_helped(YEAR)
    assert (found["humanitarian"], found["humanitarian-ua"]) == (4, 1)


def test_counting_asks_as_often_for_one_person_as_for_three():
    asked = []
    for number in (1, 2):
        for client in clients(number):
            AidItemFactory(aid=HumanitarianAidFactory(client=client))
        with counted() as queries:
            people_helped(YEAR)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8


# --- Two people, and then stone ----------------------------------------------------------------------


def test_what_is_approved_is_what_readers_see_without_small_numbers():
    ItemKindFactory()
    twelve_helped_by_lawyers()
    AidItemFactory(aid=HumanitarianAidFactory())
    assert TotalsPublication.objects.count() == 0
    told = published()
    assert told["legal"] == told["legal:first_instance"] == 12
    assert told["legal:appeal"] == 7
    assert told["humanitarian"] is told["humanitarian:medicines"] is told["detention"] is None
    assert {t.figure: t.label_ru for t in PublicTotal.objects.exclude(label_ru="")} == {
        "humanitarian:medicines": "лекарства"
    }


def test_nobody_approves_their_own_and_nobody_twice():
    proposal = proposed()
    with pytest.raises(ValidationError, match="another person"):
        approve_totals(proposal=proposal, by="command:count")
    assert not TotalsPublication.objects.exists()
    decline_totals(proposal=proposal, by="command:approve")
    with pytest.raises(ValidationError, match="decided"):
        approve_totals(proposal=proposal, by="command:approve")
    assert not TotalsPublication.objects.exists()


def test_who_decided_is_taken_from_who_acts():
    proposal = proposed()
    approve_totals(proposal=proposal, by="command:approve")
    assert (proposal.proposed_by, proposal.decided_by) == ("command:count", "command:approve")


def test_new_records_change_nothing_that_is_public_until_a_correction_is_approved():
    twelve_helped_by_lawyers()
    published()
    LegalAidFactory(stage="first_instance")
    with pytest.raises(ValidationError, match="say why"):
        proposed()
    correction = proposed(reason_ru="Одна запись была внесена позже.", reason_en="One record came later.")
    assert TotalsPublication.objects.count() == 1
    approve_totals(proposal=correction, by="command:approve")
    old, new = TotalsPublication.objects.order_by("number")
    assert [each.totals.get(figure="legal").people for each in (old, new)] == [12, 13]
    assert (new.number, new.reason_en) == (2, "One record came later.")


def test_a_correction_that_changes_nothing_is_refused():
    twelve_helped_by_lawyers()
    published()
    with pytest.raises(ValidationError, match="nothing has changed"):
        proposed(reason_ru="Проверили ещё раз.")


def test_a_period_that_is_not_over_cannot_be_proposed():
    with pytest.raises(ValidationError, match="periods that are over"):
        proposed(period=period_of("2099"))


def test_the_command_proposes_and_nothing_is_public(capsys):
    twelve_helped_by_lawyers()
    call_command("propose_totals", "2024")
    assert TotalsProposal.objects.get().proposed_by == "command:propose_totals"
    assert "legal:appeal                          7" in capsys.readouterr().out
    assert not TotalsPublication.objects.exists()
    for period in ("2024", "2022", "march"):
        with pytest.raises(CommandError):
            call_command("propose_totals", period)


def test_periods_are_over_the_day_after_their_last():
    assert "2023" not in {p.code for p in closed_periods(date(2023, 12, 31))}
    assert {p.code for p in closed_periods(date(2024, 1, 1))} == {"2023-1", "2023-2", "2023"}
    assert "first-three-years" in {p.code for p in closed_periods(date(2025, 10, 28))}


# --- What PostgreSQL itself keeps from readers -------------------------------------------------------


def under(role: str, statement: str) -> list:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(statement)
        found = cursor.fetchall()
        cursor.execute("RESET ROLE")
        return found


@pytest.mark.parametrize(
    "table", ["totalsproposal", "proposedtotal", "client", "humanitarianaid", "itemkind"]
)
def test_the_readers_role_is_refused_what_is_proposed_and_what_is_recorded(table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        under("site_ro", f"SELECT 1 FROM assistance_{table}")


def test_the_readers_role_reads_what_is_approved():
    twelve_helped_by_lawyers()
    published()
    assert under("site_ro", "SELECT people FROM assistance_publictotal WHERE figure = 'legal'") == [(12,)]


@pytest.mark.parametrize("table", ["totalspublication", "publictotal"])
def test_the_office_writes_no_public_total_itself(table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        under("staff_rw", f"UPDATE assistance_{table} SET id = id RETURNING id")


def test_a_thing_recorded_for_a_family_is_no_item_of_a_prisoner():
    AidItemFactory(aid=HumanitarianAidFactory(for_whom="family"))
    assert HumanitarianAid.objects.count() == 1
    assert people_helped(YEAR)["humanitarian:medicines"] == 0
