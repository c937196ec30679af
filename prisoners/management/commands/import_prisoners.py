"""Imports people, or what another list has, from a table.

Tries only, until told `--apply`; publishes only if told `--publish`.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from memorial.base.acting import acting, command_actor
from memorial.base.table_kinds import KINDS, TableKind
from prisoners.importers.errors import ImportRefused
from prisoners.importers.fitting import fit
from prisoners.importers.kinds import PEOPLE
from prisoners.importers.mapping import Mapping
from prisoners.importers.mapping_file import load_mapping
from prisoners.importers.opening import Reading, open_file
from prisoners.importers.photo_rows import look_at_photos, take_photos
from prisoners.importers.report import Report, printable
from prisoners.importers.running import FileImport, only_import
from prisoners.importers.stored import StoredTable
from prisoners.importers.table import Table


class Command(BaseCommand):
    help = (
        "Imports people, institutions, courts, articles or cases from an Excel workbook or a CSV file (comma, "
        "semicolon or tab; UTF-8 or Windows-1251). Without --apply it only says what would happen. "
        "See docs/import.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the table")
        parser.add_argument("--map", type=Path, metavar="MAP.toml", help="what the columns of the file mean")
        parser.add_argument(
            "--source", default="", metavar="CODE", help="without a mapping: whose table it is, e.g. hotline"
        )
        parser.add_argument(
            "--kind",
            choices=sorted(KINDS),
            default=PEOPLE.code,
            help="what the rows are; people, unless said",
        )
        parser.add_argument(
            "--sheet", default="", help="of a workbook: which sheet; the first one, unless said"
        )
        parser.add_argument("--apply", action="store_true", help="write, after trying")
        parser.add_argument(
            "--publish", action="store_true", help="publish new people that nothing stands in the way of"
        )
        parser.add_argument(
            "--accept-rejects", type=_count, metavar="N", help="write even if up to N rows are rejected"
        )
        parser.add_argument(
            "--photos", type=Path, metavar="ARCHIVE.zip", help="photos, named by the column photo or by keys"
        )
        parser.add_argument(
            "--report", type=Path, metavar="OUT.csv", help="write the whole list to this file"
        )

    def handle(self, *, file: Path, **options: Any) -> None:
        if not settings.SERVES_STAFF:
            raise CommandError(_("Imports are made by the staff process: set SITE_ROLE=staff."))
        try:
            with (
                only_import(),
                acting(command_actor("import_prisoners"), _("Import of %(file)s") % {"file": file.name}),
                TemporaryDirectory(prefix="memorial-import-") as folder,
            ):
                self._run(file, Path(folder), options)
        except ImportRefused as error:
            raise CommandError(printable_lines(str(error))) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _run(self, file: Path, folder: Path, options: dict[str, Any]) -> None:
        kind = KINDS[options["kind"]]
        table, mapping = open_with_mapping(file, kind, options, folder / "table")
        self.stdout.write(_("%(file)s: read as %(how)s") % {"file": file.name, "how": table.described})
        for note in table.notes:
            self.stdout.write(printable(note))
        if options["publish"] and not mapping.publish:
            self.stdout.write(_("The mapping says publish = false: people stay drafts."))
        photos = options["photos"]
        if photos and not kind.has_photos:
            raise ImportRefused(_("Photos come with lists of people only."))
        job = FileImport(table, mapping, publish=options["publish"], progress=self._progress, kind=kind)
        with Report(file.name, options["report"]) as trial:
            job.try_out(trial)
            if photos:
                trial.add(look_at_photos(photos, table, mapping, kind))
            self._show(trial, job)
            if not options["apply"]:
                self.stdout.write(_("Nothing was written. Add --apply to write."))
                return
            job.refuse_too_many_rejected(trial, options["accept_rejects"])
            with Report(file.name) as written:
                job.write(written)
            trial.add(
                entry for entry in written.first if entry.row in written.rejected_rows - trial.rejected_rows
            )
        self._show_written(written, job)
        if photos:
            self._take_photos(photos, file.name, table, mapping)

    def _take_photos(self, photos: Path, name: str, table: Table | StoredTable, mapping: Mapping) -> None:
        """Adds the photos of those who were written; one that was added before is not added again."""
        taken = take_photos(photos, table, mapping, by=None, note=f"{name}: ")
        for entry in taken.entries:
            self.stdout.write(printable(f"{name}, {entry.row}: {entry.reason}"))
        self.stdout.write(_("Photos added: %(count)s.") % {"count": taken.added})

    def _progress(self, phase: str, rows: int, total: int) -> None:
        said = _("%(phase)s: %(rows)s of %(total)s rows") if total else _("%(phase)s: %(rows)s rows")
        self.stderr.write(said % {"phase": phase, "rows": rows, "total": total}, lambda text: text)

    def _show(self, report: Report, job: FileImport) -> None:
        for line in report.lines():
            self.stdout.write(line)
        if report.left_out:
            self.stdout.write(_("… and %(count)s lines more: see --report.") % {"count": report.left_out})
        self.stdout.write(_("Rows: %(rows)s.") % {"rows": job.rows} + " " + totals(report))

    def _show_written(self, report: Report, job: FileImport) -> None:
        if job.resumed_at:
            self.stdout.write(
                _("Gone on after row %(rows)s, where the last run stopped.") % {"rows": job.resumed_at}
            )
        self.stdout.write(self.style.SUCCESS(_("Written.") + " " + totals(report)))


def open_with_mapping(
    file: Path, kind: TableKind, options: dict[str, Any], keep: Path
) -> tuple[Table | StoredTable, Mapping]:
    """The table and what its columns mean. Raises `ImportRefused` where the two do not fit."""
    sheet = options["sheet"]
    if options["map"] is None:
        table = open_file(file, Reading(sheet=sheet), known=kind.fields, keep=keep)
        return table, fit(table.header, None, options["source"], kind)
    mapping = load_mapping(options["map"], kind.fields)
    how = Reading.of(mapping)
    table = open_file(file, replace(how, sheet=sheet or how.sheet), known=mapping.columns, keep=keep)
    return table, fit(table.header, mapping, "", kind)


def totals(report: Report) -> str:
    """The numbers in one sentence."""
    return (
        _(
            "New: %(new)s, updated: %(updated)s, unchanged: %(unchanged)s, published: %(published)s, "
            "rejected: %(rejected)s; cells not read: %(unread)s; new institutions: %(facilities)s."
        )
        % report.summary()
    )


def printable_lines(text: str) -> str:
    """A message of several lines that cannot steer the terminal."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("not below 0")
    return number
