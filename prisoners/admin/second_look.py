"""What waits for a second pair of eyes: the list, the page of one thing, and what is said of it elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BigIntegerField, Case, Field, Model, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Substr
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from memorial.base.acting import staff_actor
from memorial.base.admin import ReadOnlyAdmin
from memorial.base.admin.labels import field_label
from memorial.base.admin.looking import record_seen
from prisoners.actions.absorb import is_blank, written_columns
from prisoners.actions.second_look import ask_again, confirm_look, confirm_looks, return_look
from prisoners.models import SecondLook
from prisoners.models.custody import Fact

CONFIRM = "prisoners.confirm_secondlook"
NOT_SHOWN = frozenset({"prisoner", "verification"})


class WaitFilter(admin.SimpleListFilter):
    """For me, unless another list is asked for."""

    title = _("what waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists beside the one that opens first."""
        return [("back", _("returned to me")), ("mine", _("entered by me")), ("all", _("everything"))]

    def choices(self, changelist: Any) -> Any:
        """The first one is «for me», not «all»."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("for me")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """What the account has to do."""
        actor = staff_actor(int(request.user.pk or 0))
        found: dict[str | None, Any] = {
            "back": lambda rows: rows.sent_back_to(actor),
            "mine": lambda rows: rows.waiting().filter(entered_by=actor),
            "all": lambda rows: rows.waiting(),
        }
        return found.get(self.value(), lambda rows: rows.for_eyes_of(actor))(queryset)


@admin.register(SecondLook)
class SecondLookAdmin(ReadOnlyAdmin):
    """What one person entered and another has to look at. Each has a page with its sources and two buttons."""

    list_display = ["what", "prisoner", "in_words", "author", "entered", "returned_word"]
    list_filter = [WaitFilter]
    list_select_related = ["prisoner"]
    search_fields = ["prisoner__sort_key_ru", "prisoner__sort_key_en"]
    actions = ["confirm_ticked"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the facts, and the name of the account behind each."""
        number = Cast(Substr("entered_by", len("staff:") + 1), BigIntegerField())
        accounts = get_user_model()._default_manager.filter(pk=OuterRef("number"))
        rows: Any = super().get_queryset(request)
        rows = rows.with_facts().annotate(number=Case(When(entered_by__regex=r"^staff:[0-9]+$", then=number)))
        return rows.annotate(account=Subquery(accounts.values("username")[:1]))

    def get_urls(self) -> list[URLPattern]:
        """The three answers that can be given."""
        wrap = self.admin_site.admin_view
        answers = [
            path(f"<int:pk>/{code}/", wrap(view), name=f"prisoners_secondlook_{code}")
            for code, view in (
                ("confirm", self.confirm_view),
                ("return", self.return_view),
                ("again", self.again_view),
            )
        ]
        return [*answers, *super().get_urls()]

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may confirm what a colleague entered."""
        return request.user.has_perm(CONFIRM)

    @admin.display(description=_("what"))
    def what(self, look: SecondLook) -> str:
        """A recognition, an end of custody, a death, a page."""
        return capfirst(str(look))

    @admin.display(description=_("entry"))
    def in_words(self, look: Any) -> str:
        """Its day, and what it says."""
        fact: Any = look.fact
        if fact is None:
            return ""
        said = [str(fact.on or ""), *(str(value) for label, value in _columns(fact) if label != "on")]
        return "; ".join(text for text in said if text)

    @admin.display(description=_("entered by"))
    def author(self, look: Any) -> str:
        """The account's name."""
        return look.account or look.entered_by

    @admin.display(description=_("entered"), ordering="entered_at")
    def entered(self, look: SecondLook) -> SafeString:
        """When; whoever confirms the row in the list sends the moment along, and so says what they saw."""
        return format_html(
            '{}<input type="hidden" name="seen-{}" value="{}">',
            date_format(timezone.localtime(look.entered_at), "j E Y, H:i"),
            look.pk,
            look.entered_at.isoformat(),
        )

    @admin.action(description=_("Confirm what is ticked"), permissions=["confirm"])
    def confirm_ticked(self, request: HttpRequest, queryset: QuerySet) -> None:
        """An exchange or a group, looked at in the list, is confirmed at once; pages are not."""
        rows = queryset.exclude(recognition=None, end_of_custody=None, death=None)
        seen = {row.pk: parse_datetime(request.POST.get(f"seen-{row.pk}", "")[:40]) for row in rows}
        try:
            number = confirm_looks(looks=rows, by=int(request.user.pk or 0), seen=seen)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        said = ngettext("%(number)d entry confirmed.", "%(number)d entries confirmed.", number)
        messages.success(request, said % {"number": number})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was entered, by whom, on what sources; and what can be answered."""
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, self._look(request, object_id), [])

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirms it, as it stood when the page was read."""
        look = self._answered(request, pk)
        if not request.user.has_perm(CONFIRM) or (
            look.fact is None and not request.user.has_perm("prisoners.publish_prisoner")
        ):
            raise PermissionDenied
        seen = parse_datetime(request.POST.get("seen", "")[:40])
        return self._done(
            request,
            look,
            lambda by: confirm_look(look=look, by=by, seen=seen),
            _("Confirmed. Readers see it within a minute."),
        )

    def return_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sends it back with a word."""
        look = self._answered(request, pk)
        if not request.user.has_perm(CONFIRM):
            raise PermissionDenied
        word = request.POST.get("word", "")
        return self._done(
            request, look, lambda by: return_look(look=look, word=word, by=by), _("Returned to its author.")
        )

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Its author asks for eyes again."""
        look = self._answered(request, pk)
        return self._done(
            request, look, lambda by: ask_again(look=look, by=by), _("A colleague will look at it again.")
        )

    def _answered(self, request: HttpRequest, pk: int) -> SecondLook:
        if request.method != "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        return self._look(request, str(pk))

    def _look(self, request: HttpRequest, object_id: str) -> SecondLook:
        look: Any = self.get_object(request, object_id)
        if look is None:
            raise Http404
        return look

    def _done(self, request: HttpRequest, look: SecondLook, do: Any, said: Any) -> HttpResponse:
        try:
            do(int(request.user.pk or 0))
        except ValidationError as error:
            return self._page(request, look, error.messages)
        messages.success(request, str(said))
        return HttpResponseRedirect(reverse("admin:prisoners_secondlook_changelist"))

    def _page(self, request: HttpRequest, look: Any, errors: list[str]) -> HttpResponse:
        fact: Any = look.fact
        is_own = look.entered_by == staff_actor(int(request.user.pk or 0))
        may = request.user.has_perm(CONFIRM if fact else "prisoners.publish_prisoner")
        sees_told = request.user.has_perm("prisoners.view_confidentialcitation")
        told = list((fact or look.prisoner).confidential_citations.all()) if sees_told else []
        record_seen(request, look, *({type(one) for one in told}))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{capfirst(str(look))}: {look.prisoner}",
            "opts": self.opts,
            "look": look,
            "author": self.author(look),
            "said": _columns(fact) if fact else [],
            "sources": list((fact or look.prisoner).citations.all()),
            "told": told,
            "is_own": is_own,
            "may_answer": may and not is_own and look.is_waiting,
            "reasons": [] if fact else look.prisoner.second_look_reasons(),
            "errors": errors,
            "word": request.POST.get("word", ""),
        }
        return TemplateResponse(request, "admin/second_look.html", context, status=400 if errors else 200)


def _columns(fact: Fact) -> list[tuple[str, str]]:
    """What was entered, column by column, blanks left out."""
    return [
        (capfirst(str(field_label(column) or column.verbose_name)), _shown(fact, column))
        for column in written_columns(type(fact))
        if column.name not in NOT_SHOWN and not is_blank(column.value_from_object(fact))
    ]


def _shown(fact: Fact, column: Field) -> str:
    value = getattr(fact, column.name)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Model):
        return str(value)
    return str(display_for_field(value, column, "—"))


class WaitingLooks:
    """Mixed into the page of people: what of the person waits for a second look, above the form."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page, with links to what waits."""
        context = dict(extra_context or {})
        may = request.user.has_perm("prisoners.view_secondlook")
        if may and object_id is not None and object_id.isdigit() and len(object_id) < 19:
            rows = SecondLook.objects.waiting().filter(prisoner=int(object_id)).with_facts()
            context["waiting_looks"] = list(rows)
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]
