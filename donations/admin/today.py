"""Questions of the «today» page for finance: what waits, what is announced, what expires. No mail leaves this site."""

from __future__ import annotations

from datetime import date

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.admin.desk import expiring_sets, unseen_details, unseen_sets
from donations.models import DetailsProposal, PaymentSet
from memorial.base.admin import Panel

_DESK = "donations_paymentset_desk"


def _waiting(day: date) -> QuerySet[DetailsProposal]:
    return DetailsProposal.objects.waiting().select_related("method").order_by("pk")


def _decide(row: DetailsProposal) -> str:
    return reverse("admin:donations_detailsproposal_decide", args=[row.pk])


def _desk(row: object) -> str:
    return reverse(f"admin:{_DESK}")


def _number(row: PaymentSet) -> str:
    return _("Set number %(serial)d") % {"serial": row.serial}


def _all_details(day: date) -> QuerySet[DetailsProposal]:
    return DetailsProposal.objects.approved()


def _all_sets(day: date) -> QuerySet[PaymentSet]:
    return PaymentSet.objects.all()


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=gettext_lazy("Payment details to be looked at by a second person"),
        empty=gettext_lazy("No payment details wait."),
        permission="donations.approve_details",
        rows=_waiting,
        line=str,
        target=_decide,
        changelist=_DESK,
    ),
    Panel(
        title=gettext_lazy("Payment details have changed: take note"),
        empty=gettext_lazy("You have taken note of every change of payment details."),
        permission="donations.notice_details",
        rows=_all_details,
        rows_for=unseen_details,
        line=str,
        target=_desk,
        changelist=_DESK,
    ),
    Panel(
        title=gettext_lazy("A signed set was taken in: take note"),
        empty=gettext_lazy("You have taken note of every signed set."),
        permission="donations.notice_details",
        rows=_all_sets,
        rows_for=unseen_sets,
        line=_number,
        target=_desk,
        changelist=_DESK,
    ),
    Panel(
        title=gettext_lazy("Payment details are to be signed anew"),
        empty=gettext_lazy("The signed set of payment details holds for more than 21 days."),
        permission="donations.view_paymentset",
        rows=expiring_sets,
        line=_number,
        target=_desk,
        changelist=_DESK,
    ),
)
