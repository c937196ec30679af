"""Ten-second lines about a case: read, shown as understood, saved, and the same page ready for the next."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.quick import enter_line
from cases.actions.quick_kinds import LineKind
from cases.actions.quick_line import CaseLine
from cases.actions.read_line import read_line
from cases.choices import Instance, RestraintMeasure
from cases.models import Case, Charge, Hearing, HearingPerson, Prosecution
from memorial.base.admin.autocomplete import StaffAutocomplete
from memorial.base.civil_date import civil_date
from memorial.base.fields import PartialDateFormField
from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate
from memorial.base.texts_written import WRITTEN, texts_written

LINE = forms.TextInput(attrs={"size": 60})
RIGHTS = ("cases.change_case", "cases.add_decision", "cases.change_hearing", "cases.add_restraintextension")
"""Who may write the legal record by lines: those who may write it by forms."""


def may_enter(request: HttpRequest) -> bool:
    """Whether this person enters lines of cases."""
    return request.user.has_perms(RIGHTS)


class SourceFields(forms.Form):
    """Who says it."""

    source_url = forms.CharField(
        label=gettext_lazy("Link to the source"),
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs={"size": 60, "autocomplete": "off"}),
    )
    confidential_source = forms.CharField(
        label=gettext_lazy("Who told it, where there is no link (confidential)"), required=False, widget=LINE
    )


class CaseLineForm(SourceFields):
    """The line, whom it is about, and what was understood of it: every field can be corrected."""

    line = forms.CharField(
        label=gettext_lazy("The news in one line"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"size": 60, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "«custody extended to 14.02», «6 years, strict», «hearing 24.11 10:30, room 4»"
        ),
    )
    prosecution: Any = forms.ModelChoiceField(
        label=gettext_lazy("Person in a case"),
        queryset=Prosecution.objects.select_related("prisoner", "case"),
        widget=StaffAutocomplete(HearingPerson._meta.get_field("prosecution"), admin.site),
        required=False,
    )
    case: Any = forms.ModelChoiceField(
        label=gettext_lazy("or the whole case"),
        queryset=Case.objects.all(),
        widget=StaffAutocomplete(Hearing._meta.get_field("case"), admin.site),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=lambda: [
            ("", _("Choose what happened")),
            *((k.value, capfirst(str(k.label))) for k in LineKind),
        ],
        required=False,
    )
    on = PartialDateFormField(label=gettext_lazy("When"), required=False)
    until = PartialDateFormField(label=gettext_lazy("Until; postponed to"), required=False)
    measure = forms.ChoiceField(
        label=gettext_lazy("Measure of restraint"),
        choices=[("", "—"), *RestraintMeasure.choices],
        required=False,
    )
    penalties = forms.CharField(label=gettext_lazy("Penalties"), max_length=600, required=False, widget=LINE)
    reference = forms.CharField(
        label=gettext_lazy("Charge, with its code"), max_length=300, required=False, widget=LINE
    )
    old_charge: Any = forms.ModelChoiceField(
        label=gettext_lazy("Charge that was reclassified"), queryset=Charge.objects.none(), required=False
    )
    at = forms.TimeField(label=gettext_lazy("Time, by the court's clock"), required=False)
    room = forms.CharField(label=gettext_lazy("Room"), max_length=40, required=False)
    subject = forms.CharField(
        label=gettext_lazy("What is heard"), max_length=200, required=False, widget=LINE
    )
    court: Any = forms.ModelChoiceField(
        label=gettext_lazy("Court"),
        queryset=Hearing._meta.get_field("court").related_model._default_manager.all(),
        widget=StaffAutocomplete(Hearing._meta.get_field("court"), admin.site),
        required=False,
    )
    instance = forms.ChoiceField(
        label=gettext_lazy("Instance"), choices=[("", "—"), *Instance.choices], required=False
    )
    line_ru = forms.CharField(
        label=gettext_lazy("One public line (Russian)"), max_length=400, required=False, widget=LINE
    )
    line_en = forms.CharField(
        label=gettext_lazy("One public line (English)"), max_length=400, required=False, widget=LINE
    )

    FIRST = ("line", "prosecution", "case", "source_url")
    UNDERSTOOD = (
        "kind",
        "on",
        "until",
        "measure",
        "penalties",
        "reference",
        "old_charge",
        "at",
        "room",
        "subject",
    )
    MORE = ("court", "instance", "line_ru", "line_en", "confidential_source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("line_ru", "line_en"):
            self.fields[name].widget = forms.TextInput(attrs={"size": 60, "lang": name[-2:]})
        chosen = str(self["prosecution"].value() or "")
        if chosen.isdigit():
            rows = Charge.objects.filter(prosecution=int(chosen)).select_related("article")
            self.fields["old_charge"].queryset = rows  # type: ignore[attr-defined]

    def first_fields(self) -> list[Any]:
        """What an editor types."""
        return [self[name] for name in self.FIRST]

    def understood_fields(self) -> list[Any]:
        """What the line was understood to say."""
        return [self[name] for name in self.UNDERSTOOD]

    def more_fields(self) -> list[Any]:
        """What only some lines need."""
        return [self[name] for name in self.MORE]

    def wants_more(self) -> bool:
        """Whether the folded part has something typed or wrong in it."""
        return any(self[name].errors or (self.is_bound and self.data.get(name)) for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        """The case, which the person tells. A person chosen beside a case must be of it."""
        cleaned = super().clean() or self.cleaned_data
        person = cleaned.get("prosecution")
        if person and not cleaned.get("case"):
            cleaned["case"] = person.case
        if not cleaned.get("case") and not self.errors:
            self.add_error("prosecution", _("Choose the person, or the whole case."))
        if not cleaned.get("kind") and not self.errors:
            self.add_error("kind", _("Choose what happened."))
        return cleaned

    def entered(self, *, touches_person: bool, by: int) -> CaseLine:
        """What is to be written."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "line"}
        return CaseLine(**given, language=current_language(), touches_person=touches_person, by=by)


