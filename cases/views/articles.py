"""Articles of the codes: those used in political cases, and one with its people and figures."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cases.display.articles import (
    UNKNOWN_PART,
    ShownArticle,
    ShownFigures,
    by_code,
    count_of_people,
    part_words,
)
from cases.figures import ArticleFigures, in_the_encyclopaedia, people_by_article, people_charged
from cases.models import Article
from cases.pages import article_page
from cases.querysets import ArticleQuerySet
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.page_head import LONGEST_TITLE, PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.shown_text import shown_text
from memorial.base.templatetags.page_links import query
from prisoners.display.people import PersonCard
from prisoners.display.words import date_words
from prisoners.kept_orders import PeopleInOrder, kept_order
from prisoners.querysets import PrisonerQuerySet

PEOPLE_ON_A_PAGE: Final = 120


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class ArticleListView(TemplateView):
    """Articles that people were charged under, by code, each with how many people were charged under it."""

    template_name = "cases/article_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        articles = in_the_encyclopaedia(Article.objects.for_list()).order_by("code", "order_key", "id")
        said = _("Articles of the codes by which people are prosecuted in Russia for political reasons.")
        head = PageHead(_("Articles of law"), said, Page("cases:article-list"))
        return super().get_context_data(**kwargs) | {
            "head": head,
            "codes": by_code(articles, people_by_article()),
            "number": len(articles),
        }


@method_decorator(public_page(), name="dispatch")
class ArticleDetailView(ForgivingPages):
    """One article: its editions, what we say of it, its figures, the people charged, all or by part."""

    template_name = "cases/article_detail.html"
    paginate_by = PEOPLE_ON_A_PAGE

    @cached_property
    def on(self) -> date:
        return civil_date()

    @cached_property
    def article(self) -> Article:
        """The article asked for. Raises Http404 for one that no code of ours has."""
        articles: ArticleQuerySet = Article.objects.for_detail()
        article = articles.filter(slug=self.kwargs["article"]).first()
        if article is None:
            raise Http404
        return article

    @cached_property
    def figures(self) -> ArticleFigures:
        return ArticleFigures(self.article)

    @cached_property
    def part(self) -> str:
        """The part asked for as addresses name it, where anybody was charged under it; else ""."""
        asked = self.request.GET.get("part", "")
        known = {part or UNKNOWN_PART for part, _number in self.figures.by_part}
        return asked if asked in known else ""

    def get_queryset(self) -> PeopleInOrder:  # type: ignore[override]  # a sequence is all that paging needs
        key = ("article", self.article.pk, self.part, current_language())
        return kept_order(key, self._people, self.on)

    def _people(self) -> PrisonerQuerySet:
        part = None if not self.part else "" if self.part == UNKNOWN_PART else self.part
        people: PrisonerQuerySet = people_charged(self.article, part).by_name()
        return people

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        is_misled = self.page_is_missing or self.request.GET.get("part", "") != self.part
        return context | {
            "article": self.article,
            "shown": ShownArticle(self.article),
            "figures": ShownFigures(self.figures, self.part),
            "cards": [PersonCard(person, self.on) for person in page],
            "count": count_of_people(page.paginator.count),
            "part": self.part,
            "part_words": part_words("" if self.part == UNKNOWN_PART else self.part),
            "narrowed": f"part={self.part}&" if self.part else "",
            "as_of": date_words(self.on),
            "head": self._head(page.number, is_misled=is_misled),
            "is_misled": is_misled,
        }

    def _head(self, number: int, *, is_misled: bool) -> PageHead:
        shown = ShownArticle(self.article)
        labelled = f"{shown.name}: {shown.label}" if shown.label else shown.name
        title = labelled if len(labelled) <= LONGEST_TITLE else shown.name
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": shown.name, "number": number}
        said = _("%(article)s: who is prosecuted under it, by part, with what outcome and what terms.")
        asked = query(part=self.part, page=number).removeprefix("?")
        has_something = bool(self.figures.people or shown_text(self.article, "text"))
        is_indexed = has_something and not self.part and not is_misled
        return PageHead(title, said % {"article": labelled}, article_page(self.article), asked, is_indexed)
