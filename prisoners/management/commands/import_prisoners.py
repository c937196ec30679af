"""Imports people from a table. Tries only, until told `--apply`; publishes only if told `--publish`."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from memorial.base.acting import acting, command_actor
from prisoners.importers.errors import ImportRefused
from prisoners.importers.fields import FIELDS
from prisoners.importers.mapping import Mapping
from prisoners.importers.mapping_file import load_mapping
from prisoners.importers.own_columns import own_mapping
from prisoners.importers.report import Report, printable
from prisoners.importers.running import FileImport, only_import
from prisoners.importers.table import Table, open_table


class Command(BaseCommand):
    help = (
        "Imports people from a CSV file (comma, semicolon or tab; UTF-8 or Windows-1251). Without --apply "
        "it only says what would happen. See docs/import.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the table")
        parser.add_argument("--map", type=Path, metavar="MAP.toml", help="what the columns of the file mean")
        parser.add_argument(
            "--source", default="", metavar="CODE", help="without a mapping: whose table it is, e.g. hotline"
        )
        parser.add_argument("--apply", action="store_true", help="write, after trying")
        parser.add_argument(
            "--publish", action="store_true", help="publish new people that nothing stands in the way of"
        )
        parser.add_argument(
            "--accept-rejects", type=_count, metavar="N", help="write even if up to N rows are rejected"
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
            ):
                self._run(file, options)
        except ImportRefused as error:
            raise CommandError(printable_lines(str(error))) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _run(self, file: Path, options: dict[str, Any]) -> None:
        table, mapping = open_with_mapping(file, options["map"], options["source"])
        self.stdout.write(_("%(file)s: read as %(how)s") % {"file": file.name, "how": table.described})
        if options["publish"] and not mapping.publish:
            self.stdout.write(_("The mapping says publish = false: people stay drafts."))
        job = FileImport(table, mapping, publish=options["publish"], progress=self._progress)
        with Report(file.name, options["report"]) as trial:
            job.try_out(trial)
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


def open_with_mapping(file: Path, map_path: Path | None, source: str) -> tuple[Table, Mapping]:
    """The table and what its columns mean. Raises `ImportRefused` where the two do not fit."""
    if map_path is None:
        table = open_table(file, known=FIELDS)
        return table, own_mapping(table.header, source)
    mapping = load_mapping(map_path)
    table = open_table(file, known=mapping.columns, encoding=mapping.encoding, delimiter=mapping.delimiter)
    missing = sorted(mapping.columns.keys() - set(table.header))
    if missing:
        raise ImportRefused(
            _("The file has no column %(missing)s. It has: %(header)s.")
            % {"missing": ", ".join(missing), "header": ", ".join(table.header)}
        )
    unknown = sorted(set(table.header) - mapping.columns.keys())
    if unknown and mapping.others == "refuse":
        raise ImportRefused(
            _("The mapping does not say what these columns are: %(names)s.") % {"names": ", ".join(unknown)}
        )
    return table, mapping


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
