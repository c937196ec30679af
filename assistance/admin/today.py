"""What help puts on the «today» page of the office: numbers and days, no names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assistance.models import HelpRequest
from memorial.base.admin import Panel


def _steps(day: date) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.todays_steps(day)


def _own_steps(account: int) -> QuerySet[HelpRequest]:
    """What waits for one person: their own requests, and those of their clients that nobody else took on."""
    theirs = Q(coordinator=account) | Q(coordinator__isnull=True, client__coordinator=account)
    return _steps(timezone.localdate()).filter(theirs)


def _line(row: HelpRequest) -> Any:
    return f"{row}: {date_format(row.next_step_on or row.received_on, 'j E Y')}"


def _page(row: HelpRequest) -> str:
    return reverse("admin:assistance_helprequest_step", args=[row.pk])


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=_("My steps in helping"),
        empty=_("No step is due."),
        permission="assistance.change_helprequest",
        rows=_steps,
        rows_for=_own_steps,
        line=_line,
        target=_page,
        changelist="assistance_helprequest_today",
    )
)
