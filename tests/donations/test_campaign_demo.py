"""The campaigns of the invented world: of each shape one, with the two figures that are the organisation's own."""

from __future__ import annotations

import pytest
from django.utils import translation

from donations.admin.campaign_form import TEXTS
from donations.display.campaigns import Stage, current_and_ended
from donations.models import Campaign, Claim, ProviderTotal
from donations.warnings import named_people
from memorial.base.civil_date import civil_date
from memorial.demo.campaigns import RUNS, write_campaigns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _written(time_machine):
    time_machine.move_to("2026-11-23T12:00:00+03:00", tick=True)
    write_campaigns()


def test_each_shape_has_one(client):
    shown = [each for group in current_and_ended(civil_date()) for each in group]
    assert [(each.campaign.slug, each.stage, bool(each.latest)) for each in shown] == [
        (RUNS, Stage.RUNNING, True),
        ("winter-parcels", Stage.RUNNING, False),
        ("translation", Stage.NOT_BEGUN, False),
        ("new-servers", Stage.ENDED_REACHED, True),
    ]
    with translation.override("en"):
        assert shown[0].figures == "€4,218 of €7,400"
        assert shown[0].as_of.replace("\u00a0", " ") == "As of 20 November 2026."
        assert shown[0].claim == str(Claim.THREEFOLD.label)
    assert all(client.get(each.url).status_code == 200 for each in shown)


def test_the_statement_agrees_with_what_was_told():
    """Fees taken off, two months of the provider are the sum of 1 November."""
    assert sum(each.net for each in ProviderTotal.objects.standing()) == 3470


def test_no_campaign_names_anybody():
    rows = Campaign.objects.all()
    assert named_people(getattr(row, name) for row in rows for name in TEXTS) == []
