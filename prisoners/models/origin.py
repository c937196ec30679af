"""Where imported rows come from: tied by (source, key), so that a second run updates and doubles nothing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prisoners.models.place import Facility
from prisoners.models.prisoner import Prisoner


class ImportSource(models.Model):
    """Somebody's list that we import: its stable code, and what readers are told of it."""

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("source of imports")
        verbose_name_plural = _("sources of imports")

    def __str__(self) -> str:
        return self.title


class ImportKey(models.Model):
    """Which row of a source became which record, and a digest of what was imported last.

    The digest tells what the source changed from what staff changed since.
    """

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    source = models.ForeignKey(ImportSource, related_name="keys", on_delete=models.CASCADE)
    key = models.CharField(_("key in the source"), max_length=200)
    prisoner = models.ForeignKey(
        Prisoner, related_name="import_keys", null=True, blank=True, on_delete=models.CASCADE
    )
    facility = models.ForeignKey(
        Facility, related_name="import_keys", null=True, blank=True, on_delete=models.CASCADE
    )
    imported = models.JSONField(_("what was imported last"), default=dict)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"], name="importkey_person_once", condition=Q(prisoner__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["source", "key"], name="importkey_facility_once", condition=Q(facility__isnull=False)
            ),
            models.CheckConstraint(
                name="importkey_of_one_record",
                condition=Q(prisoner__isnull=True, facility__isnull=False)
                | Q(prisoner__isnull=False, facility__isnull=True),
                violation_error_message=_("An imported row became one record."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key}"


class ImportRun(models.Model):
    """One run of an import: which file, how far it came. A killed run is resumed from here."""

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    class State(models.TextChoices):
        RUNNING = "running", _("running or interrupted")
        DONE = "done", _("done")

    source = models.ForeignKey(ImportSource, related_name="runs", on_delete=models.CASCADE)
    file_digest = models.CharField(_("digest of file and mapping"), max_length=64)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    report = models.JSONField(_("report"), default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d}"
