"""The form of a stay: one field for the institution, whether readers may see it or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from memorial.base.admin.autocomplete import autocomplete_of
from memorial.base.localized import all_languages
from prisoners.admin.own_custodies import OfAPersonForm
from prisoners.choices import InstitutionKind, StayPublic, StayReason
from prisoners.models import Stay, StayPrivate

NEVER_SHOWN = (
    InstitutionKind.HOUSE_ARREST_ADDRESS,
    InstitutionKind.UNOFFICIAL,
    InstitutionKind.MILITARY_UNIT,
)


class StayForm(OfAPersonForm):
    """Readers' part and confidential part of a stay in one form."""

    staff_note = forms.CharField(
        label=_("Confidential note on this stay"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    class Meta:
        model = Stay
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.private: StayPrivate | None = (
            getattr(self.instance, "private", None) if self.instance.pk else None
        )
        if self.private is not None:
            self._show_private(self.private)

    def _show_private(self, private: StayPrivate) -> None:
        self.initial["staff_note"] = private.staff_note
        for name in ("facility", "region"):
            concealed = getattr(private, name)
            if concealed is None or name not in self.fields:
                continue
            self.initial[name] = concealed.pk
            widget = autocomplete_of(self.fields[name])
            if widget is not None:
                widget.remember(concealed)

    def clean(self) -> dict[str, Any] | None:
        """What was typed, with what readers may not see set aside (`concealed`)."""
        cleaned = super().clean()
        data = self.cleaned_data
        self.concealed: dict[str, Any] = {"facility": None, "region": None}
        self._refuse_what_is_never_shown(data)
        shown = data.get("public")
        if shown != StayPublic.YES:
            self._conceal(data, "facility")
        if shown == StayPublic.REGION_ONLY and not data.get("region") and self.concealed["facility"]:
            data["region"] = self.concealed["facility"].region
        if shown == StayPublic.NO:
            self._conceal(data, "region")
            for column in all_languages("note"):
                if data.get(column):
                    self.add_error(
                        column, _("A stay that is not shown has no public line: move it to the note.")
                    )
        return cleaned

    def _conceal(self, data: dict[str, Any], name: str) -> None:
        self.concealed[name] = data.get(name)
        data[name] = None

    def _refuse_what_is_never_shown(self, data: dict[str, Any]) -> None:
        facility = data.get("facility")
        if facility is None:
            return
        if data.get("reason") == StayReason.HOUSE_ARREST:
            self.add_error(
                "facility", _("House arrest has no place here: the address of a home is not recorded.")
            )
        elif data.get("public") == StayPublic.YES and facility.kind in NEVER_SHOWN:
            self.add_error(
                "public", _("A place of this kind is never shown: choose «region only» or «not public».")
            )

    def validate_constraints(self) -> None:
        """Leaves overlapping to the database, which sees all rows of the page as they will be.

        Here, ending one stay and adding the next in one go would be refused: the first still stands open.
        """
        try:
            self.instance.validate_constraints(exclude={*self._get_validation_exclusions(), "prisoner"})  # type: ignore[attr-defined]
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Stay:
        """Writes the stay, then its confidential part; the latter only when there is anything to keep."""
        stay: Stay = super().save(commit)
        if commit:
            self._save_private(stay)
        return stay

    def _save_private(self, stay: Stay) -> None:
        values = {**self.concealed, "staff_note": self.cleaned_data.get("staff_note", "")}
        if self.private is None and not any(values.values()):
            return
        StayPrivate.objects.update_or_create(stay=stay, defaults=values)
