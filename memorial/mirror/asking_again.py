"""Asks again what the pages of the mirror before asked: where all finds the same, the page is the same.

A statement that many pages share is asked once. That costs the database's share of the pages alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection

from memorial.base.page_record import found_again

if TYPE_CHECKING:
    from memorial.mirror.ledger import Statement
    from memorial.mirror.rendering import Renderer


def changed(renderer: Renderer, addresses: Iterable[str], statements: Iterable[Statement]) -> list[bytes]:
    """The ids of the statements that find something else than they found, or that cannot be asked here.

    `addresses` are pages that prepare what statements execute: to execute what is not prepared would end the
    transaction, and the snapshot with it.
    """
    found = []
    prepared = _prepared()
    for one in statements:
        if one.prepared and one.prepared not in prepared:
            renderer.warm(addresses)
            addresses, prepared = (), _prepared()
        can_ask = not one.prepared or one.prepared in prepared
        if not can_ask or found_again((zlib.decompress(one.text).decode(),)) != one.answer:
            found.append(one.id)
    return found


def _prepared() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {str(row[0]) for row in cursor.fetchall()}
