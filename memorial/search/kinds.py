"""What is searched: kinds of pages, the tables they are made of, and how a result leads to its page.

A new kind is one `SearchKind` here and one function `memorial_search_<code>` in `sql/kinds.sql`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SearchKind:
    """One kind of page that search answers.

    `made_of` says for each table which objects of this kind a row `r` of it has a part in, as a query for
    their numbers. `all_of` is the page of all of them, None where there is none.
    """

    code: str
    label: Any
    table: str
    url_name: str
    argument: str
    made_of: dict[str, str] = field(default_factory=dict)
    all_of: str | None = None

    def url(self, key: str) -> str:
        """The address of one page, in the reader's language."""
        return reverse(self.url_name, kwargs={self.argument: key})

    @property
    def all_url(self) -> str:
        """The address of the page of all of them; "" where there is none."""
        return reverse(self.all_of) if self.all_of else ""


_CASES_OF_PERSON: Final = "SELECT s.case_id FROM cases_prosecution s WHERE s.prisoner_id = r.id"
_DOCUMENTS: Final = "SELECT d.id FROM cases_document d WHERE d.case_id"

KINDS: Final = (
    SearchKind(
        "prisoner",
        _("People"),
        "prisoners_prisoner",
        "prisoners:prisoner-detail",
        "slug",
        {"prisoners_prisoner": "SELECT r.id", "prisoners_correction": "SELECT r.prisoner_id"},
        "prisoners:prisoner-list",
    ),
    SearchKind(
        "case",
        _("Cases"),
        "cases_case",
        "cases:case-detail",
        "slug",
        {
            "cases_case": "SELECT r.id",
            "cases_event": "SELECT r.case_id",
            "prisoners_prisoner": _CASES_OF_PERSON,
        },
        "cases:case-list",
    ),
    SearchKind(
        "article",
        _("Articles of law"),
        "cases_article",
        "cases:article-detail",
        "article",
        {
            "cases_article": "SELECT r.id",
            "cases_articleedition": "SELECT r.article_id",
            "cases_articlepart": "SELECT e.article_id FROM cases_articleedition e WHERE e.id = r.edition_id",
        },
        "cases:article-list",
    ),
    SearchKind(
        "region",
        _("Regions"),
        "prisoners_region",
        "prisoners:region-detail",
        "code",
        {"prisoners_region": "SELECT r.id"},
    ),
    SearchKind(
        "facility",
        _("Institutions"),
        "prisoners_facility",
        "prisoners:facility-detail",
        "slug",
        {
            "prisoners_facility": "SELECT r.id",
            "prisoners_region": "SELECT f.id FROM prisoners_facility f WHERE f.region_id = r.id",
        },
        "prisoners:facility-list",
    ),
    SearchKind(
        "court",
        _("Courts"),
        "cases_court",
        "cases:court-detail",
        "slug",
        {
            "cases_court": "SELECT r.id",
            "prisoners_region": "SELECT c.id FROM cases_court c WHERE c.region_id = r.id",
        },
        "cases:court-list",
    ),
    SearchKind(
        "document",
        _("Documents"),
        "cases_document",
        "cases:document-detail",
        "slug",
        {
            "cases_document": "SELECT r.id",
            "cases_documentoriginal": "SELECT r.document_id",
            "cases_case": f"{_DOCUMENTS} = r.id",
            "cases_prosecution": f"{_DOCUMENTS} = r.case_id",
            "prisoners_prisoner": f"{_DOCUMENTS} IN ({_CASES_OF_PERSON})",
        },
        "cases:document-list",
    ),
    SearchKind(
        "news",
        _("News"),
        "news_newsitem",
        "news-detail",
        "slug",
        {"news_newsitem": "SELECT r.id"},
        "news-list",
    ),
    SearchKind(
        "theme",
        _("Themes"),
        "pages_themetext",
        "theme-detail",
        "theme",
        {
            "pages_themetext": "SELECT r.id",
            "prisoners_theme": "SELECT x.id FROM pages_themetext x WHERE x.theme_id = r.id",
        },
        "themes",
    ),
    SearchKind(
        "page",
        _("Pages of the project"),
        "pages_sitepage",
        "page-detail",
        "slug",
        {"pages_sitepage": "SELECT r.id"},
    ),
)
"""In the order in which results are shown."""
BY_CODE: Final = {kind.code: kind for kind in KINDS}


def triggers() -> Iterator[tuple[str, str, str, str]]:
    """For `TRIGGERS_BELOW`: on each table that a kind is made of, one trigger for that kind."""
    for kind in KINDS:
        for table, objects in kind.made_of.items():
            call = f"memorial_follow_text('{kind.code}', '{objects}')"
            yield table, f"search_{kind.code}", "AFTER INSERT OR UPDATE OR DELETE", call
