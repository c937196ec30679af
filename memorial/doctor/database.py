"""Is the database what this program takes it for: kind, migrations, triggers, keys of sealed texts, replicas?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.checks import ERROR
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from memorial.base import encryption
from memorial.base.database import PREFIX, all_tables, triggers_of
from memorial.base.encrypted_fields import EncryptedTextField
from memorial.checks import check_database
from memorial.doctor.registry import Finding, broken, check, fine, warning
from memorial.many_environment import replicas

_LAG: Final = (
    "SELECT pg_is_in_recovery(), CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
    " ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END"
)
_NAMED: Final = 3
"""How many tables a sentence names."""


@check("kind of database", asks_database=True)
def look_at_the_kind() -> Iterable[Finding]:
    """Version, encoding, Russian letters, no superuser: the same that stands before every migrate."""
    messages = check_database(databases=["default"])
    for found in messages:
        make = broken if found.level >= ERROR else warning
        yield make(f"{found.id}: {found.msg}", str(found.hint))
    if not messages:
        yield fine(_("It is as it should be."))


@check("migrations", asks_database=True)
def look_at_migrations() -> Iterable[Finding]:
    """Are code and database of one version?"""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    missing = known - set(executor.loader.applied_migrations)
    labels = {label for label, _name in known}
    newer = {key for key in executor.loader.applied_migrations if key[0] in labels and key not in known}
    replaced = {old for each in executor.loader.disk_migrations.values() for old in each.replaces}
    if missing:
        yield broken(
            _("The program is newer than the database: %(n)d migrations are missing, first %(first)s.")
            % {"n": len(missing), "first": ".".join(min(missing))},
            _("As owner: sh deploy/release.sh; then restart the web processes."),
        )
    if newer := newer - replaced:
        yield broken(
            _("The database is newer than the program: it does not know %(first)s.")
            % {"first": ".".join(min(newer))},
            _("Start the newer version again; going back is in docs/deploy.md, “Rollback”."),
        )
    if not missing and not newer:
        yield fine(_("Code and database are of one version."))


@check("triggers", asks_database=True)
def look_at_triggers() -> Iterable[Finding]:
    """Is every trigger there and switched on? History, versions and what is public hang on them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
        there = {(table, name): enabled for table, name, enabled in cursor.fetchall()}
    wanted = {
        (trigger.table, PREFIX + trigger.name) for model in all_tables() for trigger in triggers_of(model)
    }
    missing = sorted(wanted - set(there))
    asleep = sorted(key for key in wanted & set(there) if there[key] == "D")
    mend = _(
        "As owner: manage.py migrate; it puts triggers and grants in place. Then ask who took them away."
    )
    for said, found in (
        (_("Triggers are missing: %(n)d, as of %(tables)s."), missing),
        (_("Triggers are switched off: %(n)d, as of %(tables)s."), asleep),
    ):
        if found:
            yield broken(said % {"n": len(found), "tables": _some(found)}, mend)
    if not missing and not asleep:
        yield fine(_("All %(n)d are in place.") % {"n": len(wanted)})


def _some(found: Iterable[tuple[str, str]]) -> str:
    return ", ".join(list(dict.fromkeys(table for table, _name in found))[:_NAMED])


@check("keys of sealed texts", asks_database=True, office=True)
def look_at_field_keys() -> Iterable[Finding]:
    """Do FIELD_KEYS open what is stored? Counted by the name of the key, and one text of each is opened."""
    ours = {encryption.key_name(key) for key in settings.FIELD_KEYS}
    current = encryption.key_name(settings.FIELD_KEYS[0]) if settings.FIELD_KEYS else ""
    counted: Counter[str] = Counter()
    spoilt = 0
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                for name, number, sample in _by_key(model, field):
                    counted[name] += number
                    spoilt += name in ours and not _opens(sample, field)
    yield from _about_keys(counted, ours, current, spoilt)


def _about_keys(counted: Counter[str], ours: set[str], current: str, spoilt: int) -> Iterator[Finding]:
    unknown = sum(number for name, number in counted.items() if name not in ours)
    older = sum(number for name, number in counted.items() if name in ours and name != current)
    if unknown:
        yield broken(
            _("Sealed texts that FIELD_KEYS do not open: %(n)d.") % {"n": unknown},
            _(
                "Put the key of their time back behind the first, with a comma; a copy lies where backups’ keys lie."
            ),
        )
    if spoilt:
        yield broken(
            _("Sealed texts that were changed or moved, at least: %(n)d.") % {"n": spoilt},
            _("Compare with the history and the last backup: somebody wrote past the program."),
        )
    if older:
        yield warning(
            _("Texts sealed with an older key: %(n)d.") % {"n": older},
            _("Run: manage.py reencrypt_fields; keep the older key while the history is kept."),
        )
    if not (unknown or spoilt or older):
        yield fine(_("They open all %(n)d sealed texts.") % {"n": sum(counted.values())})


def _by_key(model: type[models.Model], field: models.Field[Any, Any]) -> list[tuple[str, int, str]]:
    """The names of keys in a column, how many texts each has sealed, and one of these."""
    column, table = connection.ops.quote_name(field.attname), connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT split_part({column}, ':', 2), count(*), min({column}) FROM {table}"  # noqa: S608 - our names
            f" WHERE {column} <> '' GROUP BY 1"
        )
        return [(str(name), int(number), str(sample)) for name, number, sample in cursor.fetchall()]


def _opens(sample: str, field: models.Field) -> bool:
    try:
        encryption.unseal(sample, f"{field.model._meta.db_table}.{field.column}")
    except encryption.CannotOpenError:
        return False
    return True


@check("replicas")
def look_at_replicas() -> Iterable[Finding]:
    """Does every server of DATABASE_REPLICA_URLS answer, does it only read, and how far is it behind?"""
    # As the readers' process sees them; this command itself asks the primary alone.
    for number, server in enumerate(replicas("public", is_web=True, page_copies=True), start=1):
        yield _replica(number, server)


def _replica(number: int, server: dict[str, Any]) -> Finding:
    told: dict[str, Any] = {"number": number}
    try:
        with psycopg.connect(**{**server, "connect_timeout": "3"}) as asked:
            is_replica, lag = asked.execute(_LAG).fetchone() or (False, 0)
    except psycopg.Error as error:
        return warning(
            _("Replica %(number)d does not answer (%(error)s).") % {**told, "error": type(error).__name__},
            _("Look at its server; pages come from the others meanwhile (docs/deploy-many.md)."),
        )
    if not is_replica:
        return broken(
            _("Replica %(number)d is a primary: two servers may be written to.") % told,
            _(
                "If it was promoted, point DATABASE_URL at it; stop the other one at once (docs/deploy-many.md)."
            ),
        )
    said = _("Replica %(number)d is %(n)d seconds behind.") % {**told, "n": round(float(lag or 0))}
    mend = _("Look at its log and its disk; while it is too far behind it is not asked.")
    return warning(said, mend) if float(lag or 0) > settings.DATABASE_REPLICA_LAG else fine(said)
