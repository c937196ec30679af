"""The invented world's reports: the organisation's own figure comes out of lines, and every report goes on from the last."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction

from assistance.totals.periods import FIRST_THREE_YEARS
from donations.models import FundReport, ReportLine, ReportProposal
from memorial.demo.money_reports import APPROVES, PROPOSES, QUARTERS, WHOLES, publish_reports
from tests.assistance_totals.telling import told
from tests.donations.campaign_rows import campaign

EVERYTHING = len(QUARTERS) * 2 + len(WHOLES) * 2 + 1 + 1
"""Both funds, the three years of one, and one correction."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The reports, and approved totals of help as the demo has them, written once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        told(FIRST_THREE_YEARS, legal=126, detention=64, humanitarian=243)
        told("2025")
        for slug in ("work-of-the-project", "new-servers"):
            campaign(slug)
        publish_reports()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_world(world, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def current():
    """The newest publication of each fund's periods."""
    rows = FundReport.objects.published().for_detail()
    return {(report.fund, report.period): report for report in rows}


def test_the_first_three_years_are_over_20_million_roubles_or_212_000_euros():
    report = current()["prisoners", FIRST_THREE_YEARS]
    lines = [line for line in report.lines.all() if line.side == "received"]
    assert {(line.currency, line.per_euro) for line in lines} == {("RUB", Decimal(95))}
    assert sum(line.amount for line in lines) == 20_140_000
    assert sum(line.euros for line in lines) == report.received_euros == 212_000


def test_its_spending_names_the_totals_of_help_of_the_same_years():
    helped = ReportLine.objects.filter(report__period=FIRST_THREE_YEARS, helped__isnull=False)
    figures = {"lawyers": 126, "detention": 64, "parcels": 243}
    names = {"lawyers": "legal", "detention": "detention", "parcels": "humanitarian"}
    found = {
        line.purpose: line.helped.totals.get(figure=names[line.purpose]).people
        for line in helped.select_related("helped")
    }
    assert found == figures
    assert ReportLine.objects.filter(report__period="2025", helped__isnull=False).exists()
    assert not ReportLine.objects.filter(report__fund="organisation", helped__isnull=False).exists()


def test_everything_is_approved_by_somebody_else_and_one_is_corrected():
    assert FundReport.objects.count() == EVERYTHING
    assert {(each.proposed_by, each.decided_by) for each in ReportProposal.objects.all()} == {
        (PROPOSES, APPROVES)
    }
    corrected = FundReport.objects.filter(number__gt=1)
    assert [(each.period, bool(each.reason_ru), bool(each.reason_en)) for each in corrected] == [
        ("2026-q1", True, True)
    ]


@pytest.mark.parametrize("fund", ["prisoners", "organisation"])
def test_each_quarter_begins_with_what_was_left_and_wholes_are_their_quarters(fund):
    found = current()
    quarters = [found[fund, code] for code in QUARTERS]
    for before, after in pairwise(quarters):
        assert before.carried_to_euros == after.carried_from_euros > 0
    for code, parts in WHOLES.items():
        for side in ("received", "spent"):
            mine = sums(found[fund, code], side)
            theirs = [sums(found[fund, part], side) for part in parts]
            assert mine == {key: sum(each.get(key, 0) for each in theirs) for key in mine}
            assert set(mine) == {key for each in theirs for key in each}


def sums(report, side):
    return {line.key: line.amount for line in report.lines.all() if line.side == side}
