"""System checks of the database: `manage.py check --database default`, and before every migrate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections

OLDEST_POSTGRESQL: Final = 150000
_CREATE = "CREATE DATABASE memorial OWNER owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
# One row of facts: asked of every kind of server, ours and others'.
_FACTS: Final = """
    SELECT current_setting('server_version_num')::int,
           current_setting('server_encoding'),
           lower('ЁЖИК') = 'ёжик' AND upper('щука') = 'ЩУКА',
           'Жук' ~* '^жук$' AND 'щ' ~ '^[[:alpha:]]$',
           (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)
"""


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse a server that is too old, breaks Russian, or is reached as a superuser.

    Under a C locale, capital and small Russian letters are strangers and no trigram has a
    Russian letter: search finds nothing and says nothing.
    """
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            found += _judge(alias)
        except DatabaseError as error:
            hint = "Start the server, or mend DATABASE_URL."
            found.append(Error(f"The database does not answer: {error}", hint=hint, id="memorial.E001"))
    return found


def _judge(alias: str) -> Iterator[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_FACTS)
        version, encoding, folds_case, knows_letters, is_superuser = cursor.fetchone()
    if version < OLDEST_POSTGRESQL:
        said = f"PostgreSQL {version // 10000} is too old."
        yield Error(said, hint="Use PostgreSQL 15 or newer.", id="memorial.E002")
    if encoding != "UTF8":
        said = f"The database is encoded in {encoding}, which cannot hold every name."
        yield Error(said, hint=f"Make it anew: {_CREATE}", id="memorial.E003")
    if not (folds_case and knows_letters):
        said = "The locale of the database breaks Russian: «Ё» and «ё» are strangers to it."
        yield Error(said, hint=f"Make it anew: {_CREATE}", id="memorial.E004")
    if is_superuser:
        said = "The site reaches the database as a superuser, whom no grant and no row rule binds."
        yield Error(said, hint="Use owner, staff_rw or site_ro (deploy/roles.sql).", id="memorial.E005")