def understood(data: QueryDict) -> tuple[QueryDict, str]:
    """What was sent with the line read into its fields, and a sentence saying how it went.

    What an editor filled in goes before what the line is understood to say, but for the kind of a new line.
    """
    found = read_line(data.get("line", ""), civil_date())
    filled = data.copy()
    if found is None:
        return filled, _("The line was not understood: choose what happened, and fill in what belongs to it.")
    for name in (
        "kind",
        "on",
        "until",
        "at",
        "room",
        "subject",
        "measure",
        "instance",
        "penalties",
        "reference",
    ):
        value = getattr(found, name)
        if value and (name == "kind" or not filled.get(name)):
            filled[name] = _typed(name, value)
    if found.rest:
        return filled, _("Not entered, because it has no place here: «%(words)s».") % {"words": found.rest}
    return filled, ""


def _typed(name: str, value: Any) -> str:
    if name in ("on", "until"):
        return str(PartialDateFormField().prepare_value(PartialDate.from_date(value)))
    return f"{value:%H:%M}" if name == "at" else str(value)


class QuickPages:
    """Mixed into the admin of prosecutions: the page of lines."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page of lines."""
        wrap = self.admin_site.admin_view
        return [path("quick/", wrap(self.quick_view), name="cases_prosecution_quick"), *super().get_urls()]  # type: ignore[misc]

    def quick_view(self, request: HttpRequest) -> HttpResponse:
        """Reads a line and shows what was understood; saves what an editor has seen."""
        if not may_enter(request):
            raise PermissionDenied
        remark, is_read = "", False
        if request.method != "POST":
            form = CaseLineForm(initial=_asked_for(request))
        elif "read" in request.POST:
            data, remark = understood(request.POST)
            form, is_read = CaseLineForm(data), True
            # Shown as understood: what is missing is said when it is saved.
            form._errors = {}  # type: ignore[attr-defined]
        else:
            form = CaseLineForm(request.POST)
            if form.is_valid() and self._enter(request, form):
                return HttpResponseRedirect(f"{reverse('admin:cases_prosecution_quick')}?{_same(form)}")
        context = {
            **self.admin_site.each_context(request),
            "title": _("A line about a case"),
            "opts": self.opts,
            "form": form,
            "remark": remark,
            "is_read": is_read,
            "media": form.media,
        }
        status = 400 if request.method == "POST" and not is_read else 200
        return TemplateResponse(request, "admin/case_quick.html", context, status=status)

    def _enter(self, request: HttpRequest, form: CaseLineForm) -> bool:
        touches = request.user.has_perm("prisoners.change_prisoner")
        try:
            # Both languages of the line stand side by side.
            with texts_written(WRITTEN):
                written = enter_line(form.entered(touches_person=touches, by=int(request.user.pk or 0)))
        except ValidationError as error:
            form.add_error(None, error)
            return False
        about = form.cleaned_data["prosecution"] or form.cleaned_data["case"]
        kind = LineKind(form.cleaned_data["kind"]).label
        url = reverse("admin:cases_case_change", args=[form.cleaned_data["case"].pk])
        messages.success(
            request, format_html('{} <a href="{}">{}</a>: {}. {}', _("Saved:"), url, about, kind, _("Next."))
        )
        for remark in written.remarks:
            messages.warning(request, remark)
        return True


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """Whom the page was opened for. A person with one case is in that case."""
    asked = {name: request.GET.get(name, "") for name in ("prosecution", "case", "prisoner")}
    known: dict[str, Any] = {
        name: int(value) for name, value in asked.items() if value.isdigit() and len(value) < 10
    }
    if prisoner := known.pop("prisoner", None):
        people = list(Prosecution.objects.filter(prisoner=prisoner).values_list("pk", flat=True)[:2])
        if len(people) == 1:
            known["prosecution"] = people[0]
    # What a work list knows already: a hearing's day, which measure runs out.
    given = {name: request.GET.get(name, "") for name in ("kind", "on", "measure")}
    allowed = {"kind": LineKind.values, "measure": RestraintMeasure.values}
    known |= {name: value for name, value in given.items() if value in allowed.get(name, ())}
    is_date = re.fullmatch(r"\d\d\.\d\d\.\d{4}", given["on"])
    return known | ({"on": given["on"]} if is_date else {})


def _same(form: CaseLineForm) -> str:
    """The next line is often about the same case."""
    query = QueryDict(mutable=True)
    query["case"] = str(form.cleaned_data["case"].pk)
    return query.urlencode()
