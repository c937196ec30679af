"""Campaigns in the office: texts, goal, what has come in entry by entry, what providers report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from donations.actions.campaigns import (
    campaign_to_draft,
    enter_what_statements_say,
    publish_campaign,
    withdraw_campaign,
)
from donations.admin.campaign_form import CampaignForm, names_in
from donations.admin.picture_pages import PicturePages
from donations.display.campaigns import ShownCampaign
from donations.display.money import money
from donations.models import Campaign, CampaignPicture, Progress, ProviderTotal
from memorial.base.admin import CollapsedInline, Deed, DeedPages, VersionedAdmin, both, in_state
from memorial.base.choices import State
from memorial.base.civil_date import civil_date


def _has_statements(campaign: Campaign) -> bool:
    return ProviderTotal.objects.standing().filter(campaign=campaign).exists()


CAMPAIGN_DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the page within a minute, in both languages."),
        publish_campaign,
        in_state(State.DRAFT, State.READY),
        _("The page is published."),
        needs_publisher=True,
        warnings=names_in,
        warnings_title=_("Somebody is named here; money is never raised for a named person"),
        main=True,
    ),
    Deed(
        "from-statements",
        _("Enter what the statements say"),
        _(
            "The sums of all providers’ statements for this campaign, fees taken off, become its newest entry."
        ),
        enter_what_statements_say,
        _has_statements,
        _("The entry is added."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The page, its bar on other sites and every mention of it are gone within a minute."),
        withdraw_campaign,
        in_state(State.PUBLISHED),
        _("The page is withdrawn."),
        needs_reason=True,
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("The page can be edited and published anew."),
        campaign_to_draft,
        in_state(State.WITHDRAWN),
        _("The page is a draft again."),
    ),
)


class ProgressInline(CollapsedInline):
    """Entries: the old ones stand, new ones are added; a mistake is corrected by another entry."""

    model = Progress
    classes = []
    hints_in_place = False
    fields: ClassVar[Any] = [
        ("as_of", "amount", "currency"),
        ("source_ru", "source_en"),
        "source_url",
        ("rate", "rate_to", "rate_on", "rate_source"),
        "corrects",
        ("reason_ru", "reason_en"),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """To be corrected are entries of this campaign that stand."""
        if db_field.name == "corrects":
            match = request.resolver_match
            key = (match.kwargs if match else {}).get("object_id", "")
            of_this = Progress.objects.filter(campaign=int(key)) if key.isdigit() else Progress.objects.none()
            kwargs["queryset"] = of_this.standing()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Campaign)
class CampaignAdmin(PicturePages, DeedPages, VersionedAdmin):
    """A campaign. It is published and withdrawn by deeds; what it collected is written once."""

    form = CampaignForm
    deeds = CAMPAIGN_DEEDS
    list_display = ["title", "state", "fund", "collected", "goal", "currency", "begins", "ends"]
    list_filter = ["state", "fund"]
    search_fields = ["slug", "title_ru", "title_en"]
    readonly_fields = ["picture_page", "reported"]
    inlines = [ProgressInline]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*both("title", "purpose"), "slug", "fund"]}),
        (_("Goal"), {"fields": [("goal", "currency"), ("begins", "ends")]}),
        (_("Texts"), {"fields": [*both("text"), "claim", "names_looked_at", "picture_page"]}),
        (_("What providers’ statements say"), {"fields": ["reported"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Campaigns with their entries, of which the list shows the newest."""
        return super().get_queryset(request).prefetch_related("entries")

    @admin.display(description=_("collected"))
    def collected(self, campaign: Campaign) -> str:
        """What the entries say; «not told» where there are none."""
        return ShownCampaign(campaign, civil_date()).raised_words or str(_("not told"))

    @admin.display(description=_("picture"))
    def picture_page(self, campaign: Campaign) -> str:
        """Where the picture is added, replaced and taken away."""
        if campaign._state.adding:
            return str(_("once the campaign is saved"))
        has_one = CampaignPicture.objects.filter(campaign=campaign).exists()
        words = _("see, replace or take it away") if has_one else _("add one")
        address = reverse("admin:donations_campaign_picture", args=[campaign.pk])
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=_("by month"))
    def reported(self, campaign: Campaign) -> str:
        """The standing totals of this campaign, month by month, sums of one currency added up."""
        if campaign._state.adding:
            return str(_("nothing yet"))
        totals = ProviderTotal.objects.standing().filter(campaign=campaign).select_related("statement")
        rows = [
            (f"{t.month:%m.%Y}", t.statement.provider, money(t.gross, t.currency), money(t.net, t.currency))
            for t in totals.order_by("month", "statement__provider", "currency")
        ]
        sums: dict[str, Decimal] = {}
        for total in totals:
            sums[total.currency] = sums.get(total.currency, Decimal(0)) + total.net
        rows += [("", str(_("Total")), "", money(net, currency)) for currency, net in sorted(sums.items())]
        if not rows:
            return str(_("nothing yet"))
        heads = format_html_join(
            "",
            "<th scope='col'>{}</th>",
            ((_("month"),), (_("provider"),), (_("came in"),), (_("after fees"),)),
        )
        body = format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", rows)
        return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", heads, body)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """An address that was published stays."""
        is_known = isinstance(obj, Campaign) and obj.first_published_at is not None
        return ["slug", *self.readonly_fields] if is_known else self.readonly_fields
