"""A step is done: what comes next and when, or how the request ended. There is no third way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.actions import close_request, take_step
from assistance.admin.finding import numbered
from assistance.choices import OPEN_STATES, RequestState
from assistance.models import HelpRequest
from memorial.base.civil_date import civil_date
from memorial.base.evidence import Looking
from memorial.base.looking import record_looking

DAY = forms.DateInput(attrs={"type": "date", "class": "office-date"}, format="%Y-%m-%d")
USUAL_WAIT = timedelta(days=7)


class StepForm(forms.Form):
    """What was done when, where the request stands now, and what is next."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    done_on = forms.DateField(label=gettext_lazy("Done on"), widget=DAY)
    state = forms.ChoiceField(label=gettext_lazy("state"), choices=RequestState.choices)
    next_step = forms.CharField(
        label=gettext_lazy("Next step"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"size": 60, "autocomplete": "off"}),
    )
    next_step_on = forms.DateField(label=gettext_lazy("on"), required=False, widget=DAY)
    decision = forms.CharField(
        label=gettext_lazy("decision and its reasons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Where the request ends; a refusal needs reasons."),
    )

    @property
    def goes_on(self) -> bool:
        """Whether somebody still waits for us after this step."""
        return self.cleaned_data.get("state") in OPEN_STATES

    def clean(self) -> dict[str, Any]:
        """An open request has a next step and its day: nothing falls silent."""
        cleaned = super().clean() or self.cleaned_data
        if self.goes_on:
            for name in ("next_step", "next_step_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Say what is next and when, or choose how the request ended."))
        return cleaned


class StepPage:
    """Mixed into the admin of requests: `<number>/step/`."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/step/", wrap(self.step_view), name="assistance_helprequest_step")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks what comes next, and writes it where nobody has changed the request meanwhile."""
        if not request.user.has_perm("assistance.change_helprequest"):
            raise PermissionDenied
        row = HelpRequest.objects.visible_to(request.user).select_related("client").filter(pk=pk).first()
        if row is None:
            raise Http404
        form = StepForm(request.POST) if request.method == "POST" else StepForm(initial=_beginning(row))
        if request.method == "POST" and form.is_valid() and self._write(request, form, row):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("admin:assistance_helprequest_today"))
        return self._page(request, row, form)

    def _page(self, request: HttpRequest, row: HelpRequest, form: StepForm) -> HttpResponse:
        record_looking(
            staff=int(request.user.pk or 0), kind=Looking.Kind.SEEN, model=HelpRequest, rows=[row.pk]
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("A step is done"),
            "opts": self.opts,
            "record": numbered(row.client),
            "record_url": reverse("admin:assistance_client_change", args=[row.client_id]),
            "row": row,
            "form": form,
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/assistance_step.html", context, status=status)

    def _write(self, request: HttpRequest, form: StepForm, row: HelpRequest) -> bool:
        said = form.cleaned_data
        common = {"request": row, "version": said["version"], "by": int(request.user.pk or 0)}
        state = RequestState(said["state"])
        try:
            if form.goes_on:
                step = {name: said[name] for name in ("done_on", "next_step", "next_step_on")}
                take_step(**common, **step, state=state)
            else:
                close_request(**common, state=state, closed_on=said["done_on"], decision=said["decision"])
        except ValidationError as error:
            self._say_what_is_wrong(form, row, error)
            return False
        return True

    def _say_what_is_wrong(self, form: StepForm, row: HelpRequest, error: ValidationError) -> None:
        """The refusal above what was typed; a colleague's step is shown, and the next save goes over it."""
        form.add_error(None, error)
        if getattr(error, "code", "") == "changed":
            row.refresh_from_db()
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["version"] = str(row.version)  # type: ignore[index]
            theirs = _("Now it says: %(state)s; %(step)s, %(day)s.") % {
                "state": capfirst(str(row.get_state_display())),
                "step": row.next_step or "—",
                "day": row.next_step_on or row.closed_on,
            }
            form.add_error(None, theirs)


def _beginning(row: HelpRequest) -> dict[str, Any]:
    today = civil_date()
    return {
        "version": row.version,
        "done_on": today,
        "state": row.state,
        "next_step_on": today + USUAL_WAIT,
    }
