"""Lists of articles, courts, officials, documents and findings as open data, each as its page selects them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import DocumentKind, FindingBody
from cases.display.documents import PLURALS, language_name
from cases.exports.entries import document_entries, finding_entries
from cases.figures import in_the_encyclopaedia, people_by_article
from cases.models import Article, Case, Court, Document, InternationalFinding, Official
from cases.opendata import ARTICLES, COURTS, DOCUMENTS, FINDINGS, OFFICIALS, ArticleRow, FindingRow
from cases.querysets import DocumentQuerySet
from memorial.base.localized import localized
from memorial.base.opendata.lists import OpenList, Selection
from memorial.base.opendata.portions import in_portions, numbers_of
from memorial.base.shown_text import shown_text
from memorial.base.templatetags.page_links import query
from prisoners.display.words import capital
from prisoners.models import Prisoner

Load = Callable[[list[int]], Iterable[Any]]
Words = Callable[[], str]


def rows_of(rows: QuerySet[Any], load: Load) -> Iterator[Any]:
    """All rows of a queryset, in its order, loaded a portion at a time."""
    return in_portions(numbers_of(rows), load)


# --- Articles, courts, officials: the whole list, always ---------------------------------------------


def select_articles(_asked: QueryDict, _on: date) -> Selection:
    """Articles that somebody was charged under, or that we say something of."""
    articles = in_the_encyclopaedia(Article.objects.all()).order_by("code", "order_key", "id")

    def rows() -> Iterator[ArticleRow]:
        people = people_by_article()
        found = rows_of(articles, lambda portion: Article.objects.filter(pk__in=portion).for_list())
        return (ArticleRow(article, people.get(article.pk, 0)) for article in found)

    return Selection(rows, lambda: _("All articles"))


def select_courts(_asked: QueryDict, _on: date) -> Selection:
    """Courts with a page."""
    courts = Court.objects.published().order_by(localized("name"), "id")
    load: Load = lambda portion: Court.objects.published().filter(pk__in=portion).select_related("region")  # noqa: E731
    return Selection(partial(rows_of, courts, load), lambda: _("All courts"))


def select_officials(_asked: QueryDict, _on: date) -> Selection:
    """Officials with a page."""
    by_name = Official.objects.with_page().order_by(localized("surname"), localized("given_names"), "id")
    load: Load = lambda portion: Official.objects.with_page().filter(pk__in=portion).select_related("court")  # noqa: E731
    return Selection(partial(rows_of, by_name, load), lambda: _("All officials"))


# --- Documents and findings: as their pages narrow them ----------------------------------------------


def select_documents(asked: QueryDict, _on: date) -> Selection:
    """Documents of one kind, in one language, of one case or person, or all."""
    rows, words, kept = Document.objects.published(), [], {}
    for name, narrow in _NARROWED.items():
        if (value := asked.get(name, "")) and (found := narrow(rows, value)):
            rows, word = found
            words.append(word)
            kept[name] = value
    said: Words = lambda: "; ".join(word() for word in words) or _("All documents")  # noqa: E731
    return _documents(rows, said, query(**kept).removeprefix("?"))


def select_last_words(_asked: QueryDict, _on: date) -> Selection:
    """Last words that can be read here, all of them, always."""
    rows = Document.objects.published().with_text().filter(kind=DocumentKind.LAST_WORD)
    return _documents(rows, lambda: _("All that can be read on this site"))


def _documents(rows: DocumentQuerySet, said: Words, asked: str = "") -> Selection:
    load: Load = lambda portion: Document.objects.published().for_list().filter(pk__in=portion)  # noqa: E731
    return Selection(
        rows=partial(rows_of, rows.newest_first(), load),
        described=said,
        query=asked,
        entries=partial(document_entries, rows),
    )


Narrowed = tuple[Any, Callable[[], str]] | None


def _of_kind(rows: Any, kind: str) -> Narrowed:
    if kind not in DocumentKind.values:
        return None
    return rows.filter(kind=kind), lambda: str(PLURALS[DocumentKind(kind)])


def _in_language(rows: Any, code: str) -> Narrowed:
    if not Document.objects.published().filter(language=code).exclude(language="").exists():
        return None
    return rows.filter(language=code), lambda: capital(language_name(code))


def _of_case(rows: Any, slug: str) -> Narrowed:
    case = Case.objects.published().filter(slug=slug).first()
    return (rows.of_case(case), lambda: str(shown_text(case, "title"))) if case else None


def _of_person(rows: Any, slug: str) -> Narrowed:
    person = Prisoner.objects.published().for_addresses().filter(slug=slug).first()
    return (rows.of_person(person), lambda: person.name.full) if person else None


_NARROWED: Final[dict[str, Callable[[Any, str], Narrowed]]] = {
    "kind": _of_kind,
    "language": _in_language,
    "case": _of_case,
    "person": _of_person,
}


def select_findings(asked: QueryDict, _on: date) -> Selection:
    """Findings of one body, or all."""
    rows, body = InternationalFinding.objects.published(), asked.get("body", "")
    is_known = body in FindingBody.values
    rows = rows.filter(body=body) if is_known else rows

    def read() -> Iterator[FindingRow]:
        published = InternationalFinding.objects.published().for_list()
        return (
            FindingRow(each) for each in rows_of(rows.by_body(), lambda some: published.filter(pk__in=some))
        )

    return Selection(
        rows=read,
        described=lambda: capital(str(FindingBody(body).label)) if is_known else _("All findings"),
        query=query(body=body if is_known else "").removeprefix("?"),
        entries=partial(finding_entries, rows),
    )


ARTICLE_LIST: Final = OpenList(ARTICLES, "cases:article-list", select_articles)
COURT_LIST: Final = OpenList(COURTS, "cases:court-list", select_courts)
OFFICIAL_LIST: Final = OpenList(OFFICIALS, "cases:official-list", select_officials)
DOCUMENT_LIST: Final = OpenList(DOCUMENTS, "cases:document-list", select_documents)
_LAST_WORDS: Final = replace(
    DOCUMENTS,
    name="last-words",
    title=gettext_lazy("Last words"),
    description=gettext_lazy("Last words in court whose text can be read on this site."),
)
LAST_WORD_LIST: Final = OpenList(_LAST_WORDS, "cases:last-words", select_last_words)
FINDING_LIST: Final = OpenList(FINDINGS, "cases:finding-list", select_findings)
