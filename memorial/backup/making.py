"""A backup is made in one stream: snapshot, archive, files, age. Nothing readable touches the disk."""

from __future__ import annotations

import os
import subprocess
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

import pyrage
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from memorial.backup.contents import (
    DATABASE,
    FOLDERS,
    MANIFEST,
    PIECE,
    Digest,
    Manifest,
    add_bytes,
    add_file,
    files_below,
)
from memorial.backup.errors import BackupError
from memorial.backup.programs import program, require_success, started
from memorial.base.models import HistorySeal

_WRITTEN_SO_FAR: Final = "The backup was not written to the end"


def recipients_of(keys: Sequence[str]) -> list[Any]:
    """Public keys of age. Raises `BackupError` where there is none, or one that is none."""
    if not keys:
        raise BackupError("Nobody could open the backup: name a public key of age in BACKUP_RECIPIENTS.")
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError:
        raise BackupError("A recipient of BACKUP_RECIPIENTS is no public key of age (age1…).") from None


def make_backup(target: Path, recipients: Sequence[Any]) -> Manifest:
    """Writes the backup and gives its manifest. Raises `BackupError`; an older file is never touched.

    The file gets its name only when its last byte is on the disk.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: a backup never replaces another.")
    partial = target.with_name(f"{target.name}.partial")
    with _new_file(partial) as out:
        manifest = _encrypted(out, recipients)
    partial.rename(target)
    _flush_folder(target.parent)
    return manifest


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that nobody else can read, on the disk when this ends, and gone if it fails."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BackupError(f"{_WRITTEN_SO_FAR}: {error.strerror or error}.") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass
class Outcome:
    """What a thread leaves behind: its result, or what stopped it."""

    manifest: Manifest | None = None
    error: BaseException | None = None


def _encrypted(out: IO[bytes], recipients: Sequence[Any]) -> Manifest:
    reading, writing = os.pipe()
    outcome = Outcome()
    # The snapshot belongs to this thread's connection; the other one only copies what comes.
    thread = threading.Thread(target=_seal, args=(reading, out, recipients, outcome), daemon=True)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as pipe:
            manifest = _everything(pipe)
    except BrokenPipeError:
        manifest = None  # the other thread knows why
    finally:
        thread.join()
    if outcome.error is not None:
        raise BackupError(f"{_WRITTEN_SO_FAR}: {outcome.error}.") from outcome.error
    if manifest is None:
        raise BackupError(f"{_WRITTEN_SO_FAR}.")
    return manifest


def _seal(reading: int, out: IO[bytes], recipients: Sequence[Any], outcome: Outcome) -> None:
    try:
        with os.fdopen(reading, "rb") as pipe:
            pyrage.encrypt_io(pipe, out, list(recipients))
    except BaseException as error:  # told by the thread that waits
        outcome.error = error


def _everything(pipe: IO[bytes]) -> Manifest:
    database, files = Digest(), Digest()
    with tarfile.open(fileobj=pipe, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        facts = _dump(lambda piece: _add_piece(tar, piece, database))
        for name, folder in zip(FOLDERS, _media_folders(), strict=True):
            _add_folder(tar, name, folder, files)
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            database=database.told(),
            files=files.told(),
            **facts,
        )
        add_bytes(tar, MANIFEST, manifest.packed())
    return manifest


def _media_folders() -> tuple[Path, Path]:
    return Path(settings.MEDIA_ROOT_PUBLIC), Path(settings.MEDIA_ROOT_CONFIDENTIAL)


def _add_piece(tar: tarfile.TarFile, piece: bytes, database: Digest) -> None:
    add_bytes(tar, f"{DATABASE}{database.number:05d}", piece)
    database.add(piece)


def _add_folder(tar: tarfile.TarFile, name: str, folder: Path, files: Digest) -> None:
    for path in files_below(folder):
        try:
            opened = path.open("rb")
        except FileNotFoundError:
            continue  # hidden, and so removed, since the folder was read
        with opened:
            size = os.fstat(opened.fileno()).st_size
            add_file(tar, f"{name}/{path.relative_to(folder).as_posix()}", opened, size, files)


def _dump(take: Callable[[bytes], None]) -> dict[str, Any]:
    """Hands the archive over in pieces, and counts the rows in the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version'), current_database()")
        snapshot, version, name = cursor.fetchone()
        arguments = [program("pg_dump"), "--format=custom", "--no-owner"]
        arguments += [f"--snapshot={snapshot}", f"--dbname={name}"]
        with started(arguments, stdout=subprocess.PIPE) as process:
            try:
                while piece := process.stdout.read(PIECE):  # type: ignore[union-attr]
                    take(piece)
                require_success(process, "pg_dump")
            except BaseException:
                process.kill()
                raise
        return {
            "server_version": version,
            "tables": rows_of_tables(cursor),
            "migrations": _number(cursor, "SELECT count(*) FROM django_migrations"),
            "history_head": _history_head(),
        }


def rows_of_tables(cursor: CursorWrapper) -> dict[str, int]:
    """How many rows each table has."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    names = [name for (name,) in cursor.fetchall()]
    return {name: _number(cursor, f'SELECT count(*) FROM "{name}"') for name in names}  # noqa: S608 - catalogue


def _number(cursor: CursorWrapper, sql: str) -> int:
    cursor.execute(sql)
    (number,) = cursor.fetchone()
    return int(number)


def _history_head() -> str:
    """The end of the sealed history, to be compared with the signed heads outside (`seal_history`)."""
    last = HistorySeal.objects.order_by("-position").values_list("chain", flat=True).first()
    return bytes(last).hex() if last is not None else ""
