"""The last page of ours before somebody else's: what to know, then the account or a plain link.

Without a place it only asks for the place. Where the table says «do not pay», or where no signed set holds,
there is no link and no account on it. No click is counted.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from donations.choices import Place
from donations.models import PaymentMethod
from donations.pages import donate_to_page, donate_to_place_page
from donations.safety import UNDER_RUSSIAN_LAW
from donations.views.donate import SafetyPage
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text


class MethodPage(SafetyPage):
    """A page of one way to give."""

    @cached_property
    def method(self) -> PaymentMethod:
        """The way of the address. Raises Http404 for one that readers are not told of."""
        return get_object_or_404(PaymentMethod.objects.published(), slug=self.kwargs["method"])


@method_decorator(public_page(), name="dispatch")
class DonateToView(MethodPage):
    """One way, no place chosen: the warning and «where are you?»."""

    template_name = "donations/donate_to.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, language = shown_text(self.method, "name").text, current_language()
        said = _("First read whether it is safe where you are.")
        return super().get_context_data(**kwargs) | {
            "head": PageHead(
                _("%(way)s: is it safe for me?") % {"way": name},
                said,
                donate_to_page(self.method),
                is_indexed=False,
            ),
            "method": self.method,
            "notice": self.table.donor_notice,
            "places": [
                (capfirst(place.label), donate_to_place_page(self.method, place).path(language))
                for place in Place
            ],
        }


@method_decorator(public_page(), name="dispatch")
class DonateToPlaceView(MethodPage):
    """One way for one place."""

    template_name = "donations/donate_to_place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place: Place = self.kwargs["place"]
        way = self.table.way(place, self.method)
        words = {"way": shown_text(self.method, "name").text, "place": place.label}
        said = _("What to know before you go to somebody else’s page, and how to get there.")
        return super().get_context_data(**kwargs) | {
            "head": PageHead(
                _("%(way)s, %(place)s") % words,
                said,
                donate_to_place_page(self.method, place),
                is_indexed=False,
            ),
            "place": place,
            "place_name": capfirst(place.label),
            "method": self.method,
            "way": way,
            "is_under_russian_law": place in UNDER_RUSSIAN_LAW,
            "details": way.way_out,
        }
