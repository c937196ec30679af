"""Where to give: the warning, «where are you?», ways and places; then the ways for one place.

Neither page shows an account or a link to pay: these stand on the pages of `donations.views.leaving`.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from donations.choices import Place
from donations.display.campaigns import ShownCampaign, Stage, current_and_ended
from donations.display.reports import latest_spending
from donations.models.campaigns import Claim
from donations.pages import donate_page, donate_place_page
from donations.safety import SafetyTable
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page


class SafetyPage(TemplateView):
    """A page that asks the table of today."""

    @cached_property
    def table(self) -> SafetyTable:
        return SafetyTable(civil_date())


@method_decorator(public_page(), name="dispatch")
class DonateView(SafetyPage):
    """The warning first, then plain links to places, the table, campaigns, and what money was spent on."""

    template_name = "donations/donate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, language = self.table.on, current_language()
        running, others = running_and_others(today)
        said = _(
            "Whether it is safe to give from where you are, by which ways, and what the money is spent on."
        )
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("Support the project"), said, donate_page()),
            "claim": Claim.THREEFOLD.label,
            "table": self.table,
            "notice": self.table.donor_notice,
            "places": [(capfirst(place.label), donate_place_page(place).path(language)) for place in Place],
            "campaigns": running,
            "others": others,
            "spending": latest_spending(today),
        }


@method_decorator(public_page(), name="dispatch")
class DonatePlaceView(SafetyPage):
    """The ways for one place, each with the page to go on to, or why not."""

    template_name = "donations/donate_place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place: Place = self.kwargs["place"]
        ways = self.table.ways(place)
        name = capfirst(place.label)
        said = _("What to know before giving money, if this is where you are.")
        return super().get_context_data(**kwargs) | {
            # Whoever searches comes to the warning first, and to this page by saying where they are.
            "head": PageHead(
                _("%(place)s: support the project") % {"place": name},
                said,
                donate_place_page(place),
                is_indexed=False,
            ),
            "name": name,
            "table": self.table,
            "ways": ways,
            "is_open": any(way.may_pay for way in ways),
            "tell": self.table.cell(place, None),
            "is_in_russia": place == Place.IN_RUSSIA,
            "is_sometimes": place == Place.SOMETIMES,
        }


def running_and_others(today: date) -> tuple[list[ShownCampaign], list[ShownCampaign]]:
    """Campaigns that ask for money today, those of which something is told first, then the newest first.

    Beside them those that ask for nothing: what begins later, then what is over.
    """
    current, ended = current_and_ended(today)
    running = [each for each in current if each.stage != Stage.NOT_BEGUN]
    return running, [each for each in current if each.stage == Stage.NOT_BEGUN] + ended
