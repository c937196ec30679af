"""The desk's pages: everything on one, and the two answers that take one press each."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from cases.admin import today as cases_today
from memorial.attention.admin.today import PANELS, without_photo
from memorial.attention.desk import places_to_confirm, share_of
from memorial.base.admin.today import Panel, answers
from memorial.base.civil_date import civil_date
from prisoners.actions.confirm import confirm_facility, confirm_unchanged
from prisoners.models import Facility, Prisoner

DESK: Final = "attention_afterlook_desk"
_OF_OTHERS: Final = ("waits=no-outcome", "waits=over")
"""The questions of the legal record that the desk asks too, by their list."""


def desk_panels() -> list[Panel]:
    """The lists of the desk: its own, and those that the «today» page shows already."""
    of_cases = [panel for panel in cases_today.PANELS if panel.query in _OF_OTHERS]
    return [*PANELS, *of_cases, without_photo()]


class DeskPages:
    """Mixed into the admin of later looks, under whose address the desk stands."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The desk before Django's own pages, which would take any path."""
        wrap = self.admin_site.admin_view
        return [
            path("desk/", wrap(self.desk_view), name=DESK),
            path("desk/person/<int:pk>/", wrap(self.person_view), name=f"{DESK}_person"),
            path("desk/place/<int:pk>/", wrap(self.place_view), name=f"{DESK}_place"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def desk_view(self, request: HttpRequest) -> HttpResponse:
        """What nobody has looked at for long. Raises `PermissionDenied` for whoever edits no people."""
        if not request.user.has_perm("prisoners.change_prisoner"):
            raise PermissionDenied
        day = civil_date()
        places, places_total = (
            places_to_confirm(day) if request.user.has_perm("prisoners.change_facility") else ([], 0)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Attention desk"),
            "opts": self.opts,
            "share": share_of(day),
            "places": places,
            "places_total": places_total,
            "panels": answers(desk_panels(), request.user, day),
            "next": request.GET.get("next", ""),
        }
        return TemplateResponse(request, "admin/attention_desk.html", context)

    def person_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """«Checked, nothing changed» for a person."""
        self._require(request, "prisoners.change_prisoner")
        person = get_object_or_404(Prisoner.objects.published(), pk=pk)
        confirm_unchanged(prisoner=person, on=civil_date(), by=int(request.user.pk or 0))
        messages.success(request, _("Checked: %(name)s") % {"name": person})
        return HttpResponseRedirect(f"{reverse(f'admin:{DESK}')}?next=person")

    def place_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The address of an institution is right: once, for everybody who is held there."""
        self._require(request, "prisoners.change_facility")
        place = get_object_or_404(Facility, pk=pk)
        try:
            confirm_facility(facility=place, on=civil_date(), by=int(request.user.pk or 0))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Checked: %(name)s") % {"name": place})
        return HttpResponseRedirect(f"{reverse(f'admin:{DESK}')}?next=place#places")

    def _require(self, request: HttpRequest, right: str) -> None:
        if request.method != "POST" or not request.user.has_perm(right):
            raise PermissionDenied
