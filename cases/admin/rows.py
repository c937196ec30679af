"""Rows of the legal record that have pages of their own: what the two pages of a case do not ask.

A list of each would say nothing; they are reached from the case, the person and the official.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.admin.of_case import RemarkedForm
from cases.admin.sources import ConfidentialSourceInline, SourceInline
from cases.admin.today_lists import HearingWork, ProsecutionWork, RestraintWork
from cases.models import (
    Charge,
    ChargeEvent,
    Decision,
    DecisionPerson,
    Hearing,
    OfficialRole,
    Penalty,
    Prosecution,
    ProsecutionPrivate,
    RecognitionProsecution,
    Restraint,
    RestraintExtension,
)
from memorial.base.admin import CollapsedInline, StaffAdmin, both

SOURCES = _("Sources")
CONFIDENTIAL = _("Confidential")


def sources_of(fact: str) -> list[type[InlineModelAdmin]]:
    """The two inlines of sources for a record with a foreign key of that name."""
    shown = type(f"{fact.title()}Sources", (SourceInline,), {"fk_name": fact, "group": SOURCES})
    kept = type(
        f"{fact.title()}Confidential", (ConfidentialSourceInline,), {"fk_name": fact, "group": SOURCES}
    )
    return [shown, kept]


class OfACaseAdmin(StaffAdmin):
    """A row below a case: not in the list of everything, with the way back to its case."""

    form = RemarkedForm
    readonly_fields = ["of_case"]
    case_path: ClassVar[str] = "case"
    added_elsewhere = True
    """Rows are added on the page of their case, by the rights of their own table."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the «today» page: it is found by its case."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """It is added on the page of its case."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Rows with case and person, which their names tell."""
        return super().get_queryset(request).select_related(self.case_path)

    @admin.display(description=_("case"))
    def of_case(self, row: Model) -> str:
        """The case, as a link to its page of charges and decisions."""
        case: Any = row
        for name in self.case_path.split("__"):
            case = getattr(case, name)
        return format_html('<a href="{}">{}</a>', reverse("admin:cases_case_record", args=[case.pk]), case)


class RestraintInline(CollapsedInline):
    model = Restraint
    form = RemarkedForm
    extra = 1
    classes: list[str] = []
    group = _("Measures of restraint")
    show_change_link = True
    autocomplete_fields = ["court"]
    fields = [("measure", "began", "until"), ("ended", "court", "verification"), *both("note")]


class RoleForm(RemarkedForm):
    class Meta:
        model = OfficialRole
        fields: list[str] = []  # the page names them


class RoleOfProsecutionInline(CollapsedInline):
    """Officials in this prosecution; each is confirmed by two people on the official's own page."""

    model = OfficialRole
    form = RoleForm
    extra = 1
    group = _("Officials")
    autocomplete_fields = ["official"]
    readonly_fields = ["confirmed"]
    fields = [("official", "part", "on"), ("verification", "confirmed"), *both("office_then", "note")]


class RecognitionLinkForm(RemarkedForm):
    """A decision on recognition of the same person."""

    class Meta:
        model = RecognitionProsecution
        fields: list[str] = []  # the page names them


class RecognitionLinkInline(CollapsedInline):
    model = RecognitionProsecution
    form = RecognitionLinkForm
    extra = 1
    group = _("Recognition")
    verbose_name_plural = _("decisions on recognition made in this prosecution")
    fields = ["recognition"]

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Only decisions about this person are offered."""
        request.office_person = obj.prisoner_id if isinstance(obj, Prosecution) else None  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The person's own decisions."""
        if db_field.name == "recognition":
            rows = db_field.related_model._default_manager.all()
            kwargs["queryset"] = rows.filter(prisoner=getattr(request, "office_person", None))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ProsecutionPrivateInline(CollapsedInline):
    model = ProsecutionPrivate
    group = CONFIDENTIAL
    confidential = True
    can_delete = False
    max_num = 1
    extra = 1
    classes = ["collapse", "confidential"]
    fields = ["gave_evidence", "cooperation_note", "staff_note"]


