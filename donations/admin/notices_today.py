"""Questions of the «today» page about notices of safety: what waits, and what expires within three weeks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.models import DonorNotice, DonorNoticeProposal, SafetyNotice, SafetyProposal
from memorial.base.admin import Panel

_SAFETY = "donations_safetyproposal_changelist"
_TEXTS = "donations_donornoticeproposal_changelist"


def _waiting(day: date) -> QuerySet[SafetyProposal]:
    return SafetyProposal.objects.waiting().select_related("method").order_by("pk")


def _texts_waiting(day: date) -> QuerySet[DonorNoticeProposal]:
    return DonorNoticeProposal.objects.waiting().order_by("pk")


def _expiring(day: date) -> QuerySet[SafetyNotice]:
    return SafetyNotice.objects.expiring(day).select_related("method")


def _texts_expiring(day: date) -> QuerySet[DonorNotice]:
    return DonorNotice.objects.expiring(day)


def _safety(row: Any) -> str:
    """The proposal; a notice has the number of its own."""
    return reverse("admin:donations_safetyproposal_change", args=[row.pk])


def _text(row: Any) -> str:
    return reverse("admin:donations_donornoticeproposal_change", args=[row.pk])


def _until(row: Any) -> str:
    return f"{row}, {row.valid_until:%d.%m.%Y}"


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=_("Notices of safety to be looked at by a second person"),
        empty=_("No notice of safety waits."),
        permission="donations.approve_notices",
        rows=_waiting,
        line=str,
        target=_safety,
        changelist=_SAFETY,
        query="decision__exact=",
    ),
    Panel(
        title=_("Texts for donors to be looked at by a second person"),
        empty=_("No text for donors waits."),
        permission="donations.approve_notices",
        rows=_texts_waiting,
        line=str,
        target=_text,
        changelist=_TEXTS,
        query="decision__exact=",
    ),
    Panel(
        title=_("Notices of safety that expire within three weeks"),
        empty=_("No notice of safety expires within three weeks."),
        permission="donations.add_safetyproposal",
        rows=_expiring,
        line=_until,
        target=_safety,
        changelist=_SAFETY,
    ),
    Panel(
        title=_("The text for donors expires within three weeks"),
        empty=_("The text for donors holds for more than three weeks."),
        permission="donations.add_safetyproposal",
        rows=_texts_expiring,
        line=_until,
        target=_text,
        changelist=_TEXTS,
    ),
)
