"""Campaigns: what money is asked for, how much, and what has come in so far, entry by entry.

A campaign is never for a named person: in Russia money for somebody on the lists of «terrorists and
extremists» is an offence of the giver (Art. 205.1 and 282.3 of the Criminal Code).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.choices import Currency
from donations.choices import RESERVED, Fund
from memorial.base.civil_date import civil_date
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.publication import Publishable, PublishedQuerySet, state_constraint

SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
LONGEST_TITLE: Final = 70


class Claim(models.TextChoices):
    """What a campaign may say of the use of a gift. A closed list: nothing more is promised in any words."""

    THREEFOLD = (
        "threefold",
        _("Every sum for the organisation gives the resources to raise three times as much."),
    )


class CampaignQuerySet(PublishedQuerySet):
    """Campaigns."""

    def for_list(self) -> Self:
        """With their entries: running ones first by their beginning, the newest first."""
        return self.prefetch_related("entries").order_by("-begins", "-id")

    def for_detail(self) -> Self:
        """With their entries and the picture."""
        return self.prefetch_related("entries").select_related("picture")


class Campaign(Publishable):
    """Money asked for one purpose of one fund, with a goal. Days are civil dates in Moscow; `ends` is the last."""

    PUBLIC = frozenset(
        {"slug", "title", "purpose", "fund", "goal", "currency", "text", "claim", "begins", "ends"}
    )
    TRIGGERS = (("kept", "BEFORE UPDATE", "memorial_guard_campaign()"),)
    REFUSALS = {
        "campaign_address_stays": _("The address was published: others link to it, and it stays."),
        "campaign_currency_stays": _("There are entries already: the currency of the goal stays."),
    }

    slug = models.SlugField(
        _("address of the page"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(SLUG, _("Small Latin letters, figures and hyphens between them."))],
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    purpose = models.CharField(_("what the money is for"), max_length=200)
    fund = models.CharField(_("fund"), max_length=20, choices=Fund)
    goal = models.DecimalField(
        _("goal"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    currency = models.CharField(_("currency of the goal"), max_length=3, choices=Currency)
    claim = models.CharField(
        _("what is said of a gift"),
        max_length=20,
        choices=Claim,
        blank=True,
        help_text=_("The whole claim: nothing more is promised, here or in the text."),
    )
    text = RichTextField(_("text"), blank=True)
    begins = models.DateField(_("begins"))
    ends = models.DateField(_("last day"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-begins", "-id"]
        constraints = [
            state_constraint("campaign_state_valid"),
            models.CheckConstraint(
                name="campaign_address_valid",
                condition=Q(slug__regex=SLUG) & ~Q(slug__in=sorted(RESERVED)),
                violation_error_message=_(
                    "This address is taken by another page, or has other characters in it."
                ),
            ),
            models.CheckConstraint(
                name="campaign_has_a_title",
                condition=~Q(title_ru="", title_en=""),
                violation_error_message=_("A campaign has a title in one language at least."),
            ),
            models.CheckConstraint(
                name="campaign_has_a_purpose",
                condition=~Q(purpose_ru="", purpose_en=""),
                violation_error_message=_("Say in one language at least what the money is for."),
            ),
            models.CheckConstraint(
                name="campaign_goal_positive",
                condition=Q(goal__gt=0),
                violation_error_message=_("The goal is a sum above nought."),
            ),
            models.CheckConstraint(
                name="campaign_ends_after_it_begins",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                name="campaign_claim_of_the_organisation",
                condition=Q(claim="") | Q(claim__in=Claim.values, fund=Fund.ORGANISATION),
                violation_error_message=_("This is true of gifts for the organisation only."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those that have a title and a purpose."""
        needed = ("title", "purpose")
        return tuple(c for c in LANGUAGES if all(getattr(self, in_language(name, c)) for name in needed))


