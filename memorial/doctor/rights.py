"""May the two web roles do exactly what the models say, and no more?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from memorial.base.database import NOT_FOR_WEB_ROLES_TO_WRITE, OUR_APPS, all_tables, public_condition
from memorial.base.exposure import readable_fields
from memorial.base.row_rules import PUBLIC_ROLE, STAFF_ROLE, has_row_rules
from memorial.doctor.registry import Finding, broken, check, fine

_NAMED: Final = 3


@check("roles", asks_database=True)
def look_at_roles() -> Iterable[Finding]:
    """Are the roles there, without powers, and is the readers' one read-only?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication,"
            " coalesce(array_to_string(rolconfig, ' ') LIKE %s, false)"
            " FROM pg_roles WHERE rolname = ANY(%s)",
            ["%default_transaction_read_only=on%", [PUBLIC_ROLE, STAFF_ROLE]],
        )
        found = {name: (is_mighty, is_read_only) for name, is_mighty, is_read_only in cursor.fetchall()}
    mend = _(
        "As a superuser: psql --dbname=postgres --file=deploy/roles.sql; then manage.py migrate as owner."
    )
    wrong = [name for name in (PUBLIC_ROLE, STAFF_ROLE) if found.get(name, (True, True))[0]]
    if wrong:
        yield broken(
            _("Roles that are missing or have too much power: %(n)s.") % {"n": ", ".join(wrong)}, mend
        )
    if PUBLIC_ROLE in found and not found[PUBLIC_ROLE][1]:
        yield broken(_("The readers’ role may begin transactions that write."), mend)
    if not wrong and found[PUBLIC_ROLE][1]:
        yield fine(_("They have no powers beyond their grants."))


@check("grants", asks_database=True)
def look_at_grants() -> Iterable[Finding]:
    """What readers' pages may select is what the models declare, column by column; they write nothing."""
    wanted = {
        (model._meta.db_table, field.column)
        for model in all_tables()
        if model._meta.app_label in OUR_APPS
        for field in readable_fields(model)
        if field.column
    }
    given, written = _columns_readable(), _tables_writable()
    mend = _("As owner: manage.py migrate. If it comes back, somebody grants by hand: REVOKE, and ask who.")
    for said, found in (
        (_("Readers’ pages could read what is confidential: %(what)s."), given - wanted),
        (_("Readers’ pages may not read what they need: %(what)s."), wanted - given),
        (_("Web processes may write what they must not: %(what)s."), written),
    ):
        if found:
            yield broken(said % {"what": _some(found)}, mend)
    if given == wanted and not written:
        yield fine(_("Readers’ pages may read %(n)d columns, as declared.") % {"n": len(wanted)})


def _some(found: Iterable[tuple[str, str]]) -> str:
    names = sorted(".".join(each) for each in found)
    rest = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + rest


def _columns_readable() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')"
            " AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT')",
            [PUBLIC_ROLE],
        )
        return set(cursor.fetchall())


def _tables_writable() -> set[tuple[str, str]]:
    """What readers may write anywhere, and staff in the tables that triggers alone fill."""
    sealed = [model._meta.db_table for model in NOT_FOR_WEB_ROLES_TO_WRITE]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, 'readers' FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND has_table_privilege(%s, oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
            " UNION ALL SELECT relname, 'staff' FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relname = ANY(%s) AND has_table_privilege(%s, oid, 'INSERT, UPDATE, DELETE, TRUNCATE')",
            [PUBLIC_ROLE, sealed, STAFF_ROLE],
        )
        return set(cursor.fetchall())


@check("row rules", asks_database=True)
def look_at_row_rules() -> Iterable[Finding]:
    """Does PostgreSQL itself keep drafts from readers where the models say so?"""
    wanted = {
        model._meta.db_table
        for model in all_tables()
        if has_row_rules(public_condition(model)) or getattr(model, "STAFF_WHEN", None)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
        )
        there = {name for (name,) in cursor.fetchall()}
    if missing := sorted(wanted - there):
        yield broken(
            _("Drafts are not kept back by the database: %(tables)s.")
            % {"tables": ", ".join(missing[:_NAMED])},
            _("As owner: manage.py migrate."),
        )
    else:
        yield fine(_("In place for %(n)d tables.") % {"n": len(wanted)})
