"""Today's person in the office: who it will be tomorrow, and the veto. Who says no says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.admin import OfficeForm, Panel, StaffAdmin
from memorial.base.civil_date import civil_date
from memorial.home.attention import reasons
from memorial.home.models import AttentionVeto
from memorial.home.pick import pick_of
from prisoners.models import Prisoner

CHANGELIST = "home_attentionveto_changelist"
PERMISSION = "home.add_attentionveto"


class VetoForm(OfficeForm):
    """A veto. What has been shown already cannot be taken back."""

    def clean_day(self) -> date:
        """Today or later. Raises `ValidationError` for a day that is over."""
        day: date = self.cleaned_data["day"]
        if day < civil_date():
            raise ValidationError(_("This day is over."))
        return day


@admin.register(AttentionVeto)
class AttentionVetoAdmin(StaffAdmin):
    """Whom the home page passes over on a day, and why. A veto is made and taken back, never rewritten."""

    form = VetoForm
    list_display = ["prisoner", "day", "reason"]
    list_select_related = ["prisoner"]
    date_hierarchy = "day"
    autocomplete_fields = ["prisoner"]
    fields = ["prisoner", "day", "reason"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the «today» page asks about; tomorrow where nothing was asked."""
        return {"day": civil_date() + timedelta(days=1)} | super().get_changeform_initial_data(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody rewrites a veto."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Saves, and says who comes instead."""
        super().save_model(request, obj, form, change)
        pick = pick_of(obj.day)
        words = {"day": date_format(obj.day, "j E"), "name": pick.person if pick else ""}
        said = (
            _("On %(day)s the home page shows: %(name)s.")
            if pick
            else _("On %(day)s the home page shows nobody.")
        )
        messages.info(request, said % words)


def _rows(day: date) -> QuerySet[Prisoner]:
    """The person of a day as a queryset of one or none, which is what a panel counts; with the birthday told."""
    pick = pick_of(day)
    if pick is None:
        return Prisoner.objects.none()
    return Prisoner.objects.filter(pk=pick.person.pk).annotate(is_birthday=Value(pick.is_birthday))


def _todays(day: date) -> QuerySet[Prisoner]:
    return _rows(day)


def _tomorrows(day: date) -> QuerySet[Prisoner]:
    return _rows(day + timedelta(days=1))


def _line(person: Any, day: date) -> str:
    """«Аистов Пётр: не проверяли полгода»; of a birthday, that it is one. The person is one of `_rows`."""
    why = [_("birthday")] if person.is_birthday else reasons(person, day)
    return f"{person}: {', '.join(why)}" if why else str(person)


def _veto(person: Prisoner, day: date) -> str:
    asked = urlencode({"prisoner": str(person.pk), "day": day.isoformat()})
    return f"{reverse('admin:home_attentionveto_add')}?{asked}"


def _tomorrow() -> date:
    return civil_date() + timedelta(days=1)


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=gettext_lazy("On the home page tomorrow: say no if it must not be"),
        empty=gettext_lazy("Nobody is on the home page tomorrow."),
        permission=PERMISSION,
        rows=_tomorrows,
        line=lambda person: _line(person, _tomorrow()),
        target=lambda person: _veto(person, _tomorrow()),
        changelist=CHANGELIST,
    ),
    Panel(
        title=gettext_lazy("On the home page today"),
        empty=gettext_lazy("Nobody is on the home page today."),
        permission=PERMISSION,
        rows=_todays,
        line=lambda person: _line(person, civil_date()),
        target=lambda person: _veto(person, civil_date()),
        changelist=CHANGELIST,
    ),
)
