"""What people and places put on the «today» page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.acting import staff_actor
from memorial.base.admin import Panel
from memorial.base.choices import State
from prisoners.admin.facility import unconfirmed
from prisoners.admin.office import due_leads
from prisoners.admin.prisoner_list import overdue_custodies, untranslated
from prisoners.admin.restriction import waiting_requests
from prisoners.models import Custody, Facility, Lead, Prisoner, RestrictionRequest, SecondLook, StaffNote


def _page(model: str, pk: int) -> str:
    return reverse(f"admin:prisoners_{model}_change", args=[pk])


def _in_review(_day: date) -> QuerySet:
    return Prisoner.objects.filter(state=State.READY).order_by("id")


def _untranslated(_day: date) -> QuerySet:
    return untranslated(Prisoner.objects.all()).order_by("-updated_on", "id")


def _overdue(day: date) -> QuerySet:
    return overdue_custodies(day).select_related("prisoner")


def _requests(day: date) -> QuerySet:
    return waiting_requests(day).select_related("prisoner")


def _import_notes(_day: date) -> QuerySet:
    return StaffNote.objects.filter(done=False, by__isnull=True).select_related("prisoner").order_by("id")


def _overdue_line(custody: Custody) -> str:
    return _("%(name)s: expected %(day)s") % {"name": custody.prisoner, "day": custody.expected_end}


def _address_line(place: Any) -> str:
    if place.address_checked_on is None:
        return _("%(name)s: never confirmed") % {"name": place}
    day = date_format(place.address_checked_on, "j E Y")
    return _("%(name)s: confirmed %(day)s") % {"name": place, "day": day}


def _lead_line(lead: Lead) -> str:
    return f"{lead.title}: {lead.next_step}"


def _request_line(asked: RestrictionRequest) -> str:
    return _("%(name)s: %(outcome)s, review on %(day)s") % {
        "name": asked.prisoner,
        "outcome": asked.get_outcome_display(),
        "day": date_format(asked.review_on, "j E Y"),
    }


def _note_line(note: StaffNote) -> str:
    return f"{note.prisoner}: {note}"


def _facility_page(place: Facility) -> str:
    return _page("facility", place.pk)


def _for_my_eyes(account: int) -> QuerySet:
    return SecondLook.objects.for_eyes_of(staff_actor(account)).with_facts().order_by("entered_at", "id")


def _sent_back(account: int) -> QuerySet:
    return SecondLook.objects.sent_back_to(staff_actor(account)).with_facts().order_by("entered_at", "id")


def _look_line(look: SecondLook) -> str:
    return f"{look.prisoner}: {look}"


def _returned_line(look: SecondLook) -> str:
    return f"{look.prisoner}: {look}. «{look.returned_word}»"


PANELS = (
    Panel(
        gettext_lazy("Waiting for a second look"),
        gettext_lazy("Nothing waits for your eyes."),
        "prisoners.confirm_secondlook",
        _in_review,
        _look_line,
        lambda look: _page("secondlook", look.pk),
        "prisoners_secondlook_changelist",
        rows_for=_for_my_eyes,
    ),
    Panel(
        gettext_lazy("Returned to you"),
        gettext_lazy("Nothing was returned to you."),
        "prisoners.view_secondlook",
        _in_review,
        _returned_line,
        lambda look: _page("secondlook", look.pk),
        "prisoners_secondlook_changelist",
        "waits=back",
        rows_for=_sent_back,
    ),
    Panel(
        gettext_lazy("Waiting for review"),
        gettext_lazy("No draft waits for review."),
        "prisoners.change_prisoner",
        _in_review,
        str,
        lambda person: _page("prisoner", person.pk),
        "prisoners_prisoner_changelist",
        "missing=review",
    ),
    Panel(
        gettext_lazy("Requests to restrict"),
        gettext_lazy("No request waits."),
        "prisoners.view_restrictionrequest",
        _requests,
        _request_line,
        lambda asked: _page("restrictionrequest", asked.pk),
        "prisoners_restrictionrequest_changelist",
        "waits=yes",
    ),
    Panel(
        gettext_lazy("Term ended by our data, release not confirmed"),
        gettext_lazy("No expected end has passed without a release."),
        "prisoners.change_custody",
        _overdue,
        _overdue_line,
        lambda custody: _page("prisoner", custody.prisoner_id),
        "prisoners_prisoner_changelist",
        "missing=overdue",
    ),
    Panel(
        gettext_lazy("Addresses not confirmed for six months"),
        gettext_lazy("Every address was confirmed within six months."),
        "prisoners.change_facility",
        unconfirmed,
        _address_line,
        _facility_page,
        "prisoners_facility_changelist",
        "address=unchecked",
    ),
    Panel(
        gettext_lazy("Leads whose next step is due"),
        gettext_lazy("No lead is due."),
        "prisoners.view_lead",
        due_leads,
        _lead_line,
        lambda lead: _page("lead", lead.pk),
        "prisoners_lead_changelist",
        "due=yes",
    ),
    Panel(
        gettext_lazy("Notes left by imports"),
        gettext_lazy("No import has left a note."),
        "prisoners.view_staffnote",
        _import_notes,
        _note_line,
        lambda note: _page("prisoner", note.prisoner_id),
        "prisoners_staffnote_changelist",
        "done__exact=0&by__isnull=True",
    ),
    Panel(
        gettext_lazy("Waiting for translation"),
        gettext_lazy("Every published page is in both languages."),
        "prisoners.view_prisoner",
        _untranslated,
        str,
        lambda person: _page("prisoner", person.pk),
        "prisoners_prisoner_changelist",
        "missing=one-language",
    ),
)
admin.site.add_panels(*PANELS)  # type: ignore[attr-defined]
