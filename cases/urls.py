"""Addresses of the legal record: cases, articles, courts, officials, documents, findings."""

from django.urls import URLPattern, path, register_converter

from cases.views import articles, cases, courts, documents, findings, officials

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
    path("cases/<slug:slug>/", cases.CaseDetailView.as_view(), name="case-detail"),
    path("articles/", articles.ArticleListView.as_view(), name="article-list"),
    # With dots: uk-rf-207.3.
    path("articles/<article:article>/", articles.ArticleDetailView.as_view(), name="article-detail"),
    path("courts/", courts.CourtListView.as_view(), name="court-list"),
    path("courts/<slug:slug>/", courts.CourtDetailView.as_view(), name="court-detail"),
    path("officials/", officials.OfficialListView.as_view(), name="official-list"),
    path("officials/<slug:slug>/", officials.OfficialDetailView.as_view(), name="official-detail"),
    path("documents/", documents.DocumentListView.as_view(), name="document-list"),
    path("documents/last-words/", documents.LastWordListView.as_view(), name="last-words"),
    path("documents/<slug:slug>/", documents.DocumentDetailView.as_view(), name="document-detail"),
    path("findings/", findings.FindingListView.as_view(), name="finding-list"),
]
