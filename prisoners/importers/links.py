"""What a person may have several of: themes, professions, lists, citizenships, other names."""

from collections.abc import Iterable

from django.db.models import Model

from prisoners.importers.words import VOCABULARIES
from prisoners.models import (
    Citizenship,
    NameVariant,
    Prisoner,
    PrisonerListing,
    PrisonerProfession,
    PrisonerTheme,
)

_THROUGH: dict[str, tuple[type[Model], str]] = {
    "themes": (PrisonerTheme, "theme_id"),
    "professions": (PrisonerProfession, "profession_id"),
    "lists": (PrisonerListing, "prisoner_list_id"),
}
Wanted = list[tuple[Prisoner, dict[str, list[str]]]]


def write_links(wanted: Wanted) -> None:
    """Writes what is new of every person of a batch."""
    for name, (model, column) in _THROUGH.items():
        pairs = list(_pairs(wanted, name))
        if pairs:
            ids = dict(VOCABULARIES[name]._default_manager.values_list("code", "pk"))
            model._default_manager.bulk_create(
                model(prisoner=prisoner, **{column: ids[code]}) for prisoner, code in pairs
            )
    Citizenship.objects.bulk_create(
        Citizenship(prisoner=prisoner, country=code) for prisoner, code in _pairs(wanted, "citizenships")
    )
    NameVariant.objects.bulk_create(
        NameVariant(prisoner=prisoner, text=text) for prisoner, text in _pairs(wanted, "other_names")
    )


def _pairs(wanted: Wanted, name: str) -> Iterable[tuple[Prisoner, str]]:
    return ((prisoner, code) for prisoner, links in wanted for code in links.get(name, []))
