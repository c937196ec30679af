"""What the filters of the list of cases read: one row a published case, written by triggers alone."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.kept_traits import KeptTraits

_OF_CASE = "SELECT r.case_id"
_ALWAYS = "AFTER INSERT OR UPDATE OR DELETE"


def _below(table: str, query: str, timing: str = _ALWAYS) -> tuple[str, str, str, str]:
    # After those of people, whose triggers are called «filters_people»: PostgreSQL goes by the alphabet.
    return table, "filters_then_cases", timing, f"memorial_filters_of_cases('{query}')"


class PublishedCase(KeptTraits):
    """A published case's traits, of its published people alone.

    The rules are in `cases/sql/filters_cases.sql` and `case_stages.sql`.
    """

    PUBLIC = frozenset({"case", "traits", "dated", "dated_from", "dated_until"})
    REFRESHED_BY = ("cases_case", "memorial_refresh_cases")

    TRIGGERS_BELOW = (
        _below("cases_case", "SELECT r.id"),
        _below("cases_prosecution", _OF_CASE),
        _below("cases_internationalfinding", _OF_CASE),
        _below("cases_decision", _OF_CASE),
        _below("cases_hearing", _OF_CASE),
        _below(
            "cases_decisionperson",
            "SELECT d.case_id FROM cases_decision d WHERE d.id = r.decision_id",
        ),
        _below(
            "cases_hearingperson",
            "SELECT h.case_id FROM cases_hearing h WHERE h.id = r.hearing_id",
        ),
        _below(
            "cases_chargeevent",
            "SELECT s.case_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id"
            " WHERE c.id = r.charge_id AND r.kind IN (''convicted'', ''acquitted'')",
        ),
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

    class Meta:
        verbose_name = _("case in the filters")
        verbose_name_plural = _("cases in the filters")
        indexes = [
            GinIndex(fields=["traits"], name="publishedcase_traits"),
            GinIndex(fields=["dated"], name="publishedcase_dated"),
        ]
