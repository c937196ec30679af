"""Facts that may belong to one of the person's own deprivations of liberty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from memorial.base.admin import OfficeForm
from prisoners.models import Custody, Prisoner
from prisoners.models.second_look import waits


def custodies_of(prisoner: Prisoner) -> list[Custody]:
    """The person's deprivations of liberty, read once for a page however many rows ask."""
    if not hasattr(prisoner, "office_custodies"):
        found = list(Custody.objects.filter(prisoner=prisoner).select_related("end")) if prisoner.pk else []
        prisoner.office_custodies = found  # type: ignore[attr-defined]
    return prisoner.office_custodies  # type: ignore[attr-defined]


class PersonFormSet(BaseInlineFormSet):
    """Rows whose forms know the person."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The person, for choices that only make sense among their own."""
        return {**super().get_form_kwargs(index), "prisoner": self.instance}


class OfAPersonForm(OfficeForm):
    """A row of a person, whose form is told the person."""

    def __init__(self, *args: Any, prisoner: Prisoner | None = None, **kwargs: Any) -> None:
        self.prisoner = prisoner
        super().__init__(*args, **kwargs)
        if prisoner is not None and isinstance(self.fields.get("custody"), forms.ModelChoiceField):
            self._offer_own_custodies(prisoner)

    def _offer_own_custodies(self, prisoner: Prisoner) -> None:
        field = self.fields["custody"]
        field.queryset = Custody.objects.filter(prisoner_id=prisoner.pk)  # type: ignore[attr-defined]
        own = [(custody.pk, str(custody)) for custody in custodies_of(prisoner)]
        field.choices = [("", "—"), *own]  # type: ignore[attr-defined]


class LookedAtForm(OfficeForm):
    """A fact that needs two people: while it waits, how far it was checked is its author's word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits(self.instance):
            self.remarks = [_("Waits for a second look: readers do not see it yet.")]
            if field := self.fields.get("verification"):
                field.disabled = True
                field.help_text = _("Said by its author: %(checked)s.") % {
                    "checked": self.instance.second_look.get_wanted_display()
                }
        elif self.instance.pk and (field := self.fields.get("on")):
            field.help_text = _(
                "A change of what happened, or of the day, is looked at by a second person again."
            )


class DeathForm(LookedAtForm):
    """A death."""


class RecognitionForm(LookedAtForm, OfAPersonForm):
    """A decision, perhaps made in one of the person's deprivations of liberty."""


class EndForm(LookedAtForm, OfAPersonForm):
    """An end; where exactly one deprivation of liberty is open, that is the one that ended."""

    def clean(self) -> dict[str, Any] | None:
        """What was typed, and the one open deprivation of liberty where none was chosen."""
        cleaned = super().clean()
        if self.prisoner is not None and self.instance.pk is None and not self.cleaned_data.get("custody"):
            still_open = [one for one in custodies_of(self.prisoner) if not hasattr(one, "end")]
            if len(still_open) == 1:
                self.cleaned_data["custody"] = still_open[0]
        return cleaned
