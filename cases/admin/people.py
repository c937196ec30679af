"""What belongs to a person over all cases: terms and relations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.hint import HintPages
from cases.admin.of_case import RemarkedForm
from cases.admin.rows import sources_of
from cases.admin.today_lists import TERM_QUESTIONS, asked
from cases.models import DecisionPerson, Relation, Term, TermAbsorption, TermDecision
from memorial.base.admin import CollapsedInline, StaffAdmin, both
from memorial.base.localized import all_languages


class _OfATerm(CollapsedInline):
    """Rows of a term that may point only to what is the same person's."""

    extra = 1
    classes: list[str] = []
    form = RemarkedForm
    target: ClassVar[str] = ""

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Remembers the term, whose person's rows alone are offered."""
        request.office_term = obj  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def own(self, term: Term) -> QuerySet:
        """The person's rows."""
        raise NotImplementedError

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only what is the person's own."""
        term = getattr(request, "office_term", None)
        if db_field.name == self.target:
            rows = db_field.related_model._default_manager
            kwargs["queryset"] = self.own(term) if isinstance(term, Term) else rows.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TermDecisionInline(_OfATerm):
    model = TermDecision
    target = "decision_person"
    fields = ["decision_person"]

    def own(self, term: Term) -> QuerySet:
        """Decisions about the person."""
        rows = DecisionPerson.objects.filter(prosecution__prisoner=term.prisoner_id)
        return rows.select_related("decision", "prosecution__prisoner", "prosecution__case")


class TermAbsorptionInline(_OfATerm):
    model = TermAbsorption
    fk_name = "term"
    target = "absorbed"
    fields = ["absorbed"]

    def own(self, term: Term) -> QuerySet:
        """The person's other terms."""
        rows = Term.objects.filter(prisoner=term.prisoner_id).exclude(pk=term.pk)
        return rows.select_related("prisoner")


@admin.register(Term)
class TermAdmin(HintPages, StaffAdmin):
    """The term of a person over all cases; the decisions it comes from are chosen once it is saved."""

    form = RemarkedForm
    change_form_template = "admin/case_term_change.html"
    autocomplete_fields = ["prisoner"]
    search_fields = ["prisoner__sort_key_ru", "prisoner__sort_key_en"]
    list_display = ["prisoner", "__str__", "regime", "expected_end", "current"]
    list_display_links = ["prisoner", "__str__"]
    list_filter = [asked(TERM_QUESTIONS), "current", "is_life", "regime"]
    list_select_related = ["prisoner"]
    readonly_fields = ["expected_end"]
    """Readers are shown the custody's: the page of the hint writes both."""
    fields = [
        "prisoner",
        ("years", "months", "days", "is_life"),
        ("regime", "begins_on", "expected_end"),
        ("current", "verification"),
        *both("note"),
    ]

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: Any) -> None:
        """A term for life has no end that somebody entered before."""
        if obj.is_life:
            obj.expected_end = None
        super().save_model(request, obj, form, change)

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """None for a new term: its person is not known yet."""
        return [TermDecisionInline, TermAbsorptionInline, *sources_of("term")] if obj else []


class ShownFilter(admin.SimpleListFilter):
    title = _("shown to readers")
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Both."""
        return [("yes", _("shown")), ("no", _("not shown"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Relations that are, or are not, shown."""
        wanted = {"yes": True, "no": False}
        return queryset.filter(shown=wanted[str(self.value())]) if self.value() in wanted else queryset


@admin.register(Relation)
class RelationAdmin(StaffAdmin):
    """How two people are related. Shown only on purpose: it may endanger both."""

    autocomplete_fields = ["person", "other"]
    search_fields = all_languages("person__sort_key", "other__sort_key")
    list_display = ["person", "kind", "other", "shown"]
    list_filter = [ShownFilter, "kind"]
    list_select_related = ["person", "other"]
    fields = [("person", "kind", "other"), "shown"]
