"""What `serve_metrics` reads of the database and of folders when it is asked: how old what protects the site is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from memorial.base.civil_date import civil_date
from memorial.base.models import ContentVersion
from memorial.base.sealing.errors import SealingError
from memorial.base.sealing.heads import last_head
from memorial.base.sealing.keys import verifying_key
from memorial.doctor import ages
from memorial.doctor.work import overdue_seconds
from memorial.due.models import DueWork
from memorial.logs import program_version
from memorial.postgres.deadline import answered_within
from prisoners.models import ImportUpload

KEPT: Final = 15.0
"""Seconds for which figures are kept: whoever asks oftener asks no database."""
_PATIENCE: Final = 3.0
_log = logging.getLogger(__name__)


def _content_version_age() -> float | None:
    began_at = ContentVersion.objects.order_by("-id").values_list("began_at", flat=True).first()
    return (timezone.now() - began_at).total_seconds() if began_at else None


def _seal_age() -> float | None:
    try:
        return ages.unsealed_age(last_head(Path(settings.HISTORY_SEALS), verifying_key()))
    except SealingError:
        return None


def _mirror_left() -> float | None:
    head = ages.mirror_head()
    return (head.valid_until - civil_date()).days * 86_400.0 if head else None


Read = Callable[[], float | None]
OF_DATABASE: Final[dict[str, tuple[str, Read]]] = {
    "memorial_content_version_age_seconds": ("Since something public last changed", _content_version_age),
    "memorial_due_open": ("Pieces of work planned", lambda: DueWork.objects.open().count()),
    "memorial_due_failed": (
        "Pieces of due work that failed and are tried again",
        lambda: DueWork.objects.open().filter(tries__gt=0).count(),
    ),
    "memorial_due_overdue_seconds": ("How long the oldest piece of due work waits", overdue_seconds),
    "memorial_payments_left_seconds": ("Until the signed payment details end", ages.payments_left),
    "memorial_seal_waiting_seconds": ("How long the oldest change waits for its seal", _seal_age),
    "memorial_package_age_seconds": ("Of the newest data package", ages.package_age),
}
OF_FOLDERS: Final[dict[str, tuple[str, Read]]] = {
    "memorial_backup_age_seconds": (
        "Of the newest backup",
        lambda: ages.age_of(ages.newest_file(settings.BACKUPS_FOLDER, ages.BACKUPS)),
    ),
    "memorial_backup_restored_age_seconds": (
        "Since a backup was restored on trial",
        lambda: ages.age_of(ages.newest_file(settings.BACKUPS_FOLDER, ages.RESTORED)),
    ),
    "memorial_mirror_age_seconds": (
        "Of the mirror",
        lambda: head.age if (head := ages.mirror_head()) else None,
    ),
    "memorial_mirror_left_seconds": ("Until the mirror is valid no more", _mirror_left),
}


class AgesCollector(Collector):
    """Reads them when asked, at most every `KEPT` seconds. What is not there has no figure."""

    def __init__(self) -> None:
        self._kept: list[Metric] = []
        self._at = float("-inf")

    def collect(self) -> Iterator[Metric]:
        """The figures; with the database away, those that need none."""
        if time.monotonic() - self._at >= KEPT:
            self._kept, self._at = list(_read_all()), time.monotonic()
        yield from self._kept

    def describe(self) -> list[Metric]:
        """Nothing, so that nobody asks the database only because this is registered."""
        return []


def _read_all() -> Iterator[Metric]:
    yield InfoMetricFamily("memorial_program", "What runs here", {"version": program_version()})
    yield _limits()
    yield from _figures(OF_FOLDERS)
    close_old_connections()
    found: list[Metric] = []
    try:
        with answered_within(_PATIENCE):
            found = [*_figures(OF_DATABASE), _imports()]
    except (DatabaseError, InterfaceError) as error:
        _log.warning("no figures of the database: %s", type(error).__name__)
        connection.close()
    yield GaugeMetricFamily("memorial_database_up", "1 if it answers this process", bool(found))
    yield from found


def _figures(reads: dict[str, tuple[str, Read]]) -> Iterator[Metric]:
    for name, (said, read) in reads.items():
        if (value := read()) is not None:
            yield GaugeMetricFamily(name, said, value)


def _limits() -> Metric:
    """ALERT_HOURS in seconds, so that rules need not repeat them."""
    family = GaugeMetricFamily(
        "memorial_alert_seconds", "When something is older than it should be", labels=["of"]
    )
    for name, hours in settings.ALERT_HOURS.items():
        family.add_metric([name], hours * 3600)
    return family


def _imports() -> Metric:
    family = GaugeMetricFamily("memorial_imports", "Lists loaded by staff, by state", labels=["state"])
    states = list(ImportUpload.objects.values_list("state", flat=True))
    for state in ImportUpload.State.values:
        family.add_metric([state], states.count(state))
    return family
