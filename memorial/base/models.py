"""Tables of the floor: the history of edits, the content version, who is editing what."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from memorial.base.evidence import HistoryRemoval, HistorySeal, Looking

__all__ = ["ContentVersion", "HistoryEntry", "HistoryRemoval", "HistorySeal", "Looking", "OpenForm"]


class HistoryEntry(models.Model):
    """One change of one row of one table, by whatever path it was made.

    Written by a trigger that runs with the owner's rights; nobody else can insert,
    change or remove an entry. An update keeps only the columns that changed. A lawful
    removal (`removal`) takes the text away and leaves the rest.
    """

    PUBLIC: frozenset[str] = frozenset()

    class Operation(models.TextChoices):
        INSERT = "I", _("added")
        UPDATE = "U", _("changed")
        DELETE = "D", _("deleted")

    at = models.DateTimeField(_("at"), db_default=Now())
    transaction = models.BigIntegerField(_("transaction"))
    table = models.CharField(_("table"), max_length=63)
    row = models.CharField(_("row"), max_length=64)
    operation = models.CharField(_("operation"), max_length=1, choices=Operation)
    actor = models.CharField(_("by"), max_length=80, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    database_role = models.CharField(_("database role"), max_length=63)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    removal = models.ForeignKey(
        HistoryRemoval,
        verbose_name=_("text removed by"),
        related_name="+",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        # Removals are never deleted; a check at each entry would be paid by every edit.
        db_constraint=False,
    )

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history of edits")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["table", "row", "-id"], name="history_of_a_row"),
            BrinIndex(fields=["at"], name="history_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.operation}"


class ContentVersion(models.Model):
    """Says that something public changed in a transaction; see `memorial.base.content_version`.

    Known by the transaction's number and its beginning: a restored database counts
    transactions from the start again, and a number alone would come back.
    """

    PUBLIC = frozenset({"began_at", "transaction", "takes_back"})
    PUBLIC_WHEN = None

    began_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField()
    # A public row is gone, or shows less than it did: copies made before are shown to nobody.
    takes_back = models.BooleanField(db_default=False)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")
        constraints = [
            models.UniqueConstraint(
                fields=["transaction", "began_at"], name="contentversion_once_a_transaction"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OpenForm(models.Model):
    """Somebody has an editing page open. Only a warning to colleagues: nothing is locked."""

    PUBLIC: frozenset[str] = frozenset()
    KEEPS_HISTORY = False

    table = models.CharField(max_length=63)
    row = models.CharField(max_length=64)
    staff_id = models.BigIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "staff_id"], name="openform_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
