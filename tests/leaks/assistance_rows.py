"""What the constraints of help given demand of a row, and no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from assistance import models as help_given
from cases.models import Prosecution
from memorial.base.choices import State
from prisoners.models import Facility, Prisoner

Shape = dict[str, Any]

AS_OF = date(2026, 11, 22)
MONEY: Shape = {"currency": "USD", "rate_to": "EUR"}
"""A sum with its rate; the numbers are planted."""


def helped_person() -> Prisoner | None:
    """Somebody whom readers see: that they are helped is the secret."""
    return Prisoner.objects.filter(state=State.PUBLISHED, prosecutions__isnull=False).order_by("pk").first()


def helped_prosecution() -> Prosecution | None:
    """The prosecution of the same person."""
    return Prosecution.objects.filter(prisoner=helped_person()).order_by("pk").first()


def helped_where() -> Facility | None:
    """An institution that readers see."""
    return Facility.objects.filter(state=State.PUBLISHED).order_by("pk").first()


ASSISTANCE_SHAPES: dict[type[models.Model], Shape] = {
    help_given.Client: {"prisoner": helped_person, "closed_on": None},
    help_given.HelpRequest: {"state": "in_work", "closed_on": None},
    help_given.LegalAid: {**MONEY, "prosecution": helped_prosecution, "ongoing": True, "ended": None},
    help_given.DetentionAid: {**MONEY, "facility": helped_where, "ongoing": False},
    help_given.HumanitarianAid: {**MONEY, "for_whom": "prisoner", "channel": "parcel"},
    help_given.AidItem: {**MONEY, "unit": "piece"},
    help_given.TotalsProposal: {"period": "2024", "as_of": AS_OF, "decision": "declined"},
    help_given.PublicTotal: {"figure": "legal"},
    help_given.Story: {"state": State.DRAFT, "year": 2025, "prisoner": None},
    help_given.StoryConsent: {"expires_on": None, "withdrawn_on": None},
}
