"""What processes that answer requests count. All of it is made of kinds, classes and seconds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from memorial.metrics.slots import Slot

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Meters:
    """The figures of this process, in files of METRICS_FOLDER that `serve_metrics` adds up."""

    requests: Counter
    seconds: Histogram
    database: Histogram
    breaker: Gauge


@cache
def meters() -> Meters:
    """Makes them, once in a process and its forks. METRICS_FOLDER is set where this is called."""
    folder: Path = settings.METRICS_FOLDER  # type: ignore[assignment]  # nothing is counted without
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    # Late: the library asks the environment when it is imported.
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

    values.ValueClass = values.MultiProcessValue(Slot(folder).name)  # type: ignore[no-untyped-call]
    # A registry of their own, that nobody reads: what is read are the files.
    own = CollectorRegistry()
    return Meters(
        requests=Counter(
            "memorial_requests",
            "Requests by kind of page, class of status, and where the answer came from",
            ["kind", "status", "source"],
            registry=own,
        ),
        seconds=Histogram(
            "memorial_request_seconds",
            "Seconds until the answer was there, by where it came from",
            ["source"],
            buckets=SECONDS,
            registry=own,
        ),
        database=Histogram(
            "memorial_database_seconds",
            "Seconds in the database, of requests that asked it",
            buckets=SECONDS,
            registry=own,
        ),
        breaker=Gauge(
            "memorial_breaker_open",
            "1 while readers get the last good copies because the database is away, as last noticed",
            multiprocess_mode="mostrecent",
            registry=own,
        ),
    )
