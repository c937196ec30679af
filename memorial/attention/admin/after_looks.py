"""Pages that became grave after they were published: the list, and the page of one with its two answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from memorial.attention.actions.after_looks import say_it_stays, withdraw_after_look
from memorial.attention.admin.desk_pages import DeskPages
from memorial.attention.models import AfterLook
from memorial.base.acting import staff_actor
from memorial.base.admin import ReadOnlyAdmin
from memorial.base.admin.history_reading import staff_names

CONFIRMS = "prisoners.confirm_secondlook"


class WaitFilter(admin.SimpleListFilter):
    """For me, unless another list is asked for."""

    title = _("what waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists beside the one that opens first."""
        return [
            ("mine", _("changed by me")),
            ("all", _("everything that waits")),
            ("answered", _("looked at")),
        ]

    def choices(self, changelist: Any) -> Any:
        """The first one is «for me», not «all»."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("for me")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """What the account has to do."""
        actor = staff_actor(int(request.user.pk or 0))
        rows: Any = queryset
        found: dict[str | None, Callable[[], Any]] = {
            "mine": lambda: rows.waiting().filter(entered_by=actor),
            "all": lambda: rows.filter(outcome=""),
            "answered": lambda: rows.filter(outcome__in=["stays", "withdrawn"]).order_by("-looked_at"),
            None: lambda: rows.for_eyes_of(actor),
        }
        asked: QuerySet = found.get(self.value(), found[None])()
        return asked


@admin.register(AfterLook)
class AfterLookAdmin(DeskPages, ReadOnlyAdmin):
    """A reason that a published page has got, who brought it, and what a second person says to it."""

    list_display = ["prisoner", "reason", "entered_at", "outcome", "looked_at"]
    list_filter = [WaitFilter, "reason"]
    list_select_related = ["prisoner"]
    search_fields = ["prisoner__sort_key_ru", "prisoner__sort_key_en"]

    def get_urls(self) -> list[URLPattern]:
        """The two answers."""
        wrap = self.admin_site.admin_view
        name = "attention_afterlook_"
        return [
            path("<int:pk>/stays/", wrap(self.stays_view), name=f"{name}stays"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name=f"{name}withdraw"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Why the page is grave now, since when, by whom; and what can be answered."""
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, self._look(request, object_id), [])

    def stays_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """It stays."""
        look = self._answered(request, pk)
        return self._done(request, look, say_it_stays, _("It stays; nothing changes for readers."))

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page is withdrawn, with a word."""
        look = self._answered(request, pk)
        return self._done(request, look, withdraw_after_look, _("Withdrawn. Readers no longer see the page."))

    def _answered(self, request: HttpRequest, pk: int) -> AfterLook:
        rights = (CONFIRMS, "prisoners.change_prisoner")
        if request.method != "POST" or not request.user.has_perms(rights):
            raise PermissionDenied
        return self._look(request, str(pk))

    def _look(self, request: HttpRequest, object_id: str) -> AfterLook:
        look: Any = self.get_object(request, object_id)
        if look is None:
            raise Http404
        return look

    def _done(self, request: HttpRequest, look: AfterLook, do: Any, said: Any) -> HttpResponse:
        try:
            do(look=look, word=request.POST.get("word", ""), by=int(request.user.pk or 0))
        except ValidationError as error:
            return self._page(request, look, error.messages)
        messages.success(request, str(said))
        return HttpResponseRedirect(reverse("admin:attention_afterlook_changelist"))

    def _page(self, request: HttpRequest, look: AfterLook, errors: list[str]) -> HttpResponse:
        is_own = look.entered_by == staff_actor(int(request.user.pk or 0))
        may = request.user.has_perms((CONFIRMS, "prisoners.change_prisoner"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{look}: {look.prisoner}",
            "opts": self.opts,
            "look": look,
            "names": staff_names({look.entered_by, look.looked_by} - {""}),
            "is_own": is_own,
            "may_answer": may and not is_own and not look.outcome,
            "errors": errors,
            "word": request.POST.get("word", ""),
        }
        return TemplateResponse(request, "admin/after_look.html", context, status=400 if errors else 200)
