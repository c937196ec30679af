"""Sources on a person's page: each says which fact it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.forms.models import BaseInlineFormSet, BaseModelFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.admin import OfficeForm
from memorial.base.choices import CONFIDENTIAL_BY_DEFAULT
from prisoners.admin.own_custodies import custodies_of
from prisoners.models import Citation, ConfidentialCitation, Prisoner

WHOLE = "prisoner"
RELATIONS = {
    "custody": "custodies",
    "stay": "stays",
    "end_of_custody": "ends_of_custody",
    "recognition": "recognitions",
    "register_entry": "register_entries",
}
"""Foreign key of a source → the person's rows that it may speak of."""
EVERY_FACT = (WHOLE, *RELATIONS, "death")


def facts_of(prisoner: Prisoner) -> dict[str, str]:
    """The facts a source may speak of: `stay:7` → «Stay: ИК-6, Мелехово»; read once for a page."""
    if not hasattr(prisoner, "office_facts"):
        prisoner.office_facts = dict(_facts(prisoner)) if prisoner.pk else {WHOLE: _("the page as a whole")}  # type: ignore[attr-defined]
    return prisoner.office_facts  # type: ignore[attr-defined]


def _facts(prisoner: Prisoner) -> Iterator[tuple[str, str]]:
    yield WHOLE, _("the page as a whole")
    for key, relation in RELATIONS.items():
        rows: Any = getattr(prisoner, relation)
        listed = custodies_of(prisoner) if key == "custody" else rows.all()
        if key == "stay":
            listed = rows.select_related("facility", "region")
        for row in listed:
            yield f"{key}:{row.pk}", f"{capfirst(str(row._meta.verbose_name))}: {row}"
    death = getattr(prisoner, "death", None)
    if death is not None:
        yield f"death:{death.pk}", f"{capfirst(str(death._meta.verbose_name))}: {death}"


class FactFormSet(BaseInlineFormSet):
    """All sources of a person, whichever of the person's facts they belong to."""

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **kwargs: Any) -> None:
        """Django would ask for the rows that point to the person; here most point to a fact of theirs."""
        self.instance = instance if instance is not None else self.fk.remote_field.model()
        self.save_as_new = kwargs.pop("save_as_new", False)
        rows = kwargs.pop("queryset", None)
        model: Any = self.model
        rows = model._default_manager.all() if rows is None else rows
        kwargs["queryset"] = rows.filter(_of(self.instance)) if self.instance.pk else rows.none()
        BaseModelFormSet.__init__(self, data, files, **kwargs)
        if self.form._meta.fields and self.fk.name not in self.form._meta.fields:
            self.form._meta.fields = [*self.form._meta.fields, self.fk.name]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The person, whose facts are offered."""
        return {**super().get_form_kwargs(index), "prisoner": self.instance}

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        # Past BaseInlineFormSet, which would set the person on every row.
        return BaseModelFormSet._construct_form(self, i, **kwargs)  # type: ignore[attr-defined]

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> models.Model:
        """Saves a row under the fact that the form has put it."""
        if form.instance.prisoner_id is None and not form.cleaned_data.get("fact", WHOLE).partition(":")[2]:
            form.instance.prisoner = self.instance
        saved: models.Model = form.save(commit=commit)
        return saved


def _of(prisoner: Prisoner) -> Q:
    condition = Q(prisoner=prisoner)
    for name in (*RELATIONS, "death"):
        condition |= Q(**{f"{name}__prisoner": prisoner})
    return condition


class OfAFactForm(OfficeForm):
    """A source, with the fact that it speaks of as one choice instead of eight foreign keys."""

    fact = forms.ChoiceField(label=gettext_lazy("Source of"), initial=WHOLE)

    def __init__(self, *args: Any, prisoner: Prisoner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if prisoner is not None and "fact" in self.fields:
            self.fields["fact"].choices = list(facts_of(prisoner).items())  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["fact"] = _fact_key(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Puts the source under its fact, and under that one only."""
        cleaned = super().clean()
        chosen = self.cleaned_data.get("fact")
        if chosen:
            name, _colon, number = chosen.partition(":")
            for fact in EVERY_FACT:
                setattr(self.instance, f"{fact}_id", None)
            if name == WHOLE:
                return cleaned
            self.cleaned_data.pop(WHOLE, None)
            setattr(self.instance, f"{name}_id", int(number))
        return cleaned


def _fact_key(source: Any) -> str:
    for name in EVERY_FACT[1:]:
        if (number := getattr(source, f"{name}_id")) is not None:
            return f"{name}:{number}"
    return WHOLE


class CitationForm(OfAFactForm):
    """A source that readers see; a lawyer, relative or prisoner is confidential unless said otherwise."""

    class Meta:
        model = Citation
        fields: list[str] = []  # the page names them

    def clean(self) -> dict[str, Any] | None:
        """Refuses to show who spoke in confidence."""
        cleaned = super().clean()
        spoke_in_confidence = self.cleaned_data.get("kind") in CONFIDENTIAL_BY_DEFAULT
        if (
            spoke_in_confidence
            and not self.cleaned_data.get("without_origin")
            and not self.cleaned_data.get("url")
        ):
            self.add_error(
                "kind",
                gettext_lazy(
                    "This kind of source is confidential: enter it among the confidential sources,"
                    " tick «without its origin», or give the link where it was said in public."
                ),
            )
        return cleaned


class ConfidentialCitationForm(OfAFactForm):
    """A source that stays with staff."""

    class Meta:
        model = ConfidentialCitation
        fields: list[str] = []  # the page names them
