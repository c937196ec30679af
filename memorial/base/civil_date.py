"""The civil date that pages are drawn for."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

MOSCOW: Final = ZoneInfo("Europe/Moscow")


def civil_date() -> date:
    """Today in Moscow: nothing on a public page changes within this day."""
    return timezone.localdate(timezone=MOSCOW)
