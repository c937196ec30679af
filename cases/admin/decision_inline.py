"""Decisions of a case, each with what it means for each person: penalties are typed as one says them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.charge_outcomes import charges_before, tell_of_charge
from cases.actions.quick_terms import follow_life
from cases.actions.read_penalties import ReadPenalty, read_penalties
from cases.admin.case_inlines import CaseInline
from cases.admin.of_case import CaseForm, decisions_of, people_of, person_name
from cases.choices import CaseKind, ChargeEventKind, MedicalMeasure
from cases.display.penalties import penalties_words
from cases.models import Case, Decision, DecisionPerson, Penalty, Prosecution
from cases.warnings import warnings
from memorial.base.admin import both
from memorial.base.localized import current_language

CLOSING = {
    ChargeEventKind.CONVICTED: gettext_lazy("found guilty of every charge that stands"),
    ChargeEventKind.ACQUITTED: gettext_lazy("acquitted of every charge that stands"),
    ChargeEventKind.DROPPED: gettext_lazy("every charge that stands is dropped"),
}


def names_of(prosecution: Prosecution) -> tuple[str, str, str, str]:
    """The fields of one person in a decision: whether it concerns them, penalties, measure, absence."""
    stem = f"p{prosecution.pk}"
    return f"{stem}_in", f"{stem}_penalties", f"{stem}_measure", f"{stem}_absent"


class DecisionForm(CaseForm):
    """A decision; nobody ticked is the whole case. `people_fields` adds each person's fields."""

    may_delete = False
    may_tell_person = False
    """Whether who enters it may write what a sentence for life means for the person's term and custody."""

    charges_become = forms.ChoiceField(
        label=gettext_lazy("Charges of these people, by this decision"),
        choices=[
            ("", gettext_lazy("as they stand")),
            *((kind.value, words) for kind, words in CLOSING.items()),
        ],
        required=False,
        help_text=gettext_lazy("Said once: it is written into the charges above."),
    )

    class Meta:
        model = Decision
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("supersedes", decisions_of(self.case))
        self.links: dict[int, DecisionPerson] = {}
        self.read: dict[int, list[ReadPenalty]] = {}
        if self.instance.pk:
            self.links = {link.prosecution_id: link for link in self.instance.people.all()}
        for one in people_of(self.case):
            self._show(one)

    def _show(self, one: Prosecution) -> None:
        link = self.links.get(one.pk)
        if link is None:
            return
        inside, penalties, measure, absent = names_of(one)
        self.initial = {
            **self.initial,
            inside: True,
            penalties: penalties_words(link.penalties.all()),
            measure: link.medical_measure,
            absent: link.in_absentia,
        }

    @property
    def remarks(self) -> list[str]:
        """What is unusual in the decision and in each penalty of it."""
        found = super().remarks
        if self.instance.pk and not self.is_bound:
            for one in people_of(self.case):
                if (link := self.links.get(one.pk)) is None:
                    continue
                link.prosecution = one
                for penalty in link.penalties.all():
                    penalty.decision_person = link
                    found += [f"{person_name(one)}: {sentence}" for sentence in warnings(penalty)]
        return found

    def clean(self) -> dict[str, Any] | None:
        """What was typed, with the penalties read; refuses what was not understood, beside the field."""
        cleaned = super().clean()
        for one in people_of(self.case):
            if names_of(one)[0] in self.fields:
                self._clean_person(one)
        return cleaned

    def _clean_person(self, one: Prosecution) -> None:
        inside, penalties, measure, absent = names_of(one)
        data = self.cleaned_data
        if penalties in self.changed_data:
            try:
                self.read[one.pk] = read_penalties(data[penalties], administrative=self._is_administrative())
            except forms.ValidationError as error:
                self.add_error(penalties, error)
        said = data.get(penalties) or data.get(measure) or data.get(absent)
        if said and not data.get(inside) and inside not in self.changed_data:
            # Whoever has a penalty is meant, ticked or not.
            data[inside] = True
        link = self.links.get(one.pk)
        if link is None or self.may_delete:
            return
        if not data.get(inside):
            self.add_error(inside, _("Taking a person out of a decision is an editor's to do."))
        elif len(self.read.get(one.pk, ())) < len(link.penalties.all()) and one.pk in self.read:
            self.add_error(penalties, _("Taking a penalty out is an editor's to do."))

    def _is_administrative(self) -> bool:
        return self.case.kind == CaseKind.ADMINISTRATIVE

    def save(self, commit: bool = True) -> Decision:
        """Writes the decision, then what it means for each person, then what becomes of their charges."""
        decision: Decision = super().save(commit=False)
        chosen = [one for one in people_of(self.case) if self.cleaned_data.get(names_of(one)[0])]
        if any(names_of(one)[0] in self.fields for one in people_of(self.case)):
            decision.whole_case = not chosen
        if commit:
            decision.save()
            self._save_people(decision, {one.pk for one in chosen})
            self._close_charges(decision)
        return decision

    def _save_people(self, decision: Decision, chosen: set[int]) -> None:
        for pk, link in self.links.items():
            if pk not in chosen and not decision.whole_case:
                link.delete()
        for one in people_of(self.case):
            if one.pk in chosen:
                self._save_person(decision, one)

    def _save_person(self, decision: Decision, one: Prosecution) -> None:
        _inside, penalties, measure, absent = names_of(one)
        link = self.links.get(one.pk)
        if link is None or {measure, absent} & set(self.changed_data):
            link = link or DecisionPerson(decision=decision, prosecution=one)
            link.medical_measure = self.cleaned_data[measure]
            link.in_absentia = self.cleaned_data[absent]
            link.save()
        if penalties in self.changed_data:
            _write_penalties(link, self.read[one.pk])
            if self.may_tell_person:
                follow_life(link, self.read[one.pk])

    def _close_charges(self, decision: Decision) -> None:
        kind = self.cleaned_data.get("charges_become")
        if not kind:
            return
        people = Prosecution.objects.filter(case=decision.case_id)
        if not decision.whole_case:
            people = people.filter(decision_links__decision=decision)
        for charge in charges_before(decision, people):
            tell_of_charge(charge, kind, decision)


