"""Documents as readers get them: a text, and pictures of pages; the original stays with staff."""

from __future__ import annotations

from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import DocumentKind
from cases.models.case import Case
from cases.models.event import OF_A_CASE_OR_A_PERSON
from cases.models.ground import ONE_CASE, same_case
from cases.models.prosecution import Prosecution
from cases.models.public_when import DOCUMENT
from cases.querysets import DocumentQuerySet
from memorial.base.fields import (
    PartialDateField,
    RichTextField,
    StaffReference,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.photos import confidential_storage, public_storage, random_stem
from memorial.base.publication import Publishable, state_constraint
from prisoners.models.custody import IN_THE_FUTURE, not_in_the_future

KEPT_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".docx", ".odt"})


def original_document_path(instance: object, filename: str) -> str:
    """Where an original is kept; the uploaded name leaks and is thrown away, but for a known ending."""
    stem = random_stem()
    ending = Path(filename).suffix.lower()
    return f"documents/{stem[:2]}/{stem}{ending if ending in KEPT_ENDINGS else '.bin'}"


def rendering_path(instance: object, filename: str) -> str:
    """Where the pages made anew are kept until they are published."""
    stem = random_stem()
    return f"renderings/{stem[:2]}/{stem}.pdf"


class Document(Publishable):
    """A document of a case or of one person in it: its text, and where there is one, a file of pictures of its pages.

    `stem` is the random name of the public file, empty while it is not public. The file has
    neither hidden text nor metadata, and is published only after somebody checked the redaction.
    """

    PUBLIC = frozenset(
        {
            "slug",
            "case",
            "prosecution",
            "kind",
            "title",
            "text",
            "on",
            "author_line",
            "language",
            "stem",
            "pages",
            "file_size",
        }
    )
    PUBLIC_WHEN = DOCUMENT

    TRIGGERS = (
        not_in_the_future("on"),
        ("fill_case", "BEFORE INSERT OR UPDATE", "memorial_fill_case()"),
        same_case("one_case", ("case_id", ""), ("prosecution_id", "cases_prosecution")),
        ("redaction", "BEFORE INSERT OR UPDATE", "memorial_guard_redaction()"),
    )
    REFUSALS = {
        "cases_document_happened": IN_THE_FUTURE,
        "document_redaction_is_checked": _(
            "Somebody checks first that nothing hidden can be read in the file: record who and when."
        ),
        **ONE_CASE,
    }

    slug = models.SlugField(_("address of the page"), max_length=90, unique=True)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="documents",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    prosecution = models.ForeignKey(
        Prosecution,
        verbose_name=_("prosecution"),
        related_name="documents",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=250)
    text = RichTextField(_("text"), blank=True)
    on = PartialDateField(_("dated"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    author_line = models.CharField(_("by whom"), max_length=200, blank=True)
    language = models.CharField(
        _("language of the document"), max_length=3, blank=True, help_text=_("ru, uk, en, …")
    )
    stem = models.CharField(_("name of the file"), max_length=24, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True, editable=False)
    file_size = models.PositiveIntegerField(
        _("size of the file, bytes"), null=True, blank=True, editable=False
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["on_earliest", "id"]
        constraints = [
            state_constraint("document_state_known"),
            partial_date_constraint("document_on_valid", "on"),
            models.CheckConstraint(
                name="document_of_a_case_or_a_person",
                condition=Q(case__isnull=False) | Q(prosecution__isnull=False),
                violation_error_message=OF_A_CASE_OR_A_PERSON,
            ),
            models.CheckConstraint(
                name="document_has_a_title",
                condition=~Q(title_ru="") | ~Q(title_en=""),
                violation_error_message=_("Give the document a title in one language at least."),
            ),
            models.UniqueConstraint(fields=["stem"], name="document_stem_once", condition=~Q(stem="")),
            models.CheckConstraint(
                name="document_stem_is_random",
                condition=Q(stem="") | Q(stem__regex=r"^[0-9a-f]{24}$"),
                violation_error_message=_("The name of a document's file is made by the program."),
            ),
            models.CheckConstraint(
                name="document_language_is_a_code",
                condition=Q(language="") | Q(language__regex=r"^[a-z]{2,3}$"),
                violation_error_message=_("A language has a code of two or three letters: ru, uk, crh."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:document-detail", kwargs={"slug": self.slug})

    @property
    def file_url(self) -> str:
        """The address of the public file. Raises `ValueError` while it has none."""
        if not self.stem:
            raise ValueError("A document without a public file has no address of one.")
        return public_storage().url(f"documents/{self.stem}.pdf")

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those that have a title."""
        return tuple(code for code in LANGUAGES if getattr(self, in_language("title", code)))


class DocumentOriginal(models.Model):
    """The original in the confidential storage, the pages made from it, and who checked their redaction.

    Readers get the rendering that was checked, byte for byte. A new file is checked anew: the database
    takes the old check away. `covered_people` are the people of the case who were hidden (by initials, or
    withdrawn) when the redaction was checked: should another one be hidden later, the file disappears
    from among what readers see until it is checked again.
    """

    PUBLIC: frozenset[str] = frozenset()

    TRIGGERS = (
        ("new_file", "BEFORE UPDATE OF file", "memorial_check_new_file()"),
        ("redaction", "AFTER INSERT OR UPDATE OR DELETE", "memorial_guard_redaction_kept()"),
    )
    REFUSALS = {
        "document_published_stays_checked": _("Take the document back first: its file is published."),
    }

    document = models.OneToOneField(Document, related_name="original", on_delete=models.CASCADE)
    file = models.FileField(
        _("file"), upload_to=original_document_path, storage=confidential_storage, max_length=200, blank=True
    )
    rendering = models.FileField(
        _("pages made anew"),
        upload_to=rendering_path,
        storage=confidential_storage,
        max_length=200,
        blank=True,
        editable=False,
    )
    rendering_pages = models.PositiveSmallIntegerField(
        _("pages of the rendering"), null=True, blank=True, editable=False
    )
    uploaded_by = StaffReference(_("uploaded by"), null=True, blank=True, editable=False)
    covered_people = ArrayField(
        models.BigIntegerField(),
        verbose_name=_("hidden people covered"),
        default=list,
        blank=True,
        editable=False,
    )
    confidential = models.BooleanField(_("never show"), default=False)
    redaction_checked_by = StaffReference(_("redaction checked by"), null=True, blank=True)
    redaction_checked_on = models.DateField(_("redaction checked on"), null=True, blank=True)
    staff_note = models.TextField(_("staff note"), blank=True)

    class Meta:
        verbose_name = _("original of a document")
        verbose_name_plural = _("originals of documents")
        constraints = [
            models.CheckConstraint(
                name="documentoriginal_checked_by_somebody",
                condition=Q(redaction_checked_by__isnull=True, redaction_checked_on__isnull=True)
                | Q(redaction_checked_by__isnull=False, redaction_checked_on__isnull=False),
                violation_error_message=_("Say who checked the redaction, and when."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.document_id}"
