"""Articles that a query names: «207.3», «ст. 207.3», «205.2 ч 2», "Art. 207.3(2)"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q

from cases.models import Article
from cases.references.reading import read_references
from cases.references.value import ArticleReference
from memorial.base.localized import current_language

MOST: Final = 12


@dataclass(frozen=True)
class NamedArticle:
    """An article that the query names, and the part that it names."""

    article: Article
    part: str

    @property
    def url(self) -> str:
        """The page of the article, of the part where one is named."""
        path = self.article.get_absolute_url()
        return f"{path}?part={self.part}" if self.part else path


def named_articles(query: str) -> list[NamedArticle]:
    """The articles that the query names; of every code where it names none. One statement, or none."""
    found = _references(query)
    if not found:
        return []
    parts = {(reference.article, reference.code): reference.part for reference in found}
    asked = [Q(number=number, **({"code": code} if code else {})) for number, code in parts]
    # What is used in political cases first: of "280" hardly anybody means another one.
    articles = Article.objects.for_list().filter(reduce(or_, asked))[:MOST]
    in_order = sorted(articles, key=lambda article: not article.used_in_political_cases)
    return [
        NamedArticle(
            article, parts.get((article.number, article.code)) or parts.get((article.number, ""), "")
        )
        for article in in_order
    ]


def _references(query: str) -> list[ArticleReference]:
    """What the query says as it is; else what it says as the number of an article."""
    for text in (query, f"ст. {query}"):
        if found := read_references(text, current_language()).references:
            return found[:MOST]
    return []
