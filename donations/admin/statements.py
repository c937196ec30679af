"""Providers' statements in the office: a file is read in memory, its totals are looked at, then taken in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from donations.actions.statements import (
    MonthTotal,
    Outcome,
    StatementTotals,
    is_there,
    months_in_words,
    standing_rivals,
    take_statement,
)
from donations.display.money import money
from donations.importers.mapping import MOST_BYTES as LONGEST_MAPPING
from donations.importers.mapping import MappingRefused, read_mapping
from donations.importers.statement import StatementRefused, read_statement
from donations.models import ProviderTotal, Statement
from memorial.base.admin import ReadOnlyAdmin
from memorial.staff.fresh import freshly_signed_in

ADDS: Final = "donations.add_statement"
MOST_BYTES: Final = 10 * 1024 * 1024
MAPPINGS: Final = Path(settings.BASE_DIR) / "donations" / "data" / "statements"
SALT: Final = "donations.statement"
SECONDS_TO_LOOK: Final = 60 * 60
LIST: Final = "admin:donations_statement_changelist"


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory, however large it is, or drops it: no donor's row is ever written to a disk."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Takes what is not too large; the rest is dropped, and the form says that there is no file."""
        self.activated = content_length <= MOST_BYTES


class StatementForm(forms.Form):
    """A provider's file and how it is read."""

    file = forms.FileField(
        label=gettext_lazy("Statement"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX, up to 10 MB. Nothing of donors is kept: only totals by month."),
        error_messages={"required": gettext_lazy("Choose a file of at most 10 MB.")},
    )
    known = forms.ChoiceField(label=gettext_lazy("Mapping"), required=False)
    mapping = forms.FileField(
        label=gettext_lazy("Or your own mapping"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        help_text=gettext_lazy("A TOML file: which columns count (docs/donations-statements.md)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(file.stem for file in MAPPINGS.glob("*.toml"))
        self.fields["known"].choices = [("", "—"), *((name, name) for name in names)]  # type: ignore[attr-defined]

    def totals(self) -> StatementTotals:
        """What the file comes to. Raises `MappingRefused` or `StatementRefused`, in words without any cell."""
        return read_statement(self.cleaned_data["file"], read_mapping(self._mapping()))

    def _mapping(self) -> str:
        if own := self.cleaned_data["mapping"]:
            try:
                return str(own.read(LONGEST_MAPPING).decode())
            except UnicodeDecodeError:
                raise MappingRefused(_("The mapping is no text in UTF-8.")) from None
        if not self.cleaned_data["known"]:
            raise MappingRefused(_("Choose a mapping, or load your own."))
        return (MAPPINGS / f"{self.cleaned_data['known']}.toml").read_text(encoding="utf-8")


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    """Statements as they were taken in, and the page that takes another one in."""

    list_display = ["provider", "months", "taken_on", "replaced_on"]
    list_filter = ["provider"]
    fields = ["provider", "months", "taken_on", "taken_by", "reason", "replaced_on", "sums"]
    change_list_template = "admin/statement_list.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def get_urls(self) -> list[URLPattern]:
        """The loading pages before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        return [
            path("load/", wrap(self.load_view), name="donations_statement_load"),
            path("take/", wrap(self.take_view), name="donations_statement_take"),
            *super().get_urls(),
        ]

    @admin.display(description=pgettext_lazy("column", "months"))
    def months(self, row: Statement) -> str:
        """From the first to the last."""
        return months_in_words(row.first_month, row.last_month)

    @admin.display(description=gettext_lazy("totals"))
    def sums(self, row: Statement) -> str:
        """Every total, one a line."""
        totals: list[ProviderTotal] = list(row.totals.select_related("campaign"))
        return "\n".join(
            f"{each.month:%m.%Y} · {each.campaign or '—'} · {money(each.gross, each.currency)}"
            f" − {money(each.fee, each.currency)}"
            for each in totals
        )

    @method_decorator(csrf_exempt)
    def load_view(self, request: HttpRequest) -> HttpResponseBase:
        """Reads a file. The upload is told where to go before anything, the CSRF check included, reads it."""
        if not request.user.has_perm(ADDS):
            raise PermissionDenied
        request.upload_handlers = [InMemory(request)]
        answer: HttpResponseBase = csrf_protect(self._load)(request)
        return answer

    def _load(self, request: HttpRequest) -> HttpResponseBase:
        form = StatementForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                statement = form.totals()
            except MappingRefused as error:
                form.add_error("mapping", str(error))
            except StatementRefused as error:
                form.add_error("file", error.sentences)
            else:
                return self._look(request, statement)
        context = {**self._context(request, _("Load a statement")), "form": form}
        return TemplateResponse(
            request, "admin/statement_load.html", context, status=400 if form.errors else 200
        )

    def _look(
        self,
        request: HttpRequest,
        statement: StatementTotals,
        errors: list[str] | None = None,
        reason: str = "",
    ) -> HttpResponse:
        """The totals before they are taken in; they travel in the page, signed, and are stored nowhere."""
        rivals = standing_rivals(statement)
        context = {
            **self._context(request, _("Statement: %(name)s") % {"name": statement.provider}),
            "rows": [
                (
                    f"{total.month:%m.%Y}",
                    total.campaign or "—",
                    money(total.gross, total.currency),
                    money(total.fee, total.currency),
                )
                for total in statement.totals
            ],
            "is_there": is_there(statement, rivals),
            "rivals": [months_in_words(rival.first_month, rival.last_month) for rival in rivals],
            "sealed": seal(statement, int(request.user.pk or 0)),
            "errors": errors or [],
            "reason": reason,
        }
        return TemplateResponse(request, "admin/statement_look.html", context, status=400 if errors else 200)

    def take_view(self, request: HttpRequest) -> HttpResponseBase:
        """Takes in what was looked at; whoever does it has just signed in."""
        if not request.user.has_perm(ADDS):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self._take(request)

    @method_decorator(freshly_signed_in)
    def _take(self, request: HttpRequest) -> HttpResponse:
        statement = unseal(request.POST.get("sealed", ""), int(request.user.pk or 0))
        if statement is None:
            self.message_user(request, _("Load the file anew: too much time has passed."), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:donations_statement_load"))
        reason = request.POST.get("reason", "")[:300]
        try:
            outcome = take_statement(statement=statement, replace="replace" in request.POST, reason=reason)
        except ValidationError as error:
            return self._look(request, statement, error.messages, reason)
        self.message_user(request, str(_OUTCOMES[outcome]), messages.SUCCESS)
        return HttpResponseRedirect(reverse(LIST))

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


_OUTCOMES: Final = {
    Outcome.TAKEN: gettext_lazy("The statement is taken in."),
    Outcome.SAME: gettext_lazy("These totals are there already: nothing is changed."),
    Outcome.REPLACED: gettext_lazy("The statement is taken in, in the place of an older one."),
}


def seal(statement: StatementTotals, account: int) -> str:
    """Totals as a text that only we can have written, for one account and an hour."""
    rows = [[t.month.isoformat(), t.currency, t.campaign, str(t.gross), str(t.fee)] for t in statement.totals]
    return signing.dumps([account, statement.provider, rows], salt=SALT, compress=True)


def unseal(text: str, account: int) -> StatementTotals | None:
    """The totals again; None for what is not ours, of somebody else, or too old."""
    try:
        owner, provider, rows = signing.loads(text, salt=SALT, max_age=SECONDS_TO_LOOK)
    except signing.BadSignature:
        return None
    if owner != account:
        return None
    totals = (
        MonthTotal(date.fromisoformat(month), currency, campaign, Decimal(gross), Decimal(fee))
        for month, currency, campaign, gross, fee in rows
    )
    return StatementTotals(provider, tuple(totals))
