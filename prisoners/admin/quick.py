"""Ten-second entries: one line of news about one person, saved, and the same page ready for the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.admin.autocomplete import StaffAutocomplete
from memorial.base.fields import PartialDateFormField
from memorial.base.texts_written import WRITTEN, texts_written
from prisoners import actions
from prisoners.actions.enter import QuickKind, waits_now
from prisoners.actions.second_look import WAITS_NOW
from prisoners.admin.rights import may_edit
from prisoners.choices import DeathCircumstance, Register, ReleaseCircumstance, ReleaseGround
from prisoners.models import Facility, Lead, Prisoner, Stay

_LINE = forms.TextInput(attrs={"size": 60})


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("Choose what happened")), *((kind.value, capfirst(str(kind.label))) for kind in QuickKind)]


def _circumstances() -> list[tuple[str, Any]]:
    return [
        ("", "—"),
        (_("of a release"), list(ReleaseCircumstance.choices)),
        (_("of a death"), [(code, label) for code, label in DeathCircumstance.choices if code != "other"]),
    ]


class QuickForm(forms.Form):
    """Who, what, when, where, says who; and one line in each language."""

    prisoner: Any = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        queryset=Prisoner.objects.all(),
        widget=StaffAutocomplete(Lead._meta.get_field("prisoner"), admin.site),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=_kinds)
    on = PartialDateFormField(label=gettext_lazy("When"), required=False)
    facility: Any = forms.ModelChoiceField(
        label=gettext_lazy("Institution, if the news is about a place"),
        queryset=Facility.objects.all(),
        widget=StaffAutocomplete(Stay._meta.get_field("facility"), admin.site),
        required=False,
    )
    source_url = forms.CharField(
        label=gettext_lazy("Link to the source"),
        required=False,
        widget=forms.URLInput(attrs={"size": 60, "autocomplete": "off"}),
    )
    line_ru = forms.CharField(
        label=gettext_lazy("One line (Russian)"), max_length=400, required=False, widget=_LINE
    )
    line_en = forms.CharField(
        label=gettext_lazy("One line (English)"), max_length=400, required=False, widget=_LINE
    )
    confidential_source = forms.CharField(
        label=gettext_lazy("Who told it, where there is no link (confidential)"), required=False, widget=_LINE
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Legal ground, of a release"),
        choices=[("", "—"), *ReleaseGround.choices],
        required=False,
    )
    circumstance = forms.ChoiceField(
        label=gettext_lazy("Circumstance, of a release or a death"), choices=_circumstances, required=False
    )
    register = forms.ChoiceField(
        label=gettext_lazy("Which register"), choices=Register.choices, required=False
    )

    MAIN = ("prisoner", "kind", "on", "facility", "source_url", "line_ru", "line_en")
    MORE = ("confidential_source", "ground", "circumstance", "register")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("line_ru", "line_en"):
            self.fields[name].widget.attrs["lang"] = name[-2:]

    def main_fields(self) -> list[Any]:
        """What every line of news needs."""
        return [self[name] for name in self.MAIN]

    def more_fields(self) -> list[Any]:
        """What only some need, folded until asked for."""
        return [self[name] for name in self.MORE]

    def wants_more(self) -> bool:
        """Whether the folded part has something typed or wrong in it."""
        return any(self[name].errors or (self.is_bound and self.data.get(name)) for name in self.MORE[:3])


class QuickPages:
    """Mixed into the page of people."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page of quick entries."""
        wrap = self.admin_site.admin_view
        return [path("quick/", wrap(self.quick_view), name="prisoners_prisoner_quick"), *super().get_urls()]  # type: ignore[misc]

    def quick_view(self, request: HttpRequest) -> HttpResponse:
        """Takes one line of news; what is wrong with it is said and everything typed is kept."""
        if not may_edit(request.user, "prisoner"):
            raise PermissionDenied
        form = QuickForm(request.POST or None, initial={"prisoner": request.GET.get("prisoner")})
        if request.method == "POST" and form.is_valid() and self._enter(request, form):
            return HttpResponseRedirect(reverse("admin:prisoners_prisoner_quick"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Quick entry"),
            "opts": self.opts,
            "form": form,
            "media": form.media,
        }
        return TemplateResponse(request, "admin/quick.html", context, status=400 if form.errors else 200)

    def _enter(self, request: HttpRequest, form: QuickForm) -> bool:
        given = {**form.cleaned_data, "register": form.cleaned_data["register"] or Register.ROSFINMONITORING}
        try:
            # Both languages of the line stand side by side.
            with texts_written(WRITTEN):
                row = actions.quick_entry(**given, by=request.user.pk)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        person = form.cleaned_data["prisoner"]
        messages.success(request, self._saved(person, form.cleaned_data["kind"]))
        if waits_now(row):
            messages.info(request, str(WAITS_NOW))
        return True

    def _saved(self, person: Prisoner, kind: str) -> str:
        return format_html(
            '{} <a href="{}">{}</a>: {}. {}',
            _("Saved:"),
            self.record_url(person),  # type: ignore[attr-defined]
            person,
            QuickKind(kind).label,
            _("Next."),
        )
