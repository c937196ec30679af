"""Links to pages of staff: in the menus of every page, and where the program leads to one of them.

Read once for each version of what is public and each language; in a transaction nothing is kept, because
what it has changed itself no version tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import connection

from memorial.base.content_version import present_version
from memorial.base.localized import current_language
from memorial.base.page_record import Traced, traced
from memorial.base.shown_text import ShownText, shown_text
from memorial.pages.choices import Menu, Purpose
from memorial.pages.models import SitePage


@dataclass(frozen=True)
class PageLink:
    """A link to a published page, in the reader's language."""

    title: ShownText
    url: str
    menu: str
    purpose: str


@dataclass(frozen=True)
class SiteLinks:
    """All of them in the order of the menus, and the site's address in Tor where it has one."""

    pages: Sequence[PageLink] = ()
    onion: str = field(default_factory=lambda: str(settings.ONION_URL))

    def of_menu(self, *menus: Menu) -> list[PageLink]:
        """Those that stand in one of these menus."""
        return [page for page in self.pages if page.menu in menus]

    def for_purpose(self, purpose: str) -> PageLink | None:
        """The page that is there for this; None while it is not published."""
        return next((page for page in self.pages if purpose and page.purpose == purpose), None)

    @property
    def main(self) -> list[PageLink]:
        return self.of_menu(Menu.MAIN)

    @property
    def encyclopaedia(self) -> list[PageLink]:
        return self.of_menu(Menu.ENCYCLOPAEDIA)

    @property
    def help(self) -> list[PageLink]:
        return self.of_menu(Menu.HELP)

    @property
    def project(self) -> list[PageLink]:
        return self.of_menu(Menu.MAIN, Menu.PROJECT)

    @property
    def safety(self) -> list[PageLink]:
        return self.of_menu(Menu.SAFETY)

    @property
    def criteria(self) -> PageLink | None:
        """How recognition is decided."""
        return self.for_purpose(Purpose.CRITERIA)

    @property
    def methodology(self) -> PageLink | None:
        """How people are counted."""
        return self.for_purpose(Purpose.METHODOLOGY)


_kept: Final[dict[str, tuple[str, Traced[SiteLinks]]]] = {}
"""By language: the version that it was read for, and what was read. A few hundred bytes a page."""


def site_links() -> SiteLinks:
    """The links in the reader's language: one small statement after a public change, and then none."""
    if connection.in_atomic_block:
        return _read()
    language, version = current_language(), present_version().text
    kept = _kept.get(language)
    if kept is None or kept[0] != version:
        kept = _kept[language] = (version, traced(_read))
    # Pages depend on the links as they are, and not on every change of anything.
    return kept[1].use()


def _read() -> SiteLinks:
    return SiteLinks(
        tuple(
            PageLink(shown_text(page, "title"), page.get_absolute_url(), page.menu, page.purpose)
            for page in SitePage.objects.published().for_links()
        )
    )
