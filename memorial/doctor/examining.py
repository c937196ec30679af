"""Takes the looks one after the other, whatever each of them meets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from memorial.doctor.registry import CHECKS, Check, Finding, Level, broken, fine, skipped

_LOOKS: Final = ("program", "places", "database", "rights", "ages", "work", "office", "outside")
_PATIENCE: Final = "10s"
"""How long one statement may take."""


@dataclass(frozen=True)
class Result:
    """What one look found; never empty."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The gravest of its findings."""
        return max(finding.level for finding in self.findings)


def all_checks() -> dict[str, Check]:
    """Every look by its name, in the order of the examination."""
    for module in _LOOKS:
        import_module(f"memorial.doctor.{module}")
    return CHECKS


def examine(names: Collection[str] = ()) -> Iterator[Result]:
    """Takes the looks of these names, or all. With the database away it says so once and goes on."""
    checks = all_checks()
    away = _away()
    yield Result("database", (_about_the_server(away),))
    for each in checks.values():
        if (names and each.name not in names) or (each.office and not settings.SERVES_STAFF):
            continue
        if each.asks_database and away is not None:
            yield Result(each.name, (skipped(_("Not looked at: the database is away.")),))
        else:
            yield Result(each.name, tuple(_taken(each)) or (fine(_("Nothing to be seen.")),))


def gravest(results: Collection[Result]) -> Level:
    """The level of the whole."""
    return max([Level.FINE, *(result.level for result in results)])


def _away() -> str | None:
    """None where the database answers; else the kind of error, whose text may hold a host or a user."""
    try:
        with connection.cursor() as cursor:
            if not connection.in_atomic_block:
                cursor.execute("SELECT set_config('statement_timeout', %s, false)", [_PATIENCE])
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        return type(error.__cause__ or error).__name__
    return None


def _about_the_server(away: str | None) -> Finding:
    if away is None:
        return fine(_("It answers."))
    return broken(
        _("The database does not answer (%(error)s).") % {"error": away},
        _(
            "Is the server running (systemctl status postgresql), is its disk full, does DATABASE_URL name it?"
            " Readers meanwhile get the last good copies."
        ),
    )


def _taken(each: Check) -> Iterator[Finding]:
    try:
        yield from _looked(each)
    except (OperationalError, InterfaceError) as error:
        yield broken(
            _("The database broke off (%(error)s).") % {"error": type(error).__name__},
            _("Look at the server’s log, then ask again."),
        )
    except Exception as error:
        # A look that fails must not keep the others from being taken; its text may hold anything.
        yield broken(
            _("This look failed itself (%(error)s).") % {"error": type(error).__name__},
            _("Is the code of this version, and was migrate run? If so, report it as an error."),
        )


def _looked(each: Check) -> Iterator[Finding]:
    try:
        yield from each.look()
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        said = _("Not looked at: the database role %(role)s may not. Ask as owner or on the staff host.")
        yield skipped(said % {"role": connection.settings_dict["USER"]})
