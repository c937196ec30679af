"""A client: who it is, everything done for them in the order of time, and one line for each thing to add."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.admin.access import HelpAdmin, HelpForm, client_link, colleagues, coordinator_name, sees_all
from assistance.admin.client_rows import OF_CLIENT
from assistance.admin.finding import number_in
from assistance.admin.merge_page import MergePage
from assistance.admin.story import Entry, story_of
from assistance.models import Client, ContactPerson
from memorial.base.encrypted_fields import could_not_open
from memorial.base.evidence import Looking
from memorial.base.looking import record_looking


class ClientForm(HelpForm):
    """A client; the coordinator is chosen by name and kept by number."""

    coordinator = forms.TypedChoiceField(
        label=gettext_lazy("coordinator"), choices=colleagues, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Client
        fields: list[str] = []  # the page names them


class Whose(admin.SimpleListFilter):
    """Whose clients, for those who see all of them."""

    title = gettext_lazy("coordinator")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two questions are asked of a list of clients."""
        return [("mine", _("mine")), ("nobody", _("nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Own clients, or those whom nobody has taken on."""
        match self.value():
            case "mine":
                return queryset.filter(coordinator=request.user.pk)
            case "nobody":
                return queryset.filter(coordinator__isnull=True)
        return queryset


class Standing(admin.SimpleListFilter):
    """How things stand with a client."""

    title = gettext_lazy("help")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What a coordinator looks for."""
        return [("now", _("goes on")), ("year", _("none for a year")), ("closed", _("client no more"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The clients of whom that is so today."""
        match self.value():
            case "now":
                return queryset.being_helped()  # type: ignore[attr-defined]
            case "year":
                return queryset.without_help(timezone.localdate())  # type: ignore[attr-defined]
            case "closed":
                return queryset.filter(closed_on__isnull=False)
        return queryset


@admin.register(Client)
class ClientAdmin(MergePage, HelpAdmin):
    """Clients. One page holds everything about one of them."""

    form = ClientForm
    change_form_template = "admin/assistance_client_change.html"
    list_display = ["__str__", "name", "next_step", "coordinator_name", "opened_on", "closed_on"]
    list_display_links = ["__str__", "name"]
    list_filter = [Whose, Standing]
    autocomplete_fields = ["prisoner"]
    inlines = list(OF_CLIENT)
    client_of_row = "pk"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Clients who are theirs to see, with the next step and who coordinates."""
        rows = super().get_queryset(request)
        return rows.for_list().annotate(coordinator_name=coordinator_name())  # type: ignore[attr-defined]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Exactly who is named, the people through whom a client is reached included."""
        if not search_term.strip():
            return queryset, False
        if number := number_in(search_term):
            return queryset.filter(pk=number), False
        return queryset.filter(pk__in=clients_named(request, search_term)), False

    @admin.display(description=gettext_lazy("next step"), ordering="next_step_on")
    def next_step(self, client: Any) -> Any:
        """The day of the earliest open step."""
        return client.next_step_on

    @admin.display(description=gettext_lazy("coordinator"))
    def coordinator_name(self, client: Any) -> Any:
        """Who takes care."""
        return client.coordinator_name

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who it is; handing over is for those who see every client."""
        whose = ("prisoner", "coordinator") if sees_all(request) else ("prisoner",)
        return [(None, {"fields": ["name", "contact", whose, ("opened_on", "closed_on"), "note"]})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever enters a client coordinates them, until somebody hands them over."""
        return {"coordinator": request.user.pk, **super().get_changeform_initial_data(request)}

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page, with everything done so far in the order of time."""
        client = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if client is not None and client.pk and kwargs.get("change", True):
            context["story"] = story_of(client, request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def _shown(self, context: dict[str, Any]) -> list[type[models.Model]]:
        story: list[Entry] = context.get("story", [])
        return list({*super()._shown(context), *(entry.model for entry in story)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saves; says softly who may be the same person. A limited coordinator takes on whom they enter."""
        if not change and not sees_all(request):
            obj.coordinator = request.user.pk
        super().save_model(request, obj, form, change)
        if not change or {"name", "contact"} & set(form.changed_data):
            self._say_who_is_alike(request, obj)

    def _say_who_is_alike(self, request: HttpRequest, client: Client) -> None:
        # What is told stays within what this person may see: of others' clients nothing is said.
        alike = list(_alike(Client.objects.visible_to(request.user).exclude(pk=client.pk), client)[:5])
        if not alike:
            return
        record_looking(
            staff=int(request.user.pk or 0),
            kind=Looking.Kind.LISTED,
            model=Client,
            rows=[one.pk for one in alike],
        )
        said = _("Perhaps the same person is here already, under the same name or contact:")
        messages.warning(request, format_html("{} {}", said, _links(alike)))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """After a new client their page, where what they ask for is entered."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            data = request.POST.copy()
            data["_continue"] = "1"
            request.POST = data  # type: ignore[assignment]
        return super().response_add(request, obj, post_url_continue)


def clients_named(request: HttpRequest, text: str) -> QuerySet[Any]:
    """The numbers of clients who are named exactly, or who are reached through somebody so named."""
    own = Client.objects.visible_to(request.user).matching(text)
    around = ContactPerson.objects.visible_to(request.user).matching(text)
    return Client.objects.filter(
        models.Q(pk__in=own.values("pk")) | models.Q(pk__in=around.values("client"))
    ).values("pk")


def _alike(rows: Any, client: Client) -> QuerySet[Any]:
    """Those with the same surname and given name, or with one of the same telephones or addresses."""
    texts = [text for text in (client.name, client.contact) if not could_not_open(text)]
    found: QuerySet[Any] = rows.none()
    for text in (" ".join(str(texts[0]).split()[:2]), *map(str, texts[1:])) if texts else ():
        found |= rows.matching(text)
    return found


def _links(clients: list[Client]) -> SafeString:
    return format_html_join("; ", "{}", ((client_link(one),) for one in clients))
