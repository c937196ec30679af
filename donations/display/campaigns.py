"""A campaign as readers see it on a day: how much came in, what is said of it, how long its bar is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from donations.display.money import money, rate_words
from donations.display.pictures import ShownPicture, picture_of
from donations.models import Campaign, Progress
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import date_words

WHOLE: Final = Decimal(100)


class Stage(Enum):
    """Where a campaign stands on a day."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    REACHED = "reached"
    """It has what was asked for, and goes on."""
    ENDED_REACHED = "ended_reached"
    ENDED_COUNTING = "ended_counting"
    """It is over, and what is known does not reach to its last day."""
    ENDED_SHORT = "ended_short"


IS_OVER: Final = frozenset({Stage.ENDED_REACHED, Stage.ENDED_COUNTING, Stage.ENDED_SHORT})


@dataclass(frozen=True)
class ShownEntry:
    """One entry of what was collected."""

    entry: Progress

    @property
    def on(self) -> str:
        return date_words(self.entry.as_of)

    @property
    def entered_on(self) -> str:
        return date_words(self.entry.entered_on)

    @property
    def amount(self) -> str:
        """The sum in the currency of the goal."""
        return money(self.entry.in_the_goals_currency, self.entry.rate_to or self.entry.currency)

    @property
    def source(self) -> ShownText:
        return shown_text(self.entry, "source")

    @property
    def converted(self) -> str:
        """From what the sum was turned, at whose rate of which day; empty where it was not."""
        entry = self.entry
        if entry.rate is None:
            return ""
        words = {
            "sum": money(entry.amount, entry.currency),
            "rate": rate_words(entry.rate, entry.currency, entry.rate_to),
            "day": date_words(entry.rate_on),
            "source": entry.rate_source,
        }
        # Translators: «4 500 $ по курсу 1 $ = 0,9373 € на 20 ноября 2026 года (ЕЦБ)»
        return _("%(sum)s at the rate %(rate)s of %(day)s (%(source)s)") % words


@dataclass(frozen=True)
class Correction:
    """An entry that took another's place: both sums, both days, why."""

    before: ShownEntry
    after: ShownEntry

    @property
    def days(self) -> str:
        """The day that both tell; both days where the day itself was wrong: «20 ноября 2026 → 20 октября 2026»."""
        return self.after.on if self.before.on == self.after.on else f"{self.before.on} → {self.after.on}"

    @property
    def reason(self) -> ShownText:
        return shown_text(self.after.entry, "reason")


