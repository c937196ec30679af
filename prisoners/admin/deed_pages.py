"""The pages of deeds, and the bar of buttons on a record's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from memorial.base.publication import Publishable
from prisoners.admin.deeds import Deed
from prisoners.admin.rights import may_edit


class DeedPages:
    """Mixed into a ModelAdmin: `<number>/do/<deed>/` for each deed of `deeds`."""

    deeds: tuple[Deed, ...] = ()
    model: Any
    opts: Any
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        """The pages of deeds before Django's own, which would take any path."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_deed"
        own = path("<int:pk>/do/<slug:code>/", self.admin_site.admin_view(self.deed_view), name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def offered_deeds(self, request: HttpRequest, record: Publishable) -> list[Deed]:
        """What this person can do to this record now."""
        model = str(self.opts.model_name)
        return [deed for deed in self.deeds if deed.allowed(request, model) and deed.offered(record)]

    def deed_view(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Says what a deed will do (GET) and does it (POST)."""
        deed = next((deed for deed in self.deeds if deed.code == code), None)
        record = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if deed is None or record is None:
            raise Http404
        if not deed.allowed(request, str(self.opts.model_name)):
            raise PermissionDenied
        errors: list[str] = []
        reason = request.POST.get("reason", "")
        if request.method == "POST":
            try:
                deed.carry_out(record, int(request.user.pk or 0), reason)
            except ValidationError as error:
                errors = error.messages
            else:
                messages.success(request, str(deed.done))
                return HttpResponseRedirect(self.record_url(record))
        return self._deed_page(request, deed, record, errors, reason)

    def _deed_page(
        self, request: HttpRequest, deed: Deed, record: Publishable, errors: list[str], reason: str
    ) -> HttpResponse:
        obstacles = deed.obstacles(record)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{deed.label}: {record}",
            "opts": self.opts,
            "record": record,
            "record_url": self.record_url(record),
            "deed": deed,
            "obstacles": obstacles,
            "warnings": deed.warnings(record),
            "errors": [error for error in errors if error not in obstacles],
            "reason": reason,
        }
        return TemplateResponse(request, "admin/deed.html", context, status=400 if errors else 200)

    def record_url(self, record: Model) -> str:
        """The record's own page in the office."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page, with the bar of what can be done."""
        context = dict(extra_context or {})
        if (
            object_id is not None
            and object_id.isdigit()
            and may_edit(request.user, str(self.opts.model_name))
        ):
            record = self.get_object(request, object_id)  # type: ignore[attr-defined]
            if record is not None:
                context["deeds"] = self.offered_deeds(request, record)
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]