@admin.register(Prosecution)
class ProsecutionAdmin(ProsecutionWork, OfACaseAdmin):
    """One person in one case: restraint, officials, recognition, and what is confidential."""

    case_path = "case"
    search_fields = [
        "prisoner__sort_key_ru",
        "prisoner__sort_key_en",
        "case__title_ru",
        "case__title_en",
        "case__slug",
    ]
    fields = [
        "of_case",
        ("role", "plea", "since"),
        ("in_absentia", "stage_entered"),
        ("suspended_on", "suspension_reason", "resumed_on"),
    ]
    inlines = [
        RestraintInline,
        RoleOfProsecutionInline,
        RecognitionLinkInline,
        *sources_of("prosecution"),
        ProsecutionPrivateInline,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the person too."""
        return super().get_queryset(request).select_related("prisoner")


class ChargeEventForm(RemarkedForm):
    """What became of a charge; what it became is another charge of the same person."""

    class Meta:
        model = ChargeEvent
        fields: list[str] = []  # the page names them


class ChargeEventInline(CollapsedInline):
    model = ChargeEvent
    fk_name = "charge"
    form = ChargeEventForm
    extra = 1
    classes: list[str] = []
    fields = [("kind", "on", "becomes"), ("decision", "verification"), *both("note")]

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Only what is of the same person and the same case is offered."""
        request.office_charge = obj  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The person's other charges; the decisions of the case."""
        charge = getattr(request, "office_charge", None)
        if isinstance(charge, Charge) and db_field.name == "becomes":
            others = Charge.objects.filter(prosecution=charge.prosecution_id).exclude(pk=charge.pk)
            kwargs["queryset"] = others.select_related("article")
        if isinstance(charge, Charge) and db_field.name == "decision":
            kwargs["queryset"] = Decision.objects.filter(case__prosecutions=charge.prosecution_id)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Charge)
class ChargeAdmin(OfACaseAdmin):
    """One charge of one person with its whole history; reclassified ones are said here."""

    case_path = "prosecution__case"
    autocomplete_fields = ["article"]
    fields = [
        "of_case",
        ("article", "part", "points"),
        ("attempt", "complicity", "episodes"),
        ("act_on", "edition", "edition_law"),
        ("code", "number", "verification"),
        *both("code_name", "wording", "note"),
    ]
    inlines = [ChargeEventInline, *sources_of("charge")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the article and the person."""
        return super().get_queryset(request).select_related("article", "prosecution__prisoner")

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The editions offered are those of the article."""
        request.office_charge = obj  # type: ignore[attr-defined]
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The editions of the article that is charged."""
        charge = getattr(request, "office_charge", None)
        if db_field.name == "edition" and isinstance(charge, Charge):
            rows = db_field.related_model._default_manager.filter(article=charge.article_id)
            kwargs["queryset"] = rows.select_related("article")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ExtensionInline(CollapsedInline):
    model = RestraintExtension
    extra = 1
    classes: list[str] = []
    autocomplete_fields = ["court"]
    fields = [("until", "decided_on"), ("court", "verification"), *both("note")]


@admin.register(Restraint)
class RestraintAdmin(RestraintWork, OfACaseAdmin):
    """A measure of restraint with its extensions."""

    case_path = "prosecution__case"
    autocomplete_fields = ["court"]
    fields = ["of_case", ("measure", "began", "until"), ("ended", "court", "verification"), *both("note")]
    inlines = [ExtensionInline, *sources_of("restraint")]


class DecisionPersonInline(CollapsedInline):
    """What the decision means for each; penalties in every detail on each one's page."""

    model = DecisionPerson
    max_num = 0
    classes: list[str] = []
    show_change_link = True
    fields = [("medical_measure", "in_absentia"), *both("outcome_line")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the person and the case, which the heading tells."""
        rows = super().get_queryset(request)
        return rows.select_related("decision", "prosecution__prisoner", "prosecution__case")


@admin.register(Decision)
class DecisionAdmin(OfACaseAdmin):
    """One decision; people and penalties are entered on the page of the case."""

    autocomplete_fields = ["court"]
    fields = [
        "of_case",
        ("kind", "instance", "round"),
        ("on", "court", "in_force_on"),
        ("until", "verification"),
        *both("note"),
    ]
    inlines = [DecisionPersonInline, *sources_of("decision")]


class PenaltyInline(CollapsedInline):
    model = Penalty
    form = RemarkedForm
    extra = 1
    classes: list[str] = []
    fields = [
        ("kind", "regime"),
        ("years", "months", "days", "hours"),
        ("amount", "currency"),
        ("probation_years", "probation_months", "deferred_until"),
        *both("detail"),
    ]


@admin.register(DecisionPerson)
class DecisionPersonAdmin(OfACaseAdmin):
    """What a decision means for one person, penalty by penalty."""

    case_path = "decision__case"
    fields = ["of_case", ("medical_measure", "in_absentia"), *both("outcome_line")]
    inlines = [PenaltyInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the person."""
        return super().get_queryset(request).select_related("prosecution__prisoner", "prosecution__case")


@admin.register(Hearing)
class HearingAdmin(HearingWork, OfACaseAdmin):
    """One hearing with its sources; hearings are entered on the page of the case."""

    autocomplete_fields = ["court"]
    fields = [
        "of_case",
        ("on", "at", "court", "room"),
        ("hearing_state", "instance", "access", "verification"),
        *both("subject", "note"),
    ]
    inlines = sources_of("hearing")
