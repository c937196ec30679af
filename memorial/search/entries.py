"""Public texts that answer a query: the newest of each kind, ranked; never all of them, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from memorial.base.localized import current_language
from memorial.search.kinds import SearchKind
from memorial.search.text_query import TextQuery

LOOKED_AT: Final = 300
"""Of each kind the newest so many are ranked: to rank one reads all of its words, and that takes its time."""
LOOKED_AT_OF_EACH: Final = 100
"""The same where all kinds are asked at once."""
_READ: Final = 20_000
"""Characters of a text in which words are marked."""


@dataclass(frozen=True)
class Entry:
    """One object in the language in which it was found, or is shown."""

    kind: str
    object_id: int
    language: str
    title: str
    body: str
    url_key: str


@dataclass(frozen=True)
class Found:
    """What was found of one kind, best first; how many of those looked at, and whether there are more."""

    entries: tuple[Entry, ...] = ()
    number: int = 0
    is_more: bool = False


def entries_by_kind(asked: TextQuery, kinds: Sequence[SearchKind], shown: int) -> dict[str, Found]:
    """The best texts of each kind, at most `shown`; one statement, nothing where nothing is asked.

    An object that answers in both languages comes once, in the reader's.
    """
    if not asked:
        return {}
    looked_at = LOOKED_AT if len(kinds) == 1 else LOOKED_AT_OF_EACH
    matches = " OR ".join("(e.language = %s AND e.vector @@ %s::tsquery)" for _ in asked.by_language)
    ranks = " ".join("WHEN %s THEN ts_rank(vector, %s::tsquery)" for _ in asked.by_language)
    pairs = [value for pair in asked.by_language.items() for value in pair]
    newest = " UNION ALL ".join(
        f"(SELECT e.id, e.kind, e.object_id, e.language, e.vector FROM search_searchentry e"  # noqa: S608
        f" WHERE e.kind = %s AND ({matches}) ORDER BY e.on_day DESC NULLS LAST, e.id DESC LIMIT {looked_at})"
        for _ in kinds
    )
    sql = f"""
        WITH newest AS ({newest}),
        ranked AS (
            SELECT id, kind, object_id, language, CASE language {ranks} END AS rank,
                   count(*) OVER (PARTITION BY kind) AS looked_at
            FROM newest
        ), objects AS (
            SELECT DISTINCT ON (kind, object_id) * FROM ranked
            ORDER BY kind, object_id, language = %s DESC, rank DESC
        ), placed AS (
            SELECT *, row_number() OVER (PARTITION BY kind ORDER BY rank DESC, id DESC) AS place,
                   count(*) OVER (PARTITION BY kind) AS number
            FROM objects
        )
        SELECT p.kind, p.object_id, p.language, e.title, e.body, e.url_key, p.number, p.looked_at
        FROM placed p, LATERAL (
            SELECT x.title, left(x.body, {_READ}) AS body, x.url_key FROM search_searchentry x
            WHERE x.id = p.id LIMIT 1  -- one by one: to join them, PostgreSQL would read the whole table
        ) AS e
        WHERE p.place <= %s ORDER BY p.kind, p.place
    """  # noqa: S608 - put together of constants alone
    params: list[Any] = [value for kind in kinds for value in (kind.code, *pairs)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *pairs, current_language(), shown])
        rows = cursor.fetchall()
    return {kind.code: _found([row for row in rows if row[0] == kind.code], looked_at) for kind in kinds}


def _found(rows: Sequence[tuple[Any, ...]], looked_at: int) -> Found:
    if not rows:
        return Found()
    return Found(tuple(Entry(*row[:6]) for row in rows), rows[0][6], rows[0][7] >= looked_at)


def entries_of(kind: SearchKind, objects: Iterable[int]) -> dict[int, Entry]:
    """The entries of some objects by their number, in the reader's language where they exist in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, object_id, language, title, left(body, {_READ}), url_key FROM search_searchentry"  # noqa: S608
            " WHERE kind = %s AND object_id = ANY (%s)",
            [kind.code, list(objects)],
        )
        rows = cursor.fetchall()
    found: dict[int, Entry] = {}
    for row in rows:
        entry = Entry(*row)
        if entry.object_id not in found or entry.language == current_language():
            found[entry.object_id] = entry
    return found
