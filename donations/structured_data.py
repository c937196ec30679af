"""What machines read on a campaign's page: schema.org for search engines, Open Graph for shared links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from donations.display.campaigns import ShownCampaign
from donations.share_picture import HEIGHT, WIDTH
from memorial.base.json_ld import JsonLd
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead

_LOCALES: Final = {"ru": "ru_RU", "en": "en_GB"}


@dataclass(frozen=True)
class OpenGraph:
    """The values of a page's Open Graph tags; all addresses are absolute."""

    title: str
    description: str
    url: str
    image: str
    image_alt: str
    locale: str
    image_width: int = WIDTH
    image_height: int = HEIGHT


def campaign_data(shown: ShownCampaign, head: PageHead) -> JsonLd:
    """The page and the day it was last told; no sum: machines keep old ones."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": head.title,
        "description": shown.purpose.text,
        "url": head.canonical,
    }
    if shown.latest:
        data["dateModified"] = shown.latest.entry.as_of.isoformat()
    return JsonLd(data)


def open_graph(shown: ShownCampaign, head: PageHead) -> OpenGraph:
    """What a link to a campaign looks like where somebody shares it."""
    picture = reverse("donations:campaign-share-picture", kwargs={"slug": shown.campaign.slug})
    return OpenGraph(
        title=head.title,
        description=head.description,
        url=head.canonical,
        image=str(settings.PUBLIC_URL) + picture,
        image_alt=f"{shown.title.text}: {shown.figures}",
        locale=_LOCALES.get(current_language(), current_language()),
    )
