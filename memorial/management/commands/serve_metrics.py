"""`manage.py serve_metrics`: figures for Prometheus at METRICS_BIND, a process of its own beside the web processes."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from memorial.metrics.ages import AgesCollector
from memorial.operation_environment import metrics_bind


class Command(BaseCommand):
    help = (
        "Serves figures for Prometheus at METRICS_BIND, until it is told to end. --once prints them instead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="prints the figures and ends")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises `CommandError` without METRICS_BIND, and where its port is taken."""
        registry = figures()
        if options["once"]:
            self.stdout.write(generate_latest(registry).decode())
            return
        bind = metrics_bind()
        if bind is None:
            raise CommandError("METRICS_BIND is not set: write an address and a port, as in 127.0.0.1:9108.")
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        try:
            server, thread = start_http_server(bind[1], addr=bind[0], registry=registry)
        except OSError as error:
            raise CommandError(f"METRICS_BIND cannot be used: {error.strerror}.") from error
        self.stdout.write(f"Figures at http://{bind[0]}:{bind[1]}/metrics")
        ended.wait()
        server.shutdown()
        thread.join()


def figures() -> CollectorRegistry:
    """All figures: of the web processes of this host, where they count, and the ages."""
    registry = CollectorRegistry()
    registry.register(AgesCollector())
    if settings.METRICS_FOLDER is not None:
        folder = settings.METRICS_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    return registry
