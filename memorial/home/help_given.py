"""What the home page says of help: the campaign that runs, and how many people were helped, as approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from assistance.display.totals import ShownTotals, by_period, number_words
from assistance.models import TotalsPublication
from assistance.totals.figures import DETENTION, HUMANITARIAN, LEGAL, UKRAINIANS
from donations.choices import Place
from donations.display.campaigns import ShownCampaign, Stage, shown_campaigns
from donations.safety import SafetyTable


@dataclass(frozen=True)
class Campaign:
    """The campaign of today; `donate` leads to the page with the advice, "" where nobody may be led there."""

    shown: ShownCampaign
    donate: str


def campaign_of(on: date) -> Campaign | None:
    """The campaign that asks for money today. Only where some way to give is open to somebody at all."""
    running = [each for each in shown_campaigns(on) if each.stage in (Stage.RUNNING, Stage.REACHED)]
    if not running:
        return None
    table = SafetyTable(on)
    is_open = any(table.cell(place, method).may_pay for place in Place for method in table.methods)
    return Campaign(running[0], reverse("donations:donate")) if is_open else None


@dataclass(frozen=True)
class Kind:
    """One kind of help: how many people, and the words behind the number."""

    number: str
    words: str


@dataclass(frozen=True)
class HelpGiven:
    """The kinds of help of one period, as approved; nothing that is withheld."""

    period: str
    as_of: str
    kinds: list[Kind]


def help_given() -> HelpGiven | None:
    """The totals of the first three years, or of the newest period; None where none are approved."""
    periods = by_period(TotalsPublication.objects.published().for_detail())
    if not periods:
        return None
    shown = periods[0]
    kinds = [kind for figure in (LEGAL, DETENTION, HUMANITARIAN) if (kind := _kind(shown, figure))]
    return HelpGiven(shown.period.name, shown.as_of, kinds) if kinds else None


def _kind(shown: ShownTotals, figure: str) -> Kind | None:
    number = shown.number(figure)
    if number is None:
        return None
    words = {
        LEGAL: ngettext("person was given legal help", "people were given legal help", number),
        DETENTION: ngettext(
            "person was helped when rights in detention were violated",
            "people were helped when rights in detention were violated",
            number,
        ),
        HUMANITARIAN: ngettext(
            "prisoner was given medicine, food, shoes or clothes",
            "prisoners were given medicine, food, shoes or clothes",
            number,
        ),
    }[figure]
    ukrainians = shown.number(UKRAINIANS) if figure == HUMANITARIAN else None
    if ukrainians is not None:
        more = ngettext(
            "at least %(number)s of them a citizen of Ukraine",
            "at least %(number)s of them citizens of Ukraine",
            ukrainians,
        )
        words = f"{words}; {more % {'number': number_words(ukrainians)}}"
    return Kind(number_words(number), words)
