"""The page kinds of the legal record, for the registry of the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict

from cases.figures import in_the_encyclopaedia
from cases.models import Article, Case, Court, Document, Official
from cases.selection import CaseFilter
from memorial.base.civil_date import civil_date
from memorial.base.page_kinds import Page, PageKind

_ROWS_AT_A_TIME = 500


def case_page(case: Case) -> Page:
    """The page of one case."""
    return Page("cases:case-detail", {"slug": case.slug}, case.complete_in(), case.updated_on)


def _case_list_pages() -> Iterator[Page]:
    yield Page("cases:case-list")


def _case_pages() -> Iterator[Page]:
    cases = Case.objects.published().for_addresses().order_by("id")
    for case in cases.iterator(_ROWS_AT_A_TIME):
        yield case_page(case)


def article_page(article: Article) -> Page:
    """The page of one article; complete in the languages in which its last edition has a title."""
    return Page("cases:article-detail", {"article": article.slug}, article.complete_in())


def _article_list_pages() -> Iterator[Page]:
    yield Page("cases:article-list")


def _article_pages() -> Iterator[Page]:
    articles = in_the_encyclopaedia(Article.objects.for_list()).order_by("id")
    yield from map(article_page, articles.iterator(_ROWS_AT_A_TIME))


def court_page(court: Court) -> Page:
    """The page of one court."""
    return Page("cases:court-detail", {"slug": court.slug}, court.complete_in())


def _court_list_pages() -> Iterator[Page]:
    yield Page("cases:court-list")


def _court_pages() -> Iterator[Page]:
    courts = Court.objects.published().order_by("id")
    yield from map(court_page, courts.iterator(_ROWS_AT_A_TIME))


def official_page(official: Official) -> Page:
    """The page of one official."""
    return Page("cases:official-detail", {"slug": official.slug}, official.complete_in())


def _official_list_pages() -> Iterator[Page]:
    yield Page("cases:official-list")


def _official_pages() -> Iterator[Page]:
    officials = Official.objects.with_page().order_by("id")
    yield from map(official_page, officials.iterator(_ROWS_AT_A_TIME))


def _document_list_pages() -> Iterator[Page]:
    yield Page("cases:document-list")


def _last_words_pages() -> Iterator[Page]:
    yield Page("cases:last-words")


def _document_pages() -> Iterator[Page]:
    documents = Document.objects.published().for_addresses().order_by("id")
    for document in documents.iterator(_ROWS_AT_A_TIME):
        yield Page("cases:document-detail", {"slug": document.slug}, document.complete_in())


def _finding_list_pages() -> Iterator[Page]:
    yield Page("cases:finding-list")


def _filter_pages() -> Iterator[Page]:
    for name in CaseFilter(QueryDict(), civil_date()).with_pages():
        yield Page("cases:case-filter", {"facet": name})


PAGE_KINDS = (
    PageKind("article-list", _article_list_pages),
    PageKind("article-detail", _article_pages, depends_on_date=True),
    PageKind("court-list", _court_list_pages, depends_on_date=True),
    PageKind("court-detail", _court_pages, depends_on_date=True),
    PageKind("official-list", _official_list_pages),
    PageKind("official-detail", _official_pages),
    PageKind("case-list", _case_list_pages, depends_on_date=True),
    PageKind("case-filter", _filter_pages, depends_on_date=True, in_sitemap=False),
    PageKind("case-detail", _case_pages, depends_on_date=True),
    PageKind("document-list", _document_list_pages),
    PageKind("last-words", _last_words_pages),
    PageKind("document-detail", _document_pages),
    PageKind("finding-list", _finding_list_pages),
)
