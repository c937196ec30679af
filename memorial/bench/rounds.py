"""Asks the WSGI application in this process, in rounds, so that a drift of the machine hits all pages alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import CommandError

from memorial.bench.processes import database_cpu

_TURN_SECONDS: Final = 0.1


def _nothing() -> None:
    """What precedes most requests."""


@dataclass
class Page:
    """One address, its times in ms per request, one a round; with `etag` the answer must be 304.

    `cpu` is this process's own, `database` that of the server's process which answers it (None where
    that runs on another machine). `before` is done before each request.
    """

    name: str
    path: str
    application: WSGIHandler
    etag: str = ""
    before: Callable[[], None] = _nothing
    cpu: list[float] = field(default_factory=list)
    database: list[float | None] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        path, _mark, query = self.path.partition("?")
        asked = {"HTTP_IF_NONE_MATCH": self.etag} if self.etag else {}
        where = {"HTTP_HOST": urlsplit(settings.PUBLIC_URL).netloc, "PATH_INFO": path, "QUERY_STRING": query}
        self._environ = asked | where
        setup_testing_defaults(self._environ)

    @property
    def both(self) -> list[float]:
        """CPU of the process and of the database, one a round."""
        return [own + (theirs or 0) for own, theirs in zip(self.cpu, self.database, strict=True)]

    def ask(self) -> str:
        """Read one answer to its end and return its ETag; raises CommandError if it is not the one to be timed."""
        answer: Any = self.application(self._environ.copy(), lambda *_said: len)  # nothing is sent anywhere
        b"".join(answer)
        answer.close()
        if answer.status_code != (304 if self.etag else 200):
            raise CommandError(f"{self.name} answered {answer.status_code}: nothing was measured.")
        return answer.headers.get("ETag", "")

    def take_turn(self) -> None:
        """Ask for a tenth of a second, at least once, and note the mean."""
        if self.before is _nothing:
            self.ask()  # once for what another page's `before` has made the process forget
        gc.collect()  # not the garbage of the page before
        number, theirs = 0, database_cpu()
        cpu, wall = time.process_time(), time.perf_counter()
        while not number or time.perf_counter() - wall < _TURN_SECONDS:
            self.before()
            self.ask()
            number += 1
        self.cpu.append((time.process_time() - cpu) * 1000 / number)
        self.wall.append((time.perf_counter() - wall) * 1000 / number)
        used = database_cpu()
        self.database.append(None if used is None or theirs is None else (used - theirs) * 1000 / number)


def run(pages: Sequence[Page], rounds: int, after_round: Callable[[], None] = _nothing) -> None:
    """Each page one turn a round, forwards and backwards by turns."""
    for number in range(rounds):
        after_round()
        for page in pages[:: -1 if number % 2 else 1]:
            page.take_turn()
