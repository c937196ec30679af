"""The form of a campaign: whoever names a person in it is shown where, and says that it is meant so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Campaign
from donations.warnings import named_people
from memorial.base.admin import VersionedForm
from memorial.base.localized import all_languages

TEXTS = all_languages("title", "purpose", "text")


def names_in(campaign: Campaign) -> list[str]:
    """Where the texts of a campaign name somebody of the encyclopaedia."""
    return named_people(getattr(campaign, name) for name in TEXTS)


class CampaignForm(VersionedForm):
    """Texts that name somebody of the encyclopaedia are saved only once that was looked at."""

    names_looked_at = forms.BooleanField(
        label=gettext_lazy("I have looked at the names: no money is raised for a named person"),
        required=False,
        help_text=gettext_lazy(
            "Only needed where the texts name somebody. In Russia money for a person on the lists of"
            " «terrorists and extremists» makes the donor guilty of an offence."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        """What was typed; a warning for each name, until somebody says that it was looked at."""
        cleaned = super().clean()
        if not self.cleaned_data.get("names_looked_at"):
            for place in named_people(self.cleaned_data.get(name) or "" for name in TEXTS):
                said = _("Somebody of the encyclopaedia is named here: «… %(words)s …».") % {"words": place}
                self.add_error("names_looked_at", said)
        return cleaned
