"""What stands on the first page of a case: people, hearings, other cases, events, notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.of_case import CaseForm, CaseFormSet, hearings_of, people_of
from cases.models import Case, CaseLink, CasePrivate, Event, Hearing, HearingPerson, Prosecution
from memorial.base.admin import CollapsedInline, both

PEOPLE = _("People and hearings")
AROUND = _("Around the case")
CONFIDENTIAL = _("Confidential")


class CaseInline(CollapsedInline):
    """Rows of a case. Empty rows wait at the end, so that nobody needs a script to add one."""

    form = CaseForm
    formset = CaseFormSet
    extra_when_new = 1

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        """More empty rows for a case that is new."""
        return 1 if obj else self.extra_when_new


class ProsecutionForm(CaseForm):
    """A person in the case."""

    class Meta:
        model = Prosecution
        fields: list[str] = []  # the page names them


class ProsecutionInline(CaseInline):
    """The people of the case; charges and decisions are on the second page, the rest on each one's own."""

    model = Prosecution
    form = ProsecutionForm
    group = PEOPLE
    classes: list[str] = []
    verbose_name_plural = _("people")
    verbose_name = _("person")
    show_change_link = True
    extra_when_new = 5
    autocomplete_fields = ["prisoner"]
    fields = [
        ("prisoner", "role", "plea"),
        ("since", "in_absentia", "stage_entered"),
        ("suspended_on", "suspension_reason", "resumed_on"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """People with the case, which their own name tells."""
        return super().get_queryset(request).select_related("case")


class HearingForm(CaseForm):
    """A hearing. Whoever is ticked, it concerns only them; nobody ticked is the whole case."""

    concerns = forms.ModelMultipleChoiceField(
        label=_("Only for these people"),
        queryset=Prosecution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: the whole case."),
    )

    class Meta:
        model = Hearing
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["concerns"]
        people.queryset = Prosecution.objects.filter(case=self.case.pk)
        self.offer("concerns", people_of(self.case))
        self.offer("postponed_to", hearings_of(self.case))
        if self.instance.pk:
            self.initial["concerns"] = [link.prosecution_id for link in self.instance.people.all()]
        if len(people_of(self.case)) < 2:
            del self.fields["concerns"]

    def save(self, commit: bool = True) -> Hearing:
        """Writes the hearing and whom it concerns."""
        hearing: Hearing = super().save(commit=False)
        chosen = {person.pk for person in self.cleaned_data.get("concerns", ())}
        if "concerns" in self.fields:
            hearing.whole_case = not chosen
        if commit:
            hearing.save()
            if "concerns" in self.changed_data:
                HearingPerson.objects.filter(hearing=hearing).exclude(prosecution__in=chosen).delete()
                for pk in sorted(chosen):
                    HearingPerson.objects.get_or_create(hearing=hearing, prosecution_id=pk)
        return hearing


class HearingInline(CaseInline):
    model = Hearing
    form = HearingForm
    group = PEOPLE
    extra_when_new = 3
    autocomplete_fields = ["court"]
    show_change_link = True
    fields = [
        ("on", "at", "court", "room"),
        ("hearing_state", "instance", "access", "verification"),
        *both("subject"),
        "concerns",
        "postponed_to",
        *both("note"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Hearings with whom they concern."""
        return super().get_queryset(request).prefetch_related("people")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Whom it concerns is chosen where there are several people, by those who may."""
        several = isinstance(obj, Case) and len(people_of(obj)) > 1
        if several and self.has_change_permission(request, obj):
            return self.fields
        return [name for name in self.fields or [] if name != "concerns"]


class CaseLinkForm(CaseForm):
    class Meta:
        model = CaseLink
        fields: list[str] = []  # the page names them


class CaseLinkInline(CaseInline):
    model = CaseLink
    form = CaseLinkForm
    fk_name = "case"
    group = AROUND
    verbose_name_plural = _("linked cases")
    autocomplete_fields = ["other"]
    fields = [("kind", "other", "on")]


class EventForm(CaseForm):
    """A line of the chronology, of the whole case or of one person in it."""

    class Meta:
        model = Event
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("prosecution", people_of(self.case))


class EventInline(CaseInline):
    model = Event
    form = EventForm
    group = AROUND
    verbose_name_plural = _("other lines of the chronology")
    fields = [("on", "kind", "prosecution", "verification"), *both("line")]


class CasePrivateInline(CollapsedInline):
    model = CasePrivate
    group = CONFIDENTIAL
    confidential = True
    classes = ["collapse", "confidential"]
    can_delete = False
    max_num = 1
    extra = 1
    fields = ["staff_note"]