class ProgressQuerySet(models.QuerySet):
    """Entries of what has come in."""

    def published(self) -> Self:
        """Of campaigns that readers see."""
        return self.filter(campaign__in=Campaign.objects.published())

    def standing(self) -> Self:
        """Those that no other entry has corrected."""
        return self.filter(corrected_by__isnull=True)


class Progress(models.Model):
    """How much a campaign had on a day, in all, by whose word. Written once; a mistake is corrected openly.

    `rate` is what one unit of `currency` was worth in `rate_to`, the currency of the goal, on `rate_on`.
    A correction names the entry that it corrects, and says why; the newest day that stands counts.
    """

    PUBLIC = frozenset(
        {
            "campaign",
            "corrects",
            "reason",
            "amount",
            "currency",
            "rate",
            "rate_to",
            "rate_on",
            "rate_source",
            "as_of",
            "source",
            "source_url",
            "entered_on",
        }
    )
    TRIGGERS = (("entries", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_progress()"),)
    REFUSALS = {
        "progress_is_written_once": _(
            "What was entered stays: correct it by another entry, with the reason."
        ),
        "progress_not_ahead": _("What has come in is told for days that are over or for today."),
        "progress_after_the_beginning": _("The campaign had not begun on this day."),
        "progress_in_the_goals_currency": _("The goal is in another currency: state the rate and its day."),
        "progress_of_a_day_once": _(
            "There is an entry for this day: choose it under «corrects», and say why."
        ),
        "progress_corrects_its_own": _("Only an entry of the same campaign can be corrected."),
    }

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), related_name="entries", on_delete=models.PROTECT
    )
    amount = models.DecimalField(_("collected in all"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    rate = models.DecimalField(
        _("rate"),
        max_digits=18,
        decimal_places=8,
        null=True,
        blank=True,
        help_text=_("How much of the goal's currency one unit of this currency was."),
    )
    rate_to = models.CharField(_("rate to"), max_length=3, choices=Currency, blank=True)
    rate_on = models.DateField(_("rate of the day"), null=True, blank=True)
    rate_source = models.CharField(_("whose rate"), max_length=200, blank=True)
    as_of = models.DateField(_("as of"))
    source = models.CharField(
        _("by whose account"), max_length=200, help_text=_("Readers see it: “our accounts”, “PayPal”.")
    )
    source_url = models.URLField(_("link to it"), blank=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        related_name="corrected_by",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    reason = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    entered_on = models.DateField(_("entered on"), default=civil_date, editable=False)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of what was collected")
        verbose_name_plural = _("what was collected")
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="progress_corrected_once",
                fields=["corrects"],
                violation_error_message=_("This entry was corrected already: correct the correction."),
            ),
            models.CheckConstraint(
                name="progress_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A sum is not negative."),
            ),
            models.CheckConstraint(
                name="progress_has_a_source",
                condition=~Q(source_ru="", source_en=""),
                violation_error_message=_("Say in one language at least by whose account."),
            ),
            models.CheckConstraint(
                name="progress_rate_is_whole",
                condition=Q(rate__isnull=True, rate_to="", rate_on__isnull=True, rate_source="")
                | (
                    Q(rate__isnull=False, rate__gt=0, rate_on__isnull=False)
                    & ~Q(rate_to="")
                    & ~Q(rate_source="")
                    & ~Q(rate_to=F("currency"))
                ),
                violation_error_message=_("A rate has its day, its source and another currency."),
            ),
            models.CheckConstraint(
                name="progress_correction_says_why",
                condition=Q(corrects__isnull=True, reason_ru="", reason_en="")
                | (Q(corrects__isnull=False) & ~Q(reason_ru="", reason_en="")),
                violation_error_message=_("A correction says why, and only a correction does."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%d.%m.%Y}: {self.amount} {self.currency}"

    @property
    def in_the_goals_currency(self) -> Decimal:
        """The amount at the rate, to the cent; as it is where it needs none."""
        if self.rate is None:
            return self.amount
        return (self.amount * self.rate).quantize(Decimal("0.01"))
