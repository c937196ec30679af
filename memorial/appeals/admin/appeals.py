"""Urgent appeals in the office: written by one person, read and published by another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from memorial.appeals.actions import (
    appeal_obstacles,
    draft_appeal,
    extend_appeal,
    publish_appeal,
    return_appeal,
    send_appeal,
    withdraw_appeal,
)
from memorial.appeals.admin.preview import PreviewPages
from memorial.appeals.models import Appeal, AppealAddressee, AppealReading
from memorial.base.admin import (
    CollapsedInline,
    Deed,
    DeedPages,
    Panel,
    VersionedAdmin,
    both,
    in_state,
)
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages, in_language

ENDS_SOON: Final = timedelta(days=3)
_OUTCOME: Final = frozenset({*all_languages("outcome"), "outcome_on"})

APPEAL_DEEDS: Final = (
    Deed(
        "publish",
        _("It may be published: publish"),
        _(
            "You have read the appeal as it stands and wrote none of it. Readers see it within a minute; it is"
            " open for fourteen days and then ends by itself."
        ),
        publish_appeal,
        in_state(State.READY),
        _("Published. It is open for fourteen days."),
        needs_publisher=True,
        obstacles=appeal_obstacles,
        main=True,
    ),
    Deed(
        "review",
        _("Send for review"),
        _("A second person reads the appeal and publishes it, or returns it with a word."),
        send_appeal,
        in_state(State.DRAFT, State.WITHDRAWN),
        _("Sent for review."),
        obstacles=appeal_obstacles,
    ),
    Deed(
        "extend",
        _("Open it for fourteen days more"),
        _(
            "A new decision: you have read the appeal again and wrote none of it. Say why it is needed longer."
        ),
        extend_appeal,
        lambda appeal: appeal.state == State.PUBLISHED and appeal.outcome_on is None,
        _("It is open for fourteen days from today."),
        needs_publisher=True,
        needs_reason=True,
        obstacles=appeal_obstacles,
    ),
    Deed(
        "return",
        _("Return to its author"),
        _("The appeal goes back to its author, with your word."),
        return_appeal,
        in_state(State.READY),
        _("Returned to its author."),
        needs_publisher=True,
        needs_reason=True,
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("The appeal can be changed again. Before readers see it, a second person reads it anew."),
        draft_appeal,
        in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The appeal is gone for readers within a minute. One person is enough."),
        withdraw_appeal,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the appeal."),
        needs_reason=True,
    ),
)


class AddresseeRows(CollapsedInline):
    """Organisations to write to; as they were read, while somebody reads the appeal."""

    model = AppealAddressee
    classes = []
    fields = [*both("name"), "post", ("email", "url"), "order"]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only while the appeal may be changed."""
        return _may_change(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only while the appeal may be changed."""
        return _may_change(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only while the appeal may be changed."""
        return _may_change(obj) and super().has_delete_permission(request, obj)


class AppealReadingRows(CollapsedInline):
    """What those who read it said. Written by deeds alone."""

    model = AppealReading
    confidential = True
    readonly_fields = ["decision", "until", "word", "read_by", "read_at"]
    fields = ["decision", "until", "word", "read_by", "read_at"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A deed adds it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing of it changes."""
        return False


def _may_change(record: Any) -> bool:
    return not isinstance(record, Appeal) or record.state not in (State.READY, State.PUBLISHED)


def _page(appeal: Appeal) -> str:
    return reverse("admin:appeals_appeal_change", args=[appeal.pk])


def _waiting(day: date) -> QuerySet[Appeal]:
    return Appeal.objects.filter(state=State.READY).order_by("pk")


def _ending(day: date) -> QuerySet[Appeal]:
    today = civil_date()
    return (
        Appeal.objects.published()
        .current(today)
        .filter(open_until__lte=today + ENDS_SOON)
        .most_urgent_first()
    )


def _without_outcome(day: date) -> QuerySet[Appeal]:
    return Appeal.objects.published().ended(civil_date()).filter(outcome_on__isnull=True).latest_first()


def _ends(appeal: Appeal) -> str:
    return f"{appeal}: {date_format(appeal.open_until, 'j E Y')}" if appeal.open_until else str(appeal)


class OpenFilter(admin.SimpleListFilter):
    """What «Today» asks of appeals that readers see, as lists of the same rows."""

    title = _("open for readers")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists beside all appeals."""
        return [("ending", _("ends within three days")), ("told-nothing", _("ended without an outcome"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The appeals of the list."""
        lists = {"ending": _ending, "told-nothing": _without_outcome}
        chosen = lists.get(self.value() or "")
        return queryset.filter(pk__in=chosen(civil_date()).values("pk")) if chosen else queryset


@admin.register(Appeal)
class AppealAdmin(PreviewPages, DeedPages, VersionedAdmin):
    """Appeals. What readers see stays as it was read; its outcome is told when it is known."""

    deeds = APPEAL_DEEDS
    change_form_template = "admin/appeal_change.html"
    frame_template = "admin/appeal_frame.html"
    list_display = ["__str__", "prisoner", "state", "open_until", "shown_until", "outcome_on"]
    list_filter = ["state", "subject", OpenFilter]
    list_select_related = ["prisoner"]
    search_fields = ["slug", *all_languages("title")]
    autocomplete_fields = ["prisoner"]
    prepopulated_fields: ClassVar[Any] = {"slug": (in_language("title", "en"),)}
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["prisoner", "subject", *both("title", "happened", "steps", "letter"), "slug"]}),
        (_("Outcome"), {"fields": [*both("outcome"), "outcome_on"]}),
    ]
    inlines = [AddresseeRows, AppealReadingRows]

    def readers_context(self, record: Any) -> dict[str, Any]:
        """The appeal as it stands, with a banner."""
        from memorial.appeals.views import appeal_context

        return appeal_context(record, civil_date())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What somebody reads is changed only after it was taken back; the outcome by those who publish."""
        if _may_change(obj):
            return ["slug"] if obj and obj.first_published_at else []
        words = ["prisoner", "subject", "slug", *all_languages("title", "happened", "steps", "letter")]
        tells = obj.state == State.PUBLISHED and request.user.has_perm("appeals.publish_appeal")
        return words if tells else [*words, *sorted(_OUTCOME)]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A suggested address, for a new appeal only."""
        return {} if obj else self.prepopulated_fields

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Addressees at once; what was said of it once there is something."""
        return list(self.inlines) if obj else [AddresseeRows]


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=_("Appeals to be read by a second person"),
        empty=_("No appeal waits."),
        permission="appeals.publish_appeal",
        rows=_waiting,
        line=str,
        target=_page,
        changelist="appeals_appeal_changelist",
        query=f"state__exact={State.READY}",
    ),
    Panel(
        title=_("Appeals that end within three days"),
        empty=_("No appeal ends soon."),
        permission="appeals.change_appeal",
        rows=_ending,
        line=_ends,
        target=_page,
        changelist="appeals_appeal_changelist",
        query="open=ending",
    ),
    Panel(
        title=_("Appeals that ended without an outcome"),
        empty=_("Every appeal that ended has its outcome."),
        permission="appeals.change_appeal",
        rows=_without_outcome,
        line=_ends,
        target=_page,
        changelist="appeals_appeal_changelist",
        query="open=told-nothing",
    ),
)
