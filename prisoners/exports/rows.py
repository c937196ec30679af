"""People as rows of open data, with the charges that their cases tell; each portion starts at `published()`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import translation

from cases.belongings import load_charges
from cases.display.charges import charges_line
from cases.display.person_record import shown_charges_of
from cases.models import Prosecution
from memorial.base.localized import LANGUAGES
from memorial.base.opendata.portions import in_portions
from prisoners.display.facts import Told
from prisoners.models import Prisoner
from prisoners.opendata import PERSON_BELONGINGS, PersonRow


def person_rows(numbers: Sequence[int], on: date) -> Iterator[PersonRow]:
    """The people of these numbers who are published when their turn comes, in the same order."""
    return in_portions(numbers, lambda portion: _load(portion, on))


def _load(numbers: list[int], on: date) -> Iterator[PersonRow]:
    published = Prisoner.objects.published().filter(pk__in=numbers).select_related("region")
    people = list(published.for_addresses().with_belongings(*PERSON_BELONGINGS, on=on))
    prosecutions = load_charges(people)
    return (PersonRow(person, on, _told(prosecutions.get(person.pk, []))) for person in people)


def _told(prosecutions: list[Prosecution]) -> dict[str, Told]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            charges = shown_charges_of(prosecutions)
            found[language] = Told(charges_line=charges_line(charges) or None)
    return found
