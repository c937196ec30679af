"""Events abroad in the office."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from memorial.appeals.admin.preview import PreviewPages
from memorial.appeals.event_actions import draft_event, event_obstacles, publish_event, withdraw_event
from memorial.appeals.models import PublicEvent
from memorial.base.admin import Deed, DeedPages, VersionedAdmin, both, in_state
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages, in_language

EVENT_DEEDS: Final = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the event within a minute, in the calendar too."),
        publish_event,
        in_state(State.DRAFT, State.READY, State.WITHDRAWN),
        _("Published."),
        needs_publisher=True,
        obstacles=event_obstacles,
        main=True,
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("It is worked on again."),
        draft_event,
        in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("It is gone for readers within a minute. An event that does not take place is better called off."),
        withdraw_event,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see it."),
        needs_reason=True,
    ),
)


@admin.register(PublicEvent)
class PublicEventAdmin(PreviewPages, DeedPages, VersionedAdmin):
    """An event. What is saved while it is published, readers see within a minute."""

    deeds = EVENT_DEEDS
    change_form_template = "admin/event_change.html"
    frame_template = "admin/event_frame.html"
    list_display = ["__str__", "on", "kind", "country", "state", "called_off"]
    list_filter = ["state", "kind", "country"]
    search_fields = ["slug", *all_languages("title", "city")]
    prepopulated_fields: ClassVar[Any] = {"slug": (in_language("title", "en"),)}
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["kind", *both("title", "text"), "slug"]}),
        (
            _("When and where"),
            {
                "fields": [
                    ("on", "at", "ends_at"),
                    "time_zone",
                    *both("place", "city"),
                    "country",
                    "called_off",
                ],
                "description": _(
                    "Outside Russia and the territories it occupies only: an announcement would point out those who"
                    " come."
                ),
            },
        ),
        (_("Organiser"), {"fields": [*both("organiser"), "url"]}),
    ]

    def readers_context(self, record: Any) -> dict[str, Any]:
        """The event as it stands, with a banner."""
        from memorial.appeals.views import event_context

        return event_context(record, civil_date())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A public address stays."""
        return ["slug"] if obj and obj.first_published_at else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A suggested address, for a new event only."""
        return {} if obj else self.prepopulated_fields
