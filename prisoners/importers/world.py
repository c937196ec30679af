"""What the database has already, read once for a run: addresses of pages, institutions, regions, names."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from memorial.base.localized import LANGUAGES, all_languages
from memorial.base.models import HistoryEntry
from memorial.base.names import make_slug, name_skeleton
from prisoners.choices import InstitutionKind
from prisoners.importers.places import Place, place_key
from prisoners.importers.rows import PersonRow
from prisoners.models import (
    Facility,
    HiddenNameVariant,
    ImportKey,
    ImportSource,
    NameVariant,
    OldAddress,
    Prisoner,
    PrisonerPrivate,
    Region,
)
from prisoners.models.place import NO_PUBLIC_ADDRESS

Words = frozenset[str]
CONCEALED_KINDS = frozenset(NO_PUBLIC_ADDRESS) - {InstitutionKind.UNKNOWN}
"""Kinds of place that readers never see. «Kind unknown» is no secret: such a place is a draft."""


class Remembered(dict[str, int]):
    """What is in the database by name, with a memory of what was added: it can be taken back."""

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__(known)
        self._added: list[str] = []

    def add(self, name: str, number: int = 0) -> None:
        """Adds what was written now."""
        if name not in self:
            self._added.append(name)
            self[name] = number

    def mark(self) -> int:
        """A moment to come back to."""
        return len(self._added)

    def undo(self, mark: int) -> None:
        """Forgets what was added since: the database took it back."""
        for name in self._added[mark:]:
            del self[name]
        del self._added[mark:]


class Memory:
    """What every run looks up: addresses of pages, and regions. What was added can be taken back."""

    def __init__(self) -> None:
        self.regions = Remembered(dict(Region.objects.values_list("code", "pk")))

    def mark(self) -> list[int]:
        """A moment to come back to, if the database takes back what is written from now on."""
        return [part.mark() for part in self._parts()]

    def undo(self, mark: list[int]) -> None:
        """Forgets what was written since."""
        for part, moment in zip(self._parts(), mark, strict=True):
            part.undo(moment)

    def _parts(self) -> tuple[Remembered, ...]:
        return (self.regions,)

    def new_slug(self, taken: Remembered, first: str, second: str = "") -> str:
        """A free address of a page, taken from now on."""
        slug = make_slug(first, second, taken)
        taken.add(slug)
        return slug

    def region_code(self, region: int | None) -> str:
        """The code of a region; empty for none."""
        return next((code for code, pk in self.regions.items() if pk == region), "")


class World(Memory):
    """Everything a batch looks up, so that no row asks the database on its own."""

    def __init__(self, source: ImportSource | None) -> None:
        super().__init__()
        self.slugs = _addresses(Prisoner, "prisoners/")
        self.facility_slugs = _addresses(Facility, "facilities/")
        self.tied_places = Remembered(_tied_places(source))
        self.places = Remembered(_places() | self.tied_places)
        self.concealed_places = set(
            Facility.objects.filter(kind__in=CONCEALED_KINDS).values_list("pk", flat=True)
        )
        self.place_names = _place_names()
        self.deleted_keys = _deleted_keys(source, "facility_id")
        self.deleted_places = _deleted_keys(source, "prisoner_id")
        self._similar = _names_of_others(source)

    def _parts(self) -> tuple[Remembered, ...]:
        return self.slugs, self.facility_slugs, self.regions, self.tied_places, self.places

    def place_name(self, facility: int | None) -> str:
        """An institution by its name, as tables name it; empty for none."""
        return self.place_names.get(facility or 0, "")

    def find_place(self, place: Place) -> int | None:
        """The institution that a row names, by its key or by its name in either language."""
        names = [place_key(name) for name in (place.name_ru, place.name_en) if name]
        return next((self.places[key] for key in (place.key, *names) if key in self.places), None)

    def add_place(self, key: str, facility: int, kind: str) -> None:
        """Remembers under a key of this source an institution that was found or made."""
        self.places.add(key, facility)
        self.tied_places.add(key, facility)
        if kind in CONCEALED_KINDS:
            self.concealed_places.add(facility)

    def similar_to(self, row: PersonRow) -> list[int]:
        """Numbers of people, hidden ones and moved names included, whose name is the row's."""
        found: set[int] = set()
        for language in LANGUAGES:
            surname, given, patronymic = row.name_in(language)
            found |= self._similar.get(_words(surname, given), set())
            found |= self._similar.get(_words(surname, given, patronymic), set())
        return sorted(found)


