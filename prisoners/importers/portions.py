"""Tries and writes a loaded list in portions, each short enough for one request of a browser.

A portion ends after some seconds; the next one begins where it stopped, whether somebody presses the
button, the page does so itself, or the process was killed in between. How far the writing has come is
noted in the transaction of each batch, so nothing is doubled or lost.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from memorial.base.acting import acting, staff_actor
from memorial.base.photos import confidential_storage
from prisoners.importers.errors import ImportRefused
from prisoners.importers.photo_rows import look_at_photos, take_photos
from prisoners.importers.report import Entry, Report, What
from prisoners.importers.running import MOST_REJECTED, FileImport, only_import
from prisoners.importers.uploads import begin_anew, kind_of, local, mapping_of, table_at
from prisoners.importers.writing import Outcome
from prisoners.models import ImportUpload

SECONDS = 8.0
"""How long a portion takes, a batch more or less."""
MOST_SURPRISES = 200
State = ImportUpload.State


def try_portion(upload: ImportUpload, seconds: float = SECONDS) -> None:
    """Tries some rows and keeps what they would change, for the preview. Nothing is written.

    Raises `ImportRefused` where another import is running, or file and mapping do not fit.
    """
    with only_import():
        upload.refresh_from_db()
        if upload.state in (State.APPLYING, State.APPLIED):
            return
        mapping_of(upload)
        if upload.state != State.TRYING:
            begin_anew(upload)
        upload.state = State.TRYING
        _Trial(upload, seconds).run()


def apply_portion(upload: ImportUpload, by: int, seconds: float = SECONDS) -> None:
    """Writes some rows in the name of a member of staff.

    Raises `ImportRefused` where another import is running, or the list has not been tried to its end.
    """
    with only_import():
        upload.refresh_from_db()
        if upload.state == State.APPLIED:
            return
        if upload.state not in (State.TRIED, State.APPLYING):
            raise ImportRefused(_("Try the list first: nothing is written that nobody could look at."))
        with acting(staff_actor(by), _("Import of %(file)s") % {"file": upload.name}):
            _Writing(upload, by, seconds).run()


def too_many_rejected(upload: ImportUpload) -> bool:
    """Whether more than a tenth of the rows is rejected: then somebody must say on purpose that it is right."""
    progress = upload.progress
    return len(progress.get("rejected", [])) > MOST_REJECTED * max(progress.get("tried", 0), 1)


def preview_rows(upload: ImportUpload, what: str, first: int, count: int) -> list[dict[str, Any]]:
    """Some rows of the preview: of those to which `what` happened, or of all that are in it."""
    found: list[dict[str, Any]] = []
    for portion in upload.progress.get("portions", []):
        here = portion["counts"].get(what or "all", 0)
        if first >= here:
            first -= here
            continue
        rows = [row for row in portion_rows(portion) if not what or what in row["what"]]
        found += rows[first : first + count - len(found)]
        first = 0
        if len(found) == count:
            break
    return found


def portion_rows(portion: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one portion of the preview."""
    with confidential_storage().open(portion["file"]) as file:
        rows: list[dict[str, Any]] = json.load(file)
    return rows


def lines_of_report(upload: ImportUpload) -> Iterator[tuple[str, ...]]:
    """The whole preview as lines of a table: file, row, column, what, before, after, reason."""
    yield _("file"), _("row"), _("column"), _("what"), _("before"), _("after"), _("reason")
    labels = {what.code: str(what.label) for what in What}
    for portion in upload.progress.get("portions", []):
        for row in portion_rows(portion):
            for what, column, before, after, reason in row["lines"]:
                yield upload.name, str(row["row"]), column, labels[what], before, after, reason
    for what, number, column, reason in upload.progress.get("surprises", []):
        yield upload.name, str(number), column, labels[what], "", "", reason


class _Portion:
    """What trying and writing have in common."""

    def __init__(self, upload: ImportUpload, seconds: float) -> None:
        self.upload = upload
        self.progress: dict[str, Any] = upload.progress
        self.end = time.monotonic() + seconds

    def is_over(self) -> bool:
        return time.monotonic() >= self.end

    def job(
        self, table: Any, done: Callable[[Outcome, list[Entry], int], None], *, publish: bool
    ) -> FileImport:
        return FileImport(
            table,
            mapping_of(self.upload),
            publish=publish,
            kind=kind_of(self.upload),
            done=done,
            until=self.is_over,
        )

    def note_progress(self) -> None:
        self.upload.progress = self.progress
        self.upload.save(update_fields=["progress", "state", "changed_at"])

    def add_people(self, name: str, outcome: Outcome) -> None:
        counts = Counter(self.progress.get(name, {}))
        counts.update(outcome.people)
        counts["places"] += len(outcome.places)
        self.progress[name] = dict(counts)


