"""Campaigns in the world of markers: one that readers see, with an entry, and one that they must not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from donations.models import (
    Campaign,
    CampaignPicture,
    CampaignPictureOriginal,
    Progress,
    ProviderTotal,
    Statement,
)
from memorial.base.choices import State
from memorial.base.publication import Publishable

if TYPE_CHECKING:
    from tests.leaks.rows import Maker

Shape = dict[str, Any]
MONTH = date(2024, 5, 1)

CAMPAIGN_SHAPES: dict[type[models.Model], Shape] = {
    Campaign: {"claim": "", "state": State.DRAFT},
    CampaignPicture: {"stem": ""},
    Progress: {
        "corrects": None,
        "reason_ru": "",
        "reason_en": "",
        "rate": None,
        "rate_to": "",
        "rate_on": None,
        "rate_source": "",
    },
    Statement: {"first_month": MONTH, "last_month": MONTH, "replaced_on": None},
    ProviderTotal: {"month": MONTH, "campaign": None},
}
"""What constraints and triggers demand of a row, and no more."""


def shown_campaign(make: Any, maker: Maker) -> Publishable:
    """A campaign with an entry in its own currency."""
    campaign: Any = make(maker, Campaign, slug="told-campaign", state=State.PUBLISHED)
    maker.parents[Campaign] = campaign
    make(maker, Progress)
    maker.parents[CampaignPicture] = make(maker, CampaignPicture, stem="c0ffee" * 4)
    make(maker, CampaignPictureOriginal)
    return campaign


def hidden_campaign(make: Any, maker: Maker, state: str) -> Publishable:
    """A campaign that is not published, with an entry and its correction at a rate: all of it marked."""
    campaign: Any = make(maker, Campaign, state=state)
    maker.parents[Campaign] = campaign
    first = make(maker, Progress)
    maker.parents[CampaignPicture] = make(maker, CampaignPicture)
    make(maker, CampaignPictureOriginal)
    word = maker.values.text
    field = Progress._meta.get_field
    make(
        maker,
        Progress,
        corrects=first,
        reason_ru=word(field("reason_ru")),
        reason_en=word(field("reason_en")),
        currency="AMD",
        rate=maker.values.number,
        rate_to=campaign.currency,
        rate_on=maker.values.day,
        rate_source=word(field("rate_source")),
    )
    return campaign
