"""Addresses of the legal record: cases, articles, courts, officials, documents, findings."""

from django.urls import URLPattern, path, register_converter

from cases.exports.cases import CASE_LIST
from cases.exports.records import (
    ARTICLE_LIST,
    COURT_LIST,
    DOCUMENT_LIST,
    FINDING_LIST,
    LAST_WORD_LIST,
    OFFICIAL_LIST,
)
from cases.filters.facet_view import CaseFilterView
from cases.views import articles, cases, courts, documents, findings, officials
from memorial.base.opendata.lists import open_data_paths

app_name = "cases"


class ArticleAddress:
    """How an article stands in an address: its number may have dots, «uk-rf-207.3»."""

    regex = "[-a-zA-Z0-9_.]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(ArticleAddress, "article")

urlpatterns: list[URLPattern] = [
    path("cases/", cases.CaseListView.as_view(), name="case-list"),
    *open_data_paths("cases/", "case-list", CASE_LIST, has_feed=True),
    path("cases/filter/<slug:facet>/", CaseFilterView.as_view(), name="case-filter"),
    path("cases/<slug:slug>/", cases.CaseDetailView.as_view(), name="case-detail"),
    path("articles/", articles.ArticleListView.as_view(), name="article-list"),
    *open_data_paths("articles/", "article-list", ARTICLE_LIST),
    # With dots: uk-rf-207.3.
    path("articles/<article:article>/", articles.ArticleDetailView.as_view(), name="article-detail"),
    path("courts/", courts.CourtListView.as_view(), name="court-list"),
    *open_data_paths("courts/", "court-list", COURT_LIST),
    path("courts/<slug:slug>/", courts.CourtDetailView.as_view(), name="court-detail"),
    path("officials/", officials.OfficialListView.as_view(), name="official-list"),
    *open_data_paths("officials/", "official-list", OFFICIAL_LIST),
    path("officials/<slug:slug>/", officials.OfficialDetailView.as_view(), name="official-detail"),
    path("documents/", documents.DocumentListView.as_view(), name="document-list"),
    *open_data_paths("documents/", "document-list", DOCUMENT_LIST, has_feed=True),
    path("documents/last-words/", documents.LastWordListView.as_view(), name="last-words"),
    *open_data_paths("documents/last-words/", "last-words", LAST_WORD_LIST, has_feed=True),
    path("documents/<slug:slug>/", documents.DocumentDetailView.as_view(), name="document-detail"),
    path("findings/", findings.FindingListView.as_view(), name="finding-list"),
    *open_data_paths("findings/", "finding-list", FINDING_LIST, has_feed=True),
]
