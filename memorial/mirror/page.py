"""The page of mirrors: where the site can be read when this address cannot, and how to check a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page, PageKind
from memorial.base.public_pages import public_page


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class MirrorsView(TemplateView):
    """Addresses and the public key as the settings have them; where there are none, that is said."""

    template_name = "mirror/mirrors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _("Other addresses of this site, and how to check that a copy is ours.")
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("Mirrors and copies"), said, Page("mirrors")),
            "onion": settings.ONION_URL,
            "mirrors": settings.MIRRORS,
            "key": settings.MIRROR_PUBLIC_KEY,
        }


def _mirrors() -> Iterator[Page]:
    yield Page("mirrors")


PAGE_KINDS = (PageKind("mirrors", _mirrors),)
