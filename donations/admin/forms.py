"""Forms of the finance desk. A check digit is looked at before anybody else has to."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.checks.refused import DetailsRefused
from donations.checks.values import CHECKS
from donations.models import PaymentMethod
from donations.signing.details import FIELDS, MethodDetails
from donations.signing.files import decoded
from donations.signing.text import LONGEST

_LABELS: Final[dict[str, Any]] = {
    "url": (_("Page to pay on"), _("https:// and its host are what donors are told to compare.")),
    "holder": (_("Beneficiary"), _("Exactly as the bank writes it, in Latin letters.")),
    "iban": (_("IBAN"), _("Spaces do not matter.")),
    "bic": (_("BIC"), _("Eight or eleven characters.")),
    "reference": (
        pgettext_lazy("bank transfer", "Reference"),
        _("What stands in donors’ statements for ever: as harmless as can be."),
    ),
    "network": (_("Network"), ""),
    "asset": (_("Currency of the wallet"), ""),
    "address": (_("Address of the wallet"), _("Copied, never typed.")),
}
_OF_THE_METHOD: Final = ("network", "asset")
_LONGEST_LINE: Final = 300


class DetailsForm(forms.Form):
    """The fields of one way to give."""

    def __init__(self, *args: Any, method: PaymentMethod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method = method
        for name, (label, hint) in _LABELS.items():
            if name in FIELDS[method.kind] and name not in _OF_THE_METHOD:
                self.fields[name] = forms.CharField(
                    label=label,
                    help_text=hint,
                    max_length=_LONGEST_LINE,
                    widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 60}),
                )

    def clean(self) -> dict[str, Any]:
        """All values of the kind, spaces and capitals made the same. A wrong one is marked where it stands."""
        typed = {name: _tidied(name, value) for name, value in self.cleaned_data.items()}
        fixed = {
            name: getattr(self.method, name) for name in _OF_THE_METHOD if name in FIELDS[self.method.kind]
        }
        values = typed | fixed
        if set(values) != set(FIELDS[self.method.kind]):
            return self.cleaned_data
        for name in values:
            try:
                CHECKS[name](values[name], values)
            except DetailsRefused as error:
                self.add_error(name if name in self.fields else None, str(error))
        return values


def _tidied(name: str, value: str) -> str:
    if name in {"iban", "bic"}:
        return "".join(value.split()).upper()
    return unicodedata.normalize("NFC", value.strip())


@dataclass(frozen=True)
class ComparedLine:
    """One field of a proposal beside what was approved before."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def compared(before: MethodDetails | None, after: MethodDetails) -> list[ComparedLine]:
    """Every field of a kind, in the order of the form."""
    old = before.values if before else {}
    return [
        ComparedLine(str(label), old.get(name, ""), after.values[name])
        for name, (label, _hint) in _LABELS.items()
        if name in after.values
    ]


class LoadSetForm(forms.Form):
    """A signed set as a file, or as text where a file cannot be chosen."""

    file = forms.FileField(
        label=_("File from the machine that signs"),
        required=False,
        help_text=_("payment-set-….txt"),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or its whole text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "num"}),
    )

    def clean(self) -> dict[str, Any]:
        """The signed text under `signed_text`, its lines ended as they were signed."""
        cleaned = dict(self.cleaned_data)
        try:
            if cleaned.get("file"):
                cleaned["signed_text"] = decoded(cleaned["file"].read())
            else:
                # Browsers send CR LF, and people lose the last line's end.
                cleaned["signed_text"] = (cleaned.get("text") or "").replace("\r\n", "\n").strip("\n") + "\n"
        except DetailsRefused as error:
            self.add_error("file", str(error))
        if cleaned.get("signed_text") == "\n":
            self.add_error(None, _("Choose the file or paste its text."))
        return cleaned
