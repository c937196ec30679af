"""The page of one campaign, its bar for other sites, and the picture of a shared link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from donations.display.campaigns import ShownCampaign
from donations.embedding import BAR, INNER, MARGIN, WIDTH, drawn_bar, embed_code
from donations.models import Campaign
from donations.pages import campaign_page
from donations.share_picture import share_picture
from donations.structured_data import campaign_data, open_graph
from memorial.base.civil_date import civil_date
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page


@method_decorator(public_page(), name="dispatch")
class CampaignDetailView(DetailView):
    """One campaign: what for, how much is asked and collected, entry by entry, and how to show it elsewhere."""

    template_name = "donations/campaign_detail.html"
    context_object_name = "campaign"
    queryset = Campaign.objects.published().for_detail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = ShownCampaign(self.object, civil_date())
        head = campaign_head(shown)
        height = drawn_bar(shown).height
        return super().get_context_data(**kwargs) | {
            "head": head,
            "shown": shown,
            "og": open_graph(shown, head),
            "campaign_data": campaign_data(shown, head),
            "embed": embed_code(shown, height),
            "width": WIDTH,
            "height": height,
        }


def campaign_head(shown: ShownCampaign) -> PageHead:
    """Title, and in the description what the money is for and how far the campaign is."""
    description = " ".join([f"{shown.purpose.text.rstrip('.')}.", f"{shown.figures}.", *shown.sentences[:1]])
    return PageHead(shown.title.text or _("Campaign"), description, campaign_page(shown.campaign))


@public_page()
def campaign_bar(request: HttpRequest, slug: str) -> HttpResponse:
    """The bar as a picture that other sites may show, and no other of our answers: it says so itself."""
    shown = _shown(slug)
    context = {
        "shown": shown,
        "bar": drawn_bar(shown),
        "width": WIDTH,
        "margin": MARGIN,
        "inner": INNER,
        "thick": BAR,
    }
    response = render(request, "donations/campaign_bar.svg", context, content_type="image/svg+xml")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@public_page()
def campaign_share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a shared link, in the language of the address."""
    return HttpResponse(share_picture(_shown(slug)), content_type="image/png")


def _shown(slug: str) -> ShownCampaign:
    """A published campaign as it is today. Raises Http404."""
    campaign = get_object_or_404(Campaign.objects.published().for_detail(), slug=slug)
    return ShownCampaign(campaign, civil_date())
