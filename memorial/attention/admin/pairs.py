"""People who may stand here twice: the list, and the two beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from memorial.attention.actions.pairs import say_they_differ
from memorial.attention.models import SuspectedPair
from memorial.attention.pair_names import with_names
from memorial.base.admin import ReadOnlyAdmin
from prisoners.admin.merge import compared
from prisoners.models import Prisoner

ANSWERS = "attention.change_suspectedpair"


class AnswerFilter(admin.SimpleListFilter):
    """Those of which nobody has said anything, unless another list is asked for."""

    title = _("answer")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The list beside the one that opens first."""
        return [("yes", _("not the same person"))]

    def choices(self, changelist: Any) -> Any:
        """The first one is what waits, not «all»."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("waiting")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """What waits, or what was answered."""
        return queryset.exclude(answer="") if self.value() == "yes" else queryset.filter(answer="")


@admin.register(SuspectedPair)
class SuspectedPairAdmin(ReadOnlyAdmin):
    """Two records with names alike. They are merged on the person's page, or said to be different."""

    list_display = ["both", "found_on", "answer"]
    list_filter = [AnswerFilter]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the names of both."""
        return with_names(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        """The answer's address before Django's own, which would take any path."""
        name = "attention_suspectedpair_differ"
        own = path("<int:pk>/differ/", self.admin_site.admin_view(self.differ_view), name=name)
        return [own, *super().get_urls()]

    @admin.display(description=_("people"))
    def both(self, pair: Any) -> str:
        """Both names."""
        return f"{pair.one_name} · {pair.other_name}"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The two beside each other: what differs, and what can be said."""
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, self._pair(request, object_id), [])

    def differ_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remembers that the two are not the same person."""
        if request.method != "POST" or not request.user.has_perm(ANSWERS):
            raise PermissionDenied
        pair = self._pair(request, str(pk))
        try:
            say_they_differ(pair=pair, by=int(request.user.pk or 0))
        except ValidationError as error:
            return self._page(request, pair, error.messages)
        messages.success(request, _("Remembered: not the same person."))
        return HttpResponseRedirect(reverse("admin:attention_suspectedpair_changelist"))

    def _pair(self, request: HttpRequest, object_id: str) -> Any:
        pair = self.get_object(request, object_id)
        if pair is None:
            raise Http404
        return pair

    def _page(self, request: HttpRequest, pair: Any, errors: list[str]) -> HttpResponse:
        people = Prisoner.objects.in_bulk([pair.one, pair.other])
        one, other = people.get(pair.one), people.get(pair.other)
        if one is None or other is None or not request.user.has_perm("prisoners.change_prisoner"):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"{one} · {other}",
            "opts": self.opts,
            "pair": pair,
            "one": one,
            "other": other,
            "rows": compared(one, other),
            "may_answer": not pair.answer and request.user.has_perm(ANSWERS),
            "errors": errors,
        }
        return TemplateResponse(request, "admin/suspected_pair.html", context, status=400 if errors else 200)
