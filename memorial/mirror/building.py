"""Builds a mirror beside the one there is, then puts it in its place.

What changed since is written, what did not is the same file. Until the last moment the mirror before
stays as it is, whatever happens to this process; only what was hidden is taken out of it at once
(`withdrawing`), before anything else is done.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from cases.selection import CaseFilter, PeopleFilter
from memorial.base.civil_date import civil_date
from memorial.mirror import working
from memorial.mirror.addresses import list_filters, mirror_file
from memorial.mirror.errors import MirrorError
from memorial.mirror.exchange import mend, next_of, put_in_place
from memorial.mirror.ledger import Ledger
from memorial.mirror.locking import locked
from memorial.mirror.manifest import Head, withdrawn_before, write_manifest
from memorial.mirror.own_pages import INDEX, Copy
from memorial.mirror.rendering import Batch, Renderer
from memorial.mirror.verify_mirror import HEAD, name_digest
from memorial.mirror.withdrawing import listed_files, withdraw
from memorial.page_kinds import PAGES

BATCH: Final = 40
_ALWAYS: Final = ("/", INDEX, "/.well-known/security.txt", "/.well-known/donate.txt")
_SCRIPT: Final = "/static/js/mirror-search.js"

Progress = Callable[[int, int], None]
# What a process is given to begin with: `working.begin` says what each of these is.
_Given = tuple[Path, Path | None, dict[str, Any], Mapping[str, frozenset[str]], str]


@dataclass(frozen=True)
class Built:
    """What a build did: files in the mirror, how many of them are as they were, what was withdrawn, dead links."""

    files: int
    unchanged: int
    withdrawn: int
    missing: tuple[str, ...]
    seconds: float


def build(
    folder: Path,
    key: Ed25519PrivateKey,
    *,
    days: int,
    workers: int,
    progress: Progress = lambda _done, _known: None,
) -> Built:
    """Makes the mirror in `folder` what the site is now, valid for so many days.

    With no workers everything is done in this process. Raises `MirrorError`; the mirror before is
    then as it was, less what was hidden meanwhile.
    """
    folder = folder.resolve()
    began = time.monotonic()
    with locked(folder):
        mend(folder)
        with _as_readers() as snapshot:
            made_at = timezone.now()
            today = civil_date()
            gone = withdraw(folder, key) if (folder / HEAD).exists() else 0
            copy = Copy(today, today + timedelta(days=days), _filter_pages())
            built = _fill(folder, copy, snapshot, workers=workers, progress=progress)
        _sign(built, folder, key, made_at, copy)
        put_in_place(next_of(folder), folder)
    return Built(built.files, built.unchanged, gone, tuple(built.missing), time.monotonic() - began)


def withdraw_alone(folder: Path, key: Ed25519PrivateKey) -> int:
    """Only takes out what was hidden; returns how many files went. Raises `MirrorError` where no mirror is."""
    folder = folder.resolve()
    if not (folder / HEAD).exists():
        raise MirrorError(f"{folder} is no mirror: build it first.")
    with locked(folder):
        mend(folder)
        with _as_readers():
            return withdraw(folder, key)


@dataclass
class _Filled:
    ledger: Ledger
    ledger_folder: Path
    files: int = 0
    unchanged: int = 0
    missing: tuple[str, ...] = ()


@contextmanager
def _as_readers() -> Iterator[str]:
    """One moment of the database for all processes, seen with the eyes of a reader; gives its name.

    Inside a test's transaction there is neither a snapshot to give nor another process to give it to.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0 and not connection.needs_rollback:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
        else:
            snapshot = ""
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE site_ro")
        try:
            yield snapshot
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('role', %s, true)", [before])


def registry_addresses() -> Iterator[str]:
    """Every page of the registry in every language."""
    for kind in PAGES:
        for page in kind.pages():
            for code, _name in settings.LANGUAGES:
                yield page.path(code)


def _filter_pages() -> dict[str, tuple[tuple[str, str], ...]]:
    """Of each list, the pages on which the values of its filters stand."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    lists = (
        ("prisoners:prisoner-list", "prisoners:prisoner-filter", PeopleFilter),
        ("cases:case-list", "cases:case-filter", CaseFilter),
    )
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for list_name, filter_name, asked in lists:
                made = asked(QueryDict(), civil_date())
                found[reverse(list_name)] = tuple(
                    (str(facet.label), reverse(filter_name, kwargs={"facet": facet.name}))
                    for facet in made.facets
                    if facet.name in made.with_pages()
                )
    return found


def _fill(folder: Path, copy: Copy, snapshot: str, *, workers: int, progress: Progress) -> _Filled:
    new, before = next_of(folder), folder
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    ledger_folder = Path(tempfile.mkdtemp(prefix="mirror-"))
    ledger = Ledger(ledger_folder / "ledger.sqlite")
    filters = list_filters()

    def want(addresses: Iterable[str]) -> None:
        ledger.want((one, file) for one in addresses if (file := mirror_file(one, filters)) is not None)

    want(_ALWAYS)
    want(registry_addresses())
    filled = _Filled(ledger, ledger_folder)
    old = before if before.exists() else None
    if workers and snapshot:
        batches = _in_processes(ledger, workers, (new, old, vars(copy), filters, snapshot))
    else:
        batches = _in_this_process(ledger, Renderer(new, old, copy, filters))
    missing: list[str] = []
    for batch in batches:
        ledger.put(batch.made)
        ledger.want((address, file) for file, address in batch.links.items())
        filled.files += len(batch.made)
        filled.unchanged += batch.unchanged
        missing += batch.missing
        progress(filled.files, ledger.known())
    filled.missing = tuple(missing)
    return filled


def _in_this_process(ledger: Ledger, renderer: Renderer) -> Iterator[Batch]:
    while taken := ledger.take(BATCH):
        yield renderer.make(taken)


def _in_processes(ledger: Ledger, workers: int, given: _Given) -> Iterator[Batch]:
    """Batches from processes of their own; never more in hand than they need, so that nothing piles up."""
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=working.begin, initargs=given
    ) as pool:
        running: set[Future[Batch]] = set()
        while True:
            while len(running) < workers * 3 and (taken := ledger.take(BATCH)):
                running.add(pool.submit(working.make, taken))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def _sign(built: _Filled, folder: Path, key: Ed25519PrivateKey, made_at: datetime, copy: Copy) -> None:
    new = next_of(folder)
    script = Path(working.__file__).with_name("verify_mirror.py")
    built.ledger.put([working.placed(new, "verify_mirror.py", script.read_bytes())])
    names = {made.file for made in built.ledger.files()} if folder.exists() else set()
    gone = withdrawn_before(folder, copy.made_on)
    for file in listed_files(folder) if folder.exists() else ():
        if file.endswith(".html") and file not in names:
            gone.setdefault(name_digest(file), copy.made_on)
    gone = {
        digest: day for digest, day in gone.items() if digest not in {name_digest(name) for name in names}
    }
    built.files = write_manifest(
        new, built.ledger.files(), gone, Head(made_at, copy.valid_until, settings.PUBLIC_URL), key
    )
    built.ledger.close()
    shutil.rmtree(built.ledger_folder)
    os.sync()
