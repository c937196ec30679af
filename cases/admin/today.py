"""What the legal record puts on the «today» page."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.today_lists import (
    hearings_this_week,
    hearings_without_outcome,
    restraints_running_out,
    terms_ending,
    terms_over,
)
from cases.models import Hearing, Restraint, Term
from memorial.base.admin import Panel


def _hearing_line(hearing: Hearing) -> str:
    day = date_format(hearing.on, "j E")
    when = f"{day}, {hearing.at:%H:%M}" if hearing.at else day
    court = f", {hearing.court}" if hearing.court else ""
    return f"{when}: {hearing.case}{court}"


def _term_line(term: Term) -> str:
    return _("%(name)s: expected %(day)s") % {"name": term.prisoner, "day": term.expected_end}


def _restraint_line(restraint: Restraint) -> str:
    said = {"name": restraint.prosecution.prisoner, "measure": restraint.get_measure_display()}
    return _("%(name)s: %(measure)s until %(day)s") % {**said, "day": restraint.runs_until}


def _case_page(row: Hearing) -> str:
    return reverse("admin:cases_case_change", args=[row.case_id])


def _line_page(row: Restraint) -> str:
    url = reverse("admin:cases_prosecution_quick")
    return f"{url}?prosecution={row.prosecution_id}&kind=extended&measure={row.measure}"


def _person_page(row: Term) -> str:
    return reverse("admin:prisoners_prisoner_change", args=[row.prisoner_id])


def _end_page(row: Term) -> str:
    return reverse("admin:cases_term_end", args=[row.pk])


PANELS = (
    Panel(
        gettext_lazy("Hearings this week"),
        gettext_lazy("No hearing is planned for the next seven days."),
        "cases.change_hearing",
        hearings_this_week,
        _hearing_line,
        _case_page,
        "cases_hearing_changelist",
        "waits=week",
    ),
    Panel(
        gettext_lazy("Hearings passed without outcome"),
        gettext_lazy("Every hearing that has passed has its outcome."),
        "cases.change_hearing",
        hearings_without_outcome,
        _hearing_line,
        _case_page,
        "cases_hearing_changelist",
        "waits=no-outcome",
    ),
    Panel(
        gettext_lazy("Measures of restraint that run out within 14 days"),
        gettext_lazy("No measure of restraint runs out within 14 days."),
        "cases.change_restraint",
        restraints_running_out,
        _restraint_line,
        _line_page,
        "cases_restraint_changelist",
        "waits=soon",
    ),
    Panel(
        gettext_lazy("Terms that end within 60 days"),
        gettext_lazy("No term ends within 60 days."),
        "cases.change_term",
        terms_ending,
        _term_line,
        _end_page,
        "cases_term_changelist",
        "waits=soon",
    ),
    Panel(
        gettext_lazy("Terms over by our data, release not confirmed"),
        gettext_lazy("No term is over without a release."),
        "cases.change_term",
        terms_over,
        _term_line,
        _person_page,
        "cases_term_changelist",
        "waits=over",
    ),
)
admin.site.add_panels(*PANELS)  # type: ignore[attr-defined]
