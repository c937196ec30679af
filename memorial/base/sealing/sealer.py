"""Seals what is committed, in order, and signs the new end of the chain.

An entry is ready when its transaction is older than the oldest one that still runs here: everything below
that horizon is over, so no entry can turn up there later and none is left out for good. Entries of
transactions at or above it wait for the next time, whatever their own numbers are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from memorial.base.evidence import SALT_BYTES, HistorySeal
from memorial.base.sealing.errors import SealingError, SealsDisagreeError
from memorial.base.sealing.form import BEGINNING, COLUMNS, StoredEntry, next_chain
from memorial.base.sealing.heads import RESTORED, SEALED, Head, append_head, last_head, now_text

AT_ONCE: Final = 2000
"""Entries that are in memory together."""
MOST_NAMED: Final = 20
_LOCK: Final = 0x5EA1
# Transactions of other databases of the same server run as long as they like: they write nothing here.
# One whose database is not known (it ended a moment ago, or is prepared) counts as ours.
_HORIZON: Final = """
    WITH running AS (
        SELECT x::text::bigint AS number FROM pg_snapshot_xip(pg_current_snapshot()) AS x
        UNION ALL SELECT pg_current_xact_id_if_assigned()::text::bigint
    ), elsewhere AS (
        SELECT l.transactionid::text::bigint AS low FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
           AND a.datname <> current_database()
    )
    SELECT coalesce(min(r.number), pg_snapshot_xmax(pg_current_snapshot())::text::bigint),
           (SELECT system_identifier::text FROM pg_control_system())
      FROM running r
     WHERE r.number IS NOT NULL AND (r.number & 4294967295) NOT IN (SELECT low FROM elsewhere)
"""
_UNSEALED: Final = (
    "FROM base_historyentry e WHERE NOT EXISTS (SELECT 1 FROM base_historyseal s WHERE s.entry = e.id)"
)


@dataclass(frozen=True, slots=True)
class End:
    """The end of the chain: how many entries it has, and its last digest."""

    position: int
    chain: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a run did: entries sealed, the end now, and entries that turned up where all was sealed."""

    count: int
    end: End
    late: list[int]


def seal_history(path: Path, key: Ed25519PrivateKey, restored: str = "") -> Sealed:
    """Seals every entry that is ready and appends a signed head to the file.

    `restored` is the reason, after a restore from a backup, for which the heads behind the end of the
    table are given up. Raises `SealsDisagreeError` where the table is not what the last head says, and
    `SealingError` where another run is at work.
    """
    last = last_head(path, key.public_key())
    with transaction.atomic():
        _lock()
        horizon, cluster = horizon_now()
        begin = end_of_chain()
        if not restored:
            _agree(last, path)
        floor = last.horizon if last and last.cluster == cluster and not restored else 0
        late = late_entries(floor)
        end = _seal(begin, floor, horizon)
    # After the commit: a head that says more than the table would look like a loss.
    if restored:
        given_up = Head(RESTORED, begin.position, begin.chain.hex(), 0, cluster, now_text(), restored)
        append_head(path, given_up, key)
    if restored or last is None or last.position != end.position:
        append_head(path, Head(SEALED, end.position, end.chain.hex(), horizon, cluster, now_text()), key)
    return Sealed(end.position - begin.position, end, late)


def horizon_now() -> tuple[int, str]:
    """The lowest transaction that may still write to this database, and the server that counts them."""
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        horizon, cluster = cursor.fetchone()
    return int(horizon), str(cluster)


def end_of_chain() -> End:
    """Where the chain in the table ends."""
    last = HistorySeal.objects.order_by("-position").first()
    return End(last.position, bytes(last.chain)) if last else End(0, BEGINNING)


def late_entries(floor: int) -> list[int]:
    """Entries without a seal of transactions below the floor, where everything was sealed: at most twenty.

    No transaction can write there any more: somebody put them in by hand, or took their seals away.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id {_UNSEALED} AND e.transaction < %s ORDER BY e.id LIMIT %s",
            [floor, MOST_NAMED],
        )
        return [number for (number,) in cursor.fetchall()]


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise SealingError("Another run of seal_history is at work.")


def _agree(last: Head | None, path: Path) -> None:
    """Refuses to sign on where the table is not what was signed before."""
    if last is None:
        if HistorySeal.objects.exists():
            raise SealsDisagreeError(
                f"The table has seals and {path} has no head signed with this key: put its copy back."
            )
        return
    found = HistorySeal.objects.filter(position=last.position).values_list("chain", flat=True).first()
    chain = BEGINNING if last.position == 0 else bytes(found or b"")
    if chain.hex() != last.chain:
        raise SealsDisagreeError(
            f"The table does not agree with the head signed at {last.at} (position {last.position}):"
            " run verify_history. After a restore from a backup, say so with --restored REASON."
        )


def _seal(begin: End, floor: int, horizon: int) -> End:
    position, chain = begin.position, begin.chain
    for batch in _ready(floor, horizon):
        rows = []
        for entry in batch:
            position += 1
            salt = os.urandom(SALT_BYTES)
            content = entry.content(salt)
            digest = entry.digest(content)
            chain = next_chain(chain, position, entry.id, digest)
            rows.append((position, entry.id, salt, content, digest, chain))
        _write(rows)
    return End(position, chain)


def _ready(floor: int, horizon: int) -> Iterator[list[StoredEntry]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} {_UNSEALED} AND e.transaction >= %s AND e.transaction < %s"
            " ORDER BY e.transaction, e.id",
            [floor, horizon],
        )
        while rows := cursor.fetchmany(AT_ONCE):
            yield [StoredEntry(*row) for row in rows]


def _write(rows: list[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY base_historyseal (position, entry, salt, content, digest, chain) FROM STDIN"
        ) as copy,
    ):
        for row in rows:
            copy.write_row(row)
