"""Who acts, and why: what the history's trigger writes beside every change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus


def staff_actor(staff_id: int) -> str:
    """How the history names a member of staff: by number, never by name."""
    return f"staff:{staff_id}"


def command_actor(name: str) -> str:
    """How the history names a management command."""
    return f"command:{name}"


def two_actors(first: str, second: str) -> str:
    """One who enters and another who has looked at it, as the database's rule of two people reads them.

    For what two named parties make in one go, like the invented world. Raises `ValueError` for one party.
    """
    if not first or not second or first == second:
        raise ValueError("Two different actors are needed.")
    return f"{first} & {second}"


@contextmanager
def acting(actor: str, reason: str = "") -> Iterator[None]:
    """Names the actor and the reason of every change made inside, on this connection.

    Nested uses give way to the outer ones again when they end. An empty inner actor
    keeps the outer one, so that an action may add only a reason.
    """
    before = _read()
    _write(actor or before[0], reason)
    try:
        yield
    finally:
        # A broken transaction takes the setting back by itself, and answers nothing until then.
        if not _is_broken():
            _write(*before)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Adds a reason to the changes made inside, by whoever acts already."""
    with acting("", reason):
        yield


def _is_broken() -> bool:
    if connection.needs_rollback or connection.connection is None:
        return True
    # Raw SQL that failed breaks the transaction without Django's noticing.
    return bool(connection.connection.info.transaction_status == TransactionStatus.INERROR)


def _read() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('memorial.actor', true), ''),"
            " coalesce(current_setting('memorial.reason', true), '')"
        )
        actor, reason = cursor.fetchone()
    return actor, reason


def _write(actor: str, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('memorial.actor', %s, false), set_config('memorial.reason', %s, false)",
            [actor, reason],
        )
