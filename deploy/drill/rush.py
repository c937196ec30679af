"""Ten thousand readers at once, each with a TLS connection that stays open, through nginx as it is shipped."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from crowd import Crowd, Where, meet
from readers_site import ROOT, Site, free_port

PEOPLE: Final = 10_000
BETWEEN_EDITS: Final = 10.0
"""Seconds, as `performance` asks: what an editor in a hurry does, and pages that must not all be made anew for it."""
_SECONDS: Final = 40.0
_PAUSE: Final = 12.0
"""Seconds between two questions of one reader: some eight hundred questions a second from all of them."""
_BESIDES: Final = 500
"""Files that a process holds open beside its connections."""
_RENDERED: Final = "made"


class Nginx:
    """Debian's nginx before one host's site, written by `deploy/nginx/write.py` into a folder."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self.port = free_port()
        self._site = site
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers. Raises TimeoutError."""
        for name in ("tls", "logs", "run"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)  # its workers are nobody in particular
        _certificate(self.folder / "tls")
        ports = {name: f"127.0.0.1:{free_port()}" for name in ("HTTP", "ONION", "STATUS")}
        values = ports | {
            "HTTPS": f"127.0.0.1:{self.port}",
            "PUBLIC_URL": "https://localhost",
            "STAFF_URL": "https://office.localhost",
            "READERS_APP": f"127.0.0.1:{self._site.port}",
            "TLS": str(self.folder / "tls"),
            "CACHE": str(self.folder / "cache"),
            "LOGS": str(self.folder / "logs"),
            "RUN": str(self.folder / "run"),
            "OPEN_FILES": str(_open_files()),
            "CONNECTIONS": str(_open_files() - _BESIDES),
        }
        written = self.folder / "etc"
        env = {"PATH": os.environ["PATH"]} | values
        subprocess.run(
            [sys.executable, "deploy/nginx/write.py", str(written)],
            cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        command = [program() or "nginx", "-c", str(written / "nginx.conf"), "-g", "daemon off;"]
        with (self.folder / "nginx.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + 10
        while not _answers(self.port):
            if time.monotonic() > until or self._process.poll() is not None:
                raise TimeoutError(f"nginx does not start: see {self.folder / 'nginx.log'}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None


def program() -> str | None:
    """Where nginx is, None for nowhere."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def how_many() -> int:
    """As many readers as this machine lets one process have connections, 10,000 at most."""
    return min(PEOPLE, _open_files() - _BESIDES)


def rush(nginx: Nginx, addresses: Sequence[str]) -> Crowd:
    """All readers come, ask at one moment and then each in its own time; the first addresses far more than the last."""
    weights = [1 / rank for rank in range(1, len(addresses) + 1)]
    where = Where(nginx.port, "localhost", addresses, weights)
    return asyncio.run(meet(where, how_many(), _SECONDS, _PAUSE))


def share_not_rendered(folder: Path) -> float:
    """Of the pages that the site answered, the part that it had or found to be good again; from its own figures.

    What nginx answered never came to the site: the share of all readers' answers is higher still.
    """
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    sources: Counter[str] = Counter()
    for metric in registry.collect():
        for sample in metric.samples:
            if sample.name == "memorial_requests_total" and sample.labels["kind"] != "healthz":
                sources[sample.labels["source"]] += int(sample.value)
    return 1 - sources[_RENDERED] / max(1, sources.total())


def _open_files() -> int:
    """How many files a process may hold; this one, and those that it starts, are let hold as many as may be."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 65_536 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return min(most, 65_536)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _certificate(folder: Path) -> None:
    """One that signs itself, for this drill."""
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    subprocess.run(
        ["openssl", "req", "-x509", *curve, *files, "-days", "2", "-subj", "/CN=localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
