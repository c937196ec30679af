"""`manage.py doctor`: says what is wrong and how to mend it. Ends with 0 (fine), 1 (warnings) or 2 (broken)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from memorial.doctor.alerting import AlertError, alert
from memorial.doctor.examining import Result, all_checks, examine, gravest
from memorial.doctor.registry import Finding, Level

_MARKS: Final = {Level.SKIPPED: "–", Level.FINE: "✓", Level.WARNING: "!", Level.BROKEN: "✗"}


class Command(BaseCommand):
    help = "Says what is wrong with the site and how to mend it. Code 0: fine, 1: warnings, 2: something is broken."
    # With a broken database, or broken settings, it says so itself.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument(
            "--language",
            default="en",
            choices=[code for code, _name in settings.LANGUAGES],
            help="of the sentences",
        )
        parser.add_argument(
            "--check", action="append", default=[], metavar="NAME", help="this look alone; may be given again"
        )
        parser.add_argument("--list", action="store_true", help="names the looks")
        parser.add_argument("--quiet", action="store_true", help="says only what is wrong")
        parser.add_argument(
            "--alert",
            action="store_true",
            help="mails ALERT_MAIL_TO what is newly wrong, once, and again after a day; for a timer",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if unknown := set(options["check"]) - set(all_checks()):
            raise CommandError(
                f"There is no look named {', '.join(sorted(unknown))}: see --list.", returncode=2
            )
        if options["list"]:
            self.stdout.write("\n".join(all_checks()))
            return
        with translation.override(options["language"]):
            results = list(examine(options["check"]))
            self._tell(results, options)
            if options["alert"]:
                self._alert(results)
        if level := gravest(results):
            raise SystemExit(int(level))

    def _tell(self, results: list[Result], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(results), ensure_ascii=False, indent=1))
            return
        for result in results:
            for finding in result.findings:
                if finding.level > Level.FINE or not options["quiet"]:
                    self._line(result.name, finding)
        if not options["quiet"] or gravest(results):
            self.stdout.write(_summary(results))

    def _line(self, name: str, finding: Finding) -> None:
        self.stdout.write(f"{_MARKS[finding.level]} {name}: {finding.said}")
        if finding.mend:
            self.stdout.write(f"    → {finding.mend}")

    def _alert(self, results: list[Result]) -> None:
        try:
            self.stderr.write(alert(results))
        except AlertError as error:
            raise CommandError(str(error), returncode=2) from error


def _summary(results: list[Result]) -> str:
    levels = [finding.level for result in results for finding in result.findings]
    told = {"broken": levels.count(Level.BROKEN), "warnings": levels.count(Level.WARNING)}
    if not any(told.values()):
        return _("All is well.")
    return _("Broken: %(broken)d; warnings: %(warnings)d.") % told


def _as_data(results: list[Result]) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "role": settings.SITE_ROLE,
        "level": gravest(results).name.lower(),
        "checks": [
            {
                "name": result.name,
                "level": result.level.name.lower(),
                "findings": [
                    {"level": finding.level.name.lower(), "said": finding.said, "mend": finding.mend}
                    for finding in result.findings
                ],
            }
            for result in results
        ],
    }
