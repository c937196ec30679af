"""The form of filters beside a list, made once for each choice while nothing public changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from memorial.base.facets.pages import hidden_fields
from memorial.base.kept import Kept
from memorial.base.localized import current_language

MOST_KEPT: Final = 16_000_000
"""Characters of all forms together, in each process: some hundreds of them."""
_kept = Kept(MOST_KEPT)


@dataclass(frozen=True)
class FilterPages:
    """The addresses of a list and of its filters' own pages; whether the list is searched by name."""

    list_url: str
    values_url: str
    has_names: bool = False


def shown_filters(asked: Any, pages: FilterPages, view: str = "") -> SafeString:
    """The form, with how many have each value and pass all other filters."""
    key = (current_language(), pages, asked.canonical_query(), view, asked.on)
    return _kept.get(key, lambda: _form(asked, pages, view))


def forget_forms() -> None:
    """Makes the next form anew; for measuring."""
    _kept.forget()


def _form(asked: Any, pages: FilterPages, view: str) -> SafeString:
    others = {**asked.others(), "q": "", "view": view}
    return render_to_string(
        "_filters.html",
        {
            "asked": asked,
            "groups": [
                (group, reverse(pages.values_url, kwargs={"facet": group.facet.name}))
                for group in asked.groups()
            ],
            "hidden": hidden_fields({}, others),
            "narrowed": asked.canonical_query(),
            "list_url": reverse(pages.list_url),
            "has_names": pages.has_names,
        },
    )
