"""What belongs to a person, in the order in which an editor thinks of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import CollapsedInline, OfficeForm, both
from prisoners.admin.citations import CitationForm, ConfidentialCitationForm, FactFormSet
from prisoners.admin.own_custodies import DeathForm, EndForm, PersonFormSet, RecognitionForm
from prisoners.admin.photo_pages import original_url, photo_url
from prisoners.admin.rights import may_edit
from prisoners.admin.stay_form import StayForm
from prisoners.models import (
    Citation,
    Citizenship,
    ConfidentialCitation,
    Consent,
    Correction,
    Custody,
    Death,
    EndOfCustody,
    ExternalIdentifier,
    HiddenNameVariant,
    NameVariant,
    OldAddress,
    Photo,
    PrisonerPrivate,
    Recognition,
    RecognitionReview,
    RegisterEntry,
    StaffNote,
    Stay,
)

LIBERTY = _("Liberty")
RECOGNITION = _("Recognition and registers")
SOURCES = _("Sources")
PERSON = _("The person")
PAGE = _("The page")
CONFIDENTIAL = _("Confidential")


class PersonInline(CollapsedInline):
    """Rows of one person; what is confidential says so in its heading and by its look."""

    def __init__(self, parent_model: type[models.Model], admin_site: Any) -> None:
        super().__init__(parent_model, admin_site)
        if self.confidential:
            self.classes = [*self.classes, "confidential"]


class CustodyInline(PersonInline):
    model = Custody
    group = LIBERTY
    fields = [
        ("seized_on", "detained_on", "remanded_on"),
        ("term", "expected_end", "verification"),
        *both("note"),
    ]


class StayInline(PersonInline):
    """One institution field; where it is not shown, the form moves it into the confidential table."""

    model = Stay
    form = StayForm
    formset = PersonFormSet
    group = LIBERTY
    autocomplete_fields = ["facility", "region"]
    fields = [
        ("facility", "public"),
        ("began", "ended", "ongoing"),
        ("reason", "regime", "temporary"),
        ("region", "verification"),
        *both("note"),
        "staff_note",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Stays with the place that readers may not see."""
        return super().get_queryset(request).select_related("private__facility", "private__region")

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """For those who only look, the confidential part in words, or not at all."""
        if may_edit(request.user, "prisoner") and self.has_change_permission(request, obj):
            return self.fields
        looked_at = ["concealed"] if request.user.has_perm("prisoners.view_stayprivate") else []
        return [*(name for name in self.fields or [] if name != "staff_note"), *looked_at]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """The confidential part in words is never typed."""
        return ["concealed"]

    @admin.display(description=_("Confidential part"))
    def concealed(self, stay: Stay) -> str:
        """Where the person is and what staff noted, where readers may not see it."""
        private = getattr(stay, "private", None)
        if private is None:
            return "—"
        parts = [private.facility, private.region, private.staff_note]
        return "; ".join(str(part) for part in parts if part) or "—"


class LookedAtInline(PersonInline):
    """Facts that need two people, each with what is said of its second look."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Rows with their second look."""
        return super().get_queryset(request).select_related("second_look")


class EndInline(LookedAtInline):
    model = EndOfCustody
    form = EndForm
    formset = PersonFormSet
    group = LIBERTY
    fields = [("kind", "on"), ("ground", "circumstance"), ("custody", "verification"), *both("note")]


class DeathInline(LookedAtInline):
    model = Death
    form = DeathForm
    group = LIBERTY
    fields = [("on", "circumstance", "verification"), *both("place", "cause", "note")]


