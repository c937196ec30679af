"""Lists that staff load and take out in the office: how far each has come, and who took out what."""

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.fields import StaffReference
from memorial.base.photos import confidential_storage


def upload_path(_upload: Any, _name: str) -> str:
    """Where a loaded file lies: under a random name, for its own may tell something."""
    return f"imports/{secrets.token_hex(12)}"


class ImportMapping(models.Model):
    """What the columns of somebody's list mean, kept under a name for the next time it comes."""

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("what the rows are"), max_length=30)
    content = models.JSONField(_("mapping"), default=dict)
    by = StaffReference(_("by"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("mapping of a list")
        verbose_name_plural = _("mappings of lists")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportUpload(models.Model):
    """A list on its way in: the file as it came, the table read from it, what its columns mean, how far it is.

    Kept until it is too old (`manage.py forget_uploads`), so that an error loses nothing that was typed or
    loaded. What it changes stands in the history under the name of who pressed the button; its own steps do not.
    """

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False
    KEEPS_HISTORY = False

    class State(models.TextChoices):
        LOADED = "loaded", _("loaded")
        TRYING = "trying", _("being tried")
        TRIED = "tried", _("tried, nothing written")
        APPLYING = "applying", _("being written")
        APPLIED = "applied", pgettext_lazy("loaded list", "written")

    name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("what the rows are"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.LOADED)
    file = models.FileField(
        _("file as it came"), upload_to=upload_path, storage=confidential_storage, max_length=200
    )
    table = models.FileField(
        _("table as it was read"),
        upload_to=upload_path,
        storage=confidential_storage,
        max_length=200,
        blank=True,
    )
    photos = models.FileField(
        _("archive of photos"),
        upload_to=upload_path,
        storage=confidential_storage,
        max_length=200,
        blank=True,
    )
    reading = models.JSONField(_("how it was read"), default=dict)
    mapping = models.JSONField(_("mapping"), default=dict)
    progress = models.JSONField(_("progress"), default=dict)
    publish = models.BooleanField(_("publish new records"), default=False)
    by = StaffReference(_("by"), null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("loaded at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("loaded list")
        verbose_name_plural = _("loaded lists")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """Somebody took a table out of the office: who, what, how much, by which filter. Never changed."""

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    kind = models.CharField(_("what the rows are"), max_length=30)
    format = models.CharField(_("format"), max_length=10)
    filter = models.CharField(_("filter"), max_length=1000, blank=True)
    count = models.PositiveIntegerField(_("rows"))
    by = StaffReference(_("by"), null=True, blank=True, editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("table taken out")
        verbose_name_plural = _("tables taken out")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"
