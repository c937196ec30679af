"""What machines read on a page of news: schema.org for search engines, Open Graph for shared links."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.base.json_ld import JsonLd
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.news.display import NewsPage
from prisoners.structured_data import LOCALES, OpenGraph, absolute


def news_data(page: NewsPage, head: PageHead) -> JsonLd:
    """The article and its days. Nobody whom it is about: machines keep names that were taken away."""
    site = {"@type": "Organization", "name": _("Political Prisoners. Memorial")}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": str(page.title),
        "description": str(page.summary),
        "inLanguage": page.title.language,
        "url": head.canonical,
        "mainEntityOfPage": head.canonical,
        "image": _pictures(page),
        "author": site,
        "publisher": site,
    }
    if page.item.published_on:
        data["datePublished"] = page.item.published_on.isoformat()
    return JsonLd(data)


def open_graph(page: NewsPage, head: PageHead) -> OpenGraph:
    """What a link to the news looks like where somebody shares it."""
    return OpenGraph(
        title=str(page.title),
        description=page.description,
        url=head.canonical,
        image=_share_picture(page),
        image_alt=f"{page.when}: {page.title}",
        locale=LOCALES.get(current_language(), current_language()),
    )


def _pictures(page: NewsPage) -> list[str]:
    """The picture beside the text, where there is one, then the one with the title."""
    shown = [absolute(page.picture.fallback)] if page.picture else []
    return [*shown, _share_picture(page)]


def _share_picture(page: NewsPage) -> str:
    return absolute(reverse("news-share-picture", kwargs={"slug": page.item.slug}))
