"""The page kinds on letters, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from memorial.base.page_kinds import Page, PageKind


def letters_page() -> Page:
    """The guide."""
    return Page("letters")


def pack_page() -> Page:
    """The pack for an evening of letters, of everybody; filters are its parameters."""
    return Page("letter-pack")


def postcards_page() -> Page:
    """The postcards of the pack."""
    return Page("letter-pack-postcards")


def _letters() -> Iterator[Page]:
    yield letters_page()


def _pack() -> Iterator[Page]:
    yield pack_page()


def _postcards() -> Iterator[Page]:
    yield postcards_page()


PAGE_KINDS = (
    PageKind("letters", _letters, depends_on_date=True),
    PageKind("letter-pack", _pack, depends_on_date=True, in_sitemap=False),
    PageKind("letter-pack-postcards", _postcards, depends_on_date=True, in_sitemap=False),
)