def _write_penalties(link: DecisionPerson, read: list[ReadPenalty]) -> None:
    """The penalties as typed: rows that are there are changed in their order, the rest added or removed."""
    present = list(link.penalties.all()) if link.pk else []
    language = current_language()
    for number, said in enumerate(read):
        penalty = present[number] if number < len(present) else Penalty(decision_person=link)
        if penalty.pk and penalty.kind != said.kind:
            penalty.delete()
            penalty = Penalty(decision_person=link)
        for name, value in said.columns(language).items():
            setattr(penalty, name, value)
        penalty.save()
    for penalty in present[len(read) :]:
        penalty.delete()


def people_fields(case: Case) -> dict[str, forms.Field]:
    """The fields of each person of a case, for the form of its decisions."""
    found: dict[str, forms.Field] = {}
    for one in people_of(case):
        inside, penalties, measure, absent = names_of(one)
        name = person_name(one)
        found[inside] = forms.BooleanField(label=name, required=False)
        found[penalties] = forms.CharField(
            label=_("Penalties: %(name)s") % {"name": name},
            required=False,
            max_length=600,
            widget=forms.TextInput(
                attrs={"placeholder": _("7 years 6 months general regime; fine 300 thousand roubles")}
            ),
        )
        found[measure] = forms.ChoiceField(
            label=_("Compulsory treatment"), choices=[("", "—"), *MedicalMeasure.choices], required=False
        )
        found[absent] = forms.BooleanField(label=_("in absentia"), required=False)
    return found


class DecisionInline(CaseInline):
    """Decisions of a case by instance and round."""

    model = Decision
    form = DecisionForm
    classes: list[str] = []
    group = gettext_lazy("Decisions")
    verbose_name_plural = gettext_lazy("decisions by instance and round")
    show_change_link = True
    autocomplete_fields = ["court"]
    readonly_fields = ["outcomes"]
    head = [
        ("kind", "instance", "round"),
        ("on", "court", "in_force_on"),
        ("until", "supersedes", "verification"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Decisions with what they mean for each person."""
        people = DecisionPerson.objects.prefetch_related("penalties").select_related("prosecution__prisoner")
        return super().get_queryset(request).prefetch_related(Prefetch("people", queryset=people))

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """The decision, then a row for each person; for those who only look, in words."""
        if not (isinstance(obj, Case) and self.has_change_permission(request, obj)):
            return [(None, {"fields": [*self.head, "outcomes", *both("note")]})]
        people = [names_of(one) for one in people_of(obj)]
        return [
            (None, {"fields": [*self.head, *both("note")]}),
            (
                gettext_lazy("For whom, and what"),
                {
                    "fields": [*people, "charges_become"],
                    "description": gettext_lazy("Nobody ticked: the whole case. A penalty ticks its person."),
                    "classes": ["people-of-decision"],
                },
            ),
        ]

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """The rows, with the fields of the people of this case."""
        own = {
            "may_delete": request.user.has_perm("cases.delete_decisionperson"),
            "may_tell_person": request.user.has_perms(
                ["cases.add_term", "cases.change_term", "prisoners.change_custody"]
            ),
        }
        fields = people_fields(obj) if isinstance(obj, Case) else {}
        kwargs["form"] = type("CaseDecisionForm", (DecisionForm,), {**own, **fields})
        return super().get_formset(request, obj, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What it means for each person is read as words where it cannot be changed."""
        return ["outcomes"] if not self.has_change_permission(request, obj) else []

    @admin.display(description=gettext_lazy("For whom, and what"))
    def outcomes(self, decision: Decision) -> str:
        """Each person's penalties in words."""
        links = decision.people.all() if decision.pk else []
        lines = [
            (str(link.prosecution.prisoner), penalties_words(link.penalties.all()) or "—") for link in links
        ]
        return format_html_join("; ", "{}: {}", lines) or _("the whole case")