def _addresses(model: type[Prisoner | Facility], folder: str) -> Remembered:
    """Addresses of pages in use, old ones included: those redirect, and are never given anew."""
    old = OldAddress.objects.filter(path__startswith=folder).values_list("path", flat=True)
    taken = [*model._default_manager.values_list("slug", flat=True)]
    return Remembered(dict.fromkeys([*taken, *(path.removeprefix(folder).strip("/") for path in old)], 0))


def _places() -> dict[str, int]:
    """Institutions by what their spellings have in common; the oldest one of a name."""
    rows = Facility.objects.order_by("-pk").values_list("pk", *all_languages("name"))
    return {place_key(name): facility for facility, *names in rows for name in names if name}


def _place_names() -> dict[int, str]:
    """Institutions by number: in the first language that has a name."""
    rows = Facility.objects.values_list("pk", *all_languages("name"))
    return {number: next((name for name in names if name), "") for number, *names in rows}


def _tied_places(source: ImportSource | None) -> dict[str, int]:
    """Institutions by this source's own keys, under whatever name staff have them now."""
    if source is None:
        return {}
    rows = ImportKey.objects.filter(source=source, facility__isnull=False)
    return {key: facility for key, facility in rows.values_list("key", "facility") if facility}


def _words(*parts: str) -> Words:
    return frozenset(name_skeleton(" ".join(part for part in parts if part)).split())


def _deleted_keys(source: ImportSource | None, empty: str) -> set[str]:
    """Keys of records that staff deleted: the history tells, and an import never brings them back.

    `empty` is the column that such a key leaves empty: a person's key names no institution.
    """
    if source is None:
        return set()
    gone = HistoryEntry.objects.filter(
        table=ImportKey._meta.db_table,
        operation=HistoryEntry.Operation.DELETE,
        before__source_id=source.pk,
        **{f"before__{empty}": None},
    )
    keys = {str(key) for key in gone.values_list("before__key", flat=True)}
    return keys - set(ImportKey.objects.filter(source=source, key__in=keys).values_list("key", flat=True))


def _names_of_others(source: ImportSource | None) -> dict[Words, set[int]]:
    """The names of everybody whom this source did not name: public, hidden and moved away."""
    ours = (
        set(ImportKey.objects.filter(source=source).values_list("prisoner", flat=True)) if source else set()
    )
    found: dict[Words, set[int]] = defaultdict(set)
    columns = [f"{part}_{code}" for code in LANGUAGES for part in ("surname", "given_names", "patronymic")]
    for prisoner, *names in Prisoner.objects.values_list("pk", *columns).iterator():
        if prisoner not in ours:
            _remember(found, prisoner, dict(zip(columns, names, strict=True)))
    moved = PrisonerPrivate.objects.exclude(moved_names={}).values_list("prisoner", "moved_names")
    for prisoner, names in moved:
        if prisoner not in ours:
            _remember(found, prisoner, names.get("fields", {}))
    for model in (NameVariant, HiddenNameVariant):
        for prisoner, text in model._default_manager.values_list("prisoner", "text").iterator():
            if prisoner not in ours:
                _remember_spelling(found, prisoner, _words(text))
    found.pop(frozenset(), None)
    return found


def _remember(found: dict[Words, set[int]], prisoner: int, names: dict[str, str]) -> None:
    for code in LANGUAGES:
        parts = [str(names.get(f"{part}_{code}") or "") for part in ("surname", "given_names", "patronymic")]
        found[_words(*parts[:2])].add(prisoner)
        found[_words(*parts)].add(prisoner)


def _remember_spelling(found: dict[Words, set[int]], prisoner: int, words: Words) -> None:
    """A spelling with a patronymic is found without it, too."""
    found[words].add(prisoner)
    if len(words) == 3:
        for two in combinations(sorted(words), 2):
            found[frozenset(two)].add(prisoner)
