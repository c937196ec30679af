"""Builds a mirror beside the one there is, then puts it in its place.

A page that would be the same is not made anew; what changed since is written, what did not is the same file.
Until the last moment the mirror before stays as it is, whatever happens to this process; only what was hidden
is taken out of it at once (`withdrawing`), before anything else is done.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from cases.selection import CaseFilter, PeopleFilter
from memorial.base.civil_date import civil_date
from memorial.base.content_version import read_version
from memorial.base.public_pages import program_and_settings
from memorial.mirror import working
from memorial.mirror.addresses import list_filters, mirror_file
from memorial.mirror.errors import MirrorError
from memorial.mirror.exchange import ledger_of, mend, next_of, put_in_place
from memorial.mirror.ledger import Ledger, Moment, Statement, Wanted, moment_of
from memorial.mirror.locking import locked
from memorial.mirror.manifest import Head, withdrawn_before, write_manifest
from memorial.mirror.own_pages import INDEX, Copy
from memorial.mirror.verify_mirror import HEAD, name_digest
from memorial.mirror.withdrawing import listed_files, purge, withdraw
from memorial.mirror.working import Hands, Places, hands
from memorial.page_kinds import PAGES

BATCH: Final = 40
_ALWAYS: Final = ("/", INDEX, "/.well-known/security.txt", "/.well-known/donate.txt")
_SCRIPT: Final = "/static/js/mirror-search.js"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Built:
    """What a build did.

    `files` are in the mirror, `unchanged` of them as they were, `kept` of these without being made anew to see it;
    `withdrawn` were taken out first; `missing` are addresses that pages lead to and that are not there.
    """

    files: int
    unchanged: int
    kept: int
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
            work = _Work(folder, _copy(days))
            try:
                with work.hands(workers, snapshot) as at_work:
                    gone = _hidden_first(work, at_work, key, is_build=True)
                    filled = _fill(work, at_work, progress)
                number = _sign(work, filled, key, made_at)
            except BaseException:
                work.ledger.drop()
                raise
        put_in_place(next_of(folder), folder)
        work.ledger.path.replace(ledger_of(folder))
    return Built(number, filled.unchanged, filled.kept, gone, tuple(filled.missing), time.monotonic() - began)


def withdraw_alone(folder: Path, key: Ed25519PrivateKey, *, workers: int = 0) -> int:
    """Only takes out what was hidden; returns how many files went. Raises `MirrorError` where no mirror is.

    A page that shows less than it did is taken out as well, until the next build brings it back without that.
    """
    folder = folder.resolve()
    if not (folder / HEAD).exists():
        raise MirrorError(f"{folder} is no mirror: build it first.")
    with locked(folder):
        mend(folder)
        with _as_readers() as snapshot:
            work = _Work(folder, _copy(1))
            try:
                with work.hands(workers, snapshot) as at_work:
                    return _hidden_first(work, at_work, key, is_build=False)
            finally:
                work.ledger.drop()


def is_anything_taken_back(folder: Path) -> bool:
    """Whether something was taken back from readers, or a day ended, since the mirror was last purged."""
    known = moment_of(ledger_of(folder.resolve()))
    with _as_readers():
        return known.purged != _now().purged


class _Work:
    """What one build is about: the moment, the ledger, the names of filters."""

    def __init__(self, folder: Path, copy: Copy) -> None:
        self.folder, self.copy = folder, copy
        self.filters = list_filters()
        self.now = _now()
        self.ledger = Ledger(ledger_of(next_of(folder)), ledger_of(folder))
        self.before = self.ledger.moment_before
        self.old = folder if folder.exists() else None

    @property
    def is_as_before(self) -> bool:
        """Whether nothing at all has changed since the mirror before."""
        return self.old is not None and self.now == self.before

    def hands(self, workers: int, snapshot: str) -> AbstractContextManager[Hands]:
        """Who does the work; one is enough where there is nothing to make."""
        return hands(min(workers, 1) if self.is_as_before else workers, snapshot, self._places())

    def _places(self) -> Places:
        return next_of(self.folder), self.old, self.copy, self.filters

    def want(self, addresses: Iterable[str]) -> None:
        """Notes addresses that are to be in the mirror, those that can be."""
        self.ledger.want(
            (one, file) for one in addresses if (file := mirror_file(one, self.filters)) is not None
        )


@dataclass
class _Filled:
    files: int
    unchanged: int
    kept: int
    missing: list[str]


def _now() -> Moment:
    version = read_version()
    collected = str(getattr(staticfiles_storage, "manifest_hash", ""))
    program = f"{program_and_settings()} {collected}"
    day = civil_date().isoformat()
    return Moment(version.text, version.taken_back, day, program, purged=f"{version.taken_back} {day}")


def _copy(days: int) -> Copy:
    today = civil_date()
    return Copy(today, today + timedelta(days=days), _filter_pages())


def _hidden_first(work: _Work, at_work: Hands, key: Ed25519PrivateKey, *, is_build: bool) -> int:
    """Finds out what would be another page now; takes out of the mirror there is what is not to be seen any more."""
    is_signed = (work.folder / HEAD).exists()
    is_taken_back = work.before.purged != work.now.purged
    # Pages that answer no more are known without asking for what the others show: they go at once.
    gone = withdraw(work.folder, key) if is_signed and not (is_build and work.is_as_before) else 0
    # What is to be made anew for another reason need not be asked for, unless it may show what was hidden.
    _ask_again(work, at_work, of_any_day=is_signed and is_taken_back)
    if is_signed and is_taken_back:
        purged = purge(work.folder, work.ledger.suspects(work.now, but=settings.MEDIA_URL), key)
        work.ledger.forget_before(purged, work.now.purged)
        gone += len(purged)
    return gone


def _ask_again(work: _Work, at_work: Hands, *, of_any_day: bool) -> None:
    """Learns which pages of the mirror before are what would be made now."""
    ledger, before, now = work.ledger, work.before, work.now
    is_other = before.version != now.version or (of_any_day and before.day != now.day)
    if is_other and (of_any_day or before.program == now.program):
        preparing = ledger.preparing_before()
        portions = ledger.statements_before(now.day, of_any_day=of_any_day)

        def take() -> tuple[list[str], list[Statement]] | None:
            portion = next(portions, None)
            return None if portion is None else (preparing, portion)

        for changed in at_work.do(working.ask, take):
            ledger.note_changed(changed)
    ledger.judge(now)


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


def _fill(work: _Work, at_work: Hands, progress: Progress) -> _Filled:
    """Makes or keeps every page that is listed or led to."""
    new, ledger = next_of(work.folder), work.ledger
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    ledger.note(work.now)
    if work.is_as_before:
        ledger.want_all_before()
    else:
        work.want(_ALWAYS)
        work.want(registry_addresses())
    filled = _Filled(0, 0, 0, [])

    def take() -> list[Wanted] | None:
        return ledger.take(BATCH) or None

    for batch in at_work.do(working.make, take):
        ledger.put(batch.made)
        ledger.keep(batch.kept, with_links=not work.is_as_before)
        ledger.want((address, file) for file, address in batch.links.items())
        filled.files += len(batch.made) + len(batch.kept)
        filled.unchanged += batch.unchanged + len(batch.kept)
        filled.kept += len(batch.kept)
        filled.missing += batch.missing
        progress(filled.files, ledger.known())
    return filled


def _sign(work: _Work, filled: _Filled, key: Ed25519PrivateKey, made_at: datetime) -> int:
    """Writes the manifest of the new mirror and what is not to be in any copy; returns how many files there are."""
    new, folder, ledger = next_of(work.folder), work.folder, work.ledger
    script = Path(working.__file__).with_name("verify_mirror.py")
    ledger.put([working.placed(new, "verify_mirror.py", script.read_bytes())])
    gone = withdrawn_before(folder, work.copy.made_on)
    for file in ledger.not_any_more(listed_files(folder) if folder.exists() else ()):
        if file.endswith(".html"):
            gone.setdefault(name_digest(file), work.copy.made_on)
    for made in ledger.files() if gone else ():
        gone.pop(name_digest(made.file), None)
    head = Head(made_at, work.copy.valid_until, settings.PUBLIC_URL)
    number = write_manifest(new, ledger.files(), gone, head, key)
    ledger.close()
    # Once for all files, before the new mirror takes its place.
    os.sync()
    return number
