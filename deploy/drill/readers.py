"""Readers who never stop: what they got, how long it took, and whether what was hidden came back to anybody."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from readers_site import Site

_BETWEEN: Final = 0.03
_HOW_MANY: Final = 4


@dataclass
class Readers:
    """Some readers of some addresses at some hosts; `watched` is one that is to vanish."""

    sites: Sequence[Site]
    addresses: Sequence[str]
    watched: str = ""
    good: int = 0
    bad: int = 0
    slowest: float = 0.0
    seen_hidden: list[float] = field(default_factory=list)
    """When the watched address was answered with a page, by the clock of this process: the request's beginning."""
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(_HOW_MANY)]

    def start(self) -> None:
        """Let them read."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait until the last has its answer."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    @property
    def share(self) -> float:
        """Of all answers, those that were a page."""
        return self.good / max(1, self.good + self.bad)

    def _read(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - no secret
        turn = number
        while not self._ended.is_set():
            turn += 1
            site = self.sites[turn % len(self.sites)]
            if self.watched and turn % 3 == 0:
                began = time.monotonic()
                status, _body = site.get(self.watched)
                if status == 200:
                    self.seen_hidden.append(began)
                continue
            self._ask(site, chance.choice(self.addresses))
            time.sleep(_BETWEEN)

    def _ask(self, site: Site, address: str) -> None:
        began = time.monotonic()
        status, body = site.get(address)
        seconds = time.monotonic() - began
        with self._lock:
            is_good = status == 200 and b"</html>" in body
            self.good, self.bad = self.good + is_good, self.bad + (not is_good)
            self.slowest = max(self.slowest, seconds)
            self.statuses[status] = self.statuses.get(status, 0) + 1
