"""The case: what it is about, who investigates it, what it grew out of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import CaseKind, CaseLinkKind
from cases.models.public_when import published
from cases.querysets import CaseQuerySet
from memorial.base.fields import (
    PartialDateField,
    RichTextField,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.publication import Publishable, state_constraint
from prisoners.models import Region, Theme
from prisoners.models.custody import IN_THE_FUTURE, not_in_the_future


class Case(Publishable):
    """A criminal, administrative or extradition case, or people held with none.

    The unit of law is the prosecution: one person in one case. A case neither names,
    numbers nor counts people who are not public; whether it is a group case is entered.
    """

    PUBLIC = frozenset(
        {
            "slug",
            "kind",
            "title",
            "summary",
            "text",
            "number",
            "theme",
            "opened",
            "investigating_body",
            "region",
            "is_group",
            "facts_checked_on",
            "updated_on",
        }
    )

    TRIGGERS = (not_in_the_future("opened"),)
    TRIGGERS_BELOW = (
        (
            "prisoners_prisoner",
            "deserted_cases",
            "AFTER UPDATE OF state",
            "memorial_withdraw_deserted('person')",
        ),
    )
    """A case is withdrawn with the last of its people whom readers knew: docs/decisions/0019."""
    REFUSALS = {"cases_case_happened": IN_THE_FUTURE}

    slug = models.SlugField(_("address of the page"), max_length=90, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=CaseKind, default=CaseKind.CRIMINAL)
    title = models.CharField(_("title"), max_length=200, help_text=_("Without names that are not public."))
    summary = models.CharField(_("in one or two sentences"), max_length=600, blank=True)
    text = RichTextField(_("text"), blank=True)
    number = models.CharField(_("number of the case"), max_length=80, blank=True)
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        related_name="cases",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    opened = PartialDateField(_("opened"))
    opened_earliest = earliest_day("opened")
    opened_latest = latest_day("opened")
    investigating_body = models.CharField(_("investigated by"), max_length=250, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        related_name="cases",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    is_group = models.BooleanField(_("group case"), default=False)
    facts_checked_on = models.DateField(_("facts checked on"), null=True, blank=True)
    updated_on = models.DateField(_("last event or change"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["title_ru", "id"]
        indexes = [models.Index(fields=["state", "-updated_on", "id"], name="case_by_update")]
        constraints = [
            state_constraint("case_state_known"),
            partial_date_constraint("case_opened_valid", "opened"),
            models.CheckConstraint(
                name="case_has_a_title",
                condition=~Q(title_ru="") | ~Q(title_en=""),
                violation_error_message=_("Give the case a title in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:case-detail", kwargs={"slug": self.slug})

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which title and short description exist: there the page may be indexed."""
        return tuple(
            code
            for code in LANGUAGES
            if getattr(self, in_language("title", code)) and getattr(self, in_language("summary", code))
        )


class CasePrivate(models.Model):
    """What staff know of a case and readers do not."""

    PUBLIC: frozenset[str] = frozenset()

    case = models.OneToOneField(Case, related_name="private", on_delete=models.CASCADE)
    staff_note = models.TextField(_("staff note"), blank=True)

    class Meta:
        verbose_name = _("confidential note on a case")
        verbose_name_plural = _("confidential notes on cases")

    def __str__(self) -> str:
        return f"#{self.case_id}"


class CaseLink(models.Model):
    """A case was joined into another one, severed from it, or led to it."""

    PUBLIC = frozenset({"case", "other", "kind", "on"})
    PUBLIC_WHEN = f"{published('cases_case', 'case_id')} AND {published('cases_case', 'other_id')}"

    TRIGGERS = (not_in_the_future("on"),)
    REFUSALS = {"cases_caselink_happened": IN_THE_FUTURE}

    case = models.ForeignKey(Case, verbose_name=_("case"), related_name="links", on_delete=models.CASCADE)
    other = models.ForeignKey(
        Case, verbose_name=_("other case"), related_name="links_from_others", on_delete=models.CASCADE
    )
    kind = models.CharField(_("how"), max_length=14, choices=CaseLinkKind)
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")

    class Meta:
        verbose_name = _("link between cases")
        verbose_name_plural = _("links between cases")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("caselink_on_valid", "on"),
            models.UniqueConstraint(fields=["case", "other", "kind"], name="caselink_once"),
            models.CheckConstraint(
                name="caselink_to_another_case",
                condition=~Q(case=F("other")),
                violation_error_message=_("A case is not linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} — {self.get_kind_display()} — {self.other}"
