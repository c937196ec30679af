"""Rules that models of this app share: dates in their order, and what the database refuses of several rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint

SEES_ALL = "(SELECT memorial_sees_all_clients())"
SEES_CLIENT = f"{SEES_ALL} OR r.client_id IN (SELECT memorial_my_clients())"
"""Which rows a member of staff sees, by the database's own rule: those of clients that are theirs to see."""

IN_THE_FUTURE = _("This is a day in the future: enter only what has happened.")
OTHER_PERSON = _("The prosecution is of another person than the client: link the client to their page first.")
BEFORE_IT_BEGAN = _("What came of the help cannot lie before the help began.")
NEEDED = _(
    "This cannot be deleted: other records of the office belong to it. Withdraw or correct it instead."
)


def not_in_the_future(*columns: str) -> tuple[str, str, str]:
    """The trigger by which the database refuses a date that certainly lies ahead."""
    names = ", ".join(f"'{column}'" for column in columns)
    return "happened", "BEFORE INSERT OR UPDATE", f"memorial_refuse_future({names})"


def needed_here(below: str, mine: str, column: str) -> tuple[str, str, str, str]:
    """The trigger on a table below, by which a row stays while a row of ours points to it.

    It says no more than that: whoever may delete the one need not know of the other.
    """
    return below, f"needed_{mine}", "BEFORE DELETE", f"memorial_refuse_needed('{mine}', '{column}')"


SEES_COSTS = "(SELECT memorial_staff_may('assistance', 'count_costs'))"
"""Accountants see what help cost; whom it was for stands in tables that they do not see."""


def seen_with(table: str, column: str) -> str:
    """The database's rule that a row is seen by those who see the row of a table that it belongs to."""
    return f"{SEES_ALL} OR EXISTS (SELECT 1 FROM {table} a WHERE a.id = r.{column})"  # noqa: S608 - our names


class Lasting(models.Model):
    """Help that goes on for a while. An unknown end is not an open end: what goes on says so."""

    began = PartialDateField(_("from"))
    began_earliest = earliest_day("began")
    began_latest = latest_day("began")
    ended = PartialDateField(_("until"))
    ended_earliest = earliest_day("ended")
    ended_latest = latest_day("ended")
    ongoing = models.BooleanField(_("goes on"), default=False)

    class Meta:
        abstract = True


def lasting_constraints(table: str) -> list[models.CheckConstraint]:
    """The rules of a beginning and an end."""
    return [
        partial_date_constraint(f"{table}_began_valid", "began"),
        partial_date_constraint(f"{table}_ended_valid", "ended"),
        models.CheckConstraint(
            name=f"{table}_ends_after_it_began",
            condition=Q(ended_latest__gte=F("began_earliest")),
            violation_error_message=_("Help cannot end before it began."),
        ),
        models.CheckConstraint(
            name=f"{table}_ongoing_has_no_end",
            condition=Q(ongoing=False) | Q(ended__isnull=True),
            violation_error_message=_("Help that goes on has no end: untick «goes on» or take out the end."),
        ),
    ]
