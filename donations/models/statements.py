"""What providers of payments report, as totals: a month, a currency, a campaign. Nothing of any donor.

A statement's file is read once, in memory, and forgotten: of it there is only what stands here. Not even the
number of payments is kept, because it would be a number of donors.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from assistance.choices import Currency
from donations.models.campaigns import Campaign
from memorial.base.civil_date import civil_date

_SEEN_BY = "(SELECT memorial_staff_may('donations', 'view_statement'))"


class _Months(Func):
    """The days from the first of one month to the first of another, both included."""

    function = "DATERANGE"
    output_field = DateRangeField()


class StatementQuerySet(models.QuerySet):
    """Statements."""

    def standing(self) -> Self:
        """Those that no later one has replaced."""
        return self.filter(replaced_on__isnull=True)

    def overlapping(self, provider: str, first: date, last: date) -> Self:
        """Standing statements of a provider that hold one of these months; days are the first of a month."""
        return self.standing().filter(provider=provider, first_month__lte=last, last_month__gte=first)


class Statement(models.Model):
    """The totals of some months as one provider reported them. Frozen; a better one replaces it, with a reason.

    Months are written as their first day.
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _SEEN_BY
    TRIGGERS = (("frozen", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_statement()"),)
    REFUSALS = {
        "statement_is_frozen": _("A statement stays as it was taken in: a better one replaces it."),
        "statement_not_ahead": _("A statement tells months that have begun."),
    }

    provider = models.SlugField(_("provider"), max_length=40)
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    reason = models.CharField(_("why it replaces another"), max_length=300, blank=True)
    taken_on = models.DateField(_("taken in on"), default=civil_date, editable=False)
    taken_by = models.CharField(_("taken in by"), max_length=80, blank=True, editable=False)
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("provider's statement")
        verbose_name_plural = _("providers' statements")
        ordering = ["-last_month", "provider", "-id"]
        constraints = [
            models.CheckConstraint(
                name="statement_months_in_order",
                condition=Q(
                    first_month__day=1,
                    last_month__day=1,
                    last_month__gte=F("first_month"),
                ),
                violation_error_message=_("A statement has a first and a last month."),
            ),
            ExclusionConstraint(
                name="statement_of_a_month_once",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    (
                        _Months(
                            "first_month",
                            "last_month",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(replaced_on__isnull=True),
                violation_error_message=_("A statement of this provider for one of these months is there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.first_month:%m.%Y}–{self.last_month:%m.%Y}"


class ProviderTotalQuerySet(models.QuerySet):
    """Totals of statements."""

    def standing(self) -> Self:
        """Of statements that no later one has replaced."""
        return self.filter(statement__replaced_on__isnull=True)


class ProviderTotal(models.Model):
    """What came in by one provider in one month and currency for one campaign, or for none; and its fee.

    Refunds are taken off, so that a sum may be negative.
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _SEEN_BY
    TRIGGERS = (("frozen", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_provider_total()"),)
    REFUSALS = {
        "providertotal_in_its_months": _("This month is not one of the statement's."),
    }

    statement = models.ForeignKey(
        Statement, verbose_name=_("provider's statement"), related_name="totals", on_delete=models.PROTECT
    )
    month = models.DateField(_("month"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("campaign"),
        related_name="provider_totals",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    gross = models.DecimalField(_("came in"), max_digits=14, decimal_places=2)
    fee = models.DecimalField(_("fee"), max_digits=14, decimal_places=2, default=Decimal(0))

    objects = ProviderTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total of a statement")
        verbose_name_plural = _("totals of statements")
        ordering = ["month", "currency", "campaign_id"]
        constraints = [
            models.UniqueConstraint(
                name="providertotal_once",
                fields=["statement", "month", "currency", "campaign"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y} {self.currency}"

    @property
    def net(self) -> Decimal:
        """What is left after the fee."""
        return self.gross - self.fee
