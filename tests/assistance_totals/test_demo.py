"""The invented world's help: the organisation's own figures come out of its records, counted and approved."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import transaction

from assistance.models import Client, TotalsProposal, TotalsPublication
from assistance.totals.computing import people_helped
from assistance.totals.periods import FIRST_THREE_YEARS, period_of
from memorial.demo.aid.people import people_helped as who_is_helped
from memorial.demo.aid.totals import APPROVES, PERIODS, PROPOSES, publish_totals
from memorial.demo.aid.writing import write_help
from tests.factories import CustodyFactory

PEOPLE, SEED = 2500, 1


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A few pages and all the help of a world of 2,500, written once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_item_kinds", verbosity=0)
        for _ in range(5):
            CustodyFactory()
        write_help(who_is_helped(PEOPLE, SEED), SEED)
        publish_totals()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_world(world, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_the_records_give_the_figures_of_the_first_three_years():
    found = people_helped(period_of(FIRST_THREE_YEARS))
    assert (found["legal"], found["detention"], found["humanitarian"]) == (126, 64, 243)
    assert found["humanitarian-ua"] == 104
    assert max(126, 64, 243) < found["any"] < 126 + 64 + 243
    assert sum(n for figure, n in found.items() if figure.startswith("legal:")) > 126


def test_they_are_approved_by_somebody_else_and_public():
    assert list(TotalsPublication.objects.order_by("pk").values_list("period", flat=True)) == list(PERIODS)
    told = TotalsPublication.objects.get(period=FIRST_THREE_YEARS).totals
    assert dict(
        told.filter(figure__in=["legal", "detention", "humanitarian", "humanitarian-ua"]).values_list(
            "figure", "people"
        )
    ) == {"legal": 126, "detention": 64, "humanitarian": 243, "humanitarian-ua": 104}
    assert told.filter(people__isnull=True).exists()
    for proposal in TotalsProposal.objects.all():
        assert (proposal.proposed_by, proposal.decided_by) == (PROPOSES, APPROVES)


def test_there_is_help_outside_the_period_and_to_people_with_a_page_and_without():
    assert people_helped(period_of("2026-1"))["any"] > 10
    assert Client.objects.filter(prisoner__isnull=True).exists()
    assert Client.objects.filter(prisoner__isnull=False).exists()


def test_the_same_seed_helps_the_same_people():
    first, second = who_is_helped(PEOPLE, SEED), who_is_helped(PEOPLE, SEED)
    assert first == second
    assert first != who_is_helped(PEOPLE, SEED + 1)
