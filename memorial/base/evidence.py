"""What makes the history of edits evidence: seals, lawful removals, and who looked at what is confidential.

See docs/decisions/0017 and docs/history.md.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.fields import StaffReference

DIGEST_BYTES = 32
SALT_BYTES = 16


class HistorySeal(models.Model):
    """The seal of one history entry: its digest, and the digest of everything sealed up to it.

    Written by `manage.py seal_history` with the owner's rights. `entry` is no foreign key: the seal of an
    entry that somebody removed must stay, so that its removal is found.
    """

    PUBLIC: frozenset[str] = frozenset()
    TRIGGERS = (
        ("append_only", "BEFORE UPDATE OR DELETE", "memorial_guard_seals()"),
        ("no_truncate", "BEFORE TRUNCATE", "memorial_refuse_change()"),
    )

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    # Thrown away with a text that is lawfully removed: without it nobody can guess the text from its digest.
    salt = models.BinaryField(max_length=SALT_BYTES, null=True)
    content = models.BinaryField(max_length=DIGEST_BYTES)
    digest = models.BinaryField(max_length=DIGEST_BYTES)
    chain = models.BinaryField(max_length=DIGEST_BYTES)

    class Meta:
        verbose_name = _("seal of the history")
        verbose_name_plural = _("seals of the history")

    def __str__(self) -> str:
        return f"{self.position}: {self.entry}"


class HistoryRemoval(models.Model):
    """A decision of two people to take the text out of some history entries: a lawful request, a mishap.

    Decided in the office, carried out by `manage.py blank_history` with the owner's rights. The entries
    stay, with who and when; their digests stay too, so that the history can still be verified.
    """

    PUBLIC: frozenset[str] = frozenset()
    TRIGGERS = (("decided_by_two", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_removals()"),)

    entries = ArrayField(models.BigIntegerField(), verbose_name=_("history entries"))
    reason = models.TextField(
        _("why the text has to go"), help_text=_("Stays for good: do not repeat here what is to be removed.")
    )
    proposed_by = StaffReference(_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"), db_default=Now())
    confirmed_by = StaffReference(_("confirmed by"), null=True, blank=True)
    declined_by = StaffReference(_("declined by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    carried_out_at = models.DateTimeField(_("carried out at"), null=True, blank=True)

    class Meta:
        verbose_name = _("removal from the history")
        verbose_name_plural = _("removals from the history")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="historyremoval_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                violation_error_message=_("Text is removed from the history by two different people."),
            ),
            models.CheckConstraint(
                name="historyremoval_one_outcome",
                condition=Q(confirmed_by__isnull=True) | Q(declined_by__isnull=True),
                violation_error_message=_("A removal is confirmed or declined, not both."),
            ),
            models.CheckConstraint(
                name="historyremoval_confirmed_first",
                condition=Q(carried_out_at__isnull=True) | Q(confirmed_by__isnull=False),
                violation_error_message=_("A removal is carried out after it was confirmed."),
            ),
            models.CheckConstraint(
                name="historyremoval_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the text has to go."),
            ),
            models.CheckConstraint(
                name="historyremoval_names_entries",
                condition=Q(entries__len__gt=0),
                violation_error_message=_("Name the entries of the history."),
            ),
        ]

    def __str__(self) -> str:
        return _("Removal %(number)s") % {"number": self.pk}

    @property
    def is_open(self) -> bool:
        """Whether a second person has still to decide."""
        return self.confirmed_by is None and self.declined_by is None


class Looking(models.Model):
    """Somebody of the staff was shown something confidential: one row for each page.

    `rows` are the keys of the records of `table` that the page was about; `shown` names the confidential
    tables it showed, which may be those of rows below. The words of a search are kept as a keyed digest.
    Append-only; after a year the retention command may forget it.
    """

    PUBLIC: frozenset[str] = frozenset()
    KEEPS_HISTORY = False
    TRIGGERS = (
        ("append_only", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_lookings()"),
        ("no_truncate", "BEFORE TRUNCATE", "memorial_refuse_change()"),
    )

    class Kind(models.TextChoices):
        SEEN = "seen", pgettext_lazy("looking", "opened")
        LISTED = "listed", pgettext_lazy("looking", "listed")
        SEARCHED = "searched", pgettext_lazy("looking", "searched")
        EXPORTED = "exported", pgettext_lazy("looking", "taken out")

    at = models.DateTimeField(_("at"), db_default=Now())
    staff = StaffReference(_("who"))
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind)
    table = models.CharField(_("table"), max_length=63)
    rows = ArrayField(models.CharField(max_length=64), verbose_name=_("records"))
    shown = ArrayField(models.CharField(max_length=63), verbose_name=_("confidential tables shown"))
    search_digest = models.CharField(_("digest of the search"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("look at a confidential record")
        verbose_name_plural = _("looks at confidential records")
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["rows"], name="looking_by_record"),
            models.Index(fields=["staff", "-id"], name="looking_by_staff"),
            BrinIndex(fields=["at"], name="looking_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="looking_kind_known",
                condition=Q(kind__in=["seen", "listed", "searched", "exported"]),
                violation_error_message=_("Choose one of the kinds."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.kind}"
