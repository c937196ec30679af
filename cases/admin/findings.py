"""International findings in the office."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.actions.findings import finding_obstacles, publish_finding, withdraw_finding
from cases.admin.sources import ConfidentialSourceInline, SourceInline
from cases.choices import WgadCategory
from cases.display.findings import CATEGORIES
from cases.models import FindingPerson, InternationalFinding
from memorial.base.admin import (
    CollapsedInline,
    Deed,
    DeedPages,
    VersionedAdmin,
    VersionedForm,
    both,
    in_state,
)
from memorial.base.choices import State
from memorial.base.localized import all_languages

FINDING_DEEDS = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the finding in its list and on the pages of its case and its people."),
        publish_finding,
        in_state(State.DRAFT, State.READY, State.WITHDRAWN),
        _("Published."),
        needs_publisher=True,
        obstacles=finding_obstacles,
        main=True,
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The finding is gone for readers within a minute."),
        withdraw_finding,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the finding."),
        needs_reason=True,
    ),
)


class FindingForm(VersionedForm):
    """A finding; the categories are ticked."""

    wgad_categories = forms.MultipleChoiceField(
        label=_("categories of the UN Working Group"),
        choices=[(code.value, format_lazy("{}: {}", code.value, CATEGORIES[code])) for code in WgadCategory],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = InternationalFinding
        fields: list[str] = []  # the page names them


class FindingPersonInline(CollapsedInline):
    model = FindingPerson
    autocomplete_fields = ["prisoner"]
    fields = ["prisoner"]
    classes: list[str] = []
    extra = 1


class FindingSourceInline(SourceInline):
    fk_name = "finding"


class FindingConfidentialSourceInline(ConfidentialSourceInline):
    fk_name = "finding"


@admin.register(InternationalFinding)
class FindingAdmin(DeedPages, VersionedAdmin):
    """A finding: which body, its number and date, whom it is about, one line, the link."""

    form = FindingForm
    deeds = FINDING_DEEDS
    autocomplete_fields = ["case"]
    search_fields = ["number", *all_languages("line"), *all_languages("body_name")]
    list_display = ["__str__", "state", "on", "case"]
    list_filter = ["state", "body"]
    list_select_related = ["case"]
    inlines = [FindingPersonInline, FindingSourceInline, FindingConfidentialSourceInline]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [("body", "number", "on"), "wgad_categories", *both("body_name")]}),
        (_("What it found"), {"fields": [*both("line"), "url", "case"]}),
    ]
