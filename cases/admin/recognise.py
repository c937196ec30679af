"""Recognition of several people in one step, and the texts to send about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.bulk import Done, RowErrors
from cases.actions.recognise import GroupRecognition, announcement, recognise_group
from cases.admin.quick import LINE, SourceFields
from cases.models import HearingPerson, Prosecution
from memorial.base.admin.autocomplete import StaffAutocomplete, StaffAutocompleteMultiple
from memorial.base.localized import LANGUAGES
from prisoners.actions.second_look import WAITS_NOW
from prisoners.choices import PacePoint, RecognitionGround
from prisoners.models import Prisoner, Recognition, Statement

RIGHTS = ("prisoners.add_recognition", "prisoners.publish_prisoner", "prisoners.add_statement")
"""Recognition is for those who publish; a second one of them confirms it."""
_TEXT = forms.Textarea(attrs={"rows": 6, "cols": 60})


class RecogniseForm(SourceFields):
    """Who, when, why, and the statement that says it."""

    prosecutions: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People in their cases"),
        queryset=Prosecution.objects.select_related("prisoner", "case"),
        widget=StaffAutocompleteMultiple(HearingPerson._meta.get_field("prosecution"), admin.site),
        required=False,
        help_text=gettext_lazy("The decision is linked to these cases."),
    )
    people: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People without a case here"),
        queryset=Prisoner.objects.all(),
        widget=StaffAutocompleteMultiple(Prosecution._meta.get_field("prisoner"), admin.site),
        required=False,
    )
    on = forms.DateField(
        label=gettext_lazy("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=[("", "—"), *RecognitionGround.choices])
    pace_points = forms.MultipleChoiceField(
        label=gettext_lazy("Points of PACE"),
        choices=PacePoint.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    statement: Any = forms.ModelChoiceField(
        label=gettext_lazy("Statement that is here already"),
        queryset=Statement.objects.all(),
        widget=StaffAutocomplete(Recognition._meta.get_field("statement"), admin.site),
        required=False,
    )
    title_ru = forms.CharField(
        label=gettext_lazy("or a new one: title (Russian)"), max_length=250, required=False, widget=LINE
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title (English)"), max_length=250, required=False, widget=LINE
    )
    text_ru = forms.CharField(label=gettext_lazy("Text (Russian)"), required=False, widget=_TEXT)
    text_en = forms.CharField(label=gettext_lazy("Text (English)"), required=False, widget=_TEXT)
    url = forms.URLField(
        label=gettext_lazy("Link to the statement"), max_length=500, required=False, assume_scheme="https"
    )
    field_order = [
        "prosecutions",
        "people",
        "on",
        "ground",
        "pace_points",
        "statement",
        "title_ru",
        "title_en",
        "text_ru",
        "text_en",
        "url",
        "source_url",
        "confidential_source",
    ]

    def clean(self) -> dict[str, Any]:
        """Somebody, and one statement: an old one or a new one."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("prosecutions") and not cleaned.get("people"):
            self.add_error("prosecutions", _("Choose the people."))
        has_new = bool(cleaned.get("title_ru") or cleaned.get("title_en"))
        if bool(cleaned.get("statement")) == has_new:
            self.add_error(
                "statement", _("Choose a statement, or write the title of a new one: one of the two.")
            )
        return cleaned

    def given(self, by: int) -> GroupRecognition:
        """The decision as entered."""
        data = self.cleaned_data
        new = Statement(
            **{name: data[name] for name in ("title_ru", "title_en", "text_ru", "text_en", "url")},
            published_on=data["on"],
        )
        return GroupRecognition(
            on=data["on"],
            ground=data["ground"],
            pace_points=data["pace_points"],
            statement=data["statement"] or new,
            source_url=data["source_url"],
            confidential_source=data["confidential_source"],
            by=by,
        )


class RecognisePages:
    """Mixed into the admin of prosecutions: the page of a group recognition, and that of its texts."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Both pages."""
        wrap = self.admin_site.admin_view
        return [
            path("recognise/", wrap(self.recognise_view), name="cases_prosecution_recognise"),
            path("recognised/<int:pk>/", wrap(self.texts_view), name="cases_prosecution_texts"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def recognise_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what will be entered, then enters it and leads to the texts."""
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        form = RecogniseForm(request.POST or None, initial=_of_case(request))
        rows: list[dict[str, Any]] = []
        done = None
        if request.method == "POST" and form.is_valid():
            given = form.given(int(request.user.pk or 0))
            done, rows = _tried(form, given, try_only="save" not in request.POST)
            if done and "save" in request.POST:
                messages.success(request, _("The recognition is entered. Here are the texts to send."))
                messages.info(request, str(WAITS_NOW))
                return HttpResponseRedirect(
                    reverse("admin:cases_prosecution_texts", args=[given.statement.pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Recognition of several people"),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "done": done,
            "media": form.media,
        }
        failed = request.method == "POST" and done is None
        return TemplateResponse(request, "admin/case_recognise.html", context, status=400 if failed else 200)

    def texts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text to paste and the draft of the news, in both languages. They are kept nowhere."""
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        statement = get_object_or_404(Statement, pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Texts to send: %(title)s") % {"title": statement},
            "opts": Statement._meta,
            "record": statement,
            "record_url": reverse("admin:prisoners_statement_change", args=[statement.pk]),
            "texts": [announcement(statement, language) for language in LANGUAGES],
        }
        return TemplateResponse(request, "admin/case_texts.html", context)


def _of_case(request: HttpRequest) -> dict[str, Any]:
    case = request.GET.get("case", "")
    if not case.isdigit() or len(case) > 9:
        return {}
    return {"prosecutions": list(Prosecution.objects.filter(case=int(case)).values_list("pk", flat=True))}


def _tried(
    form: RecogniseForm, given: GroupRecognition, *, try_only: bool
) -> tuple[Done | None, list[dict[str, Any]]]:
    """Enters, or only tries; with what is to be said beside each name."""
    people, prosecutions = form.cleaned_data["people"], form.cleaned_data["prosecutions"]
    names = {one.prisoner_id: str(one.prisoner) for one in prosecutions} | {p.pk: str(p) for p in people}
    try:
        done = recognise_group(given, people=people, prosecutions=prosecutions, try_only=try_only)
    except RowErrors as found:
        form.add_error(None, _("Nothing is entered yet: see what is said beside the names."))
        return None, [{"name": names[key], "errors": said} for key, said in found.errors.items()]
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return None, []
    return done, [{"name": name, "remarks": done.remarks.get(key, [])} for key, name in names.items()]
