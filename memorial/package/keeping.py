"""Makes versions of the package, keeps them, and makes those anew from which something must be gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.files import File
from django.db import connection, transaction

from memorial.base.civil_date import civil_date
from memorial.base.opendata.columns import Table
from memorial.base.photos import public_storage, random_stem
from memorial.base.row_rules import PUBLIC_ROLE
from memorial.package.archive import Written, lines_of, read_table, write_package
from memorial.package.contents import CONTENTS
from memorial.package.models import DataPackage, Withdrawal
from memorial.package.withdrawing import affected, remade

MOST_KEPT: Final = 24
TABLES: Final[dict[str, Table]] = {content.table.name: content.table for content in CONTENTS}


@contextmanager
def as_a_reader() -> Iterator[str]:
    """One picture of the data, with the rights of readers and no others; gives the stamp of what was withdrawn by then.

    Raises DatabaseError where the process may not become the readers' role (deploy/roles.sql).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('role', %s, true)", [PUBLIC_ROLE])
        try:
            yield Withdrawal.objects.stamp()
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('role', %s, true)", [before])


def build_package() -> DataPackage | None:
    """Makes the version of today; None where there is one already."""
    on = civil_date()
    if DataPackage.objects.filter(made_on=on).exists():
        return None
    with TemporaryDirectory(prefix="memorial-package-") as folder:
        written, stamp = _write_today(Path(folder) / "today.zip", on)
        stem = _store(written.file)
    package = DataPackage.objects.create(
        made_on=on, stem=stem, size=written.size, sha256=written.sha256, rows=written.rows, stamp=stamp
    )
    _forget_the_oldest()
    return package


def is_due(days: int) -> bool:
    """Whether the newest version is at least so many days old, or there is none."""
    newest = DataPackage.objects.order_by("-made_on").values_list("made_on", flat=True).first()
    return newest is None or civil_date() - newest >= timedelta(days=days)


def renew_packages() -> int:
    """Makes anew what has not been made anew since something was withdrawn; returns how many versions changed."""
    stale = DataPackage.objects.exclude(stamp=Withdrawal.objects.stamp())
    if not stale.exists():
        return 0
    changed = 0
    with TemporaryDirectory(prefix="memorial-package-") as folder:
        today = Path(folder) / "today.zip"
        _written, stamp = _write_today(today, civil_date())
        for package in stale.order_by("-made_on"):
            changed += _renew(package, today, stamp, Path(folder) / "renewed.zip")
    return changed


def remove_strays() -> int:
    """Removes files that no version claims; returns how many."""
    storage = public_storage()
    if not storage.exists("packages"):
        return 0
    claimed = {f"{stem}.zip" for stem in DataPackage.objects.values_list("stem", flat=True)}
    strays = [name for name in storage.listdir("packages")[1] if name not in claimed]
    for name in strays:
        storage.delete(f"packages/{name}")
    return len(strays)


def _write_today(file: Path, on: date) -> tuple[Written, str]:
    with as_a_reader() as stamp:
        tables = {content.table: lines_of(content.table, content.rows(on)) for content in CONTENTS}
        return write_package(file, on, tables, withdrawn=False), stamp


def _renew(package: DataPackage, today: Path, stamp: str, file: Path) -> bool:
    """Whether anything in the version had to go."""
    kept, now = partial(_kept_lines, package), partial(_lines, today)
    found = affected([*TABLES.values()], kept, now)
    tables = {table: remade(table, found, kept, now) for table in TABLES.values()}
    written = write_package(file, package.made_on, tables, withdrawn=True)
    if not found and written.rows == package.rows:
        DataPackage.objects.filter(pk=package.pk, stem=package.stem).update(stamp=stamp)
        return False
    old = package.path
    DataPackage.objects.filter(pk=package.pk).update(
        stem=_store(written.file),
        size=written.size,
        sha256=written.sha256,
        rows=written.rows,
        has_withdrawn=True,
        stamp=stamp,
    )
    public_storage().delete(old)
    return True


def _lines(file: Any, name: str) -> Iterator[dict[str, str]]:
    return read_table(file, TABLES[name])


def _kept_lines(package: DataPackage, name: str) -> Iterator[dict[str, str]]:
    with public_storage().open(package.path) as file:
        yield from read_table(file, TABLES[name])


def _store(file: Path) -> str:
    stem = random_stem()
    with file.open("rb") as content:
        public_storage().save(f"packages/{stem}.zip", File(content))
    return stem


def _forget_the_oldest() -> None:
    for package in DataPackage.objects.order_by("-made_on")[MOST_KEPT:]:
        package.delete()
        public_storage().delete(package.path)
