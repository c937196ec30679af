"""Cases, chosen by the filters of their list, and the articles of law that people are prosecuted under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.exports.cases import case_rows
from cases.figures import in_the_encyclopaedia, people_by_article
from cases.models import Article, Case
from cases.opendata import ARTICLES, CASES, ArticleRow, CaseData
from cases.selection import CaseFilter
from memorial.api.filtered import filter_parameters, refuse_unknown_values
from memorial.api.legal_parts import OF_A_CASE
from memorial.api.parameters import SLUG
from memorial.api.resources import Chosen, Resource, chosen_by, number_of
from memorial.api.texts import EDITIONS_PART, texts_part

ARTICLE_SLUG: Final = "^[a-z0-9]+([.-][a-z0-9]+)*$"
_BY_IDENTIFIER: Final = gettext_lazy("By identifier.")


def select_cases(asked: QueryDict, on: date) -> Chosen:
    """The cases that the page with these filters lists."""
    chosen = CaseFilter(asked, on=on)
    refuse_unknown_values(chosen, asked)
    by_key = chosen_by(chosen.cases(), "slug", lambda: chosen.described() or _("All cases"))
    return Chosen(lambda: chosen.count, by_key.part, by_key.described, chosen.canonical_query())


def select_articles(_asked: QueryDict, _on: date) -> Chosen:
    """Articles with a page."""
    return chosen_by(in_the_encyclopaedia(Article.objects.all()), "slug", lambda: _("All articles"))


def _articles(numbers: Sequence[int], _on: date) -> list[ArticleRow]:
    people = people_by_article()
    found = {each.pk: each for each in Article.objects.filter(pk__in=numbers).for_list()}
    return [ArticleRow(found[number], people.get(number, 0)) for number in numbers if number in found]


def _cases(numbers: Sequence[int], on: date) -> Any:
    return case_rows(numbers, on)


def _find_case(slug: str) -> int | None:
    return number_of(Case.objects.published(), slug=slug)


def _find_article(slug: str) -> int | None:
    return number_of(in_the_encyclopaedia(Article.objects.all()), slug=slug)


def _case_slug(row: CaseData) -> str:
    return str(row.case.slug)


def _article_slug(row: ArticleRow) -> str:
    return str(row.article.slug)


CASES_RESOURCE: Final = Resource(
    table=CASES,
    order=_BY_IDENTIFIER,
    argument="slug",
    key_pattern=SLUG,
    filters=filter_parameters(CaseFilter.facets, CaseFilter),
    select=select_cases,
    load=_cases,
    find=_find_case,
    key=_case_slug,
    list_page="cases:case-list",
    parts=(*OF_A_CASE, texts_part(lambda row: row.case, "text")),
)
ARTICLES_RESOURCE: Final = Resource(
    table=ARTICLES,
    order=_BY_IDENTIFIER,
    argument="article",
    key_pattern=ARTICLE_SLUG,
    filters=(),
    select=select_articles,
    load=_articles,
    find=_find_article,
    key=_article_slug,
    list_page="cases:article-list",
    parts=(EDITIONS_PART, texts_part(lambda row: row.article, "text")),
)
