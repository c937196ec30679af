"""What the making of one page looked at: statements with what they found, and whether it asked the version.

A page is a function of its address, the program, the day and the rows it read. Where all that it read were
statements, asking them again tells whether the page would be the same: that costs the database's share of
the page alone, and needs no list of what depends on what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.db import connection

MOST_STATEMENTS: Final = 60
MOST_BYTES: Final = 2_000_000
"""Found by one page; what reads more is made anew after each change."""
_OF_THE_SESSION: Final = ("PREPARE ", "SELECT set_config(")
Made = TypeVar("Made")


@dataclass
class PageRecord:
    """One making of a page: its statements as they were sent, and a digest of each one's answer.

    `is_whole` says that nothing else was looked at, `saw_watched` that a statement named one of the `watched`
    tables. The rest is what its ETag was made of (`page_etag`).
    """

    statements: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    is_whole: bool = True
    etag: str = ""
    version: str = ""
    taken_back: str = ""
    depends_on_date: bool = True
    watched: tuple[str, ...] = ()
    saw_watched: bool = False
    _bytes: int = 0

    @property
    def found(self) -> str:
        """The digest of all answers, in their order."""
        return hashlib.sha256("".join(self.answers).encode()).hexdigest()

    def add(self, statement: str, answer: Any) -> None:
        """Take note of a statement and its answer, a PGresult; None where it cannot be told."""
        self.saw_watched = self.saw_watched or any(name in statement for name in self.watched)
        if not self.is_whole or statement.startswith(_OF_THE_SESSION):
            return
        if answer is None or len(self.statements) >= MOST_STATEMENTS:
            self.is_whole = False
            return
        digest = hashlib.sha256()
        for piece in _pieces(answer):
            digest.update(piece)
            self._bytes += len(piece)
        self.statements.append(statement)
        self.answers.append(digest.hexdigest())
        self.is_whole = self._bytes <= MOST_BYTES

    def add_record(self, other: PageRecord) -> None:
        """Take note of what was looked at before, for something that is used again."""
        self.statements += other.statements
        self.answers += other.answers
        self.is_whole = self.is_whole and other.is_whole and len(self.statements) <= MOST_STATEMENTS


_record: ContextVar[PageRecord | None] = ContextVar("page_record", default=None)


def page_record() -> PageRecord | None:
    """The record of the page that is being made; None where nothing is recorded."""
    return _record.get()


def note_the_version() -> None:
    """What is made now depends on the version as such: it is made anew after every public change."""
    if (record := _record.get()) is not None:
        record.is_whole = False


@contextmanager
def recorded(watched: tuple[str, ...] = ()) -> Iterator[PageRecord]:
    """Records what the code inside asks of the database."""
    record = PageRecord(watched=watched)
    with ExitStack() as stack:
        if _noted not in connection.execute_wrappers:
            stack.enter_context(connection.execute_wrapper(_noted))
        token = _record.set(record)
        stack.callback(_record.reset, token)
        yield record


@contextmanager
def unrecorded() -> Iterator[None]:
    """What the code inside asks is no part of the page."""
    token = _record.set(None)
    try:
        yield
    finally:
        _record.reset(token)


def found_again(statements: Sequence[str]) -> str:
    """The digest of what these statements find now, "" where it cannot be told. Database errors pass."""
    record = PageRecord()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            record.add(statement, _answer(cursor.cursor))
    return record.found if record.is_whole else ""


@dataclass(frozen=True)
class Traced(Generic[Made]):
    """A value that is kept and used by many pages, with the record of its making."""

    value: Made
    record: PageRecord

    def use(self) -> Made:
        """The value; the page that is being made depends on what the value depends on."""
        if (page := _record.get()) is not None:
            page.add_record(self.record)
        return self.value


def traced(make: Callable[[], Made]) -> Traced[Made]:
    """Makes a value and records what it was made of."""
    with recorded() as record:
        value = make()
    return Traced(value, record)


def _noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    answer = execute(sql, params, many, context)
    if (record := _record.get()) is not None:
        cursor = context["cursor"].cursor
        sent = getattr(getattr(cursor, "_query", None), "query", b"")
        # Many at once, or a portion at a time: nothing that could be asked again in one piece.
        record.add(sent.decode(), None if many or not sent else _answer(cursor))
    return answer


def _answer(cursor: Any) -> Any:
    """All rows of a statement, which psycopg holds; None for a cursor of the server, which hands out portions."""
    return None if getattr(cursor, "name", None) else cursor.pgresult


def _pieces(answer: Any) -> Iterator[bytes]:
    yield b"%d,%d;" % (answer.ntuples, answer.nfields)
    for row in range(answer.ntuples):
        for column in range(answer.nfields):
            value = answer.get_value(row, column)
            yield b"-" if value is None else b"%d:" % len(value)
            if value:
                yield value
