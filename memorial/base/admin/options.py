"""What every ModelAdmin and inline of the office has in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import DataError, IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from memorial.base.admin.autocomplete import StaffAutocomplete
from memorial.base.admin.forms import OfficeForm
from memorial.base.admin.history_view import HistoryView
from memorial.base.admin.labels import field_label, field_language
from memorial.base.admin.looking import RecordsLooking
from memorial.base.fields import PartialDateFormField
from memorial.base.localized import all_languages
from memorial.base.refusals import refusal_sentence
from memorial.base.texts_written import MINOR, WRITTEN, has_translations, texts_written

MINOR_EDIT = "_minor_edit"
"""The box «a slight edit, the translation still holds» on the page of a record."""
LONG_LINE = 500
"""Characters from which on a text is typed in several lines, though it is one paragraph."""


def both(*names: str) -> list[tuple[str, ...]]:
    """Rows of a fieldset that show translated fields side by side, Russian first."""
    return [tuple(all_languages(name)) for name in names]


class OfficeFields(BaseModelAdmin):
    """Form fields as the office wants them: two languages named, native date pickers, own autocompletes."""

    formfield_overrides = {
        models.DateField: {
            "widget": forms.DateInput(attrs={"type": "date", "class": "office-date"}, format="%Y-%m-%d")
        }
    }
    hints_in_place = False
    """Whether dates say how they are typed inside the field: among many rows a line below each is noise."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The field; of related records only «add» is offered, and in a new window."""
        if isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= LONG_LINE:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        if language := field_language(db_field):
            field.label = field_label(db_field)
            field.widget.attrs["lang"] = language
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.setdefault("rows", 4)
        if self.hints_in_place and isinstance(field, PartialDateFormField):
            field.widget.attrs["placeholder"] = _("14.03.2023, 03.2023 or 2023")
            field.help_text = ""
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """An autocomplete that knows the labels of loaded rows."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", StaffAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StaffAdmin(RecordsLooking, HistoryView, OfficeFields, admin.ModelAdmin):
    """A page of the office. Who did what stands in our own history, so Django's log is not kept beside it."""

    form = OfficeForm
    show_full_result_count = False
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, told what the database refused when the same page was sent a moment ago."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "office_refusal", "")  # type: ignore[attr-defined]
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page; a refusal of the database becomes a sentence above everything that was typed."""
        # Both languages stand side by side here: a page with public texts asks how a change is meant.
        context = {"offers_minor_edit": object_id is not None and has_translations(self.model)} | (
            extra_context or {}
        )
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, context)
        try:
            with transaction.atomic(), texts_written(MINOR if MINOR_EDIT in request.POST else WRITTEN):
                return super().changeform_view(request, object_id, form_url, context)
        except (IntegrityError, DataError) as error:
            request.office_refusal = refusal_sentence(error)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The question whether to delete; what the database refuses to lose is kept, and says so."""
        try:
            with transaction.atomic():
                return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            self.message_user(request, refusal_sentence(error), messages.ERROR)
        return HttpResponseRedirect(request.path)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under the name of what it lists."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def render_change_form(  # noqa: PLR0917 - Django's own signature
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        """The page of a record, under the record's own name; a new one under that of its kind."""
        if obj is not None and change:
            context |= {"title": str(obj), "subtitle": None}
        elif add:
            # Not «Add %s»: no Russian sentence takes a noun of every gender there.
            context["title"] = _("New: %(what)s") % {"what": self.opts.verbose_name}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the database keeps the history."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the database keeps the history."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Nothing: the database keeps the history."""


class ReadOnlyAdmin(StaffAdmin):
    """A page on which nothing can be changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CollapsedInline(OfficeFields, admin.StackedInline):
    """Rows of another table on a person's page, folded until somebody opens them.

    `group` is the heading under which it stands; a confidential one is marked on the page.
    """

    form = OfficeForm
    extra = 0
    classes = ["collapse"]
    group: Any = ""
    confidential = False
    show_change_link = False
    hints_in_place = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Its rows with what the autocompletes show, so that their number adds no query."""
        rows = super().get_queryset(request)
        related = self.get_autocomplete_fields(request)
        return rows.select_related(*related) if related else rows


class WordsInline(CollapsedInline):
    """The translated texts of rows, for those who only translate: nothing else can be seen or changed."""

    words: tuple[str, ...] = ()
    translate_permission = ""
    can_delete = False
    max_num = 0

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        """The texts, both languages side by side."""
        return list(both(*self.words))

    def _may(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.translate_permission)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
