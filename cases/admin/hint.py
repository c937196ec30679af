"""The hint for the end of a term in the office: its working line by line, confirmed or overruled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.end_of_term import confirm_hint, enter_end, hint_of
from cases.models import Term
from memorial.base.fields import PartialDateFormField


class EndForm(forms.Form):
    """Another day than the hint's, and why."""

    on = PartialDateFormField(label=gettext_lazy("Expected end"))
    reason = forms.CharField(
        label=gettext_lazy("Why this day"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text=gettext_lazy("Kept in the history, which only staff see."),
    )


class HintPages:
    """Mixed into the admin of terms: `<number>/end/`."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page of the hint, by term and by person."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/end/", wrap(self.end_view), name="cases_term_end"),
            path("of/<int:prisoner>/", wrap(self.of_person_view), name="cases_term_of_person"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def of_person_view(self, request: HttpRequest, prisoner: int) -> HttpResponse:
        """Leads to the term in force of a person; to a new one where there is none."""
        _require(request)
        term = Term.objects.filter(prisoner=prisoner, current=True).first()
        if term is None:
            messages.info(request, _("No term in force is entered for this person."))
            return HttpResponseRedirect(f"{reverse('admin:cases_term_add')}?prisoner={prisoner}")
        return HttpResponseRedirect(reverse("admin:cases_term_end", args=[term.pk]))

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows the hint; takes its confirmation, or another day with a reason."""
        _require(request)
        term = get_object_or_404(Term.objects.select_related("prisoner"), pk=pk)
        form = EndForm(
            request.POST if "overrule" in request.POST else None, initial={"on": term.expected_end}
        )
        errors: list[str] = []
        if request.method == "POST":
            try:
                if self._decide(request, term, form):
                    return HttpResponseRedirect(request.path)
            except ValidationError as error:
                errors = error.messages
        context = {
            **self.admin_site.each_context(request),
            "title": _("End of the term: %(name)s") % {"name": term.prisoner},
            "opts": self.opts,
            "term": term,
            "record": term.prisoner,
            "record_url": reverse("admin:prisoners_prisoner_change", args=[term.prisoner_id]),
            "found": hint_of(term),
            "form": form,
            "errors": errors,
        }
        return TemplateResponse(
            request, "admin/case_term_end.html", context, status=400 if errors or form.errors else 200
        )

    def _decide(self, request: HttpRequest, term: Term, form: EndForm) -> bool:
        by = int(request.user.pk or 0)
        if "overrule" not in request.POST:
            confirm_hint(term=term, by=by)
        elif form.is_valid():
            enter_end(term=term, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], by=by)
        else:
            return False
        messages.success(request, _("The expected end is entered: %(day)s.") % {"day": term.expected_end})
        return True


def _require(request: HttpRequest) -> None:
    if not request.user.has_perms(["cases.change_term", "prisoners.change_custody"]):
        raise PermissionDenied
