"""Whom the site may draw attention to by itself, and of whom least is written.

Domain, rules 14 and 17: never of those who do not want it or want quiet, of minors, of the dead, of
those shown by initials. The points are counted openly, so that anybody can tell why somebody came up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, Case, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import Coalesce, Rank
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import PublishedPerson
from memorial.base.localized import all_languages
from memorial.home.news import told_in_news
from prisoners.display.liberty import AT_LARGE, liberty_of
from prisoners.letters import OF_AGE, may_be_minor
from prisoners.models import Prisoner
from prisoners.querysets import PrisonerQuerySet

LONG_AGO: Final = timedelta(days=183)
"""From how long without a check or an event on somebody counts as forgotten."""
FEWEST: Final = 30
"""Among how many of those least written about a day chooses, ties included: fewer would come up too often."""


class Point(NamedTuple):
    """One way of being little written about: a column of the question, its condition, its words for staff."""

    name: str
    condition: Any
    words: str | Promise


def points(on: date) -> list[Point]:
    """What counts, one point each; as of a day."""
    long_ago = on - LONG_AGO
    untold = Q()
    for column in all_languages("summary"):
        untold |= Q(**{column: ""})
    found = [
        Point(
            "unchecked",
            Q(facts_checked_on__isnull=True) | Q(facts_checked_on__lt=long_ago),
            _("not checked for half a year"),
        ),
        Point(
            "silent",
            Q(updated_on__isnull=True) | Q(updated_on__lt=long_ago),
            _("no event for half a year"),
        ),
        Point("untold", untold, _("a short description is missing in one language")),
    ]
    if (told := told_in_news(on - timedelta(days=365), on)) is not None:
        found.append(Point("no_news", ~told, _("in no news for a year")))
    return found


def may_be_shown(on: date) -> PrisonerQuerySet:
    """People whom the home page and the page on letters may bring up by themselves on a day."""
    named = Q()
    for column in all_languages("surname", "given_names"):
        named |= ~Q(**{column: ""})
    at_large = [f"liberty={status}" for status in AT_LARGE]
    people: PrisonerQuerySet = Prisoner.objects.published()
    return (
        people.filter(named, Q(attention_wanted=True) | Q(attention_wanted__isnull=True), initials_only=False)
        .exclude(quiet_until__gte=on)
        .alias(born_by=Coalesce("born_latest", "born_earliest"))
        .exclude(born_by__gt=_born_by_then(on))
        .exclude(Exists(_having(at_large, on)))
    )


def is_right(person: Prisoner, on: date) -> bool:
    """The same once more, of a person who is loaded (`for_list`): what was kept may be a second old."""
    return (
        person.is_published
        and not person.initials_only
        and person.attention_wanted is not False
        and not person.is_quiet(on)
        and not may_be_minor(person, on)
        and liberty_of(person) not in AT_LARGE
    )


def least_written_about(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    """Of some people those with most points, `FEWEST` or more; those whom letters reach before all others."""
    counted = points(on)
    total = sum(
        (Case(When(each.condition, then=1), default=0, output_field=IntegerField()) for each in counted),
        start=Value(0),
    )
    reached = Case(
        When(Exists(_having(["letters=yes"], on)), then=True), default=False, output_field=BooleanField()
    )
    ranked: PrisonerQuerySet = people.annotate(reached=reached, points=total).annotate(
        rank_of_all=Window(Rank(), order_by=[F("reached").desc(), F("points").desc()])
    )
    return ranked.filter(rank_of_all__lte=FEWEST)


def reached_by_letters(people: PrisonerQuerySet, on: date) -> PrisonerQuerySet:
    """Of some people those who can be written to, by what the filters know."""
    reached: PrisonerQuerySet = people.filter(Exists(_having(["letters=yes"], on)))
    return reached


def reasons(person: Prisoner, on: date) -> Sequence[str]:
    """Why little is written about a person, in words for staff. One query."""
    asked = Prisoner.objects.filter(pk=person.pk).annotate(
        **{
            each.name: Case(When(each.condition, then=True), default=False, output_field=BooleanField())
            for each in points(on)
        }
    )
    found = asked.values(*(each.name for each in points(on))).first() or {}
    return [str(each.words) for each in points(on) if found.get(each.name)]


def _having(traits: list[str], on: date) -> Any:
    return PublishedPerson.objects.having(traits, on).filter(person=OuterRef("pk"))


def _born_by_then(on: date) -> date:
    """The last birth date of those who are of age on a day; born on 29 February means of age on 1 March."""
    try:
        return on.replace(year=on.year - OF_AGE)
    except ValueError:
        return date(on.year - OF_AGE, 2, 28)
