"""What the rows of a case's pages offer to choose from: its people, hearings and decisions, read once a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import BaseInlineFormSet

from cases.models import Case, Decision, Hearing, Prosecution
from cases.warnings import warnings
from memorial.base.admin import OfficeForm
from memorial.base.localized import current_language, in_language
from prisoners.models import Prisoner


def people_of(case: Case) -> list[Prosecution]:
    """The people of a case by name, each with the person loaded; none for a case that is not saved."""
    return _once(case, "office_people", _people)


def hearings_of(case: Case) -> list[Hearing]:
    """The hearings of a case, in their order."""
    return _once(case, "office_hearings", lambda saved: list(saved.hearings.all()))


def decisions_of(case: Case) -> list[Decision]:
    """The decisions of a case, in their order."""
    return _once(case, "office_decisions", lambda saved: list(saved.decisions.all()))


def person_name(prosecution: Prosecution) -> str:
    """The person as a heading of a column."""
    person: Prisoner = prosecution.prisoner
    return str(person)


def _people(case: Case) -> list[Prosecution]:
    key = f"prisoner__{in_language('sort_key', current_language())}"
    found = list(case.prosecutions.select_related("prisoner").order_by(key, "id"))
    for one in found:
        one.case = case
    return found


def _once(case: Case, name: str, read: Any) -> Any:
    if not hasattr(case, name):
        setattr(case, name, read(case) if case.pk else [])
    return getattr(case, name)


class RemarkedForm(OfficeForm):
    """A row that says what is unusual in it, once it is saved. Nothing of this is ever refused."""

    @property
    def remarks(self) -> list[str]:
        """What may be a slip; read from what is saved, not from what is being typed."""
        return warnings(self.instance) if self.instance.pk and not self.is_bound else []


class CaseForm(RemarkedForm):
    """A row of a case, told which case it is."""

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case if case is not None else Case()

    def offer(self, name: str, rows: list[Any]) -> None:
        """Offers these rows in a field, without asking the database again for each form."""
        field = self.fields.get(name)
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.choices = [(row.pk, _label(row)) for row in rows]
        elif isinstance(field, forms.ModelChoiceField):
            own = self.instance.pk
            field.choices = [("", "—"), *((row.pk, _label(row)) for row in rows if row.pk != own)]


def _label(row: Model) -> str:
    return person_name(row) if isinstance(row, Prosecution) else str(row)


class CaseFormSet(BaseInlineFormSet):
    """Rows of a case; each form is told the case."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The case, whose people, hearings and decisions are offered."""
        return {**super().get_form_kwargs(index), "case": self.instance}
