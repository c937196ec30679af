"""The office's pages of evidence: the history of edits, removals from it, who looked at what."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Coalesce, Substr
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import ReadOnlyAdmin
from memorial.base.admin.history_reading import edits
from memorial.base.admin.history_rights import PastRights
from memorial.base.database import our_tables
from memorial.base.evidence import HistoryRemoval, Looking
from memorial.base.looking import search_digest
from memorial.base.models import HistoryEntry
from memorial.base.removing import confirm_removal, decline_removal, propose_removal
from memorial.staff.models import User

MOST_SHOWN = 200
"""Entries of a removal that are listed on its page."""


def account_name(number: str) -> Subquery:
    """The name of the account whose number stands in a column."""
    return Subquery(User.objects.filter(pk=OuterRef(number)).values("username")[:1])


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    """Every change of every row, for each reader those tables whose past they may read."""

    list_display = ["at", "who", "table", "row", "operation", "reason"]
    list_filter = ["operation", "table"]
    search_fields = ["=row", "=actor"]
    search_help_text = _("The number of a row, or staff:7")
    fields = ["at", "who", "table", "row", "operation", "reason", "database_role", "differences", "removal"]
    ordering = ["-id"]
    list_display_links = ["at"]
    actions = ["take_text_out"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Entries of the tables that this person may read, each with the name of the account behind it."""
        request.office_past = rights = PastRights(request.user)  # type: ignore[attr-defined]
        number = Cast(Substr("actor", len("staff:") + 1), BigIntegerField())
        rows = super().get_queryset(request).filter(table__in=rights.tables())
        numbered = rows.annotate(number=Case(When(actor__regex=r"^staff:[0-9]+$", then=number)))
        return numbered.annotate(account=account_name("number")).select_related("removal")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The entry, with what this person may read of it."""
        entry = super().get_object(request, object_id, from_field)
        if entry is not None:
            entry.readable = next(edits([entry], request.office_past), None)  # type: ignore[attr-defined]
        return entry

    @admin.display(description=_("by"))
    def who(self, entry: Any) -> str:
        """The account's name."""
        return entry.account or entry.actor

    @admin.display(description=_("what changed"))
    def differences(self, entry: Any) -> str:
        """Field by field: what it said, what it says."""
        found = entry.readable.differences if entry.readable else []
        rows = ((one.label, one.before, one.after) for one in found)
        return format_html_join("", "<p><b>{}</b><br><del>{}</del><br><ins>{}</ins></p>", rows)

    def has_propose_permission(self, request: HttpRequest) -> bool:
        """Whether this person may propose to take text out of the history."""
        return bool(request.user.has_perm("base.add_historyremoval"))

    @admin.action(description=_("Take the text out of the history…"), permissions=["propose"])
    def take_text_out(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """Asks for the reason, then leaves the proposal to a second person."""
        numbers = list(queryset.filter(removal__isnull=True).order_by("pk").values_list("pk", flat=True))
        errors: list[str] = []
        if "reason" in request.POST:
            try:
                removal = propose_removal(
                    entries=numbers, reason=request.POST["reason"], by=int(request.user.pk or 0)
                )
            except ValidationError as error:
                errors = error.messages
            else:
                messages.success(request, _("Proposed. Now a second person decides."))
                return HttpResponseRedirect(reverse("admin:base_historyremoval_change", args=[removal.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take the text out of the history"),
            "opts": self.opts,
            "edits": list(edits(queryset.order_by("-pk")[:MOST_SHOWN], PastRights(request.user))),
            "count": len(numbers),
            "numbers": numbers,
            "checkbox": ACTION_CHECKBOX_NAME,
            "errors": errors,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/propose_removal.html", context, status=400 if errors else 200)


@admin.register(HistoryRemoval)
class HistoryRemovalAdmin(ReadOnlyAdmin):
    """Removals from the history: proposed by one, decided by another, carried out by the server."""

    list_display = ["proposed_at", "proposer", "decider", "carried_out_at", "reason"]
    list_display_links = ["proposed_at"]
    fields = ["reason", "proposer", "proposed_at", "decider", "decided_at", "carried_out_at", "texts"]
    change_form_template = "admin/removal_change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Removals with the names of those who proposed and decided."""
        rows = super().get_queryset(request)
        return rows.annotate(
            proposer_name=account_name("proposed_by"),
            decided_by=Coalesce(F("confirmed_by"), F("declined_by")),
        ).annotate(decider_name=account_name("decided_by"))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The removal, with what this person may read of its entries."""
        removal = super().get_object(request, object_id, from_field)
        if removal is not None:
            entries = HistoryEntry.objects.filter(pk__in=removal.entries).order_by("-pk")[:MOST_SHOWN]
            removal.edits = list(edits(entries, PastRights(request.user)))
        return removal

    @admin.display(description=_("proposed by"))
    def proposer(self, removal: Any) -> str:
        """The account's name."""
        return removal.proposer_name or f"staff:{removal.proposed_by}"

    @admin.display(description=_("decided by"))
    def decider(self, removal: Any) -> str:
        """The account's name, and what it decided."""
        if removal.is_open:
            return "—"
        name = removal.decider_name or f"staff:{removal.decided_by}"
        return _("%(name)s: declined") % {"name": name} if removal.declined_by else name

    @admin.display(description=_("entries"))
    def texts(self, removal: Any) -> str:
        """What the entries say, as far as this person may read it."""
        rows = (
            (date_format(localtime(edit.at), "j E Y, H:i"), edit.what, one.label, one.before, one.after)
            for edit in removal.edits
            for one in edit.differences
        )
        return format_html_join("", "<p>{} {}<br><b>{}</b> <del>{}</del> <ins>{}</ins></p>", rows)

    def get_urls(self) -> list[URLPattern]:
        """The page that takes the decision."""
        view = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decide/", view, name="base_historyremoval_decide"), *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirms or declines (POST). Raises `PermissionDenied` for whoever may not."""
        if not request.user.has_perm("base.change_historyremoval"):
            raise PermissionDenied
        removal = HistoryRemoval.objects.filter(pk=pk).first()
        if removal is None or request.method != "POST":
            raise Http404
        decide = confirm_removal if "confirm" in request.POST else decline_removal
        try:
            decide(removal=removal, by=int(request.user.pk or 0))
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
        else:
            messages.success(request, _("Decided."))
        return HttpResponseRedirect(reverse("admin:base_historyremoval_change", args=[pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page; with the two buttons for a second person."""
        removal = kwargs.get("obj")
        mine = removal is not None and removal.proposed_by == request.user.pk
        may = request.user.has_perm("base.change_historyremoval")
        context |= {"may_decide": bool(removal and removal.is_open and may and not mine)}
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Looking)
class LookingAdmin(ReadOnlyAdmin):
    """Who was shown what is confidential. A search for words finds those who searched for them."""

    list_display = ["at", "who", "kind", "what", "records", "tables_shown"]
    list_display_links = ["at"]
    list_filter = ["kind", "table"]
    search_fields = ["=table"]
    search_help_text = _("staff:7, the number of a record, or the very words that somebody searched for")
    fields = ["at", "who", "kind", "what", "records", "tables_shown", "search_digest"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Looks, each with the name of the account."""
        return super().get_queryset(request).annotate(account=account_name("staff"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By account, by record, or by the digest of what was searched for."""
        words = search_term.strip()
        if not words:
            return queryset, False
        if words.startswith("staff:") and words.removeprefix("staff:").isdigit():
            return queryset.filter(staff=int(words.removeprefix("staff:")[:18])), False
        if words.isdigit():
            return queryset.filter(rows__contains=[words[:64]]), False
        return queryset.filter(search_digest=search_digest(words)), False

    @admin.display(description=_("who"))
    def who(self, looking: Any) -> str:
        """The account's name."""
        return looking.account or f"staff:{looking.staff}"

    @admin.display(description=_("records"))
    def records(self, looking: Looking) -> str:
        """The numbers of the records."""
        return ", ".join(looking.rows)

    @admin.display(description=_("confidential tables shown"))
    def tables_shown(self, looking: Looking) -> str:
        """What they are called."""
        return ", ".join(_kind_of(table) for table in looking.shown)

    @admin.display(description=_("table"))
    def what(self, looking: Looking) -> str:
        """What the records are called."""
        return _kind_of(looking.table)


def _kind_of(table: str) -> str:
    model = next((model for model in our_tables() if model._meta.db_table == table), None)
    return str(model._meta.verbose_name_plural) if model else table
