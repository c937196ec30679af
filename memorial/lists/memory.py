"""What a run of these lists looks up: regions, courts by name, themes, and keys of records that staff deleted."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from cases.models import Case, Court, ImportedRow
from memorial.base.localized import all_languages
from memorial.base.models import HistoryEntry
from memorial.lists.people import People
from prisoners.importers.places import place_key
from prisoners.importers.world import Memory, Remembered
from prisoners.models import ImportSource, Theme


class CourtNames:
    """Courts by what the spellings of their names have in common; two may have one name."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._added: list[str] = []
        self._names: dict[int, str] = {}
        rows = Court.objects.order_by("pk").values_list("pk", *all_languages("name"))
        for court, *names in rows:
            self._remember(court, names)

    def _remember(self, court: int, names: list[str]) -> list[str]:
        keys = list(dict.fromkeys(key for name in names if (key := place_key(name or ""))))
        for key in keys:
            self._by_name[key].append(court)
        self._names[court] = next((name for name in names if name), "")
        return keys

    def add(self, court: Court) -> None:
        """Remembers a court that was made now."""
        self._added += self._remember(court.pk, [getattr(court, name) for name in all_languages("name")])

    def mark(self) -> int:
        """A moment to come back to."""
        return len(self._added)

    def undo(self, mark: int) -> None:
        """Forgets the courts that were made since."""
        for key in reversed(self._added[mark:]):
            self._names.pop(self._by_name[key].pop(), None)
        del self._added[mark:]

    def find(self, text: str) -> list[int]:
        """Every court of this name."""
        return list(self._by_name.get(place_key(text), ()))

    def name(self, court: int | None) -> str:
        """What a court is called in a table; empty for none."""
        return self._names.get(court or 0, "")


class ListMemory(Memory):
    """Everything that the rows of these lists look up."""

    def __init__(self, source: ImportSource | None) -> None:
        super().__init__()
        self.source = source
        self.courts = CourtNames()
        self._deleted: dict[str, set[str]] = {}
        self.court_slugs = _addresses(Court)
        self.case_slugs = _addresses(Case)

    def mark(self) -> list[int]:
        """A moment to come back to, if the database takes back what is written from now on."""
        return [*super().mark(), self.courts.mark()]

    def undo(self, mark: list[int]) -> None:
        """Forgets what was written since."""
        super().undo(mark[:-1])
        self.courts.undo(mark[-1])

    def _parts(self) -> tuple[Remembered, ...]:
        return self.regions, self.court_slugs, self.case_slugs

    @cached_property
    def themes(self) -> dict[str, int]:
        """Themes by code."""
        return dict(Theme.objects.values_list("code", "pk"))

    @cached_property
    def people(self) -> People:
        """Everybody by name; loaded where a row names somebody."""
        return People()

    def theme_code(self, theme: int | None) -> str:
        """The code of a theme; empty for none."""
        return next((code for code, pk in self.themes.items() if pk == theme), "")

    def deleted(self, record: str) -> set[str]:
        """Keys of records of one kind that staff deleted: an import never brings them back."""
        if record not in self._deleted:
            self._deleted[record] = self._read_deleted(record)
        return self._deleted[record]

    def _read_deleted(self, record: str) -> set[str]:
        if self.source is None:
            return set()
        gone = HistoryEntry.objects.filter(
            table=ImportedRow._meta.db_table,
            operation=HistoryEntry.Operation.DELETE,
            before__source_id=self.source.pk,
        ).exclude(**{f"before__{record}_id": None})
        keys = {str(key) for key in gone.values_list("before__key", flat=True)}
        present = ImportedRow.objects.filter(source=self.source, key__in=keys, **{f"{record}__isnull": False})
        return keys - set(present.values_list("key", flat=True))


def _addresses(model: type[Court | Case]) -> Remembered:
    return Remembered(dict.fromkeys(model._default_manager.values_list("slug", flat=True), 0))
