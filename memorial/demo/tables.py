"""Which table of a row fills which model, the same for the hand-written and the generated people."""

from __future__ import annotations

from typing import Final

from django.db import models

from prisoners import models as prisoners

FACTS: Final[dict[str, type[models.Model]]] = {
    "consents": prisoners.Consent,
    "custodies": prisoners.Custody,
    "stays": prisoners.Stay,
    "ends": prisoners.EndOfCustody,
    "deaths": prisoners.Death,
    "recognitions": prisoners.Recognition,
    "reviews": prisoners.RecognitionReview,
    "registers": prisoners.RegisterEntry,
    "citizenships": prisoners.Citizenship,
    "variants": prisoners.NameVariant,
    "hidden_variants": prisoners.HiddenNameVariant,
    "identifiers": prisoners.ExternalIdentifier,
    "old_addresses": prisoners.OldAddress,
    "corrections": prisoners.Correction,
    "notes": prisoners.StaffNote,
    "private": prisoners.PrisonerPrivate,
}
"""Tables of a person's row and the models that they fill, in this order: a custody before what names it."""

WORDS: Final[dict[str, tuple[type[models.Model], str, type[models.Model]]]] = {
    "themes": (prisoners.PrisonerTheme, "theme", prisoners.Theme),
    "lists": (prisoners.PrisonerListing, "prisoner_list", prisoners.PrisonerList),
    "professions": (prisoners.PrisonerProfession, "profession", prisoners.Profession),
    "communities": (prisoners.PrisonerCommunity, "community", prisoners.Community),
    "vulnerabilities": (prisoners.PrisonerVulnerability, "vulnerability", prisoners.Vulnerability),
}
"""Words of the open vocabularies that a person's row names by code."""
