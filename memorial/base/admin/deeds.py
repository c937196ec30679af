"""What an editor does to a record as a whole: publish, withdraw, hide. The state is never a field to edit.

Each deed has a small page of its own: GET says what will happen and what stands in the way, POST does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.db.models.options import Options
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from memorial.base.choices import State
from memorial.base.publication import Publishable


def _nothing(_record: Any) -> list[str]:
    return []


STILL_STANDS: Final = gettext_lazy("It still stands in these public texts; change them by hand")
_CHANGED: Final = gettext_lazy("It was changed meanwhile: look at it again.")


@dataclass(frozen=True)
class Deed:
    """One thing to do: its words, when it is offered, who may do it, and the action behind it."""

    code: str
    label: Any
    explanation: Any
    do: Callable[..., Any]
    offered: Callable[[Any], bool]
    done: Any
    needs_publisher: bool = False
    needs_reason: bool = False
    obstacles: Callable[[Any], list[str]] = _nothing
    warnings: Callable[[Any], list[str]] = _nothing
    warnings_title: Any = STILL_STANDS
    given: dict[str, Any] = field(default_factory=dict)
    at_once: bool = False
    main: bool = False

    def allowed(self, request: HttpRequest, opts: Options) -> bool:
        """Whether this person may do it. Hiding takes any one person of staff who edits."""
        right = "publish" if self.needs_publisher else "change"
        return request.user.has_perm(f"{opts.app_label}.{right}_{opts.model_name}")

    def carry_out(self, record: Publishable, by: int, reason: str) -> None:
        """Does it. Raises `ValidationError` with sentences for the editor."""
        given = dict(self.given)
        if self.needs_reason:
            given["reason"] = reason
        if self.at_once:
            given["on"] = timezone.localdate()
        self.do(**{str(record._meta.model_name): record}, by=by, **given)


def in_state(*states: State) -> Callable[[Any], bool]:
    """The condition that a record is in one of these states, for `Deed.offered`."""
    return lambda record: record.state in states


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
        return [deed for deed in self.deeds if deed.allowed(request, self.opts) and deed.offered(record)]

    def deed_view(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Says what a deed will do (GET) and does it (POST)."""
        deed = next((deed for deed in self.deeds if deed.code == code), None)
        record = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if deed is None or record is None:
            raise Http404
        if not deed.allowed(request, self.opts):
            raise PermissionDenied
        errors: list[str] = []
        reason = request.POST.get("reason", "")
        seen = request.POST.get("seen", "") if deed.needs_publisher else ""
        if request.method == "POST" and seen not in ("", str(record.version)):
            errors.append(str(_CHANGED))
        elif request.method == "POST":
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
        right = f"{self.opts.app_label}.change_{self.opts.model_name}"
        if object_id is not None and object_id.isdigit() and request.user.has_perm(right):
            record = self.get_object(request, object_id)  # type: ignore[attr-defined]
            if record is not None:
                context["deeds"] = self.offered_deeds(request, record)
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]
