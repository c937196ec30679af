"""The list of news, by year, person or case; and one piece of news."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.page_head import LONGEST_TITLE, ROOM_FOR_A_NUMBER, PageHead
from memorial.base.paging import ForgivingPages
from memorial.base.public_pages import public_page
from memorial.base.rich_text import excerpt
from memorial.base.templatetags.page_links import query
from memorial.base.typography import grouped_number
from memorial.news.asked import AskedNews
from memorial.news.display import NewsPage, shown_news
from memorial.news.models import NewsItem
from memorial.news.pages import news_list_page, news_page
from memorial.news.querysets import NewsQuerySet
from memorial.news.structured_data import news_data, open_graph

NEWS_ON_A_PAGE: Final = 20


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class NewsListView(ForgivingPages):
    """All news, or that of a year, a person or a case."""

    template_name = "news/news_list.html"
    paginate_by = NEWS_ON_A_PAGE

    @cached_property
    def asked(self) -> AskedNews:
        return AskedNews(self.request.GET)

    def get_queryset(self) -> NewsQuerySet:
        return self.asked.items()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, asked = context["page_obj"], self.asked
        return context | {
            "head": self._head(page.number, has_news=bool(page.paginator.count)),
            "news": shown_news(page),
            "count": _count_words(page.paginator.count),
            "asked": asked,
            "narrowed": f"{asked.query}&" if asked.query else "",
            "is_misled": self.page_is_missing or asked.is_misled,
        }

    def _head(self, number: int, *, has_news: bool) -> PageHead:
        said, title = self.asked.described(), _("News")
        if said and len(f"{title}: {said}") <= LONGEST_TITLE - ROOM_FOR_A_NUMBER:
            title = _("%(list)s: %(filter)s") % {"list": title, "filter": said}
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        about = _(
            "Verdicts, releases, recognitions: news of political prisoners in Russia, by the day of the event."
        )
        pages = query(page=number).removeprefix("?")
        address = "&".join(part for part in (self.asked.query, pages) if part)
        is_whole = set(self.asked.chosen) <= {"year"} and not self.asked.is_misled
        is_indexed = is_whole and has_news and not self.page_is_missing
        return PageHead(title, about, news_list_page(), address, is_indexed, self.asked.query)


@method_decorator(public_page(), name="dispatch")
class NewsDetailView(DetailView):
    """One piece of news. A former address leads to the one of today, while readers may see that."""

    template_name = "news/news_detail.html"
    context_object_name = "item"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            item = NewsItem.objects.published().filter(former_addresses__slug=kwargs["slug"]).first()
            if item is None:
                raise
            return HttpResponsePermanentRedirect(item.get_absolute_url())

    def get_queryset(self) -> NewsQuerySet:
        rows: NewsQuerySet = NewsItem.objects.published()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | news_context(self.object, civil_date())


def news_context(item: NewsItem, on: date) -> dict[str, Any]:
    """What the template of a piece of news needs; the preview of a draft uses it too."""
    page = NewsPage(item, on)
    head = PageHead(excerpt(str(page.title), LONGEST_TITLE), page.description, news_page(item))
    return {
        "item": item,
        "page": page,
        "head": head,
        "og": open_graph(page, head),
        "news_data": news_data(page, head),
        "year_url": f"{reverse('news-list')}?year={item.on.year}",
    }


def _count_words(number: int) -> str:
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s piece of news", "%(count)s pieces of news", number) % counted
