"""The versions of the whole-data package that are kept, and what says that they may not be handed out."""

from __future__ import annotations

from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from memorial.base.localized import all_languages

_LEFT: Final = "NOT (n.state = 'published')"


def _differ(*columns: str) -> str:
    """Something of these columns is not what it was."""
    return " OR ".join(f"n.{column} IS DISTINCT FROM o.{column}" for column in columns)


_NAMES: Final = all_languages("surname", "given_names", "patronymic", "described_as")
_TITLES: Final = all_languages("title", "summary")
LESS: Final[dict[str, tuple[str, str]]] = {
    "prisoners_prisoner": (
        "o.state = 'published'",
        f"{_LEFT} OR {_differ('initials_only', *_NAMES)}",
    ),
    "prisoners_stay": ("o.public <> 'no'", _differ("public", "facility_id", "region_id", "verification")),
    "prisoners_namevariant": ("true", _differ("text", "prisoner_id")),
    "prisoners_externalidentifier": ("true", _differ("scheme", "value", "prisoner_id")),
    "prisoners_prisonercommunity": ("true", _differ("community_id", "prisoner_id")),
    "prisoners_facility": ("o.state = 'published'", _LEFT),
    "cases_case": ("o.state = 'published'", f"{_LEFT} OR {_differ(*_TITLES)}"),
    "cases_prosecution": ("true", _differ("case_id", "prisoner_id")),
    "cases_court": ("o.state = 'published'", _LEFT),
    "cases_document": ("o.state = 'published'", f"{_LEFT} OR {_differ('stem')}"),
    "cases_internationalfinding": ("o.state = 'published'", _LEFT),
    "cases_findingperson": ("true", _differ("prisoner_id", "finding_id")),
    "cases_official": ("o.state = 'published'", _LEFT),
    "cases_officialrole": ("o.confirmed", "NOT n.confirmed"),
}
"""By table: when a row `o` may have been seen by readers, and when its new state `n` may show less than it did."""


def _trigger(table: str, was_seen: str, is_less: str) -> tuple[str, str, str, str]:
    quoted = (condition.replace("'", "''") for condition in (was_seen, is_less))
    call = "memorial_note_withdrawal({})".format(", ".join(f"'{condition}'" for condition in quoted))
    return table, "withdrawal", "AFTER UPDATE OR DELETE", call


class WithdrawalQuerySet(models.QuerySet):
    """Withdrawals."""

    def stamp(self) -> str:
        """What stands for all of them: another one after each, whatever the order in which they are committed."""
        found = self.aggregate(last=Max("pk"), number=Count("pk"))
        return f"{found['last'] or 0}.{found['number']}"


class Withdrawal(models.Model):
    """Says that in a transaction something that readers saw may have been taken back.

    Insert-only, one row a transaction, by triggers alone: nobody waits for anybody. What it was is
    not here.
    """

    PUBLIC = frozenset({"began_at", "transaction"})
    PUBLIC_WHEN = None
    FILLED_BY_DATABASE = True
    TRIGGERS_BELOW = tuple(_trigger(table, *conditions) for table, conditions in LESS.items())

    began_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField()

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.UniqueConstraint(fields=["transaction", "began_at"], name="withdrawal_once_a_transaction")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DataPackageQuerySet(models.QuerySet):
    """Kept versions of the package."""

    def with_stamp(self, stamp: str) -> DataPackageQuerySet:
        """Those in which nothing is that was withdrawn."""
        return self.filter(stamp=stamp)


class DataPackage(models.Model):
    """All public data as of a day, in a file. `stamp` tells up to which withdrawal it has been made anew."""

    PUBLIC = frozenset({"made_on", "stem", "size", "sha256", "rows", "has_withdrawn", "stamp"})
    PUBLIC_WHEN = "true"

    made_on = models.DateField(_("as of"), unique=True)
    stem = models.CharField(
        _("name of the file"), max_length=24, validators=[RegexValidator(r"^[0-9a-f]{24}$")]
    )
    size = models.PositiveBigIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    has_withdrawn = models.BooleanField(_("rows were withdrawn"), default=False)
    stamp = models.CharField(_("made anew up to"), max_length=40)

    objects = DataPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the data package")
        verbose_name_plural = _("versions of the data package")
        ordering = ["-made_on"]
        constraints = [
            models.CheckConstraint(
                name="datapackage_stem_is_random",
                condition=Q(stem__regex=r"^[0-9a-f]{24}$"),
                violation_error_message=_("The name of a file is made by the program."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the file is called for those who download it."""
        return f"political-prisoners-{self.made_on.isoformat()}.zip"

    @property
    def path(self) -> str:
        """Where it lies in the public storage, under a name that nobody guesses."""
        return f"packages/{self.stem}.zip"
