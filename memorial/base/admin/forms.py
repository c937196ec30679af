"""The form behind every page of the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from modeltranslation.manager import get_translatable_fields_for_model

from memorial.base.admin.autocomplete import remember_related
from memorial.base.localized import all_languages


class OfficeForm(forms.ModelForm):
    """A form that says what the database refused, and asks for one language at least where text must be."""

    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember_related(self)

    def clean(self) -> dict[str, Any] | None:
        """What was typed; raises nothing, but adds what the database refused at the first attempt."""
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        for name in _must_have_text(self):
            columns = all_languages(name)
            if set(columns) <= self.fields.keys() and not any(self.cleaned_data.get(one) for one in columns):
                self.add_error(columns[0], _("Write it in one language at least."))
        return cleaned


def _must_have_text(form: forms.ModelForm) -> list[str]:
    """Translated fields of the model that may not be empty in every language."""
    model = form._meta.model
    names = get_translatable_fields_for_model(model) or []
    return [name for name in names if not model._meta.get_field(name).blank]
