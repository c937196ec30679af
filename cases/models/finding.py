"""What international bodies found: opinions, judgments, resolutions, and of whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import FindingBody, WgadCategory
from cases.models.case import Case
from cases.models.public_when import FINDING, OF_FINDING, PERSON_IS_PUBLIC
from cases.querysets import FindingQuerySet
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from memorial.base.publication import Publishable, state_constraint
from prisoners.models import Prisoner
from prisoners.models.custody import IN_THE_FUTURE, not_in_the_future


class InternationalFinding(Publishable):
    """An opinion, a judgment or a resolution: by which body, its number, its date, one line.

    Public only while its case or one of its people is public.
    """

    PUBLIC = frozenset({"body", "body_name", "wgad_categories", "number", "on", "line", "url", "case"})
    PUBLIC_WHEN = FINDING

    TRIGGERS = (not_in_the_future("on"),)
    REFUSALS = {"cases_internationalfinding_happened": IN_THE_FUTURE}

    body = models.CharField(_("body"), max_length=20, choices=FindingBody)
    body_name = models.CharField(_("which other body"), max_length=200, blank=True)
    wgad_categories = ArrayField(
        models.CharField(max_length=3, choices=WgadCategory),
        verbose_name=_("categories of the UN Working Group"),
        default=list,
        blank=True,
    )
    number = models.CharField(_("number"), max_length=80, blank=True)
    on = PartialDateField(_("dated"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    line = models.CharField(_("one public line"), max_length=400, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="findings",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("international finding")
        verbose_name_plural = _("international findings")
        ordering = ["-on_earliest", "-id"]
        constraints = [
            state_constraint("finding_state_known"),
            partial_date_constraint("finding_on_valid", "on"),
            models.CheckConstraint(
                name="finding_other_body_is_named",
                condition=~Q(body=FindingBody.OTHER) | ~Q(body_name_ru="", body_name_en=""),
                violation_error_message=_("Name the other body."),
            ),
            models.CheckConstraint(
                name="finding_categories_only_of_wgad",
                condition=Q(wgad_categories=[]) | Q(body=FindingBody.WGAD),
                violation_error_message=_("Only the UN Working Group on Arbitrary Detention has categories."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.get_body_display(), self.number) if part)


class FindingPerson(models.Model):
    """A person whom a finding is about."""

    PUBLIC = frozenset({"finding", "prisoner"})
    PUBLIC_WHEN = f"{OF_FINDING} AND {PERSON_IS_PUBLIC}"

    finding = models.ForeignKey(
        InternationalFinding, verbose_name=_("finding"), related_name="people", on_delete=models.CASCADE
    )
    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="finding_links", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("person of a finding")
        verbose_name_plural = _("people of findings")
        constraints = [models.UniqueConstraint(fields=["finding", "prisoner"], name="findingperson_once")]

    def __str__(self) -> str:
        return str(self.prisoner)
