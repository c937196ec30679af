"""The form behind every page of the office."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from modeltranslation.manager import get_translatable_fields_for_model

from memorial.base.admin.autocomplete import remember_related
from memorial.base.localized import all_languages

# Overrides of direction, pasted in unseen, turn round what follows them on readers' pages. The two
# marks that right-to-left names do need (U+200E, U+200F) stay.
_TURNS_ROUND: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


class OfficeForm(forms.ModelForm):
    """A form that says what the database refused, and asks for one language at least where text must be."""

    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember_related(self)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = _TURNS_ROUND.sub("", value)

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
