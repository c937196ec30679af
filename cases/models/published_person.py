"""What the filters of the list of people read: one row a published person, written by triggers alone."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from prisoners.models import Prisoner


class TraitsOn(Func):
    """The dated traits of a row that hold on a day."""

    function = "memorial_traits_on"
    output_field = ArrayField(models.TextField())

    def __init__(self, day: date) -> None:
        super().__init__(F("dated"), F("dated_from"), F("dated_until"), Value(day))


class PublishedPersonQuerySet(models.QuerySet):
    """Rows of published people."""

    def having(self, traits: list[str], on: date) -> Self:
        """Those with one of the traits at least, on a day."""
        on_the_day = Q(dated__overlap=traits, dated_now__overlap=traits)
        return self.alias(dated_now=TraitsOn(on)).filter(Q(traits__overlap=traits) | on_the_day)


_OF_PERSON = "SELECT r.prisoner_id"
_ALWAYS = "AFTER INSERT OR UPDATE OR DELETE"


def _below(table: str, query: str, timing: str = _ALWAYS) -> tuple[str, str, str, str]:
    return table, "filters_people", timing, f"memorial_filters_of_people('{query}')"


def _through(table: str, column: str) -> str:
    return f"SELECT x.prisoner_id FROM {table} x WHERE x.{column} = r.id"  # noqa: S608 - names of our tables


class PublishedPerson(models.Model):
    """A published person's traits, «filter=value», made from what readers may see of them and nothing else.

    A dated trait holds from `dated_from` (None: always has) until the day before `dated_until`
    (None: for ever), by its place in the three lists; so no row grows old by itself. The rules are
    in `cases/sql/filters_people.sql`.
    """

    PUBLIC = frozenset({"person", "traits", "dated", "dated_from", "dated_until"})
    # Readers see all of it: what is not published has no row. A rule of rows would take the index away.
    FILLED_BY_DATABASE = True
    REFRESHED_BY = ("prisoners_prisoner", "memorial_refresh_people")

    TRIGGERS_BELOW = (
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
    traits = ArrayField(models.TextField(), verbose_name=_("traits"), default=list)
    dated = ArrayField(models.TextField(), verbose_name=_("traits with a date"), default=list)
    dated_from = ArrayField(models.DateField(null=True), verbose_name=_("first day"), default=list)
    dated_until = ArrayField(models.DateField(null=True), verbose_name=_("day after the last"), default=list)

    objects = PublishedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person in the filters")
        verbose_name_plural = _("people in the filters")
        indexes = [
            GinIndex(fields=["traits"], name="publishedperson_traits"),
            GinIndex(fields=["dated"], name="publishedperson_dated"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
