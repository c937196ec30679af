"""What help cost: a sum, its currency, and the rate of a day with its source."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.choices import RATE_CURRENCIES, Currency

NO_RATE = Q(rate__isnull=True, rate_to="", rate_on__isnull=True, rate_source="")


class Costed(models.Model):
    """Something that may have cost money. The rate is how much of `rate_to` one unit of the currency was."""

    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    rate_to = models.CharField(
        _("rate to"),
        max_length=3,
        blank=True,
        choices=[(code.value, code.label) for code in RATE_CURRENCIES],
    )
    rate_on = models.DateField(_("rate of the day"), null=True, blank=True)
    rate_source = models.CharField(_("whose rate"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def cost_at_rate(self) -> Decimal | None:
        """The cost in `rate_to`, to the cent; None where there is no sum or no rate."""
        if self.cost is None or self.rate is None:
            return None
        return (self.cost * self.rate).quantize(Decimal("0.01"))


def cost_constraints(table: str) -> list[models.CheckConstraint]:
    """The rules of a sum: not negative, with its currency, and a rate whole or not at all."""
    return [
        models.CheckConstraint(
            name=f"{table}_cost_not_negative",
            condition=Q(cost__isnull=True) | Q(cost__gte=0),
            violation_error_message=_("A sum is not negative."),
        ),
        models.CheckConstraint(
            name=f"{table}_cost_with_its_currency",
            condition=Q(cost__isnull=True, currency="") | (Q(cost__isnull=False) & ~Q(currency="")),
            violation_error_message=_("A sum has a currency, and a currency a sum."),
        ),
        models.CheckConstraint(
            name=f"{table}_rate_is_whole",
            condition=NO_RATE
            | (
                Q(rate__isnull=False, rate__gt=0, rate_on__isnull=False, cost__isnull=False)
                & ~Q(rate_to="")
                & ~Q(rate_source="")
                & ~Q(rate_to=F("currency"))
            ),
            violation_error_message=_(
                "A rate has its day, its source and another currency, and belongs to a sum."
            ),
        ),
    ]
