"""What machines read on a person's page: schema.org for search engines, Open Graph for shared links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.base.json_ld import JsonLd
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from prisoners.display.people import PersonCard, PersonPage
from prisoners.share_picture import HEIGHT, WIDTH

LOCALES: Final = {"ru": "ru_RU", "en": "en_GB"}
"""How Open Graph names the languages of the site."""


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


def person_data(page: PersonPage, head: PageHead) -> JsonLd:
    """Name, other names, portrait and page of a person, and nothing of what they are accused of."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": page.name.full,
        "url": head.canonical,
    }
    if others := [other.text for other in page.other_names]:
        data["alternateName"] = others
    if page.portrait:
        data["image"] = absolute(page.portrait.fallback)
    return JsonLd(data)


def open_graph(page: PersonCard, head: PageHead) -> OpenGraph:
    """What a link to a person looks like where somebody shares it."""
    picture = reverse("prisoners:prisoner-share-picture", kwargs={"slug": page.person.slug})
    words = {"name": page.name.full, "liberty": page.liberty.words}
    return OpenGraph(
        title=head.title,
        description=head.description,
        url=head.canonical,
        image=absolute(picture),
        # Translators: describes a picture: «Горинцев Тимур: в заключении»
        image_alt=_("%(name)s: %(liberty)s") % words,
        locale=LOCALES.get(current_language(), current_language()),
    )


def absolute(path: str) -> str:
    """The address on the public host; one that is absolute already stays as it is."""
    return urljoin(str(settings.PUBLIC_URL) + "/", path)
