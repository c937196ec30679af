"""What the models of this app share: references that must stay within a case or a person, and their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.court import Court

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

OF_ONE_CASE = _("This belongs to another case: choose what belongs to the same one.")
OF_ONE_PERSON = _("This belongs to another person: choose what belongs to the same one.")

ONE_CASE = {"cases_of_one_case": OF_ONE_CASE}
ONE_PERSON = {"cases_of_one_person": OF_ONE_PERSON}

Reference = tuple[str, str]
"""A column that points to a row, and the table of that row; no table where the column says it itself."""


def same_case(name: str, one: Reference, other: Reference) -> tuple[str, str, str]:
    """The trigger by which the database refuses two references that lead to different cases."""
    return _same(name, "cases_of_one_case", "case_id", one, other)


def same_prosecution(name: str, one: Reference, other: Reference) -> tuple[str, str, str]:
    """The trigger by which the database refuses two references that lead to different prosecutions."""
    return _same(name, "cases_of_one_case", "prosecution_id", one, other)


def same_person(name: str, one: Reference, other: Reference) -> tuple[str, str, str]:
    """The trigger by which the database refuses two references that lead to different people."""
    return _same(name, "cases_of_one_person", "prisoner_id", one, other)


def _same(name: str, rule: str, what: str, one: Reference, other: Reference) -> tuple[str, str, str]:
    arguments = ", ".join(f"'{text}'" for text in (rule, what, *one, *other))
    return name, "BEFORE INSERT OR UPDATE", f"memorial_guard_same({arguments})"


def certainly_ordered(name: str, earlier: str, later: str, message: StrPromise) -> models.CheckConstraint:
    """Refuses a partial date that certainly lies before another one of the same row."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{later}_latest__gte": F(f"{earlier}_earliest")}),
        violation_error_message=message,
    )


class InCourt(models.Model):
    """Something that a court did. Its name is shown only where the court has a page."""

    court = models.ForeignKey(
        Court,
        verbose_name=_("court"),
        related_name="%(class)ss",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    class Meta:
        abstract = True

    @property
    def shown_court(self) -> Court | None:
        """The court as readers may see it."""
        court = self.court
        return court if court is not None and court.is_published else None