class _Trial(_Portion):
    """Rows tried, what they would change put aside."""

    def run(self) -> None:
        self.note_progress()
        with local(self.upload.table) as path:
            table = table_at(self.upload, path)
            job = self.job(table, self.keep, publish=self.upload.publish)
            job.try_out(Report(self.upload.name), after=self.progress.get("tried", 0))
            if job.finished:
                if self.upload.photos:
                    self.look_at_photos(table)
                self.upload.state = State.TRIED
            self.note_progress()

    def keep(self, outcome: Outcome, rejected: list[Entry], done: int) -> None:
        self.put_aside([*outcome.differences, *outcome.entries, *rejected], outcome.known)
        gone = {entry.row for entry in (*outcome.entries, *rejected) if entry.what is What.REJECTED}
        self.progress["rejected"] = [*self.progress.get("rejected", []), *sorted(gone)]
        self.add_people("people", outcome)
        self.progress["tried"] = done
        self.note_progress()

    def put_aside(self, entries: list[Entry], known: dict[int, tuple[int, str]]) -> None:
        """One portion of the preview: each row with all that would happen to it."""
        rows: dict[int, dict[str, Any]] = {}
        for entry in entries:
            row = rows.setdefault(
                entry.row, {"row": entry.row, "what": [], "lines": [], "who": known.get(entry.row)}
            )
            if entry.what.code not in row["what"]:
                row["what"].append(entry.what.code)
            row["lines"].append([entry.what.code, entry.column, entry.before, entry.after, entry.reason])
        if not rows:
            return
        ordered = [rows[number] for number in sorted(rows)]
        counts = Counter(what for row in ordered for what in row["what"])
        content = json.dumps(ordered, ensure_ascii=False).encode()
        name = confidential_storage().save(f"imports/{self.upload.pk}-preview", ContentFile(content))
        portions = self.progress.setdefault("portions", [])
        portions.append({"file": name, "counts": {**counts, "all": len(ordered)}})

    def look_at_photos(self, table: Any) -> None:
        """What is wrong with the photos, on the last page of the preview."""
        mapping = mapping_of(self.upload)
        with local(self.upload.photos) as path:
            self.put_aside(look_at_photos(path, table, mapping, kind_of(self.upload)), {})


class _Writing(_Portion):
    """Rows written, then photos."""

    def __init__(self, upload: ImportUpload, by: int, seconds: float) -> None:
        super().__init__(upload, seconds)
        self.by = by

    def run(self) -> None:
        self.upload.state = State.APPLYING
        self.note_progress()
        with local(self.upload.table) as path:
            table = table_at(self.upload, path)
            only_photos = bool(self.progress.get("rows_written"))
            if not only_photos:
                job = self.job(table, self.note, publish=self.upload.publish)
                job.write(Report(self.upload.name), after=self.progress.get("written", 0))
                self.progress["rows_written"] = job.finished
            # At least one photo in a portion of its own, however short: it always comes to an end.
            if only_photos or (self.progress["rows_written"] and not self.is_over()):
                self.take_photos(table)
        self.note_progress()

    def note(self, outcome: Outcome, rejected: list[Entry], done: int) -> None:
        """In the transaction of the batch: neither is there without the other."""
        expected = set(self.progress.get("rejected", []))
        surprises = [
            [entry.what.code, entry.row, entry.column, entry.reason]
            for entry in (*outcome.entries, *rejected)
            if entry.what is What.REJECTED and entry.row not in expected
        ]
        self.progress["surprises"] = [*self.progress.get("surprises", []), *surprises][:MOST_SURPRISES]
        self.add_people("applied", outcome)
        self.progress["written"] = done
        self.note_progress()

    def take_photos(self, table: Any) -> None:
        """Some photos; the list is written once they all are."""
        if self.upload.photos:
            with local(self.upload.photos) as path:
                taken = take_photos(
                    path,
                    table,
                    mapping_of(self.upload),
                    by=self.by,
                    after=self.progress.get("photo_rows", 0),
                    until=self.is_over,
                    note=f"{self.upload.name}: ",
                )
            self.progress["photo_rows"] = taken.rows
            self.progress["photos"] = self.progress.get("photos", 0) + taken.added
            refused = [[entry.what.code, entry.row, entry.column, entry.reason] for entry in taken.entries]
            self.progress["surprises"] = [*self.progress.get("surprises", []), *refused][:MOST_SURPRISES]
            if not taken.finished:
                return
        self.upload.state = State.APPLIED
