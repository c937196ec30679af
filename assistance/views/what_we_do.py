"""What we do: how many people were helped, for fixed periods, as approved."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from assistance.display.stories import ShownStory, shown_stories
from assistance.display.totals import ShownTotals, by_period
from assistance.models import Story, TotalsPublication
from assistance.pages import what_we_do_page
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page

STORIES_BESIDE_THE_TOTALS: Final = 3


@method_decorator(public_page(), name="dispatch")
class WhatWeDoView(TemplateView):
    """The first three years, or the newest period; by its address, any period with approved totals."""

    template_name = "assistance/what_we_do.html"

    @cached_property
    def periods(self) -> list[ShownTotals]:
        return by_period(TotalsPublication.objects.published().for_detail())

    @cached_property
    def shown(self) -> ShownTotals | None:
        """The period asked for. Raises Http404 for one that has no approved totals."""
        asked = self.kwargs.get("period")
        if asked is None:
            return self.periods[0] if self.periods else None
        found = next((shown for shown in self.periods if shown.publication.period == asked), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "head": self._head(),
            "shown": self.shown,
            "periods": self.periods,
            "stories": self._stories(),
            "rows": sum(len(period.publication.totals.all()) for period in self.periods),
        }

    def _stories(self) -> list[ShownStory]:
        """The newest stories; on the page of a period none, since no story tells of a period."""
        if "period" in self.kwargs:
            return []
        newest = Story.objects.published().newest_first().for_reading()
        return shown_stories(newest[:STORIES_BESIDE_THE_TOTALS])

    def _head(self) -> PageHead:
        said = _("Lawyers, rights in detention, parcels: how many people were helped, for fixed periods.")
        is_first = self.shown is None or self.shown is self.periods[0]
        if is_first or self.shown is None:
            return PageHead(_("What we do"), said, what_we_do_page())
        title = _("What we do: %(period)s") % {"period": self.shown.period.name}
        return PageHead(title, said, what_we_do_page(self.shown.publication.period))
