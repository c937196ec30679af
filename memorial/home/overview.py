"""The home page of one civil date: what its template prints, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.display.hearings import passport_warning
from cases.selection import PeopleFilter
from memorial.agenda.page import Day
from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from memorial.home.counts import Counts
from memorial.home.days import days_ahead
from memorial.home.help_given import Campaign, HelpGiven, campaign_of, help_given
from memorial.home.news import newest_news
from memorial.home.pick import Pick, pick_of
from memorial.home.wall import WallName, wall_of
from prisoners.display.facts import age_on
from prisoners.display.liberty import StatusMark
from prisoners.display.people import PersonCard
from prisoners.kept_orders import kept_letters
from prisoners.models import Prisoner
from prisoners.shown_cards import Look, shown_cards

UPDATED_SHOWN: Final = 4
WEEK: Final = timedelta(days=6)
"""Before today: a week with today in it."""
EXAMPLES_OF: Final = ("article", "region", "citizenship")


class Example(NamedTuple):
    """Something to look for that is certain to be found."""

    words: ShownText
    url: str


@dataclass(frozen=True)
class Today:
    """Today's person as the page shows them."""

    pick: Pick

    @cached_property
    def card(self) -> PersonCard:
        return PersonCard(self.pick.person, self.pick.day)

    @property
    def when(self) -> str:
        """«Сегодня, 23 ноября, день рождения»."""
        day = date_format(self.pick.day, "j E")
        if self.pick.is_birthday:
            return _("Today, %(day)s, is a birthday") % {"day": day}
        return _("Today, %(day)s: a person about whom little is written") % {"day": day}

    @property
    def age(self) -> str:
        """«54 года»; "" on any other day, for nobody may be told the date then."""
        years = age_on(self.pick.person.born, self.pick.day) if self.pick.is_birthday else None
        return "" if years is None else ngettext("Turns %(age)d", "Turns %(age)d", years) % {"age": years}

    @property
    def liberty(self) -> StatusMark:
        return self.card.liberty

    @property
    def summary(self) -> ShownText:
        return shown_text(self.pick.person, "summary")

    @property
    def can_be_written_to(self) -> bool:
        return self.pick.writing.is_possible


class HomePage:
    """Everything on the home page of a day: published data and the date, and nothing else."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.counts = Counts(on)
        self.warning = passport_warning()

    @cached_property
    def today(self) -> Today | None:
        """Today's person; None where nobody may be shown."""
        pick = pick_of(self.on)
        return Today(pick) if pick else None

    @cached_property
    def examples(self) -> list[Example]:
        """The most frequent article and region, and citizens of Ukraine where there are any."""
        people = PeopleFilter(QueryDict(), self.on)
        found = []
        for facet in EXAMPLES_OF:
            counts = people.index.counts(facet, {})
            known = {value: number for value, number in counts.items() if value not in ("unknown", "none")}
            if facet == "citizenship":
                known = {value: number for value, number in known.items() if value == "ua"}
            if known:
                value = min(known, key=lambda each: (-known[each], each))
                url = f"{reverse('prisoners:prisoner-list')}?{people.query_of({facet: [value]})}"
                words = people.words.of(facet, value)
                found.append(
                    Example(
                        ShownText(_citizens(), current_language()) if facet == "citizenship" else words, url
                    )
                )
        return found

    @cached_property
    def updated(self) -> Sequence[SafeString]:
        """Cards of those whom something happened to this week, the newest first; nobody who wants quiet."""
        people = Prisoner.objects.published().filter(updated_on__gte=self.on - WEEK, updated_on__lte=self.on)
        shown = people.exclude(quiet_until__gte=self.on).exclude(attention_wanted=False)
        numbers = list(shown.order_by("-updated_on", "id").values_list("pk", flat=True)[:UPDATED_SHOWN])
        return shown_cards(numbers, self.on, Look(by_update=True)) if numbers else []

    @cached_property
    def days(self) -> list[Day]:
        """The next days, those on which something falls."""
        return days_ahead(self.on)

    @property
    def has_hearings(self) -> bool:
        """Whether the warning about passports at the door is due."""
        return any(line.hearing for day in self.days for line in day.lines)

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign of today; None where none may be shown."""
        return campaign_of(self.on)

    @cached_property
    def help(self) -> HelpGiven | None:
        """How many people were helped; None where nothing is approved."""
        return help_given()

    @cached_property
    def news(self) -> list[Any]:
        """The three newest items."""
        return newest_news(self.on)

    @cached_property
    def wall(self) -> list[WallName]:
        """The names of the day."""
        return wall_of(self.on)

    @cached_property
    def letters(self) -> list[str]:
        """The first letters of names, each of which leads into the list."""
        return [letter.upper() for letter in kept_letters(current_language())]


def _citizens() -> str:
    return _("citizens of Ukraine")
