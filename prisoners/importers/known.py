"""What the database has of the people of a batch: read in a fixed number of queries, and locked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from memorial.base.choices import State
from memorial.base.localized import all_languages
from memorial.base.partial_date import PartialDate
from prisoners.choices import StayPublic
from prisoners.importers.fields import FIELDS, Part
from prisoners.models import (
    Citizenship,
    Custody,
    ImportKey,
    ImportSource,
    NameVariant,
    Prisoner,
    PrisonerListing,
    PrisonerPrivate,
    PrisonerProfession,
    PrisonerTheme,
    Stay,
)

NOTHING = (None, False, "", "unknown")
"""Values that say nothing, and that an import may therefore fill."""
LINK_CODES: tuple[tuple[str, type[Model], str], ...] = (
    ("themes", PrisonerTheme, "theme__code"),
    ("professions", PrisonerProfession, "profession__code"),
    ("lists", PrisonerListing, "prisoner_list__code"),
    ("citizenships", Citizenship, "country"),
    ("other_names", NameVariant, "text"),
)


@dataclass
class Known:
    """A person whom this source named before."""

    key: ImportKey
    prisoner: Prisoner
    custody: Custody | None = None
    stay: Stay | None = None
    born_is_confidential: bool = False
    place_is_hidden: bool = False
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    is_own: bool = False
    """Whether a row of our own export named this person, by number: then nothing was imported last."""

    @property
    def is_left_alone(self) -> bool:
        """Nothing at all is written of somebody who was taken away from readers."""
        return self.prisoner.state == State.WITHDRAWN

    @property
    def imported(self) -> dict[str, Any]:
        """The values that were imported last, by field."""
        values: dict[str, Any] = {} if self.is_own else self.key.imported.get("values", {})
        return values

    def record(self, part: Part) -> Prisoner | Custody | Stay | None:
        """The row that the fields of a part belong to."""
        return {Part.PERSON: self.prisoner, Part.CUSTODY: self.custody, Part.STAY: self.stay}.get(part)


def plain_value(value: Any) -> Any:
    """A value as it is compared and remembered; "" for what says nothing."""
    if isinstance(value, PartialDate):
        return value.text
    return "" if value in NOTHING else value


def load_known(source: ImportSource | None, keys: Iterable[str]) -> dict[str, Known]:
    """The people of these keys, their rows locked until the transaction ends."""
    if source is None:
        return {}
    rows = list(ImportKey.objects.filter(source=source, key__in=list(keys), prisoner__isnull=False))
    people = Prisoner.objects.select_for_update(of=("self",)).in_bulk([row.prisoner_id for row in rows])
    found = {row.key: Known(row, people[row.prisoner_id]) for row in rows if row.prisoner_id in people}
    _load_records(found.values())
    load_details(found.values())
    return found


def load_details(found: Iterable[Known]) -> None:
    """What is hidden of these people, and what they have several of."""
    _load_confidential(found)
    _load_links(found)


def _load_records(found: Iterable[Known]) -> None:
    custodies = Custody.objects.in_bulk(_ids(found, "custody"))
    stays = Stay.objects.in_bulk(_ids(found, "stay"))
    for known in found:
        known.custody = _own(custodies.get(known.key.imported.get("custody")), known)
        known.stay = _own(stays.get(known.key.imported.get("stay")), known)


def _own(record: Any, known: Known) -> Any:
    """The record, unless it belongs to somebody else by now."""
    return record if record is not None and record.prisoner_id == known.prisoner.pk else None


def _ids(found: Iterable[Known], name: str) -> list[int]:
    return [known.key.imported[name] for known in found if known.key.imported.get(name)]


def _load_confidential(found: Iterable[Known]) -> None:
    ids = [known.prisoner.pk for known in found]
    born = set(
        PrisonerPrivate.objects.filter(prisoner__in=ids, born__isnull=False).values_list(
            "prisoner", flat=True
        )
    )
    hidden = set(
        Stay.objects.filter(prisoner__in=ids)
        .exclude(public=StayPublic.YES)
        .values_list("prisoner", flat=True)
    )
    for known in found:
        known.born_is_confidential = known.prisoner.pk in born
        known.place_is_hidden = known.prisoner.pk in hidden


def _load_links(found: Iterable[Known]) -> None:
    people: dict[int, list[Known]] = defaultdict(list)
    for known in found:
        # After a merge several keys of a source may lead to one person.
        people[known.prisoner.pk].append(known)
    for name, model, code in LINK_CODES:
        rows = model._default_manager.filter(prisoner__in=list(people))
        for prisoner, value in rows.values_list("prisoner", code):
            for known in people[prisoner]:
                known.links[name].add(str(value))


NAME_COLUMNS = tuple(all_languages("surname", "given_names", "patronymic", "described_as"))
TEXT_FIELDS = frozenset(name for name, known in FIELDS.items() if known.is_text and known.part is Part.PERSON)
NOT_BY_INITIALS = TEXT_FIELDS | {"born", "other_names"}
"""What is never written of a person shown by initials: names, and every text that may hold one."""
