"""`manage.py add_language uk`: a further language of the site, with its columns, addresses and empty catalogue.

Afterwards `manage.py migrate` makes the columns, with their grants, rules and triggers; docs/languages.md says
what is left to people.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddConstraint, AddIndex
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from memorial import languages
from memorial.base.database import OUR_APPS

CATALOGUE = """msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {code}\\n"
"""


class _EmptyTexts(MigrationQuestioner):
    """Answers what a new column holds in rows that there are: nothing, an absent translation."""

    def ask_not_null_addition(self, field_name: str, model_name: str) -> str:
        return ""


class Command(BaseCommand):
    help = "Adds a language to the site: to the list of languages, to the tables, to the catalogues."
    # The tables do not have the columns yet when this is run a second time.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="as Django calls the language: uk, de")
        parser.add_argument("--migrations", action="store_true", help="write the migrations alone")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Raises `CommandError` for a language that Django does not know, or that is there already."""
        code = options["code"]
        if options["migrations"]:
            self._write_migrations(code)
            return
        if code not in LANG_INFO or not code.isalpha():
            raise CommandError(f"Django knows no language {code!r}.")
        if code in languages.CODES:
            raise CommandError(f"The site has {code!r} already.")
        self._list(code)
        self._begin_catalogue(code)
        # The models of this process are without the language: another one has them with it.
        command = [
            sys.executable,
            str(Path(settings.BASE_DIR) / "manage.py"),
            "add_language",
            code,
            "--migrations",
        ]
        subprocess.run(command, check=True)
        self.stdout.write("Now: manage.py migrate, then docs/languages.md.")

    def _list(self, code: str) -> None:
        file = Path(languages.__file__)
        before = f"CODES: Final = {_tuple(languages.CODES)}"
        text = file.read_text(encoding="utf-8")
        if before not in text:
            raise CommandError(f"{file.name} does not say {before!r}: add the language by hand.")
        file.write_text(
            text.replace(before, f"CODES: Final = {_tuple((*languages.CODES, code))}"), encoding="utf-8"
        )

    def _begin_catalogue(self, code: str) -> None:
        file = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(CATALOGUE.format(code=code), encoding="utf-8")

    def _write_migrations(self, code: str) -> None:
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(
            loader.project_state(),
            ProjectState.from_apps(apps),
            _EmptyTexts(specified_apps=set(OUR_APPS), dry_run=False),
        )
        found = detector.changes(
            graph=loader.graph,
            trim_to_apps=set(OUR_APPS),
            convert_apps=set(OUR_APPS),
            migration_name=f"add_{code}",
        )
        ours = [one for label, of_app in found.items() if label in OUR_APPS for one in of_app]
        for migration in ours:
            self._write(migration)

    def _write(self, migration: Migration) -> None:
        # The detector puts an index before the computed column that it is of.
        late = AddIndex | AddConstraint
        operations = sorted(migration.operations, key=lambda each: isinstance(each, late))
        migration.operations[:] = operations  # type: ignore[index]  # a list, whatever the stubs say
        writer = MigrationWriter(migration, include_header=False)
        file = Path(writer.path)
        # Never into a library, whatever the detector found there.
        if not file.is_relative_to(settings.BASE_DIR):
            raise CommandError(f"{migration.app_label} is not ours to migrate.")
        file.write_text(writer.as_string(), encoding="utf-8")
        self.stdout.write(f"{migration.app_label}.{migration.name}: {len(migration.operations)} changes")


def _tuple(codes: tuple[str, ...]) -> str:
    return "(" + ", ".join(f'"{code}"' for code in codes) + ")"
