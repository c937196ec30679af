"""Rows on a client's page: who is around them, and one line for each thing to add.

What is there already stands above them in the order of time, each with a page of its own: the lines here
only add, so that two coordinators who add at once lose nothing.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.admin.access import FindsByName, HelpRowForm, sees_all
from assistance.importers.items_text import ItemsField, item_kinds
from assistance.models import (
    AidItem,
    ClientCitizenship,
    ContactPerson,
    DetentionAid,
    HelpRequest,
    HumanitarianAid,
    LegalAid,
)
from cases.models import Prosecution
from memorial.base.admin import CollapsedInline


class CitizenshipRows(CollapsedInline):
    model = ClientCitizenship
    form = HelpRowForm
    confidential = True
    fields = [("country", "imposed"), ("began", "ended")]


class ContactRows(FindsByName, CollapsedInline):
    model = ContactPerson
    form = HelpRowForm
    confidential = True
    fields = [("name", "relation", "contact"), "note"]


class NewRows(FindsByName, CollapsedInline):
    """One line to add something. It shows nothing that is there."""

    form = HelpRowForm
    group = gettext_lazy("Add")
    extra = 1
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Nothing: what is there has pages of its own."""
        return super().get_queryset(request).none()

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Only whoever may add is offered the line."""
        return self.has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is deleted here."""
        return False

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int | None:
        """None for a client who is not there yet: the first page asks who it is, and what they ask for."""
        return 0 if obj is None and self.model is not HelpRequest else None

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The line, which knows whose prosecutions may be chosen."""
        request.help_client = obj  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)


class NewRequests(NewRows):
    model = HelpRequest
    verbose_name_plural = gettext_lazy("A request for help")
    fields = [("programme", "channel", "received_on"), ("next_step", "next_step_on"), "text"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The line; whoever enters it takes care of it, unless the client is somebody's already."""
        made = super().get_formset(request, obj, **kwargs)
        taken = obj is not None and obj.coordinator is not None
        made.form.taken_on_by = None if taken and sees_all(request) else request.user.pk
        return made

    class form(HelpRowForm):  # noqa: N801 - Django's own name for it
        """Whoever enters a request coordinates it, where nobody coordinates the client."""

        taken_on_by: int | None = None

        def clean(self) -> dict[str, Any] | None:
            """A new request is open: it has a next step and its day."""
            cleaned = super().clean()
            for name in ("next_step", "next_step_on"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("An open request has a next step and its day: nothing falls silent.")
                    )
            return cleaned

        def _post_clean(self) -> None:
            self.instance.coordinator = self.taken_on_by
            # A letter that lay for a week: no step was taken before it came, and none since.
            self.instance.last_step_on = self.cleaned_data.get("received_on") or timezone.localdate()
            super()._post_clean()  # type: ignore[misc]


class NewLegalAid(NewRows):
    model = LegalAid
    verbose_name_plural = gettext_lazy("Legal help")
    fields = [("stage", "prosecution", "lawyer"), ("began", "ended", "ongoing"), ("cost", "currency"), "note"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The client's own prosecutions."""
        if db_field.name == "prosecution":
            kwargs["queryset"] = prosecutions_of(getattr(request, "help_client", None))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NewDetentionAid(NewRows):
    model = DetentionAid
    verbose_name_plural = gettext_lazy("Help in detention")
    autocomplete_fields = ["facility"]
    fields = [("right", "facility"), ("began", "ended", "ongoing"), ("cost", "currency"), "action"]


class ParcelRowForm(HelpRowForm):
    """A parcel with its things in one line, as in the grid."""

    items_text = ItemsField(required=False)

    class Meta:
        model = HumanitarianAid
        fields: list[str] = []  # the inline names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.has_changed():
            self.fields["items_text"].kinds = item_kinds()  # type: ignore[attr-defined]

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        AidItem.objects.bulk_create(
            [AidItem(aid=self.instance, **item) for item in self.cleaned_data.get("items_text") or ()]
        )


class NewParcels(NewRows):
    model = HumanitarianAid
    form = ParcelRowForm
    verbose_name_plural = gettext_lazy("A parcel, an order, money")
    fields = [("given_on", "channel", "for_whom"), "items_text", ("cost", "currency"), "note"]


OF_CLIENT: Final = [CitizenshipRows, ContactRows, NewRequests, NewParcels, NewLegalAid, NewDetentionAid]


def prosecutions_of(client: Any) -> QuerySet[Any]:
    """What a lawyer may have been paid for: the prosecutions of the person whom the client is."""
    person = client.prisoner_id if client is not None else None
    rows: QuerySet[Any] = Prosecution.objects.select_related("case", "prisoner")
    return rows.filter(prisoner=person) if person else rows.none()
