"""The page of an institution: its address, the day it was last checked, and who is there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.admin import CollapsedInline, DeedPages, TranslatedByOthers, VersionedAdmin, both
from memorial.base.localized import all_languages
from prisoners.admin.deeds import FACILITY_DEEDS
from prisoners.admin.exports import ExportPages
from prisoners.admin.prisoner_list import NOT_CHECKED_FOR
from prisoners.admin.rights import only_translates, sees_only_what_is_public
from prisoners.models import Facility, FacilityPrivate, Prisoner, Stay

MOST_PEOPLE_LISTED = 50


def unconfirmed(day: Any) -> QuerySet[Facility]:
    """Institutions with an address that nobody has confirmed for half a year, fullest first."""
    known = Facility.objects.exclude(city="").exclude(postal_index="")
    old = Q(address_checked_on__isnull=True) | Q(address_checked_on__lt=day - NOT_CHECKED_FOR)
    here = Count("stays", filter=Q(stays__ongoing=True), distinct=True)
    return known.filter(old).annotate(people_here=here).order_by("-people_here", "name_ru")


class CheckedFilter(admin.SimpleListFilter):
    title = _("address")
    parameter_name = "address"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What an editor looks for."""
        return [("unchecked", _("Not confirmed for six months")), ("none", _("No address"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Institutions to write to, or to look up."""
        if self.value() == "unchecked":
            return queryset.filter(pk__in=unconfirmed(timezone.localdate()).values("pk"))
        return queryset.filter(Q(city="") | Q(postal_index="")) if self.value() == "none" else queryset


class FacilityPrivateInline(CollapsedInline):
    model = FacilityPrivate
    fields = ["staff_note"]
    can_delete = False
    classes = ["collapse", "confidential"]
    confidential = True


@admin.register(Facility)
class FacilityAdmin(DeedPages, ExportPages, TranslatedByOthers, VersionedAdmin):
    """An institution. The address is confirmed once for everybody who is kept there."""

    deeds = FACILITY_DEEDS
    export_kind = "facilities"
    change_form_template = "admin/facility_change.html"
    autocomplete_fields = ["region"]
    search_fields = ["slug", "official_name_ru", "city", *all_languages("name")]
    list_display = ["name", "state", "kind", "region", "people_here", "checked"]
    list_filter = [CheckedFilter, "state", "kind"]
    list_select_related = ["region"]
    inlines = [FacilityPrivateInline]
    fieldsets: ClassVar[Any] = [
        (
            pgettext_lazy("of a thing", "Name"),
            {"fields": [*both("name"), "official_name_ru", ("kind", "slug")]},
        ),
        (
            _("Address"),
            {
                "fields": [
                    "street",
                    ("city", "region", "postal_index"),
                    ("address_checked_on", "in_occupied_territory"),
                ]
            },
        ),
        (_("Letters"), {"fields": [("accepts_letters", "e_letters", "e_letters_url"), *both("rules")]}),
        (_("About the institution"), {"fields": both("about"), "classes": ["collapse"]}),
    ]
    translator_fieldsets = [
        (pgettext_lazy("of a thing", "Name"), {"fields": both("name")}),
        (_("Texts"), {"fields": both("rules", "about")}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Institutions with the number of people whom readers see there, or all for those who may know."""
        here = Q(stays__ongoing=True)
        if sees_only_what_is_public(request.user, "prisoner"):
            here &= Q(stays__prisoner__state="published")
        return super().get_queryset(request).annotate(people_here=Count("stays", filter=here, distinct=True))

    @admin.display(description=_("people there"), ordering="people_here")
    def people_here(self, place: Any) -> int:
        """How many open stays it has."""
        return int(place.people_here)

    @admin.display(description=_("address checked on"), ordering="address_checked_on")
    def checked(self, place: Facility) -> Any:
        """The day of the last check."""
        return place.address_checked_on or _("never checked")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the texts alone."""
        return self.translator_fieldsets if only_translates(request.user, "facility") else self.fieldsets

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """An address is entered because somebody has just looked it up."""
        return {"address_checked_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page, with the people who are there now."""
        context = dict(extra_context or {})
        if object_id is not None and object_id.isdigit() and not only_translates(request.user, "facility"):
            context["people_there"] = people_there(int(object_id))
        return super().changeform_view(request, object_id, form_url, context)


def people_there(facility: int) -> list[str]:
    """Links to the people who are in the institution now, concealed ones included: for editors."""
    day = timezone.localdate()
    here = Stay.objects.open_on(day).filter(Q(facility=facility) | Q(private__facility=facility))
    people = Prisoner.objects.filter(pk__in=here.values("prisoner")).by_name()[:MOST_PEOPLE_LISTED]
    return [
        format_html(
            '<a href="{}">{}</a> <span class="state state--{}">{}</span>',
            reverse("admin:prisoners_prisoner_change", args=[person.pk]),
            person,
            person.state,
            person.get_state_display(),
        )
        for person in people
    ]
