"""Courts in words: what a court is, where it is, what it heard and decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.choices import CourtLevel
from cases.display.decisions import ShownDecision
from cases.display.hearings import ShownHearing
from cases.models import Case, Court, Decision, Hearing
from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.sources import ShownSource, shown_sources
from prisoners.display.words import capital, date_words


@dataclass(frozen=True)
class CaseDecision:
    """A decision as the page of its court lists it, with the case it was taken in. From `for_court()`."""

    decision: Decision

    @cached_property
    def shown(self) -> ShownDecision:
        return ShownDecision(self.decision)

    @property
    def case(self) -> Case:
        return self.decision.case

    @property
    def moment(self) -> str:
        """For a `datetime` attribute; "" where the day is not exact."""
        first, last = self.decision.on_earliest, self.decision.on_latest
        return f"{first:%Y-%m-%d}" if first is not None and first == last else ""

    @property
    def when(self) -> str:
        return self.shown.when or pgettext("decision", "date not known")


@dataclass(frozen=True)
class ShownCourt:
    """A court on one day."""

    court: Court
    on: date

    @property
    def url(self) -> str:
        return self.court.get_absolute_url()

    @cached_property
    def name(self) -> ShownText:
        """The name; in quotes where Russia set the court up in occupied territory."""
        return ShownText(self.court.shown_name, shown_text(self.court, "name").language)

    @property
    def name_language(self) -> str:
        """The language of the name where it is not the page's, else ""."""
        return self.name.language if self.name.is_foreign else ""

    @property
    def level(self) -> str:
        """«Районный суд»; "" where it is not known."""
        level = CourtLevel(self.court.level)
        return "" if level == CourtLevel.UNKNOWN else capital(str(level.label))

    @property
    def region(self) -> str:
        return str(self.court.region.shown_name) if self.court.region else ""

    @property
    def region_url(self) -> str:
        return self.court.region.get_absolute_url() if self.court.region else ""

    @cached_property
    def place(self) -> list[ShownText]:
        """Town and street, as far as they are known."""
        return [text for field in ("town", "address") if (text := shown_text(self.court, field))]

    @property
    def clock(self) -> str:
        """«UTC+5», as the clocks of the court stand on the day; "" where its zone is not known."""
        if self.court.zone is None:
            return ""
        noon = datetime(self.on.year, self.on.month, self.on.day, 12, tzinfo=self.court.zone)
        written = f"{noon:%z}"
        sign = "−" if written[0] == "-" else "+"
        minutes = f":{written[3:5]}" if written[3:5] != "00" else ""
        return f"UTC{sign}{int(written[1:3])}{minutes}"

    @property
    def territory(self) -> str:
        """What the quotes around the name mean."""
        if not self.court.in_occupied_territory:
            return ""
        return _(
            "Russia set this court up in occupied territory of Ukraine; its name stands in quotation marks."
        )

    @property
    def closed(self) -> str:
        return date_words(self.court.closed_on) if self.court.closed_on else ""

    @cached_property
    def sources(self) -> list[ShownSource]:
        return shown_sources(self.court.citations.all(), names_nobody=False)


@dataclass(frozen=True)
class CourtHearings:
    """The hearings ahead in a court. From `for_calendar()`."""

    hearings: list[ShownHearing]

    @classmethod
    def of(cls, hearings: Iterable[Hearing], on: date) -> CourtHearings:
        """The hearings as they are shown on a day."""
        return cls([ShownHearing(hearing, on) for hearing in hearings])

    @property
    def may_be_attended(self) -> bool:
        """Whether the warning about passports at the door is due."""
        return any(hearing.may_be_attended for hearing in self.hearings)


def by_region(courts: Iterable[Court], on: date) -> list[tuple[str, list[ShownCourt]]]:
    """Courts under the names of their regions, in alphabetical order; those of no region last."""
    groups: dict[str, list[ShownCourt]] = {}
    for court in courts:
        shown = ShownCourt(court, on)
        groups.setdefault(shown.region, []).append(shown)
    in_order = sorted(groups, key=lambda region: (not region, _letters(region)))
    return [(region, groups[region]) for region in in_order]


def _letters(name: str) -> str:
    folded = name.casefold()
    return folded.replace("ё", "е") if current_language() == "ru" else folded
