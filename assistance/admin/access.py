"""What every page of help has in common: own clients only, exact search, sealed texts kept as they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assistance.admin.finding import RecordByExactName, number_in
from assistance.models import Client, Lawyer
from assistance.querysets import SEES_ALL
from memorial.base.admin import OfficeForm, VersionedAdmin, VersionedForm
from memorial.base.encrypted_fields import EncryptedCharField, could_not_open

EXACT_ONLY = _(
    "Names, telephones and e-mail addresses are sealed: only an exact one finds — a surname, a surname with "
    "the given name, one number or address as it stands in the record."
)


def sees_all(request: HttpRequest) -> bool:
    """Whether this person sees every client, and may hand clients over."""
    return bool(request.user.has_perm(SEES_ALL))


def colleagues() -> list[tuple[str, str]]:
    """Open accounts, as choices."""
    accounts = get_user_model()._default_manager.filter(is_active=True, is_staff=True).order_by("username")
    return [("", "—"), *((str(one.pk), one.get_username()) for one in accounts)]


def coordinator_name(path: str = "coordinator") -> Subquery:
    """The name of the account whose number a column holds, for lists."""
    accounts = get_user_model()._default_manager.filter(pk=OuterRef(path))
    return Subquery(accounts.values("username")[:1])


def keep_what_is_sealed(form: forms.ModelForm) -> None:
    """A text whose key is missing is shown as a sentence: its field is closed, and saving keeps the text."""
    for name, field in form.fields.items():
        if could_not_open(getattr(form.instance, name, None)):
            field.disabled = True


class HelpForm(VersionedForm):
    """A record of help with a version, some of whose texts may not open here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "coordinator" not in (self._meta.fields or ()):
            # Declared for those who may hand over; of the others it is not even read.
            self.fields.pop("coordinator", None)
        keep_what_is_sealed(self)


class HelpRowForm(OfficeForm):
    """A row below a record of help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_what_is_sealed(self)


class FindsByName:
    """Mixed into admins and inlines: clients and lawyers are named by number or exactly, never listed."""

    found_by_name: dict[str, type[models.Model]] = {"client": Client, "lawyer": Lawyer}

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The field; of people around the help a line in which one person is named."""
        if isinstance(db_field, EncryptedCharField):
            kwargs["widget"] = forms.TextInput(attrs={"class": "vTextField"})
        model = self.found_by_name.get(db_field.name)
        if model is None or db_field.related_model is not model:
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        return RecordByExactName(
            rows=model._default_manager.visible_to(request.user),  # type: ignore[attr-defined]
            label=db_field.verbose_name,
            required=not db_field.blank,
        )


class HelpAdmin(FindsByName, VersionedAdmin):
    """A page of help. Of clients who are not theirs people learn nothing, not even that they exist."""

    form = HelpForm
    search_fields = ["pk"]  # what is typed goes to `get_search_results`, never to a sealed column
    search_help_text = EXACT_ONLY
    client_of_row = "client"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows of clients that are theirs to see."""
        rows: Any = super().get_queryset(request)
        found: QuerySet[Any] = rows.visible_to(request.user)
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Exactly who or what is named: by the number of a client, by name, telephone or address."""
        if not search_term.strip():
            return queryset, False
        clients = Client.objects.visible_to(request.user)
        found = (
            clients.filter(pk=number) if (number := number_in(search_term)) else clients.matching(search_term)
        )
        return queryset.filter(**{f"{self.client_of_row}__in": found.values("pk")}), False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        raise Http404


class OfClientAdmin(HelpAdmin):
    """A record of one client: whose it is stands fast once it is made."""

    list_select_related = ["client"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The page's fields under the client; a new record asks for whom it is."""
        first = (None, {"fields": ["client" if obj is None else "of_client"]})
        return [first, *(super().get_fieldsets(request, obj) or [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The client of a record that is there."""
        return [*super().get_readonly_fields(request, obj), "of_client"]

    @admin.display(description=_("client"))
    def of_client(self, row: Any) -> str:
        """Whose it is, with the way to everything about them."""
        return client_link(row.client) if row.client_id else "—"


def client_link(client: Client) -> str:
    """A client by number and name, as a link to the page that holds everything about them."""
    url = reverse("admin:assistance_client_change", args=[client.pk])
    return format_html('<a href="{}">№&nbsp;{} {}</a>', url, client.pk, client.name)
