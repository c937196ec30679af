"""Documents in the office: what they are, their text and file, published and withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import F, Func, Model, Q, QuerySet
from django.db.models.fields import BooleanField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.actions.documents import document_obstacles, publish_document, withdraw_document
from cases.admin.document_pages import DocumentPages
from cases.admin.sources import ConfidentialSourceInline, SourceInline
from cases.models import Document, DocumentOriginal, Prosecution
from memorial.base.admin import (
    CollapsedInline,
    Deed,
    DeedPages,
    TranslatedByOthers,
    VersionedAdmin,
    VersionedForm,
    both,
    in_state,
)
from memorial.base.choices import State
from memorial.base.localized import all_languages, in_language

_RESERVED = frozenset({"last-words"})


def _can_be_shown(document: Document) -> bool:
    if document.state != State.PUBLISHED:
        return True
    return (
        not document.stem
        and DocumentOriginal.objects.filter(document=document).exclude(rendering="").exists()
    )


DOCUMENT_DEEDS = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the document and its file, as it was checked, within a minute."),
        publish_document,
        _can_be_shown,
        _("Published."),
        needs_publisher=True,
        obstacles=document_obstacles,
        main=True,
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The document and its file are gone for readers within a minute. One person is enough."),
        withdraw_document,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the document."),
        needs_reason=True,
    ),
)


class RedactionFilter(admin.SimpleListFilter):
    title = _("redaction")
    parameter_name = "redaction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What somebody has to look at."""
        return [
            ("waiting", _("waits for a check")),
            ("again", _("somebody was hidden since: check again")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Documents with a file that nobody has checked, or not since somebody was hidden."""
        waiting = Q(original__redaction_checked_on__isnull=True) & ~Q(original__rendering="")
        covers = Func(F("pk"), function="memorial_document_covers_the_hidden", output_field=BooleanField())
        if self.value() == "waiting":
            return queryset.filter(waiting, original__isnull=False)
        return queryset.filter(~Q(covers), ~Q(stem="")) if self.value() == "again" else queryset


class DocumentForm(VersionedForm):
    """A document: of a case, and where it is one person's, of that person in the case."""

    class Meta:
        model = Document
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields.get("prosecution")
        if isinstance(person, forms.ModelChoiceField):
            person.label = _("Person (none: of the case as a whole)")
            case = self.instance.case_id or self.initial.get("case")
            people = Prosecution.objects.filter(case=case) if case else Prosecution.objects.none()
            person.queryset = people.select_related("prisoner", "case")
            person.label_from_instance = lambda obj: str(obj.prisoner)  # type: ignore[method-assign]

    def clean_slug(self) -> str:
        """The address, which must not be one of the site's own."""
        slug = str(self.cleaned_data["slug"])
        if slug in _RESERVED:
            raise forms.ValidationError(_("This address is the site's own: choose another."))
        return slug


class OriginalInline(CollapsedInline):
    """What staff note of the original; its file is uploaded on a page of its own."""

    model = DocumentOriginal
    fields = ["confidential", "staff_note"]
    can_delete = False
    max_num = 1
    classes = ["collapse", "confidential"]
    confidential = True


class DocumentSourceInline(SourceInline):
    fk_name = "document"


class DocumentConfidentialSourceInline(ConfidentialSourceInline):
    fk_name = "document"


@admin.register(Document)
class DocumentAdmin(DocumentPages, DeedPages, TranslatedByOthers, VersionedAdmin):
    """A document. The person is chosen among the people of its case, once the case is saved."""

    form = DocumentForm
    deeds = DOCUMENT_DEEDS
    change_form_template = "admin/document_change.html"
    autocomplete_fields = ["case"]
    search_fields = ["slug", *all_languages("title"), *all_languages("case__title")]
    list_display = ["title_or_slug", "kind", "state", "on", "case", "has_file"]
    list_filter = [RedactionFilter, "state", "kind"]
    list_select_related = ["case"]
    inlines = [OriginalInline, DocumentSourceInline, DocumentConfidentialSourceInline]
    prepopulated_fields: ClassVar[Any] = {"slug": (in_language("title", "ru"),)}
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*both("title"), ("kind", "on", "language"), ("case", "prosecution"), "slug"]}),
        (_("Author"), {"fields": both("author_line")}),
        (_("Text to read on the page"), {"fields": both("text")}),
    ]
    translator_fieldsets: ClassVar[Any] = [
        (_("Texts"), {"fields": both("title", "author_line", "text")}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the texts alone."""
        return self.translator_fieldsets if self.only_translates(request) else self.fieldsets

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """A suggested address, for a new document only."""
        return {} if obj or self.only_translates(request) else self.prepopulated_fields

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """None for a new document, none for a translator."""
        return [] if obj is None or self.only_translates(request) else list(self.inlines)

    @admin.display(description=_("document"))
    def title_or_slug(self, document: Document) -> str:
        """The title, whichever language has one."""
        return document.title or document.slug

    @admin.display(description=_("file"), boolean=True)
    def has_file(self, document: Document) -> bool:
        """Whether readers get a file."""
        return bool(document.stem)
