"""What a process of a build does: begins with the same moment of the database, then makes batches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.db import connection, transaction

from memorial.mirror.ledger import Made
from memorial.mirror.manifest import digest

if TYPE_CHECKING:
    from memorial.mirror.rendering import Batch, Renderer

_renderers: list[Renderer] = []


def begin(
    folder: Path,
    before: Path | None,
    copy: dict[str, Any],
    filters: Mapping[str, frozenset[str]],
    snapshot: str,
) -> None:
    """Starts Django in a new process and takes on the snapshot that the first process exported.

    `copy` are the fields of a `Copy`, which cannot be read itself before Django has begun.
    """
    django.setup()
    from memorial.mirror.own_pages import Copy
    from memorial.mirror.rendering import Renderer

    # One transaction from here to the end of the process: nothing in it writes.
    transaction.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"SET TRANSACTION SNAPSHOT {_quoted(snapshot)}")
        cursor.execute("SET LOCAL ROLE site_ro")
    _renderers[:] = [Renderer(folder, before, Copy(**copy), filters)]


def make(addresses: list[tuple[str, str]]) -> Batch:
    """The files of these addresses."""
    return _renderers[0].make(addresses)


def placed(folder: Path, file: str, data: bytes) -> Made:
    """A file that no page makes, written into the new mirror."""
    (folder / file).write_bytes(data)
    return Made(file, digest(data), len(data))


def _quoted(snapshot: str) -> str:
    """The name of a snapshot as a literal: this statement takes no parameters."""
    if not snapshot.replace("-", "").isalnum():
        raise ValueError("this is no name of a snapshot")
    return f"'{snapshot}'"
