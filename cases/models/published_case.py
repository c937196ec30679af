"""What the filters of the list of cases read: one row a published case, written by triggers alone."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case


class PublishedCaseQuerySet(models.QuerySet):
    """Rows of published cases."""

    def having(self, traits: list[str], on: date) -> Self:
        """Those with one of the traits at least."""
        return self.filter(traits__overlap=traits)


_OF_CASE = "SELECT r.case_id"
_ALWAYS = "AFTER INSERT OR UPDATE OR DELETE"


def _below(table: str, query: str, timing: str = _ALWAYS) -> tuple[str, str, str, str]:
    return table, "filters_cases", timing, f"memorial_filters_of_cases('{query}')"


class PublishedCase(models.Model):
    """A published case's traits, «filter=value», of its published people alone.

    The rules are in `cases/sql/filters_cases.sql`.
    """

    PUBLIC = frozenset({"case", "traits"})
    # Readers see all of it: what is not published has no row. A rule of rows would take the index away.
    FILLED_BY_DATABASE = True
    REFRESHED_BY = ("cases_case", "memorial_refresh_cases")

    TRIGGERS_BELOW = (
        _below("cases_case", "SELECT r.id"),
        _below("cases_prosecution", _OF_CASE),
        _below("cases_internationalfinding", _OF_CASE),
        _below("cases_charge", "SELECT s.case_id FROM cases_prosecution s WHERE s.id = r.prosecution_id"),
        _below(
            "prisoners_prisoner",
            "SELECT s.case_id FROM cases_prosecution s WHERE s.prisoner_id = r.id",
            "AFTER UPDATE OF state",
        ),
        _below(
            "prisoners_theme", "SELECT k.id FROM cases_case k WHERE k.theme_id = r.id", "AFTER UPDATE OF code"
        ),
        _below(
            "prisoners_region",
            "SELECT k.id FROM cases_case k WHERE k.region_id = r.id",
            "AFTER UPDATE OF code",
        ),
        _below(
            "cases_article",
            "SELECT s.case_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id"
            " WHERE c.article_id = r.id",
            "AFTER UPDATE OF slug",
        ),
    )

    case = models.OneToOneField(
        Case,
        verbose_name=_("case"),
        related_name="+",
        primary_key=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
    )
    traits = ArrayField(models.TextField(), verbose_name=_("traits"), default=list)

    objects = PublishedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case in the filters")
        verbose_name_plural = _("cases in the filters")
        indexes = [GinIndex(fields=["traits"], name="publishedcase_traits")]

    def __str__(self) -> str:
        return f"#{self.pk}"
