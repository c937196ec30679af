"""The way back: into a new database and new folders, which get their names only when all is proven whole.

age authenticates its stream piece by piece, so that a cut-off file is known as one only at its end: until
then everything stands under a name of its own, and goes with the first fault.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import tarfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, Final

import psycopg
import pyrage
from django.db import connection
from psycopg import sql

from memorial.backup.contents import DATABASE, MANIFEST, PIECE, Digest, Manifest, safe_path
from memorial.backup.errors import BackupError
from memorial.backup.making import Outcome
from memorial.backup.programs import program, require_success, started

RESTORING: Final = "_restoring_"
_DROP_TRIES: Final = 40
_ROLES: Final = ("staff_rw", "site_ro")
_NOT_OPENED: Final = (
    "The backup cannot be opened: another key, or a file that was damaged, changed or cut off."
)


def identities_of(path: Path) -> list[Any]:
    """The private keys in a file as age-keygen writes it. Raises `BackupError` where there is none."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="ascii").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupError(f"{path} holds no private key of age that can be read.") from error
    if not found:
        raise BackupError(f"{path} holds no private key of age.")
    return found


def restore_backup(source: Path, identities: Sequence[Any], *, database: str, media: Path) -> Manifest:
    """Restores into the new database `database` and the new folder `media`. Raises `BackupError`.

    Nothing that exists is touched; after a failure nothing is left.
    """
    if not source.is_file():
        raise BackupError(f"{source} is no file.")
    if media.exists():
        raise BackupError(f"{media} is there already: name a folder that does not exist yet.")
    suffix = f"{RESTORING}{secrets.token_hex(4)}"
    scratch = media.with_name(f"{media.name}{suffix}")
    with psycopg.connect(**_server(), autocommit=True) as server, ExitStack() as undo:
        _require_room(server, database)
        temporary = f"{database[: 63 - len(suffix)]}{suffix}"
        _create(server, temporary)
        undo.callback(_drop, server, temporary)
        scratch.mkdir(mode=0o700)
        undo.callback(shutil.rmtree, scratch, ignore_errors=True)
        manifest = _unpacked(source, identities, temporary, scratch)
        _require_rows(temporary, manifest)
        _rename(server, temporary, database)
        undo.pop_all()
    scratch.rename(media)
    return manifest


def _server(name: str = "postgres") -> dict[str, Any]:
    given = connection.get_connection_params()
    known = ("host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey")
    return {key: given[key] for key in known if given.get(key)} | {"dbname": name, "connect_timeout": 10}


def _require_room(server: psycopg.Connection, database: str) -> None:
    taken = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if taken:
        raise BackupError(f"The database {database} is there already: name one that does not exist yet.")
    there = {
        name
        for (name,) in server.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(_ROLES)])
    }
    if missing := [name for name in _ROLES if name not in there]:
        raise BackupError(f"The server has no role {', '.join(missing)}: run deploy/roles.sql first.")


def _create(server: psycopg.Connection, name: str) -> None:
    made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    try:
        server.execute(made.format(sql.Identifier(name)))
        # Until it is proven whole nobody but who restores comes in.
        server.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            "This role may not create databases: ALTER ROLE owner CREATEDB for the time."
        ) from error


def _drop(server: psycopg.Connection, name: str) -> None:
    """Drops what is not whole. Autovacuum, which no owner may end, can be in the way for a moment."""
    for _try in range(_DROP_TRIES):
        try:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        except psycopg.Error as error:
            refusal = error
            time.sleep(0.25)
        else:
            return
    raise BackupError(f"Not restored, and {name} could not be dropped: drop it by hand.") from refusal


def _rename(server: psycopg.Connection, name: str, final: str) -> None:
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO PUBLIC").format(sql.Identifier(name)))
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(final))
    )


# --- The stream -------------------------------------------------------------------------------


