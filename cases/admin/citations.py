"""Sources on the pages of a case: each says which fact of the case it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.forms.models import BaseInlineFormSet, BaseModelFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.read_charge import typed_reference
from cases.admin.of_case import decisions_of, hearings_of, people_of, person_name
from cases.admin.sources import ConfidentialSourceInline, SourceInline
from cases.models import Case, CaseCitation, ConfidentialCaseCitation
from cases.models.source import FACTS
from cases.obstacles import of_case
from memorial.base.admin import OfficeForm
from memorial.base.choices import CONFIDENTIAL_BY_DEFAULT
from memorial.base.localized import current_language

WHOLE = "case"
SOURCES = gettext_lazy("Sources")


def facts_of(case: Case) -> dict[str, str]:
    """The facts a source may speak of: `decision:7` → «Decision: verdict, 19 February 2024»; read once a page."""
    if not hasattr(case, "office_facts"):
        found = {WHOLE: _("the case as a whole")}
        case.office_facts = (found | dict(_facts(case))) if case.pk else found  # type: ignore[attr-defined]
    return case.office_facts  # type: ignore[attr-defined]


def _facts(case: Case) -> Iterator[tuple[str, str]]:
    for decision in decisions_of(case):
        yield f"decision:{decision.pk}", _named(decision)
    for hearing in hearings_of(case):
        yield f"hearing:{hearing.pk}", _named(hearing)
    for event in case.events.all():
        yield f"event:{event.pk}", _named(event)
    people = case.prosecutions.prefetch_related("charges__article", "restraints", "official_roles__official")
    names = {one.pk: person_name(one) for one in people_of(case)}
    for prosecution in people.order_by("id"):
        name = names.get(prosecution.pk, "")
        yield f"prosecution:{prosecution.pk}", name
        for charge in prosecution.charges.all():
            words = typed_reference(charge, current_language()) or str(charge)
            yield f"charge:{charge.pk}", f"{name}: {words}"
        for restraint in prosecution.restraints.all():
            yield f"restraint:{restraint.pk}", f"{name}: {restraint}, {restraint.began or _('date unknown')}"
        for role in prosecution.official_roles.all():
            yield f"official_role:{role.pk}", f"{name}: {role}"


def _named(row: models.Model) -> str:
    return f"{capfirst(str(row._meta.verbose_name))}: {row}"[:120]


class CaseSourceFormSet(BaseInlineFormSet):
    """All sources of a case, whichever of its facts they belong to."""

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **kwargs: Any) -> None:
        """Django would ask for the rows that point to the case; here most point to a fact of it."""
        self.instance = instance if instance is not None else self.fk.remote_field.model()
        self.save_as_new = kwargs.pop("save_as_new", False)
        rows = kwargs.pop("queryset", None)
        model: Any = self.model
        rows = model._default_manager.all() if rows is None else rows
        kwargs["queryset"] = rows.filter(of_case(self.instance)) if self.instance.pk else rows.none()
        BaseModelFormSet.__init__(self, data, files, **kwargs)
        if self.form._meta.fields and self.fk.name not in self.form._meta.fields:
            self.form._meta.fields = [*self.form._meta.fields, self.fk.name]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The case, whose facts are offered."""
        return {**super().get_form_kwargs(index), "case": self.instance}

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        # Past BaseInlineFormSet, which would set the case on every row.
        return BaseModelFormSet._construct_form(self, i, **kwargs)  # type: ignore[attr-defined]

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> models.Model:
        """Saves a row under the fact that the form has put it."""
        if not form.cleaned_data.get("fact", WHOLE).partition(":")[2]:
            form.instance.case = self.instance
        saved: models.Model = form.save(commit=commit)
        return saved


class OfACaseForm(OfficeForm):
    """A source, with the fact that it speaks of as one choice instead of sixteen foreign keys."""

    fact = forms.ChoiceField(label=gettext_lazy("Source of"), initial=WHOLE)

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None and "fact" in self.fields:
            known = facts_of(case)
            own = _fact_key(self.instance) if self.instance.pk else WHOLE
            if own not in known:
                known = {**known, own: own}
            self.fields["fact"].choices = list(known.items())  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["fact"] = _fact_key(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Puts the source under its fact, and under that one only."""
        cleaned = super().clean()
        if chosen := self.cleaned_data.get("fact"):
            name, _colon, number = chosen.partition(":")
            for fact in FACTS:
                setattr(self.instance, f"{fact}_id", None)
            if name != WHOLE:
                self.cleaned_data.pop(WHOLE, None)
                setattr(self.instance, f"{name}_id", int(number))
        return cleaned


def _fact_key(source: Any) -> str:
    for name in FACTS:
        if name != WHOLE and (number := getattr(source, f"{name}_id")) is not None:
            return f"{name}:{number}"
    return WHOLE


class CaseSourceForm(OfACaseForm):
    """A source that readers see; a lawyer, relative or prisoner is confidential unless said otherwise."""

    class Meta:
        model = CaseCitation
        fields: list[str] = []  # the page names them

    def clean(self) -> dict[str, Any] | None:
        """Refuses to show who spoke in confidence."""
        cleaned = super().clean()
        data = self.cleaned_data
        if (
            data.get("kind") in CONFIDENTIAL_BY_DEFAULT
            and not data.get("without_origin")
            and not data.get("url")
        ):
            self.add_error(
                "kind",
                _(
                    "This kind of source is confidential: enter it among the confidential sources,"
                    " tick «without its origin», or give the link where it was said in public."
                ),
            )
        return cleaned


class ConfidentialCaseSourceForm(OfACaseForm):
    """A source that stays with staff."""

    class Meta:
        model = ConfidentialCaseCitation
        fields: list[str] = []  # the page names them


class CaseSourceInline(SourceInline):
    form = CaseSourceForm
    formset = CaseSourceFormSet
    fk_name = "case"
    group = SOURCES
    fields = [("fact", "kind"), *SourceInline.fields[1:]]


class ConfidentialCaseSourceInline(ConfidentialSourceInline):
    form = ConfidentialCaseSourceForm
    formset = CaseSourceFormSet
    fk_name = "case"
    group = SOURCES
    fields = [("fact", "kind"), *ConfidentialSourceInline.fields[1:]]
