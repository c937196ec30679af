"""A list that staff have loaded: its files, its table, its mapping. Nothing of it is lost on an error."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.base.photos import confidential_storage
from memorial.base.table_kinds import KINDS, TableKind
from prisoners.importers.errors import ImportRefused
from prisoners.importers.fitting import fit
from prisoners.importers.mapping import Mapping
from prisoners.importers.mapping_file import read_mapping
from prisoners.importers.opening import MOST_BYTES, Reading, keep_table
from prisoners.importers.photo_archive import open_photos
from prisoners.importers.stored import StoredTable
from prisoners.models import ImportUpload

KEPT_FOR = timedelta(days=30)
MOST_PHOTO_BYTES = 300 << 20
SECONDS_TO_READ = 40.0
"""A request ends after 60 (deploy/gunicorn.conf.py)."""


def kind_of(upload: ImportUpload) -> TableKind:
    """What the rows of a loaded list are."""
    return KINDS[upload.kind]


def load(
    *, file: IO[bytes], name: str, size: int, kind: TableKind, reading: Reading, by: int
) -> ImportUpload:
    """Keeps a file and reads its table. Raises `ImportRefused` with one sentence, and keeps nothing then."""
    if size > MOST_BYTES:
        raise ImportRefused(
            _("The file has %(size)s MB; at most %(most)s MB are read at a time: split it.")
            % {"size": size >> 20, "most": MOST_BYTES >> 20}
        )
    upload = ImportUpload(name=name[:200], kind=kind.code, by=by)
    upload.file.save("file", File(file), save=False)
    try:
        read_again(upload, reading)
    except BaseException:
        remove_files(upload)
        raise
    return upload


def read_again(upload: ImportUpload, reading: Reading) -> None:
    """Reads the table from the file as it came, by another sheet, another row of names, another encoding.

    Raises `ImportRefused`; what was read before stays then.
    """
    with TemporaryDirectory(prefix="memorial-upload-") as folder, local(upload.file) as path:
        kept = Path(folder) / "table"
        fields = kind_of(upload).fields
        table = keep_table(path, reading, known=fields, keep=kept, seconds=SECONDS_TO_READ)
        old = str(upload.table.name or "")
        with kept.open("rb") as file:
            upload.table.save("table", File(file), save=False)
    upload.reading = {
        **asdict(reading),
        "header_names": list(table.header),
        "digest": table.digest,
        "described": table.described,
        "notes": list(table.notes),
        "count": table.count,
    }
    begin_anew(upload)
    upload.save()
    if old:
        confidential_storage().delete(old)


def begin_anew(upload: ImportUpload) -> None:
    """Forgets what a trial found: the file or its mapping is another one now."""
    remove_portions(upload)
    upload.progress = {}
    upload.state = ImportUpload.State.LOADED


def add_photos(upload: ImportUpload, file: IO[bytes], size: int) -> None:
    """Keeps an archive of photos beside the list. Raises `ImportRefused` for a dangerous or damaged one."""
    if size > MOST_PHOTO_BYTES:
        raise ImportRefused(
            _("The archive has %(size)s MB; at most %(most)s MB are read: split it.")
            % {"size": size >> 20, "most": MOST_PHOTO_BYTES >> 20}
        )
    open_photos(file).close()
    file.seek(0)
    upload.photos.save("photos", File(file), save=False)


@contextmanager
def local(file: FieldFile) -> Iterator[Path]:
    """A stored file as a path; copied for the moment where the storage has none."""
    try:
        path = Path(file.path)
    except NotImplementedError:
        with TemporaryDirectory(prefix="memorial-upload-") as folder:
            copy = Path(folder) / "file"
            with file.open("rb") as source, copy.open("wb") as target:
                copyfileobj(source, target)
            yield copy
    else:
        yield path


def table_at(upload: ImportUpload, path: Path) -> StoredTable:
    """The table of a list, whose file lies at a path."""
    said = upload.reading
    return StoredTable(
        path,
        tuple(said["header_names"]),
        said["digest"],
        said["described"],
        tuple(said["notes"]),
        said["count"],
    )


def mapping_of(upload: ImportUpload) -> Mapping:
    """What the columns mean; without a mapping they have our own names. Raises `ImportRefused`."""
    kind, header = kind_of(upload), tuple(upload.reading["header_names"])
    if not upload.mapping:
        return fit(header, None, "", kind)
    return fit(header, read_mapping(upload.mapping, _digest(upload.mapping), kind.fields), "", kind)


def _digest(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def has_own_columns(upload: ImportUpload) -> bool:
    """Whether the columns are named as ours, so that no mapping is needed."""
    header = set(upload.reading["header_names"])
    return header <= set(kind_of(upload).fields) and bool(header & {"key", "id"})


def forget_uploads(kept_for: timedelta = KEPT_FOR) -> int:
    """Removes lists that nobody has touched for so long, with their files; returns how many."""
    old = list(ImportUpload.objects.filter(changed_at__lt=timezone.now() - kept_for))
    for upload in old:
        forget(upload)
    return len(old)


def forget(upload: ImportUpload) -> None:
    """Removes a list with its files. What it has written stays."""
    remove_files(upload)
    ImportUpload.objects.filter(pk=upload.pk).delete()


def remove_files(upload: ImportUpload) -> None:
    """Removes the files of a list; missing ones are no error."""
    remove_portions(upload)
    for file in (upload.file, upload.table, upload.photos):
        if file.name:
            confidential_storage().delete(file.name)


def remove_portions(upload: ImportUpload) -> None:
    """Removes the pages of a preview."""
    for portion in upload.progress.get("portions", []):
        confidential_storage().delete(portion["file"])
