"""What a process of a build does: begins with the same moment of the database, then makes batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import django
from django.db import connection, transaction

from memorial.mirror.ledger import Made, Statement, Wanted
from memorial.mirror.manifest import digest

if TYPE_CHECKING:
    from memorial.mirror.own_pages import Copy
    from memorial.mirror.rendering import Batch, Renderer

_IN_HAND: Final = 3
"""Portions that each process has at a time: none waits, and nothing piles up."""
_renderers: list[Renderer] = []
# The new mirror's folder, that of the mirror before, what is said of the copy, the filters of each list.
Places = tuple["Path", "Path | None", "Copy", "Mapping[str, frozenset[str]]"]
Given = TypeVar("Given")
Done = TypeVar("Done")


class Hands:
    """Who does the work: so many processes that see one snapshot, or this process where there are none."""

    def __init__(self, pool: ProcessPoolExecutor | None, workers: int) -> None:
        self._pool, self._workers = pool, workers

    def do(self, work: Callable[[Given], Done], take: Callable[[], Given | None]) -> Iterator[Done]:
        """What becomes of each portion, in no order.

        `take` gives a portion as hands become free, or None where there is none at present: it is called again
        as long as work is in hand, which may bring more.
        """
        if self._pool is None:
            while (portion := take()) is not None:
                yield work(portion)
            return
        running: set[Future[Done]] = set()
        while True:
            while len(running) < self._workers * _IN_HAND and (portion := take()) is not None:
                running.add(self._pool.submit(work, portion))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


@contextmanager
def hands(workers: int, snapshot: str, places: Places) -> Iterator[Hands]:
    """Hands for a build into `new`, until its end; in this process with no workers or no snapshot to share."""
    new, before, copy, filters = places
    if not workers or not snapshot:
        from memorial.mirror.rendering import Renderer

        _renderers[:] = [Renderer(new, before, copy, filters)]
        yield Hands(None, 0)
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=begin,
        initargs=(new, before, vars(copy), filters, snapshot),
    ) as pool:
        yield Hands(pool, workers)


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


def make(addresses: list[Wanted]) -> Batch:
    """The files of these addresses."""
    return _renderers[0].make(addresses)


def ask(portion: tuple[list[str], list[Statement]]) -> list[bytes]:
    """Which of these statements find something else now; the addresses are asked for first, for what they prepare."""
    # Not before Django has begun.
    from memorial.mirror.asking_again import changed

    addresses, statements = portion
    return changed(_renderers[0], addresses, statements)


def placed(folder: Path, file: str, data: bytes) -> Made:
    """A file that no page makes, written into the new mirror."""
    (folder / file).write_bytes(data)
    return Made(file, digest(data), len(data))


def _quoted(snapshot: str) -> str:
    """The name of a snapshot as a literal: this statement takes no parameters."""
    if not snapshot.replace("-", "").isalnum():
        raise ValueError("this is no name of a snapshot")
    return f"'{snapshot}'"
