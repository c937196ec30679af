"""A whole file: tried first, then written in batches, each in a transaction of its own.

The trial does everything that writing does and takes each batch back, so that it finds what the
database would refuse, too. A run that is killed goes on where it stopped; and since rows are tied
to people by their keys, nothing would be doubled even if it began anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from memorial.base.civil_date import civil_date
from memorial.base.refusals import refusal_sentence
from memorial.base.table_kinds import TableKind
from prisoners.importers.errors import ImportRefused, RowError
from prisoners.importers.kinds import PEOPLE
from prisoners.importers.mapping import Mapping
from prisoners.importers.report import Entry, Report, What
from prisoners.importers.table import Row, Rows
from prisoners.importers.words import Words
from prisoners.importers.writing import Outcome
from prisoners.models import ImportRun, ImportSource

BATCH = 200
MOST_REJECTED = 0.1
"""The part of rows that may be rejected before somebody must say so on purpose."""
LOCK = 0x6D656D6F
Progress = Callable[[str, int, int], None]
Done = Callable[[Outcome, list[Entry], int], None]
"""Told of each batch, what it did and how many rows are behind; of a written one inside its transaction."""


def no_progress(_phase: str, _rows: int, _total: int) -> None:
    """Says nothing."""


def not_told(_outcome: Outcome, _rejected: list[Entry], _done: int) -> None:
    """Keeps nothing."""


class FileImport:
    """One file with its mapping. `until` ends a portion of the work early; `finished` tells whether it was all."""

    def __init__(
        self,
        table: Rows,
        mapping: Mapping,
        *,
        publish: bool,
        progress: Progress = no_progress,
        kind: TableKind = PEOPLE,
        done: Done = not_told,
        until: Callable[[], bool] = lambda: False,
    ) -> None:
        self.kind = kind
        self.done = done
        self.until = until
        self.finished = False
        self.table = table
        self.mapping = mapping
        self.publish = publish and mapping.publish
        self.progress = progress
        self.digest = sha256(f"{table.digest} {mapping.digest}".encode()).hexdigest()
        self.rows = 0
        self.resumed_at = 0

    def try_out(self, report: Report, after: int = 0) -> None:
        """Does everything and takes it back; the report says what would happen. Begins after so many rows."""
        self.rows = after
        self.finished = False
        for rows, rejected, done in self._batches(after):
            report.add(rejected)
            outcome = self._in_transaction(rows, rejected, done, keep=False) if rows else Outcome()
            self._add(report, outcome)
            self.rows = done
            self.done(outcome, rejected, done)
            self.progress(_("tried"), done, 0)
            if self.until():
                return
        self.finished = True

    def refuse_too_many_rejected(self, report: Report, accepted: int | None) -> None:
        """Raises `ImportRefused` where more than a tenth is rejected and nobody accepted that many."""
        rejected = len(report.rejected_rows)
        if rejected <= MOST_REJECTED * self.rows or (accepted is not None and rejected <= accepted):
            return
        raise ImportRefused(
            _(
                "%(rejected)s of %(rows)s rows are rejected, more than a tenth: nothing was written. "
                "Mend the file or the mapping; or, if the other rows are wanted all the same, "
                "add --accept-rejects %(rejected)s."
            )
            % {"rejected": rejected, "rows": self.rows}
        )

    def write(self, report: Report, after: int = 0) -> None:
        """Writes batch after batch, from where a killed run of the same file stopped."""
        self.finished = False
        self._run = ImportRun.objects.filter(
            source__code=self.mapping.source.code, file_digest=self.digest, state=ImportRun.State.RUNNING
        ).first()
        self.resumed_at = max(after, self._run.rows_done if self._run else 0)
        for rows, rejected, done in self._batches(after):
            report.add(rejected)
            if rows and done > self.resumed_at:
                self._add(report, self._in_transaction(rows, rejected, done, keep=True))
            else:
                self.done(Outcome(), rejected, done)
            self.rows = max(self.rows, done)
            self.progress(_("written"), done, self.rows)
            if self.until():
                return
        self.finished = True
        if self._run:
            ImportRun.objects.filter(pk=self._run.pk).update(
                state=ImportRun.State.DONE, rows_done=self.rows, report=report.summary()
            )

    # --- reading ----------------------------------------------------------------------------

    def _batches(self, after: int = 0) -> Iterator[tuple[list[Any], list[Entry], int]]:
        """Rows that could be read, those that could not, and how many rows of the file are behind."""
        self._world = self.kind.world(ImportSource.objects.filter(code=self.mapping.source.code).first())
        reader = self.kind.reader(self.mapping, Words(), civil_date())
        first_of_key: dict[str, int] = {}
        rows, done = self.table.rows(), after
        for row in islice(rows, after):
            first_of_key.setdefault(reader.key_of(row), row.number)
        while chunk := list(islice(rows, min(BATCH, self.kind.rows_at_once))):
            good: list[Any] = []
            rejected: list[Entry] = []
            for row in chunk:
                try:
                    good.append(_read_once(reader, row, first_of_key))
                except RowError as error:
                    rejected.append(Entry(What.REJECTED, row.number, error.column, error.reason))
            done += len(chunk)
            yield good, rejected, done

    # --- writing ----------------------------------------------------------------------------

    def _in_transaction(self, rows: list[Any], rejected: list[Entry], done: int, *, keep: bool) -> Outcome:
        mark = self._world.mark()
        with transaction.atomic():
            outcome = self._write(rows, self._source())
            if keep:
                self._note_progress(outcome, done)
                self.done(outcome, rejected, done)
            else:
                transaction.set_rollback(True)
        if not keep:
            self._world.undo(mark)
        return outcome

    def _write(self, rows: list[Any], source: ImportSource) -> Outcome:
        """Writes rows together. If the database refuses one of them, halves are tried, down to that row."""
        mark = self._world.mark()
        try:
            with transaction.atomic():
                batch = self.kind.batch(self.mapping, source, self._world, publish=self.publish)
                outcome: Outcome = batch.write(rows)
                return outcome
        except (IntegrityError, DataError) as error:
            self._world.undo(mark)
            if len(rows) == 1:
                return Outcome([Entry(What.REJECTED, rows[0].number, "", refusal_sentence(error))])
        outcome = Outcome()
        half = len(rows) // 2
        for part in (rows[:half], rows[half:]):
            outcome.join(self._write(part, source))
        return outcome

    def _source(self) -> ImportSource:
        """The source's own record, as the mapping describes it; written only where it differs."""
        said = self.mapping.source
        words = {"title": said.title, "url": said.url, "licence": said.licence}
        source, is_new = ImportSource.objects.get_or_create(code=said.code, defaults=words)
        if not is_new and any(getattr(source, name) != text for name, text in words.items()):
            ImportSource.objects.filter(pk=source.pk).update(**words)
        return source

    def _note_progress(self, outcome: Outcome, done: int) -> None:
        """In the transaction of the batch itself, so that neither is there without the other."""
        if not outcome.has_written:
            return
        if self._run is None:
            self._run = ImportRun.objects.create(
                source=self._source(), file_digest=self.digest, rows_done=done
            )
        else:
            ImportRun.objects.filter(pk=self._run.pk).update(rows_done=done)

    def _add(self, report: Report, outcome: Outcome) -> None:
        report.add(outcome.entries)
        report.people += outcome.people
        report.new_places |= outcome.places


def _read_once(reader: Any, row: Row, first_of_key: dict[str, int]) -> Any:
    """One row. Raises `RowError`, also where an earlier row has the same key."""
    key = reader.key_of(row)
    first = first_of_key.setdefault(key, row.number) if key else row.number
    if first != row.number:
        raise RowError(
            reader.mapping.key_column,
            _("Row %(first)s has the same key “%(key)s”.") % {"first": first, "key": key},
        )
    return reader.read(row)


@contextmanager
def only_import() -> Iterator[None]:
    """Refuses a second import at the same time. The lock goes with the connection, even if it is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise ImportRefused(_("Another import is running: wait until it has ended."))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
