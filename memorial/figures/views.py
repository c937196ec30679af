"""The statistics: all figures at a glance, and each with its tables."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page
from memorial.figures.asked import Asked
from memorial.figures.catalogue import FIGURES
from memorial.figures.definition import Figure
from memorial.figures.models import PublishedFigure
from memorial.figures.overview import Overview
from memorial.figures.pages import figure_page, statistics_page
from memorial.figures.reading import asked_of, figure_of
from memorial.figures.results import Results
from memorial.figures.share_picture import open_graph, overview_graph
from memorial.figures.shown import files_of, shown_figures
from prisoners.display.words import date_words


class OfADay(TemplateView):
    """A page of figures of a day, `?on=2024-12-31`; of today where none is asked for."""

    @cached_property
    def _asked(self) -> tuple[Asked, Results]:
        return asked_of(self.request)

    @property
    def asked(self) -> Asked:
        return self._asked[0]

    @property
    def results(self) -> Results:
        return self._asked[1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = self.results.facts.first_day
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "on": date_words(self.asked.on),
            "as_of": date_words(self.asked.today),
            "first": first.isoformat() if first else "",
        }

    def head(self, title: str, said: str, page: Any) -> PageHead:
        """The head; a day of its own belongs to the address, and only today is for search engines."""
        if not self.asked.is_today:
            title = _("%(title)s, %(day)s") % {"title": title, "day": date_words(self.asked.on)}
        is_indexed = self.asked.is_today and self.asked.trouble is None
        return PageHead(title, said, page, self.asked.query, is_indexed, kept_query=self.asked.query)


@method_decorator(public_page(), name="dispatch")
class StatisticsView(OfADay):
    """All figures: the main ones drawn, each of the others with its number."""

    template_name = "figures/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = shown_figures(FIGURES, self.results, self.asked)
        said = _("How many people are persecuted in Russia for political reasons: by our data, for any day.")
        overview, head = (
            Overview(figures, self.asked),
            self.head(_("Statistics"), said, statistics_page()),
        )
        return super().get_context_data(**kwargs) | {
            "head": head,
            "og": overview_graph(overview, head),
            "overview": overview,
            "files": files_of("statistics", self.asked),
            "published": PublishedFigure.objects.all(),
        }


@method_decorator(public_page(), name="dispatch")
class StatisticView(OfADay):
    """One figure: its definition, its charts and tables, how it is counted, how to cite it."""

    template_name = "figures/statistic.html"

    @cached_property
    def figure(self) -> Figure:
        """The figure asked for. Raises Http404 for one that there is not."""
        return figure_of(self.kwargs["figure"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = self.figure
        (shown,) = shown_figures([figure], self.results, self.asked).values()
        title = _("%(figure)s: statistics") % {"figure": figure.title}
        head = self.head(title, str(figure.said), figure_page(figure))
        return super().get_context_data(**kwargs) | {
            "head": head,
            "og": open_graph(shown, head),
            "shown": shown,
            "figure": figure,
        }
