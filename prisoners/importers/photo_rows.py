"""Which photo of an archive belongs to which row: looked at in a trial, taken in afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.table_kinds import TableKind
from prisoners.actions import add_photo
from prisoners.importers import cells
from prisoners.importers.errors import CellError
from prisoners.importers.mapping import Mapping
from prisoners.importers.photo_archive import PhotoArchive, open_photos
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import OWN_KEY, RowReader
from prisoners.importers.stored import StoredTable
from prisoners.importers.table import Row, Table
from prisoners.importers.words import Words
from prisoners.models import ImportKey, ImportSource, Prisoner

BATCH = 50
MOST_UNUSED = 50


@dataclass
class Taken:
    """How far the photos are, and what was wrong with some."""

    rows: int = 0
    added: int = 0
    finished: bool = False
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """A row that has a photo in the archive, or says so."""

    row: int
    key: str
    name: str
    stated: bool

    def refused(self, column: str, reason: str) -> Entry:
        """The line of the list."""
        return Entry(What.UNREAD, self.row, column, f"{self.name}: {reason}"[:300])


class _Names:
    """Reads key and file name of a row: by its column, else the key is the name."""

    def __init__(self, mapping: Mapping) -> None:
        self.column = mapping.column_of("photo")
        self.reader = RowReader(mapping, Words(), civil_date())

    def of(self, row: Row) -> Wanted:
        key = self.reader.key_of(row)
        stated = cells.plain(row.cells.get(self.column, "")) if self.column else ""
        return Wanted(row.number, key, stated or key.removeprefix(OWN_KEY), bool(stated))


def look_at_photos(path: Path, table: Table | StoredTable, mapping: Mapping, kind: TableKind) -> list[Entry]:
    """What would be wrong: files that are missing, are no photos, or belong to no row."""
    names, entries, used = _Names(mapping), [], set()
    archive = open_photos(path)
    try:
        for row in table.rows():
            wanted = names.of(row)
            try:
                if entry := _found(archive, wanted):
                    used.add(entry.filename)
                    archive.look_at(entry)
            except CellError as error:
                entries.append(wanted.refused(names.column, str(error)))
        left = [entry for entry in archive.archive.infolist() if _is_left(entry, used)]
        entries += [
            Entry(What.LOOK, 0, "", _("No row has this photo: %(name)s") % {"name": entry.filename[:120]})
            for entry in left[:MOST_UNUSED]
        ]
    finally:
        archive.close()
    return entries


def _is_left(entry: Any, used: set[str]) -> bool:
    base = entry.filename.rpartition("/")[2]
    hidden = base.startswith(".") or entry.filename.startswith("__MACOSX/")
    return not entry.is_dir() and not hidden and entry.filename not in used


def _found(archive: PhotoArchive, wanted: Wanted) -> Any:
    """The file of a row. Raises `CellError` where the row names one that is not there."""
    entry = archive.find(wanted.name) if wanted.name else None
    if entry is None and wanted.stated:
        raise CellError(_("The archive has no such file."))
    return entry


def take_photos(
    path: Path,
    table: Table | StoredTable,
    mapping: Mapping,
    *,
    by: int | None,
    after: int = 0,
    until: Callable[[], bool] = lambda: False,
    note: str = "",
) -> Taken:
    """Adds photos to the people of the rows; one that was added before is not added again."""
    names, taken = _Names(mapping), Taken(rows=after)
    source = ImportSource.objects.filter(code=mapping.source.code).first()
    archive = open_photos(path)
    try:
        rows: Iterator[Row] = table.rows(after)
        while batch := list(islice(rows, BATCH)):
            people = _people(source, [names.of(row) for row in batch])
            for row in batch:
                wanted = names.of(row)
                if key := people.get(wanted.key):
                    _take(archive, wanted, key, taken, by=by, note=note, column=names.column)
                taken.rows += 1
                if until():
                    return taken
        taken.finished = True
    finally:
        archive.close()
    return taken


def _people(source: ImportSource | None, wanted: list[Wanted]) -> dict[str, ImportKey]:
    """The people of some rows: by the source's keys, or by our own numbers."""
    if source is None:
        return {}
    keys = [one.key for one in wanted]
    found = ImportKey.objects.filter(source=source, key__in=keys, prisoner__isnull=False)
    known = {key.key: key for key in found.select_related("prisoner")}
    own = {
        key: int(number)
        for key in keys
        if key not in known and (number := key.removeprefix(OWN_KEY)) != key and number.isdigit()
    }
    people = Prisoner.objects.in_bulk(list(own.values()))
    return known | {
        key: ImportKey(source=source, key=key, prisoner=people[number])
        for key, number in own.items()
        if number in people
    }


def _take(
    archive: PhotoArchive,
    wanted: Wanted,
    key: ImportKey,
    taken: Taken,
    *,
    by: int | None,
    note: str,
    column: str,
) -> None:
    try:
        entry = _found(archive, wanted)
        if entry is None or key.prisoner is None or key.prisoner.state == State.WITHDRAWN:
            return
        data = archive.read(entry)
        digest = sha256(data).hexdigest()
        before = key.imported.get("photos", [])
        if digest in before:
            return
        with transaction.atomic():
            add_photo(prisoner=key.prisoner, data=data, source_note=f"{note}{wanted.name}"[:300], by=by)
            key.imported = {**key.imported, "photos": [*before, digest]}
            key.save()
        taken.added += 1
    except CellError as error:
        taken.entries.append(wanted.refused(column, str(error)))
    except ValidationError as error:
        taken.entries.append(wanted.refused(column, " ".join(error.messages)))
