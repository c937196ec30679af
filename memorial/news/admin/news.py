"""News in the office: written in two languages, published at once or at a moment, withdrawn by anybody."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import (
    CollapsedInline,
    Deed,
    DeedPages,
    TranslatedByOthers,
    VersionedAdmin,
    both,
    in_state,
)
from memorial.base.choices import State
from memorial.base.localized import all_languages, in_language
from memorial.due.models import DueWork
from memorial.news.actions import (
    PUBLISH,
    draft_news,
    publish_news,
    send_news,
    unplan_news,
    withdraw_news,
)
from memorial.news.admin.news_pages import NewsPages
from memorial.news.admin.picture_pages import PicturePages
from memorial.news.admin.today import PlanFilter
from memorial.news.models import FormerAddress, NewsCase, NewsItem, NewsPerson, NewsSource
from memorial.news.obstacles import names_of_hidden, news_obstacles


def planned_work(item: NewsItem) -> DueWork | None:
    """The open plan to publish it."""
    return DueWork.objects.open().of(PUBLISH, item.pk).first()


NEWS_DEEDS = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see it within a minute, in both languages and in the feeds."),
        publish_news,
        in_state(State.DRAFT, State.READY, State.WITHDRAWN),
        _("Published. The text to paste is under «Texts to send»."),
        needs_publisher=True,
        obstacles=news_obstacles,
        warnings=names_of_hidden,
        warnings_title=_("Somebody who is hidden or shown by initials may be named here"),
        main=True,
    ),
    Deed(
        "unplan",
        _("Take the plan back"),
        _("It is not published by itself."),
        unplan_news,
        lambda item: planned_work(item) is not None,
        _("The plan is taken back."),
    ),
    Deed(
        "review",
        _("Send for review"),
        _("A colleague and the translator find it among what is ready."),
        send_news,
        in_state(State.DRAFT),
        _("Sent for review."),
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("It can be changed at leisure; a plan to publish it is taken back."),
        draft_news,
        in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("It is gone for readers within a minute. One person is enough."),
        withdraw_news,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see it."),
        needs_reason=True,
    ),
)


class PersonRows(CollapsedInline):
    model = NewsPerson
    classes = []
    autocomplete_fields = ["prisoner"]
    fields = [("prisoner", "order")]


class CaseRows(CollapsedInline):
    model = NewsCase
    classes = []
    autocomplete_fields = ["case"]
    fields = [("case", "order")]


class SourceRows(CollapsedInline):
    model = NewsSource
    fields = [
        ("kind", "without_origin"),
        ("title", "publisher"),
        ("url", "archive_url"),
        ("published_on", "accessed_on"),
    ]


class FormerAddressRows(CollapsedInline):
    """Former addresses: the database adds them, staff may take one out."""

    model = FormerAddress
    fields = ["slug"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The database adds them."""
        return False


@admin.register(NewsItem)
class NewsItemAdmin(NewsPages, PicturePages, DeedPages, TranslatedByOthers, VersionedAdmin):
    """A piece of news, both languages side by side."""

    deeds = NEWS_DEEDS
    change_form_template = "admin/news_change.html"
    list_display = ["title_or_slug", "on", "state", "planned_for", "published_on"]
    list_filter = ["state", PlanFilter]
    search_fields = ["slug", *all_languages("title", "summary")]
    prepopulated_fields: ClassVar[Any] = {"slug": (in_language("title", "en"),)}
    inlines = [PersonRows, CaseRows, SourceRows, FormerAddressRows]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*both("title", "summary", "text"), ("on", "slug")]}),
    ]
    translator_fieldsets: ClassVar[Any] = [(_("Texts"), {"fields": both("title", "summary", "text")})]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the texts alone."""
        return self.translator_fieldsets if self.only_translates(request) else self.fieldsets

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """A suggested address, for a new piece only."""
        return {} if obj or self.only_translates(request) else self.prepopulated_fields

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """None for a translator; former addresses where there are any."""
        if self.only_translates(request):
            return []
        has_former = obj is not None and FormerAddress.objects.filter(item=obj.pk).exists()
        return list(self.inlines) if has_former else list(self.inlines[:-1])

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Summaries are two sentences, and typed in several lines."""
        if db_field.name in all_languages("summary"):
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("piece of news"))
    def title_or_slug(self, item: NewsItem) -> str:
        """The title, whichever language has one."""
        return str(item)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """News, each with the moment of its open plan."""
        plans = DueWork.objects.open().filter(kind=PUBLISH, object_id=OuterRef("pk"))
        return super().get_queryset(request).annotate(due_at=Subquery(plans.values("due_at")[:1]))

    @admin.display(description=_("planned for"))
    def planned_for(self, item: Any) -> Any:
        """The moment of the open plan; empty where there is none."""
        return item.due_at
