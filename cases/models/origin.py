"""Where imported courts, articles and cases come from: a second run updates and doubles nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.article import ArticleEdition
from cases.models.case import Case
from cases.models.court import Court
from cases.models.prosecution import Prosecution
from prisoners.models import ImportSource

RECORDS = ("case", "prosecution", "court", "edition")


def _of(model: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(
        model, related_name="imported_rows", null=True, blank=True, on_delete=models.CASCADE
    )


def _once(record: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["source", "key"],
        name=f"importedrow_{record}_once",
        condition=Q(**{f"{record}__isnull": False}),
    )


def _of_one_record() -> Q:
    found = Q()
    for record in RECORDS:
        found |= Q(**{f"{other}__isnull": other != record for other in RECORDS})
    return found


class ImportedRow(models.Model):
    """Which row of a source became which record, and what was imported last.

    What was imported last tells what the source changed from what staff changed since. A
    case has a row of its own beside those of the people in it.
    """

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    source = models.ForeignKey(ImportSource, related_name="record_rows", on_delete=models.CASCADE)
    key = models.CharField(_("key in the source"), max_length=200)
    case = _of(Case)
    prosecution = _of(Prosecution)
    court = _of(Court)
    edition = _of(ArticleEdition)
    imported = models.JSONField(_("what was imported last"), default=dict)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("imported row of a case")
        verbose_name_plural = _("imported rows of cases")
        constraints = [
            *(_once(record) for record in RECORDS),
            models.CheckConstraint(
                name="importedrow_of_one_record",
                condition=_of_one_record(),
                violation_error_message=_("An imported row became one record."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key}"