class RecognitionInline(LookedAtInline):
    model = Recognition
    form = RecognitionForm
    formset = PersonFormSet
    group = RECOGNITION
    autocomplete_fields = ["statement"]
    fields = [
        ("outcome", "on", "decided_by"),
        *both("body_name"),
        ("ground", "statement"),
        "pace_points",
        ("custody", "verification"),
        *both("note"),
    ]

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The points of PACE are ticked."""
        if db_field.name == "pace_points":
            choices = db_field.base_field.choices  # type: ignore[attr-defined]
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RegisterEntryInline(PersonInline):
    model = RegisterEntry
    group = RECOGNITION
    fields = [("register", "number"), ("entered_on", "removed_on", "verification"), *both("note")]


class CitationInline(PersonInline):
    model = Citation
    form = CitationForm
    formset = FactFormSet
    group = SOURCES
    verbose_name_plural = _("sources that readers see")
    fields = [
        ("fact", "kind"),
        ("title", "publisher"),
        ("url", "archive_url"),
        ("published_on", "accessed_on", "without_origin"),
    ]


class ConfidentialCitationInline(PersonInline):
    model = ConfidentialCitation
    form = ConfidentialCitationForm
    formset = FactFormSet
    group = SOURCES
    confidential = True
    fields = [("fact", "kind"), "text", ("contact", "received_on")]


class NameVariantInline(PersonInline):
    model = NameVariant
    group = PERSON
    fields = [("text", "kind", "searchable")]


class CitizenshipInline(PersonInline):
    model = Citizenship
    group = PERSON
    fields = [("country", "manner"), ("began", "ended")]


class IdentifierInline(PersonInline):
    model = ExternalIdentifier
    group = PERSON
    fields = [("scheme", "value", "url")]


class PhotoInline(PersonInline):
    """Photos that are there already; a new one has a page of its own, so that no error loses the file."""

    model = Photo
    group = PAGE
    max_num = 0
    can_delete = False
    fields = ["preview", *both("alt", "credit"), "order"]
    readonly_fields = ["preview"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Photos with their originals."""
        return super().get_queryset(request).select_related("original")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A photo is added on its own page."""
        return False

    @admin.display(description=_("photo"))
    def preview(self, photo: Photo) -> str:
        """The photo as readers see it or, while they do not, its original; and what can be done with it."""
        source = photo.url(240, "webp") if photo.stem else original_url(photo)
        state = _("readers see it") if photo.stem else _("readers do not see it")
        verb, label = ("hide", _("Hide this photo")) if photo.stem else ("publish", _("Show this photo"))
        return format_html(
            '<img class="photo" src="{}" alt="" loading="lazy"> <span>{}</span>'
            ' <a class="button second" href="{}">{}</a>',
            source,
            state,
            photo_url(photo, verb),
            label,
        )


class CorrectionInline(PersonInline):
    model = Correction
    group = PAGE
    fields = ["on", *both("text")]


class StaffNoteInline(PersonInline):
    model = StaffNote
    group = CONFIDENTIAL
    confidential = True
    fields = ["text", ("done", "made_at")]
    readonly_fields = ["made_at"]


class PrivateInline(PersonInline):
    model = PrisonerPrivate
    group = CONFIDENTIAL
    confidential = True
    fields = ["born", "staff_note", "minor_decision", "moved_names"]
    readonly_fields = ["moved_names"]
    can_delete = False


class HiddenNameVariantInline(PersonInline):
    model = HiddenNameVariant
    group = CONFIDENTIAL
    confidential = True
    fields = [("text", "kind", "searchable")]


class ConsentInline(PersonInline):
    model = Consent
    group = CONFIDENTIAL
    confidential = True
    fields = [
        ("scope", "given"),
        ("by", "how", "given_on"),
        ("expires_on", "withdrawn_on"),
        "note",
    ]


class ReviewInline(PersonInline):
    model = RecognitionReview
    group = CONFIDENTIAL
    confidential = True
    fields = [("outcome", "on"), "text"]


class OldAddressInline(PersonInline):
    model = OldAddress
    form = OfficeForm
    group = CONFIDENTIAL
    confidential = True
    max_num = 0
    can_delete = False
    fields = ["path"]
    readonly_fields = ["path"]

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Old addresses come about by themselves."""
        return False


PERSON_INLINES = [
    CustodyInline,
    StayInline,
    EndInline,
    DeathInline,
    RecognitionInline,
    RegisterEntryInline,
    CitationInline,
    ConfidentialCitationInline,
    NameVariantInline,
    CitizenshipInline,
    IdentifierInline,
    PhotoInline,
    CorrectionInline,
    StaffNoteInline,
    ConsentInline,
    PrivateInline,
    HiddenNameVariantInline,
    ReviewInline,
    OldAddressInline,
]
