"""The table of articles: one as its list shows it, with how many people were charged under it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.display.articles import ShownArticle
from cases.models import Article
from memorial.base.localized import current_language, in_language
from memorial.base.opendata.columns import Column, Kind, Table, code_or_none, in_each_language
from memorial.base.opendata.portions import once_a_language
from memorial.base.opendata.usual import page_columns


@dataclass(frozen=True)
class ArticleRow:
    """An article and the number of published people charged under it. Uses what `for_list()` loads."""

    article: Article
    people: int

    @cached_property
    def _shown(self) -> dict[str, ShownArticle]:
        return {}

    @property
    def shown(self) -> ShownArticle:
        """The article in words of the active language."""
        return once_a_language(self._shown, lambda: ShownArticle(self.article, self.people))

    @property
    def title(self) -> str | None:
        """The title of the last edition in the active language."""
        edition = self.article.latest_edition
        return code_or_none(getattr(edition, in_language("title", current_language()))) if edition else None


def _article(row: Any) -> Article:
    article: Article = row.article
    return article


ARTICLES: Final = Table(
    name="articles",
    title=_("Articles of law"),
    description=_("Articles that people of this encyclopaedia are prosecuted under."),
    columns=(
        *page_columns("cases.Article.slug", _article),
        Column(
            "code",
            Kind.CODE,
            _("Code of law"),
            _("uk-rf: Criminal Code of Russia, koap-rf: Code of Administrative Offences, and others."),
            lambda row: row.article.code,
            "cases.Article.code",
        ),
        Column(
            "number",
            Kind.TEXT,
            _("Number"),
            _("A text, not a number: 207.3 comes before 208."),
            lambda row: row.article.number,
            "cases.Article.number",
        ),
        *in_each_language(
            "name",
            Kind.TEXT,
            pgettext_lazy("of a thing", "Name"),
            _("As it is quoted."),
            lambda row: row.shown.name,
            source="cases.display.articles.article_words",
        ),
        *in_each_language(
            "title",
            Kind.TEXT,
            _("Title"),
            _("Of the last edition; contested labels are in quotes."),
            lambda row: row.title,
            source="cases.ArticleEdition.title",
        ),
        Column(
            "people",
            Kind.INTEGER,
            _("People"),
            _(
                "How many people with a page were charged under it, whatever came of the charge; a person counts once."
            ),
            lambda row: row.people,
            "cases.figures.people_by_article",
        ),
    ),
    key=("id",),
)