def _unpacked(source: Path, identities: Sequence[Any], database: str, media: Path) -> Manifest:
    reading, writing = os.pipe()
    outcome = Outcome()
    thread = threading.Thread(target=_open, args=(source, writing, identities, outcome), daemon=True)
    thread.start()
    own: Exception | None = None
    with os.fdopen(reading, "rb") as pipe:
        try:
            manifest = _Unpacking(database, media).everything(pipe)
        except (tarfile.TarError, BackupError, OSError, ValueError) as error:
            own = error
        # To the very end, after a failure too: whether the file is whole only age can say.
        while pipe.read(PIECE):
            pass
    thread.join()
    if outcome.error is not None or isinstance(own, tarfile.TarError):
        raise BackupError(_NOT_OPENED) from (outcome.error or own)
    if own is not None:
        raise own if isinstance(own, BackupError) else BackupError(f"Not restored: {own}.") from own
    return manifest


def _open(source: Path, writing: int, identities: Sequence[Any], outcome: Outcome) -> None:
    try:
        with os.fdopen(writing, "wb") as pipe, source.open("rb") as sealed:
            pyrage.decrypt_io(sealed, pipe, list(identities))
    except BaseException as error:  # told by the thread that waits
        outcome.error = error


class _Unpacking:
    """Takes the members in their order and proves them against the manifest, which is the last."""

    def __init__(self, database: str, media: Path) -> None:
        self._name, self._media = database, media
        self._database, self._files = Digest(), Digest()
        self._restore: subprocess.Popen[bytes] | None = None

    def everything(self, pipe: IO[bytes]) -> Manifest:
        """The proven manifest. Raises `BackupError`, or what tar raises for a stream that breaks off."""
        manifest: Manifest | None = None
        try:
            with tarfile.open(fileobj=pipe, mode="r|") as tar:
                for member in tar:
                    content = tar.extractfile(member)
                    if content is None or manifest is not None:
                        raise BackupError("The backup holds what it must not hold.")
                    manifest = self._take(member, content)
            self._finish_database()
        finally:
            if self._restore is not None and self._restore.poll() is None:
                self._restore.kill()
        if manifest is None:
            raise tarfile.ReadError("no manifest")
        self._require_same(manifest)
        return manifest

    def _take(self, member: tarfile.TarInfo, content: IO[bytes]) -> Manifest | None:
        if member.name == MANIFEST:
            return Manifest.unpacked(content.read())
        if member.name.startswith(DATABASE):
            self._take_piece(content.read())
        else:
            self._take_file(member.name, content)
        return None

    def _take_piece(self, piece: bytes) -> None:
        if self._restore is None:
            arguments = [program("pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={self._name}"]
            self._restore = started(arguments, stdin=subprocess.PIPE)
        try:
            self._restore.stdin.write(piece)  # type: ignore[union-attr]
        except BrokenPipeError:
            require_success(self._restore, "pg_restore")
            raise
        self._database.add(piece)

    def _finish_database(self) -> None:
        if self._restore is None:
            raise tarfile.ReadError("no database")
        with suppress(BrokenPipeError):
            self._restore.stdin.close()  # type: ignore[union-attr]
        require_success(self._restore, "pg_restore")

    def _take_file(self, name: str, content: IO[bytes]) -> None:
        path = self._media / safe_path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as out:
            while piece := content.read(PIECE):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        path.chmod(0o644 if name.startswith("public/") else 0o600)
        self._files.add(name.encode(), digest.digest())
        self._files.size += size - len(digest.digest())

    def _require_same(self, manifest: Manifest) -> None:
        if (self._database.told(), self._files.told()) != (manifest.database, manifest.files):
            raise BackupError("The backup is not what its own list says.")


def _require_rows(database: str, manifest: Manifest) -> None:
    """Every table has as many rows as the snapshot had."""
    with psycopg.connect(**_server(database)) as restored:
        for table, number in manifest.tables.items():
            counted = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
            (found,) = restored.execute(counted).fetchone()  # type: ignore[misc]
            if found != number:
                raise BackupError(f"{table} has {found} rows, and had {number} when it was saved.")