class ShownCampaign:
    """A campaign on a civil day. Asks the database nothing if its entries were loaded (`for_list`)."""

    def __init__(self, campaign: Campaign, on: date) -> None:
        self.campaign = campaign
        self.on = on

    @property
    def url(self) -> str:
        return reverse("donations:campaign-detail", kwargs={"slug": self.campaign.slug})

    @property
    def title(self) -> ShownText:
        return shown_text(self.campaign, "title")

    @property
    def purpose(self) -> ShownText:
        return shown_text(self.campaign, "purpose")

    @cached_property
    def picture(self) -> ShownPicture | None:
        """What readers see beside the text; None for most."""
        return picture_of(self.campaign)

    @property
    def fund(self) -> str:
        return str(self.campaign.get_fund_display())

    @property
    def claim(self) -> str:
        """The one sentence that may be said of a gift; empty for most."""
        return str(self.campaign.get_claim_display())

    @cached_property
    def _entries(self) -> list[Progress]:
        return sorted(self.campaign.entries.all(), key=lambda entry: (entry.as_of, entry.pk), reverse=True)

    @cached_property
    def standing(self) -> list[ShownEntry]:
        """What nobody has corrected, the newest day first."""
        corrected = {entry.corrects_id for entry in self._entries}
        return [ShownEntry(entry) for entry in self._entries if entry.pk not in corrected]

    @cached_property
    def corrections(self) -> list[Correction]:
        """What was corrected, the last correction first."""
        by_key = {entry.pk: entry for entry in self._entries}
        found = [
            Correction(ShownEntry(by_key[entry.corrects_id]), ShownEntry(entry))
            for entry in self._entries
            if entry.corrects_id is not None
        ]
        return sorted(found, key=lambda each: each.after.entry.pk, reverse=True)

    @property
    def latest(self) -> ShownEntry | None:
        """The entry that counts; None where there is none."""
        return self.standing[0] if self.standing else None

    @property
    def earlier(self) -> list[ShownEntry]:
        return self.standing[1:]

    @property
    def raised(self) -> Decimal | None:
        """How much there is, in the currency of the goal; None where nobody has told."""
        return self.latest.entry.in_the_goals_currency if self.latest else None

    @property
    def is_reached(self) -> bool:
        return self.raised is not None and self.raised >= self.campaign.goal

    @property
    def stage(self) -> Stage:
        """Where it stands on the day."""
        if self.on < self.campaign.begins:
            return Stage.NOT_BEGUN
        ends = self.campaign.ends
        if ends is None or self.on <= ends:
            return Stage.REACHED if self.is_reached else Stage.RUNNING
        if self.is_reached:
            return Stage.ENDED_REACHED
        is_told_to_the_end = self.latest is not None and self.latest.entry.as_of >= ends
        return Stage.ENDED_SHORT if is_told_to_the_end else Stage.ENDED_COUNTING

    @property
    def is_over(self) -> bool:
        return self.stage in IS_OVER

    @property
    def goal_words(self) -> str:
        return money(self.campaign.goal, self.campaign.currency)

    @property
    def raised_words(self) -> str:
        """The sum; empty where nobody has told."""
        return money(self.raised, self.campaign.currency) if self.raised is not None else ""

    @property
    def share(self) -> Decimal:
        """Of the goal, in per cent, from 0 to 100, to one place, never rounded up: 100 means that it is reached."""
        if self.raised is None:
            return Decimal(0)
        part = (WHOLE * self.raised / self.campaign.goal).quantize(Decimal("0.1"), ROUND_DOWN)
        return min(part, WHOLE)

    @property
    def width(self) -> str:
        """The length of the bar: «57.0%»."""
        return f"{self.share}%"

    @property
    def as_of(self) -> str:
        """For which day the sum is told, as a sentence; empty where there is none."""
        return _("As of %(day)s.") % {"day": self.latest.on} if self.latest else ""

    @property
    def balance(self) -> str:
        """What is still missing, or how much more came in than was asked for, as a sentence."""
        if self.raised is None:
            return ""
        missing = self.campaign.goal - self.raised
        if missing > 0 and self.is_over:
            return ""
        if missing > 0:
            return _("%(sum)s to go.") % {"sum": money(missing, self.campaign.currency)}
        if missing < 0:
            over = money(-missing, self.campaign.currency)
            return _("More was collected than was asked for: %(sum)s more.") % {"sum": over}
        return _("All that was asked for is collected.")

    @property
    def said(self) -> str:
        """How far the campaign is, as a sentence; empty where the numbers say it all."""
        days = {
            "first": date_words(self.campaign.begins),
            "last": date_words(self.campaign.ends) if self.campaign.ends else "",
        }
        if self.stage is Stage.RUNNING and not self.campaign.ends:
            return ""
        return {
            Stage.NOT_BEGUN: _("The campaign begins on %(first)s."),
            Stage.RUNNING: _("The campaign runs until %(last)s."),
            Stage.REACHED: _("The goal is reached, and the campaign goes on."),
            Stage.ENDED_REACHED: _("The campaign ended on %(last)s: the goal is reached."),
            Stage.ENDED_COUNTING: _(
                "The campaign ended on %(last)s; the sum of its last day is not told yet."
            ),
            Stage.ENDED_SHORT: _("The campaign ended on %(last)s: less came in than was needed."),
        }[self.stage] % days

    @property
    def sentences(self) -> list[str]:
        """All that is said below the bar, in order."""
        found = [self.as_of, self.balance, self.said]
        if self.raised is None and self.stage is not Stage.NOT_BEGUN:
            found.insert(0, _("How much was collected has not been told yet."))
        return [sentence for sentence in found if sentence]

    @property
    def figures(self) -> str:
        """The numbers as one line of text, for the ear and for shared links."""
        words = {"raised": self.raised_words, "goal": self.goal_words}
        if self.raised is None:
            return _("Goal: %(goal)s") % words
        return _("%(raised)s of %(goal)s") % words


def shown_campaigns(on: date) -> list[ShownCampaign]:
    """Published campaigns that run or will begin, the newest first; those of which something is told before others.

    Two queries.
    """
    return current_and_ended(on)[0]


def current_and_ended(on: date) -> tuple[list[ShownCampaign], list[ShownCampaign]]:
    """Those of `shown_campaigns`, and published campaigns that are over, the newest first. Two queries."""
    every = [ShownCampaign(campaign, on) for campaign in Campaign.objects.published().for_list()]
    current = [each for each in every if not each.is_over]
    current.sort(key=lambda each: (each.stage is Stage.NOT_BEGUN, each.raised is None))
    return current, [each for each in every if each.is_over]
