"""Courts and officials in the office."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.admin.deeds import COURT_DEEDS, OFFICIAL_DEEDS
from cases.admin.rows import RoleForm, sources_of
from cases.models import Court, Official, OfficialRole, Sanction
from memorial.base.admin import (
    CollapsedInline,
    DeedPages,
    TranslatedByOthers,
    VersionedAdmin,
    VersionedForm,
    both,
)
from memorial.base.admin.history_reading import staff_names
from memorial.base.localized import all_languages
from memorial.base.names import make_slug


class AddressedForm(VersionedForm):
    """A record whose address is made from its name where none is typed."""

    named_by: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        model = Court
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.instance.pk is None:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the name.")

    def clean(self) -> dict[str, Any] | None:
        """What was typed, with an address where none was."""
        cleaned = super().clean()
        data = self.cleaned_data
        if "slug" in self.fields and not data.get("slug") and "slug" not in self.errors:
            words = [data.get(f"{name}_en") or data.get(f"{name}_ru") or "" for name in self.named_by]
            taken = self._meta.model._default_manager.filter
            data["slug"] = make_slug(words[0], " ".join(words[1:]), lambda slug: taken(slug=slug).exists())
        return cleaned


class OfficialForm(AddressedForm):
    """An official: name, office and where; nothing of the private person is asked."""

    named_by = ("surname", "given_names")

    class Meta:
        model = Official
        fields: list[str] = []  # the page names them


class CourtQuestionFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What an editor looks for."""
        return [("zone", _("No time zone")), ("no-en", _("No English")), ("unused", _("Used nowhere"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Courts of which the question is true."""
        if self.value() == "unused":
            return queryset.filter(hearings__isnull=True, decisions__isnull=True)
        found = {"zone": Q(time_zone=""), "no-en": Q(name_en="")}
        return queryset.filter(found.get(str(self.value()), Q()))


@admin.register(Court)
class CourtAdmin(DeedPages, TranslatedByOthers, VersionedAdmin):
    """A court. Its time zone tells readers when its hearings begin."""

    form = AddressedForm
    deeds = COURT_DEEDS
    change_form_template = "admin/facility_change.html"
    autocomplete_fields = ["region"]
    search_fields = ["slug", *all_languages("name", "town")]
    list_display = ["__str__", "state", "level", "region", "time_zone", "checked"]
    list_filter = [CourtQuestionFilter, "state", "level", "in_occupied_territory"]
    list_select_related = ["region"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*both("name"), ("level", "region", "time_zone"), "in_occupied_territory"]}),
        (_("Where"), {"fields": [*both("town", "address"), "url"]}),
        (_("Address and dates"), {"fields": [("slug", "closed_on", "facts_checked_on")]}),
    ]
    inlines = sources_of("court")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the texts alone."""
        if self.only_translates(request):
            return [(_("Texts"), {"fields": both("name", "town", "address")})]
        return self.fieldsets

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """Sources; none for a translator."""
        return [] if self.only_translates(request) else list(self.inlines)

    @admin.display(description=_("checked on"), ordering="facts_checked_on")
    def checked(self, court: Court) -> Any:
        """The day on which it was last confirmed."""
        return court.facts_checked_on or _("never checked")


class RoleInline(CollapsedInline):
    model = OfficialRole
    form = RoleForm
    extra = 1
    classes: list[str] = []
    group = _("Parts in prosecutions")
    autocomplete_fields = ["prosecution"]
    readonly_fields = ["confirmed_by"]
    fields = [("prosecution", "part", "on"), ("verification", "confirmed_by"), *both("office_then", "note")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Parts with the person and the case, and who confirmed them."""
        rows = super().get_queryset(request)
        return rows.select_related("prosecution__prisoner", "prosecution__case").prefetch_related(
            "confirmations"
        )

    @admin.display(description=_("confirmed by"))
    def confirmed_by(self, role: OfficialRole) -> str:
        """Who of the staff confirmed the part."""
        return _names(role.confirmations.all()) if role.pk else ""


class SanctionInline(CollapsedInline):
    model = Sanction
    extra = 1
    group = _("Sanctions")
    fields = [("list", "imposed_on", "lifted_on"), *both("list_name"), ("url", "verification"), *both("note")]


class ConfirmedFilter(admin.SimpleListFilter):
    title = _("confirmation")
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What waits, and for whom."""
        return [
            ("mine", _("waits for me")),
            ("second", _("waits for a second person")),
            ("roles", _("a part is not confirmed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Officials of whom it is true."""
        fewer = queryset.annotate(words=Count("confirmations__by", distinct=True)).filter(words__lt=2)
        if self.value() == "mine":
            return fewer.exclude(confirmations__by=request.user.pk)
        if self.value() == "second":
            return fewer.filter(words=1)
        return queryset.filter(roles__confirmed=False).distinct() if self.value() == "roles" else queryset


@admin.register(Official)
class OfficialAdmin(DeedPages, VersionedAdmin):
    """An official, published when two different people confirmed name and office by the sources."""

    form = OfficialForm
    deeds = OFFICIAL_DEEDS
    change_form_template = "admin/facility_change.html"
    autocomplete_fields = ["court", "facility", "region"]
    search_fields = ["slug", *all_languages("surname", "given_names", "office")]
    list_display = ["__str__", "state", "kind", "court", "confirmations_mark"]
    list_filter = [ConfirmedFilter, "state", "kind"]
    list_select_related = ["court"]
    readonly_fields = ["confirmed_by"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*both("surname", "given_names", "patronymic"), ("kind", "confirmed_by")]}),
        (
            pgettext_lazy("of an official", "Office"),
            {"fields": [*both("office"), ("court", "facility", "region")]},
        ),
        (_("Address and dates"), {"fields": [("slug", "facts_checked_on")]}),
    ]
    inlines = [RoleInline, SanctionInline, *sources_of("official")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Officials with who confirmed them."""
        return super().get_queryset(request).prefetch_related("confirmations")

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form of an official."""
        return super().get_form(request, obj, change=change, **kwargs)

    @admin.display(description=_("confirmed by"))
    def confirmed_by(self, official: Official) -> str:
        """Who of the staff confirmed the official."""
        return _names(official.confirmations.all()) if official.pk else "—"

    @admin.display(description=_("confirmed"))
    def confirmations_mark(self, official: Official) -> str:
        """How many of the two people needed have confirmed."""
        number = len({one.by for one in official.confirmations.all()})
        words = f"{min(number, 2)} / 2"
        return format_html('<span class="{}">{}</span>', "have" if number > 1 else "lack", words)


def _names(confirmations: Any) -> str:
    actors = [f"staff:{one.by}" for one in confirmations]
    names = staff_names(actors)
    return ", ".join(f"{names.get(actor, actor)}" for actor in actors) or "—"
