"""Autocompletes that ask the database nothing for what the page has already loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models


class WellFormedKeys(AutocompleteMixin):
    """Shows no option for what is no key: such a value comes from an address typed by hand."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The chosen options; Django would raise `ValueError` for `?prisoner=x`."""
        return list(super().optgroups(name, [key for key in value if str(key).isdigit()], attrs))


class StaffAutocompleteMultiple(WellFormedKeys, AutocompleteSelectMultiple):
    """Several records, found by typing."""


class StaffAutocomplete(WellFormedKeys, AutocompleteSelect):
    """Django's autocomplete asks for the label of each chosen row, one query for each field of each
    inline row. Here the form tells what it has (`remember`), so that one row or three make no difference.
    """

    known: tuple[tuple[str, str], ...] = ()

    def remember(self, chosen: models.Model) -> None:
        """Keeps the label of a row that is loaded already."""
        self.known = (*self.known, (str(chosen.pk), str(chosen)))

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The chosen option alone; the rest is asked for as somebody types."""
        labels = dict(self.known)
        selected = [str(one) for one in value if str(one)]
        if not selected or not set(selected) <= labels.keys():
            return list(super().optgroups(name, value, attrs))
        options: list[Any] = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, one, labels[one], True, 0) for one in selected]
        return [(None, options, 0)]


def autocomplete_of(field: forms.Field) -> StaffAutocomplete | None:
    """The autocomplete behind a form field, with or without Django's wrapper of icons."""
    widget = getattr(field.widget, "widget", field.widget)
    return widget if isinstance(widget, StaffAutocomplete) else None


def remember_related(form: forms.ModelForm) -> None:
    """Tells the autocompletes of a form the labels of what its instance has loaded."""
    for name, field in form.fields.items():
        widget = autocomplete_of(field)
        if widget is None:
            continue
        relation = form._meta.model._meta.get_field(name)
        if relation.is_cached(form.instance) and (chosen := getattr(form.instance, name)) is not None:
            widget.remember(chosen)
