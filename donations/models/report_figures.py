"""What a proposed report and a published one have in common: the stated sums, and the lines they are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf, Round
from django.utils.translation import gettext_lazy as _

from assistance.choices import Currency
from assistance.totals.periods import Period
from donations.choices import Fund, IncomeWay, ReportSide, SpendingPurpose
from donations.reports.periods import report_period_choices, report_period_of

NOUGHT: Final = Decimal("0.00")
SUMS: Final = ("received_euros", "spent_euros", "carried_from_euros", "exchange_euros", "carried_to_euros")
"""What staff state of a period, in euros. The lines must add up to the first two."""
HEADS: Final = frozenset({"fund", "period", "as_of", "reason", *SUMS})
LINES: Final = frozenset(
    {
        "side",
        "way",
        "purpose",
        "campaign",
        "currency",
        "amount",
        "per_euro",
        "rate_on",
        "rate_basis",
        "euros",
    }
)


def _euros(words: object, **options: object) -> models.DecimalField:
    return models.DecimalField(words, max_digits=14, decimal_places=2, **options)  # type: ignore[arg-type]


class ReportFigures(models.Model):
    """Whose money, of which period, and what staff state of it, in euros.

    What was there before, with what came in, less what was spent, and what changed rates made of it,
    is what went on into the next period.
    """

    fund = models.CharField(_("fund"), max_length=20, choices=Fund)
    period = models.CharField(_("period"), max_length=20, choices=report_period_choices)
    as_of = models.DateField(_("as of"))
    received_euros = _euros(_("received, in euros"))
    spent_euros = _euros(_("spent, in euros"))
    carried_from_euros = _euros(_("there before, in euros"), default=NOUGHT)
    exchange_euros = _euros(
        _("what changed rates made of it, in euros"),
        default=NOUGHT,
        help_text=_("Less than nought where other currencies fell against the euro."),
    )
    carried_to_euros = _euros(_("left for the next period, in euros"), default=NOUGHT)
    reason = models.TextField(_("why it is corrected"), blank=True)

    class Meta:
        abstract = True

    @property
    def told_period(self) -> Period:
        """The period. Raises `ValueError` for a code that no period has."""
        return report_period_of(self.period)


class MoneyLine(models.Model):
    """A sum that came in by one way or was spent on one purpose, in one currency, and what it was in euros.

    The rate says how much of the currency one euro was; a sum in euros has none. Whoever gave is nowhere.
    """

    side = models.CharField(_("side"), max_length=10, choices=ReportSide)
    way = models.CharField(_("by which way it came"), max_length=20, choices=IncomeWay, blank=True)
    purpose = models.CharField(_("what it was spent on"), max_length=20, choices=SpendingPurpose, blank=True)
    campaign = models.ForeignKey(
        "donations.Campaign",
        verbose_name=_("campaign"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    per_euro = models.DecimalField(
        _("for one euro"),
        max_digits=18,
        decimal_places=8,
        null=True,
        blank=True,
        help_text=_("How much of the currency one euro was. Nothing for euros."),
    )
    rate_on = models.DateField(_("rate of the day"), null=True, blank=True)
    rate_basis = models.CharField(_("basis of the rate"), max_length=200, blank=True)
    euros = models.GeneratedField(
        verbose_name=_("in euros"),
        # A rate of nought is refused by a constraint, which a division by it would not let speak.
        expression=Round(
            F("amount") / Coalesce(NullIf(F("per_euro"), Value(Decimal(0))), Value(Decimal(1))), precision=2
        ),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        abstract = True

    @property
    def key(self) -> tuple[str, str, str, int | None, str]:
        """What the line tells of; one line a report."""
        return self.side, self.way, self.purpose, self.campaign_id, self.currency


def sums_constraints(table: str) -> list[models.CheckConstraint]:
    """The rules of stated sums: whose they are, none negative, and they balance."""
    sums = ("received_euros", "spent_euros", "carried_from_euros", "carried_to_euros")
    return [
        models.CheckConstraint(
            name=f"{table}_of_a_fund",
            condition=Q(fund__in=Fund.values),
            violation_error_message=_("Choose one of the funds."),
        ),
        models.CheckConstraint(
            name=f"{table}_no_sum_negative",
            condition=Q(**{f"{name}__gte": 0 for name in sums}),
            violation_error_message=_("A sum is not negative."),
        ),
        models.CheckConstraint(
            name=f"{table}_balances",
            condition=Q(
                carried_to_euros=F("carried_from_euros")
                + F("received_euros")
                - F("spent_euros")
                + F("exchange_euros")
            ),
            violation_error_message=_(
                "What was there, with what came in, less what was spent, is not what is left: look at the sums."
            ),
        ),
    ]


def line_constraints(table: str, parent: str) -> list[models.BaseConstraint]:
    """The rules of a line: on one side, more than nothing, with a whole rate unless it is in euros, once."""
    in_euros = Q(currency=Currency.EUR)
    no_rate = Q(per_euro__isnull=True, rate_on__isnull=True, rate_basis_ru="", rate_basis_en="")
    # Said in so many words: where a comparison with nothing is neither true nor false, a check lets it through.
    whole_rate = Q(per_euro__isnull=False, per_euro__gt=0, rate_on__isnull=False) & ~Q(rate_basis_ru="")
    return [
        models.CheckConstraint(
            name=f"{table}_on_one_side",
            condition=Q(side=ReportSide.RECEIVED, way__in=IncomeWay.values, purpose="")
            | Q(side=ReportSide.SPENT, way="", purpose__in=SpendingPurpose.values, campaign__isnull=True),
            violation_error_message=_(
                "What came in has a way and may have a campaign; what was spent has a purpose alone."
            ),
        ),
        models.CheckConstraint(
            name=f"{table}_more_than_nothing",
            condition=Q(amount__gt=0),
            violation_error_message=_("A line has a sum above nought."),
        ),
        models.CheckConstraint(
            name=f"{table}_in_a_currency",
            condition=Q(currency__in=Currency.values),
            violation_error_message=_("Choose one of the currencies."),
        ),
        models.CheckConstraint(
            name=f"{table}_rate_is_whole",
            condition=(in_euros & no_rate) | (~in_euros & whole_rate),
            violation_error_message=_(
                "A sum in another currency than euros has a rate, its day and its basis in Russian;"
                " a sum in euros has none."
            ),
        ),
        models.UniqueConstraint(
            fields=[parent, "side", "way", "purpose", "campaign", "currency"],
            name=f"{table}_once",
            nulls_distinct=False,
            violation_error_message=_("The same stands in two lines: add them up, or name the campaign."),
        ),
    ]
