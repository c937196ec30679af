"""Many readers at once, each with a connection of its own that stays open; on loopback only."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

_SOURCES: Final = 200
"""Addresses of loopback that the readers come from, as from many houses."""
_AT_ONE_TIME: Final = 400
"""Connections that are being made at the same time."""
_PATIENCE: Final = 60.0
"""Seconds after which an answer counts as none."""
_END: Final = b"\r\n\r\n"


@dataclass
class Crowd:
    """What a crowd met: how many lines stood open at once, each answer's status and seconds."""

    open: int = 0
    most_open: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0

    @property
    def asked(self) -> int:
        return self.statuses.total()

    @property
    def good(self) -> int:
        """Answers of 200 that came whole."""
        return self.statuses["200"]

    def slower_than_all_but(self, share: float) -> float:
        """Seconds that this share of the answers took longer than."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * (1 - share)), len(ordered) - 1)] if ordered else 0.0


@dataclass(frozen=True)
class Where:
    """A server on loopback, the name by which it is asked, and what is asked."""

    port: int
    name: str
    paths: Sequence[str]
    weights: Sequence[float]


class _Line(asyncio.Protocol):
    """One connection, one question at a time."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._answer: asyncio.Future[str] | None = None
        self._read = bytearray()
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._crowd.open += 1
        self._crowd.most_open = max(self._crowd.most_open, self._crowd.open)

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.open -= 1
        self._say("closed")

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = bytes(self._read).partition(_END) if _END in self._read else (b"", b"", b"")
        if end and _is_whole(head, body):
            self._say(head.split(b" ", 2)[1].decode())

    async def ask(self, name: str, path: str) -> str:
        """The status of the answer, or a word for what came instead."""
        if self.transport is None or self.transport.is_closing():
            return "closed"
        self._read.clear()
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(
            f"GET {path} HTTP/1.1\r\nHost: {name}\r\nAccept-Encoding: gzip, br\r\n\r\n".encode()
        )
        try:
            return await asyncio.wait_for(self._answer, _PATIENCE)
        except TimeoutError:
            return "late"

    def _say(self, status: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(status)


def _is_whole(head: bytes, body: bytes) -> bool:
    headers = head.lower()
    if b"\r\ntransfer-encoding: chunked" in headers:
        return body.endswith(b"0" + _END)
    length = headers.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length or 0)


async def meet(where: Where, people: int, seconds: float, pause: float) -> Crowd:
    """So many readers come, each asking about every `pause` seconds; once all are there, all ask at one moment."""
    meeting = _Meeting(where, Crowd(), pause)
    readers = [asyncio.create_task(meeting.reader(number)) for number in range(people)]
    while meeting.came < people:
        await asyncio.sleep(0.1)
    meeting.crowd.began = time.monotonic()
    meeting.until = meeting.crowd.began + seconds
    meeting.all_ask.set()
    await asyncio.gather(*readers)
    meeting.crowd.ended = time.monotonic()
    return meeting.crowd


class _Meeting:
    """All readers of one crowd."""

    def __init__(self, where: Where, crowd: Crowd, pause: float) -> None:
        self.where, self.crowd, self.pause = where, crowd, pause
        self.came = 0
        self.until = float("inf")
        self.all_ask = asyncio.Event()
        self._gate = asyncio.Semaphore(_AT_ONE_TIME)
        self._trusts = ssl.create_default_context()
        # Loopback, and a certificate of the drill's own.
        self._trusts.check_hostname, self._trusts.verify_mode = False, ssl.CERT_NONE

    async def reader(self, number: int) -> None:
        """One reader, from the first connection to the end."""
        try:
            line = await self._connected(number)
        except OSError:
            self.crowd.statuses["no connection"] += 1
            return
        finally:
            self.came += 1
        while await self._asks(line) and not self.is_over:
            rest = self.pause * random.uniform(0.5, 1.5)  # noqa: S311  # a reader's whim
            if self.all_ask.is_set():
                await asyncio.sleep(rest)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.all_ask.wait(), rest)
        line.transport.abort()

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.until

    async def _asks(self, line: _Line) -> bool:
        path = random.choices(self.where.paths, self.where.weights)[0]  # noqa: S311
        asked = time.monotonic()
        status = await line.ask(self.where.name, path)
        self.crowd.statuses[status] += 1
        self.crowd.seconds.append(time.monotonic() - asked)
        return status not in ("closed", "late")

    async def _connected(self, number: int) -> _Line:
        async with self._gate:
            _transport, line = await asyncio.get_running_loop().create_connection(
                lambda: _Line(self.crowd),
                "127.0.0.1",
                self.where.port,
                ssl=self._trusts,
                server_hostname=self.where.name,
                local_addr=(f"127.0.1.{1 + number % _SOURCES}", 0),
                ssl_handshake_timeout=_PATIENCE,
            )
            return line
