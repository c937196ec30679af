"""What the attention desk puts on the «today» page, and lists that the desk itself shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.attention.desk import oldest_first, still_to_check
from memorial.attention.models import AfterLook, CheckedLink, SuspectedPair
from memorial.attention.pair_names import with_names
from memorial.base.acting import staff_actor
from memorial.base.admin import Panel
from prisoners.admin.prisoner_list import QUESTIONS
from prisoners.models import Prisoner


def _person_page(person: Prisoner) -> str:
    return reverse("admin:prisoners_prisoner_change", args=[person.pk])


def _person_line(person: Prisoner) -> str:
    if person.facts_checked_on is None:
        return _("%(name)s: never checked") % {"name": person}
    day = date_format(person.facts_checked_on, "j E Y")
    return _("%(name)s: checked %(day)s") % {"name": person, "day": day}


def _after_looks(account: int) -> QuerySet:
    rows = AfterLook.objects.for_eyes_of(staff_actor(account))
    return rows.select_related("prisoner").order_by("entered_at", "id")


def _waiting_looks(_day: date) -> QuerySet:
    return AfterLook.objects.waiting().order_by("entered_at", "id")


def _dead_links(_day: date) -> QuerySet:
    return CheckedLink.objects.dead().order_by("failed_since", "id")


def _pairs(_day: date) -> QuerySet:
    return with_names(SuspectedPair.objects.waiting()).order_by("found_on", "id")


def _pair_line(pair: Any) -> str:
    return f"{pair.one_name} · {pair.other_name}"


def _link_line(link: CheckedLink) -> str:
    return f"{link.url} — {link.get_failure_display()}"


PANELS = (
    Panel(
        gettext_lazy("Became grave after it was published: look at it"),
        gettext_lazy("No published page waits for your eyes."),
        "prisoners.confirm_secondlook",
        _waiting_looks,
        lambda look: f"{look.prisoner}: {look}",
        lambda look: reverse("admin:attention_afterlook_change", args=[look.pk]),
        "attention_afterlook_changelist",
        rows_for=_after_looks,
    ),
    Panel(
        gettext_lazy("May be the same person"),
        gettext_lazy("Nobody seems to be here twice."),
        "attention.change_suspectedpair",
        _pairs,
        _pair_line,
        lambda pair: reverse("admin:attention_suspectedpair_change", args=[pair.pk]),
        "attention_suspectedpair_changelist",
    ),
    Panel(
        gettext_lazy("Dead links of sources"),
        gettext_lazy("No link is known to be dead."),
        "attention.view_checkedlink",
        _dead_links,
        _link_line,
        lambda link: reverse("admin:attention_checkedlink_change", args=[link.pk]),
        "attention_checkedlink_changelist",
    ),
)
SHARE = Panel(
    gettext_lazy("Today’s profiles to check"),
    gettext_lazy("Today’s share is checked."),
    "prisoners.change_prisoner",
    still_to_check,
    _person_line,
    _person_page,
    "attention_afterlook_desk",
)


def _without_photo(day: date) -> QuerySet[Any]:
    return QUESTIONS["no-photo"][1](oldest_first(), day)


def without_photo() -> Panel:
    """Published people without a photo: a list of the desk, too long for the «today» page."""
    return Panel(
        gettext_lazy("Published without a photo"),
        gettext_lazy("Everybody has a photo."),
        "prisoners.change_prisoner",
        _without_photo,
        str,
        _person_page,
        "prisoners_prisoner_changelist",
        "missing=no-photo&state__exact=published",
    )


admin.site.add_panels(SHARE, *PANELS)  # type: ignore[attr-defined]
