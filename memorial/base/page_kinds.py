"""The registry of page kinds: what pages the site has, so that nothing else lists them.

Sitemap, hreflang, leak crawl, accessibility run and (later) mirror and cache walk it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils import translation


@dataclass(frozen=True)
class Page:
    """One page in every language: how to reverse its address, and in which languages it is complete.

    `complete_in` are the languages in which it may be indexed and named in hreflang;
    it answers in all others too, marked and not indexed. `updated_on` is the day of the last
    event, None where it is unknown or to be kept quiet.
    """

    url_name: str
    kwargs: dict[str, str] = field(default_factory=dict)
    complete_in: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
    updated_on: date | None = None

    def path(self, language: str) -> str:
        """The address in one language."""
        with translation.override(language):
            return reverse(self.url_name, kwargs=self.kwargs or None)


@dataclass(frozen=True)
class PageKind:
    """A kind of page: its url name, how to list its pages, whether it changes with the civil date."""

    name: str
    pages: Callable[[], Iterable[Page]]
    depends_on_date: bool = False
    in_sitemap: bool = True


class PageRegistry:
    """The page kinds of the whole site, in the order in which apps declare them."""

    def __init__(self, *groups: Iterable[PageKind]) -> None:
        self.kinds = tuple(chain(*groups))
        names = [kind.name for kind in self.kinds]
        if len(names) != len(set(names)):
            raise ValueError(f"Two page kinds have one name: {sorted(names)}")

    def __iter__(self) -> Iterator[PageKind]:
        return iter(self.kinds)
