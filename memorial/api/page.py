"""The page that explains the API, with examples that the tests run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from memorial.api.answers import absolute
from memorial.api.parameters import MOST_ROWS, USUAL_LIMIT
from memorial.api.registry import RESOURCES
from memorial.api.resources import Resource
from memorial.base.localized import current_language
from memorial.base.opendata.about import LICENCE_URL, licence_words
from memorial.base.opendata.columns import Words
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page


@dataclass(frozen=True)
class Example:
    """An address with a query that works whatever is published, and what it asks."""

    words: Words
    resource: str
    query: str

    @property
    def path(self) -> str:
        """The address of the list."""
        return next(each.path for each in RESOURCES if each.name == self.resource)

    @property
    def url(self) -> str:
        """The whole address."""
        query = f"{self.query}&lang=en" if current_language() == "en" else self.query
        return absolute(f"{self.path}?{query}")

    @property
    def shown(self) -> str:
        """The same as people type it."""
        return unquote(self.url)


EXAMPLES: Final = (
    Example(
        gettext_lazy("Women who serve a sentence"),
        "people",
        "gender=f&liberty=imprisoned",
    ),
    Example(gettext_lazy("People by name, however it is spelled"), "people", "q=Gorinzew"),
    Example(gettext_lazy("Group cases, five at a time"), "cases", "group=yes&limit=5"),
    Example(
        gettext_lazy("Planned hearings of a month"),
        "hearings",
        "state=planned&from=2026-12-01&until=2026-12-31",
    ),
    Example(
        gettext_lazy("Every figure of the statistics at the end of 2024"),
        "statistics",
        "on=2024-12-31&limit=100",
    ),
    Example(gettext_lazy("Opinions of the UN Working Group on Arbitrary Detention"), "findings", "body=wgad"),
)
"""Of filters whose values code knows, so that they hold wherever this program runs."""


@dataclass(frozen=True)
class ShownResource:
    """A resource in the table of the page."""

    resource: Resource

    @property
    def title(self) -> str:
        return str(self.resource.table.title)

    @property
    def description(self) -> str:
        return str(self.resource.table.description)

    @property
    def order(self) -> str:
        return str(self.resource.order)

    @property
    def path(self) -> str:
        return self.resource.path

    @property
    def filters(self) -> Iterator[tuple[str, str]]:
        """Its parameters and what they are."""
        return ((each.name, str(each.description)) for each in self.resource.filters)


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class ApiView(TemplateView):
    """What the API has, how it is asked, what it promises."""

    template_name = "api/api.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _(
            "People, cases, articles, places, hearings, findings and statistics as JSON, for your own programs."
        )
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("Data for programs (API)"), said, Page("api")),
            "resources": [ShownResource(each) for each in RESOURCES],
            "examples": EXAMPLES,
            "usual_limit": USUAL_LIMIT,
            "most_rows": MOST_ROWS,
            "licence": licence_words(),
            "licence_url": LICENCE_URL,
        }
