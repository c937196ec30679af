"""The filters of the lists of people and of cases, in the order in which a page has them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy, pgettext_lazy

from memorial.base.facets.definition import Facet

PEOPLE: Final = (
    Facet("liberty", pgettext_lazy("filter", "Liberty")),
    Facet("recognition", pgettext_lazy("filter", "Recognition")),
    Facet("list", pgettext_lazy("filter", "List"), is_indexed=True),
    Facet("theme", pgettext_lazy("filter", "Theme"), is_indexed=True),
    Facet("article", pgettext_lazy("filter", "Article"), is_indexed=True),
    Facet("part", pgettext_lazy("filter", "Part of an article")),
    Facet("region", pgettext_lazy("filter", "Region of the case"), is_indexed=True),
    Facet("place", pgettext_lazy("filter", "Place")),
    Facet("year", pgettext_lazy("filter", "Year of arrest"), in_order=True),
    Facet("profession", pgettext_lazy("filter", "Profession"), is_indexed=True),
    Facet("community", pgettext_lazy("filter", "Community")),
    Facet(
        "vulnerability",
        pgettext_lazy("filter", "Vulnerability"),
        help=gettext_lazy("Age is counted by the year of birth where the exact date is not published."),
    ),
    Facet("gender", pgettext_lazy("filter", "Gender")),
    Facet("born", pgettext_lazy("filter", "Year of birth"), in_order=True),
    Facet("citizenship", pgettext_lazy("filter", "Citizenship")),
    Facet("absentia", pgettext_lazy("filter", "In absentia")),
    Facet("register", pgettext_lazy("filter", "State register")),
    Facet("case", pgettext_lazy("filter", "Case")),
    Facet("finding", pgettext_lazy("filter", "International finding")),
    Facet("letters", pgettext_lazy("filter", "Letters")),
    Facet("english", pgettext_lazy("filter", "Page in English")),
)

CASES: Final = (
    Facet("kind", pgettext_lazy("filter", "Kind of case")),
    Facet("stage", pgettext_lazy("filter", "Stage")),
    Facet("theme", pgettext_lazy("filter", "Theme"), is_indexed=True),
    Facet("article", pgettext_lazy("filter", "Article"), is_indexed=True),
    Facet("part", pgettext_lazy("filter", "Part of an article")),
    Facet("region", pgettext_lazy("filter", "Region of the case"), is_indexed=True),
    Facet("year", pgettext_lazy("filter", "Year the case was opened"), in_order=True),
    Facet("group", pgettext_lazy("filter", "Group case")),
    Facet("absentia", pgettext_lazy("filter", "In absentia")),
    Facet("finding", pgettext_lazy("filter", "International finding")),
    Facet("english", pgettext_lazy("filter", "Page in English")),
)
