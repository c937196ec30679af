"""The site as the drill runs it: processes of the readers' site, and the editor, with the environment that decides all."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_NOT_OURS: Final = ("DATABASE_", "EMBEDDED_", "SITE_ROLE", "FIELD_KEYS", "CACHE_URL", "S3_", "PAGE_COPIES", "DJANGO_",
                    "READERS_ON", "WEB_", "MEDIA_", "VAR_DIR", "STATIC_ROOT", "TEST_DATABASE", "BIND", "PORT",
                    "HISTORY_", "MIRROR_", "DONATE_", "METRICS_")  # fmt: skip


def free_port() -> int:
    """A port of loopback at which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def environment(folder: Path, role: str, **given: str) -> dict[str, str]:
    """The environment of one process, with nothing in it of whoever runs the drill but paths and locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    office = {} if role == "public" else {"FIELD_KEYS": "ZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGwtZHI="}
    return kept | office | {
        "DJANGO_SETTINGS_MODULE": "memorial.settings",
        "PYTHONPATH": str(ROOT),
        "SITE_ROLE": role,
        "SECRET_KEY": "the drill signs nothing that anybody keeps, with this key",
        "PUBLIC_URL": "http://localhost",
        "STAFF_URL": "http://office.localhost",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
    } | given  # fmt: skip


def static_files(folder: Path) -> None:
    """What collectstatic would say of files that nobody asks for here."""
    names = [
        str(each.relative_to(ROOT / "static")) for each in (ROOT / "static").rglob("*") if each.is_file()
    ]
    (folder / "static").mkdir(parents=True, exist_ok=True)
    paths = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
    (folder / "static" / "staticfiles.json").write_text(json.dumps(paths))


@dataclass
class Site:
    """Readers' processes of one host: gunicorn with two workers."""

    folder: Path
    given: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers. Raises TimeoutError."""
        static_files(self.folder)
        env = environment(
            self.folder, "public", BIND=f"127.0.0.1:{self.port}", WEB_CONCURRENCY="2", **self.given
        )
        log = (self.folder / "site.log").open("ab")
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        until = time.monotonic() + 90
        while self.get("/healthz")[0] != 200:
            if time.monotonic() > until or self.process.poll() is not None:
                raise TimeoutError(f"the site does not start: see {self.folder / 'site.log'}")
            time.sleep(0.2)

    def get(self, path: str, seconds: float = 20.0) -> tuple[int, bytes]:
        """Status and body of an answer; 0 for none."""
        request = urllib.request.Request(f"http://localhost:{self.port}{path}")
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def kill_a_worker(self) -> None:
        """Kill -9 of one worker; gunicorn starts another."""
        if self.process is not None:
            parent = self.process.pid
            workers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
            os.kill(int(workers[0]), signal.SIGKILL)

    def stop(self) -> None:
        """End all its processes, and those alone."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


class Editor:
    """Edits without end; knows what was said to be saved."""

    def __init__(self, folder: Path, database: str, first: int, *, between: float = 0.2) -> None:
        self.saved: list[int] = []
        self.refused = 0
        self.hidden = threading.Event()
        self.why_not_hidden = ""
        self.last_saved_at = self.hidden_at = 0.0
        env = environment(folder, "staff", DATABASE_URL=database, WEB_PROCESS="1", PAGE_COPIES="0")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "editing.py"), str(first), str(between)], cwd=ROOT, env=env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / "editor.log").open("ab"), text=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def hide(self, slug: str) -> None:
        """Withdraw a person; `hidden` is set once that is committed."""
        if self._process.stdin is not None:
            self._process.stdin.write(f"hide {slug}\n")
            self._process.stdin.flush()

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait(10)
        self._reader.join(5)

    def _read(self) -> None:
        for line in self._process.stdout or ():
            word, _space, rest = line.strip().partition(" ")
            if word == "saved":
                self.saved.append(int(rest))
                self.last_saved_at = time.monotonic()
            elif word == "hidden":
                self.hidden_at = time.monotonic()
                self.hidden.set()
            elif word == "not-hidden":
                self.why_not_hidden = rest
            else:
                self.refused += 1
