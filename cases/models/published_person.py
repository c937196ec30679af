"""What the filters of the list of people read: one row a published person, written by triggers alone."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.kept_traits import KeptTraits
from prisoners.models import Prisoner

_OF_PERSON = "SELECT r.prisoner_id"
_ALWAYS = "AFTER INSERT OR UPDATE OR DELETE"


def _below(table: str, query: str, timing: str = _ALWAYS) -> tuple[str, str, str, str]:
    return table, "filters_people", timing, f"memorial_filters_of_people('{query}')"


def _hold(table: str, *held: tuple[str, str, str]) -> tuple[str, str, str, str]:
    """What a link of a table leads to is held before it is written (`memorial_hold_linked`)."""
    columns = ", ".join(column for _table, column, _strength in held)
    arguments = ", ".join(f"'{word}'" for each in held for word in each)
    return (
        table,
        "filters_hold",
        f"BEFORE INSERT OR UPDATE OF {columns}",
        f"memorial_hold_linked({arguments})",
    )


def _through(table: str, column: str) -> str:
    return f"SELECT x.prisoner_id FROM {table} x WHERE x.{column} = r.id"  # noqa: S608 - names of our tables


class PublishedPerson(KeptTraits):
    """A published person's traits, made from what readers may see of them and nothing else.

    The rules are in `cases/sql/filters_people.sql`.
    """

    PUBLIC = frozenset({"person", "traits", "dated", "dated_from", "dated_until"})
    REFRESHED_BY = ("prisoners_prisoner", "memorial_refresh_people")

    TRIGGERS_BELOW = (
        # People and cases are written to later in the same transaction, and are locked for that at once.
        _hold(
            "cases_prosecution",
            ("prisoners_prisoner", "prisoner_id", "NO KEY UPDATE"),
            ("cases_case", "case_id", "NO KEY UPDATE"),
        ),
        _hold(
            "cases_findingperson",
            ("prisoners_prisoner", "prisoner_id", "NO KEY UPDATE"),
            ("cases_internationalfinding", "finding_id", "SHARE"),
        ),
        _hold("prisoners_stay", ("prisoners_facility", "facility_id", "SHARE")),
        _below("prisoners_prisoner", "SELECT r.id"),
        *(
            _below(f"prisoners_{name}", _OF_PERSON)
            for name in (
                *("stay", "custody", "endofcustody", "death", "recognition", "registerentry", "citizenship"),
                *("prisonertheme", "prisonerlisting", "prisonerprofession", "prisonercommunity"),
                "prisonervulnerability",
            )
        ),
        _below("cases_prosecution", _OF_PERSON),
        _below("cases_findingperson", _OF_PERSON),
        _below("cases_charge", "SELECT s.prisoner_id FROM cases_prosecution s WHERE s.id = r.prosecution_id"),
        _below(
            "cases_case", _through("cases_prosecution", "case_id"), "AFTER UPDATE OF state, slug, region_id"
        ),
        _below(
            "cases_internationalfinding",
            _through("cases_findingperson", "finding_id"),
            "AFTER UPDATE OF state, body",
        ),
        _below(
            "prisoners_facility",
            _through("prisoners_stay", "facility_id"),
            "AFTER UPDATE OF state, slug, accepts_letters, city, postal_index",
        ),
        *(
            _below(f"prisoners_{word}", _through(f"prisoners_{link}", column), "AFTER UPDATE OF code")
            for word, link, column in (
                ("prisonerlist", "prisonerlisting", "prisoner_list_id"),
                ("theme", "prisonertheme", "theme_id"),
                ("community", "prisonercommunity", "community_id"),
                ("profession", "prisonerprofession", "profession_id"),
                ("vulnerability", "prisonervulnerability", "vulnerability_id"),
            )
        ),
        _below(
            "prisoners_region",
            "SELECT p.id FROM prisoners_prisoner p WHERE p.region_id = r.id UNION "
            "SELECT s.prisoner_id FROM cases_prosecution s JOIN cases_case k ON k.id = s.case_id"
            " WHERE k.region_id = r.id",
            "AFTER UPDATE OF code",
        ),
        _below(
            "cases_article",
            "SELECT s.prisoner_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id"
            " WHERE c.article_id = r.id",
            "AFTER UPDATE OF slug",
        ),
    )

    # No rule of its own when a person goes: the trigger of the person's table takes the row along.
    person = models.OneToOneField(
        Prisoner,
        verbose_name=_("person"),
        related_name="+",
        primary_key=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
    )

    class Meta:
        verbose_name = _("person in the filters")
        verbose_name_plural = _("people in the filters")
        indexes = [
            GinIndex(fields=["traits"], name="publishedperson_traits"),
            GinIndex(fields=["dated"], name="publishedperson_dated"),
        ]
