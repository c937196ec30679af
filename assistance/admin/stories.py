"""Stories in the office: written by one person, read and published by another, with the consents beside."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assistance.actions.stories import (
    draft_story,
    publish_story,
    return_story,
    send_story,
    story_obstacles,
    withdraw_story,
)
from assistance.admin.access import HelpRowForm
from assistance.choices import Programme
from assistance.models import Story, StoryConsent, StoryReading
from assistance.models.story import WITHOUT_END
from memorial.base.admin import (
    CollapsedInline,
    Deed,
    DeedPages,
    Panel,
    VersionedAdmin,
    VersionedForm,
    both,
    in_state,
)
from memorial.base.admin.labels import field_label
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages, in_language
from memorial.base.rich_text import plain_text

EXPIRES_WITHIN: Final = timedelta(days=60)
"""How long before its end a consent is asked for anew."""
_SHOWN: Final = ["slug", *all_languages("title"), "programme", "year", "prisoner"]
_PARAGRAPH_END: Final = re.compile(r"</(?:p|li|h3|h4|blockquote)>")


def _as_read(column: str) -> Any:
    @admin.display(description=field_label(Story._meta.get_field(column)))  # type: ignore[arg-type]
    def shown(story: Any) -> SafeString:
        """The paragraphs."""
        parts = (plain_text(part) for part in _PARAGRAPH_END.split(getattr(story, column)))
        return format_html_join("", "<p>{}</p>", ((part,) for part in parts if part))

    return shown


_TEXTS: Final = tuple(map(_as_read, all_languages("text")))
"""Texts with markup where they are not changed: paragraph by paragraph, without their tags."""

STORY_DEEDS: Final = (
    Deed(
        "publish",
        _("It may be told: publish"),
        _(
            "You have read the story as it stands and wrote none of it. Readers see it within a minute, for as "
            "long as the consent holds."
        ),
        publish_story,
        in_state(State.READY),
        _("Published."),
        needs_publisher=True,
        obstacles=story_obstacles,
        main=True,
    ),
    Deed(
        "review",
        _("Send for review"),
        _("A second person reads the story and publishes it, or returns it with a word."),
        send_story,
        in_state(State.DRAFT, State.WITHDRAWN),
        _("Sent for review."),
        obstacles=story_obstacles,
    ),
    Deed(
        "return",
        _("Return to its author"),
        _("The story goes back to its author, with your word."),
        return_story,
        in_state(State.READY),
        _("Returned to its author."),
        needs_publisher=True,
        needs_reason=True,
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("The story can be changed again. Before readers see it, a second person reads it anew."),
        draft_story,
        in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The story is gone for readers within a minute. One person is enough."),
        withdraw_story,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the story."),
        needs_reason=True,
    ),
)


class ConsentFilter(admin.SimpleListFilter):
    title = _("consent")
    parameter_name = "consent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What somebody has to look at."""
        return [("none", _("nobody agreed")), ("ended", _("has ended")), ("soon", _("ends within 60 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Stories by how long they may still be told."""
        today = civil_date()
        kinds: dict[str, dict[str, Any]] = {
            "none": {"shown_until__isnull": True},
            "ended": {"shown_until__lt": today},
            "soon": {"shown_until__range": (today, today + EXPIRES_WITHIN)},
        }
        return queryset.filter(**kinds.get(self.value() or "", {}))


class StoryForm(VersionedForm):
    """A story. «Not clear yet» is no help to be told of."""

    class Meta:
        model = Story
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.fields.get("programme")
        if isinstance(programme, forms.ChoiceField):
            known = [choice for choice in Programme.choices if choice[0] != Programme.NOT_CLEAR]
            programme.choices = [("", "—"), *known]


class ConsentRows(CollapsedInline):
    model = StoryConsent
    form = HelpRowForm
    confidential = True
    classes = ["confidential"]
    fields = [("scope", "by", "how"), ("given_on", "expires_on", "withdrawn_on"), "note"]


class ReadingRows(CollapsedInline):
    """What those who read it said. Written by deeds alone."""

    model = StoryReading
    confidential = True
    readonly_fields = ["decision", "word", "read_by", "read_at"]
    fields = ["decision", "word", "read_by", "read_at"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A deed adds it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing of it changes."""
        return False


@admin.register(Story)
class StoryAdmin(DeedPages, VersionedAdmin):
    """Stories. What readers see stays as it was read; the consents are kept beside it at any time."""

    form = StoryForm
    deeds = STORY_DEEDS
    list_display = ["__str__", "state", "told_until", "programme", "year"]
    list_filter = ["state", ConsentFilter]
    search_fields = ["slug", *all_languages("title")]
    autocomplete_fields = ["prisoner"]
    prepopulated_fields: ClassVar[Any] = {"slug": (in_language("title", "en"),)}
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*both("title", "text"), ("programme", "year"), "prisoner", "slug"]}),
    ]
    inlines = [ConsentRows, ReadingRows]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What somebody reads is changed only after it was taken back; a public address stays."""
        if obj is None:
            return []
        if obj.state in (State.READY, State.PUBLISHED):
            return [*_SHOWN, *_TEXTS]
        return ["slug"] if obj.first_published_at else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form; what somebody reads as it is read."""
        if obj is None or obj.state not in (State.READY, State.PUBLISHED):
            return self.fieldsets
        return [(None, {"fields": [*both("title"), _TEXTS, ("programme", "year"), "prisoner", "slug"]})]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A suggested address, for a new story only."""
        return {} if obj else self.prepopulated_fields

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """None for a new story."""
        return list(self.inlines) if obj else []

    @admin.display(description=_("may be told until"), ordering="shown_until")
    def told_until(self, story: Story) -> Any:
        """The last day, in words where there is none."""
        if story.shown_until is None:
            return _("nobody agreed")
        return _("without end") if story.shown_until == WITHOUT_END else story.shown_until


def _page(story: Story) -> str:
    return reverse("admin:assistance_story_change", args=[story.pk])


def _waiting(day: date) -> QuerySet[Story]:
    return Story.objects.filter(state=State.READY).order_by("pk")


def _expiring(day: date) -> QuerySet[Story]:
    return Story.objects.expiring(timezone.localdate() + EXPIRES_WITHIN)


def _ends(story: Story) -> str:
    return f"{story}: {date_format(story.shown_until or WITHOUT_END, 'j E Y')}"


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=_("Stories to be read by a second person"),
        empty=_("No story waits."),
        permission="assistance.publish_story",
        rows=_waiting,
        line=str,
        target=_page,
        changelist="assistance_story_changelist",
        query=f"state__exact={State.READY}",
    ),
    Panel(
        title=_("Stories whose consent ends"),
        empty=_("No consent to a story ends within 60 days."),
        permission="assistance.change_story",
        rows=_expiring,
        line=_ends,
        target=_page,
        changelist="assistance_story_changelist",
        query="consent=soon",
    ),
)
