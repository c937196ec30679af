"""Brings the old WordPress site along. Tries only, until told `--apply`; publishes only if told `--publish`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from memorial.base.acting import acting, command_actor
from prisoners.importers.errors import ImportRefused
from prisoners.importers.report import Report, printable
from prisoners.importers.running import only_import
from prisoners.importers.wordpress.migration import Migration
from prisoners.importers.wordpress.opening import open_dump
from prisoners.importers.wordpress.rules_file import load_rules


class Command(BaseCommand):
    help = (
        "Imports people, photos and addresses from an export of WordPress: WXR or REST answers as files. "
        "Without --apply it only says what would happen. See docs/wordpress.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dump", type=Path, nargs="+", help="a WXR file, its parts, or a folder of files")
        parser.add_argument(
            "--map", type=Path, required=True, metavar="MAP.toml", help="what is what on the old site"
        )
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="wp-content/uploads, as files")
        parser.add_argument("--apply", action="store_true", help="write, after trying")
        parser.add_argument(
            "--publish", action="store_true", help="publish new people that nothing stands in the way of"
        )
        parser.add_argument(
            "--accept-rejects", type=int, metavar="N", help="write even if up to N people are rejected"
        )
        parser.add_argument(
            "--report", type=Path, metavar="OUT.csv", help="write the whole list to this file"
        )

    def handle(self, *, dump: list[Path], **options: Any) -> None:
        if not settings.SERVES_STAFF:
            raise CommandError(_("Imports are made by the staff process: set SITE_ROLE=staff."))
        if options["media"] and not options["media"].is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": options["media"]})
        reason = _("Import of %(file)s") % {"file": dump[0].name}
        try:
            with only_import(), acting(command_actor("import_wordpress"), reason):
                self._run(dump, options)
        except ImportRefused as error:
            lines = (printable(line) for line in str(error).split("\n"))
            raise CommandError("\n".join(lines)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _run(self, paths: list[Path], options: dict[str, Any]) -> None:
        rules = load_rules(options["map"])
        dump = open_dump(paths)
        job = Migration(dump, rules, options["media"], publish=options["publish"], progress=self._progress)
        for line in job.described():
            self.stdout.write(printable(line))
        if options["publish"] and not rules.mapping.publish:
            self.stdout.write(_("The mapping says publish = false: people stay drafts."))
        with Report(dump.name, options["report"]) as report:
            job.try_out(report)
            if options["apply"]:
                job.refuse_too_many_rejected(report, options["accept_rejects"])
                written = Report(dump.name)
                job.write(written, report)
            self._show(report, job.people_count)
        if not options["apply"]:
            self.stdout.write(_("Nothing was written. Add --apply to write."))
            return
        if job.resumed_at:
            self.stdout.write(
                _("Gone on after row %(rows)s, where the last run stopped.") % {"rows": job.resumed_at}
            )
        self.stdout.write(self.style.SUCCESS(_("Written.") + " " + _totals(written)))
        self.stdout.write(job.besides())

    def _progress(self, phase: str, rows: int, total: int) -> None:
        said = _("%(phase)s: %(rows)s of %(total)s rows") if total else _("%(phase)s: %(rows)s rows")
        self.stderr.write(said % {"phase": phase, "rows": rows, "total": total}, lambda text: text)

    def _show(self, report: Report, people: int) -> None:
        for line in report.lines():
            self.stdout.write(line)
        if report.left_out:
            self.stdout.write(_("… and %(count)s lines more: see --report.") % {"count": report.left_out})
        self.stdout.write(_("Rows: %(rows)s.") % {"rows": people} + " " + _totals(report))


def _totals(report: Report) -> str:
    return (
        _(
            "New: %(new)s, updated: %(updated)s, unchanged: %(unchanged)s, published: %(published)s, "
            "rejected: %(rejected)s; cells not read: %(unread)s; new institutions: %(facilities)s."
        )
        % report.summary()
    )
