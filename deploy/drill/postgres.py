"""PostgreSQL servers of the drill's own: started, frozen, killed, copied and promoted, on loopback only."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg

from memorial.errors import Misconfigured

PROGRAMS: Final = ("initdb", "pg_ctl", "pg_basebackup", "postgres")
_SETTINGS: Final = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
shared_buffers = 48MB
wal_level = replica
max_wal_senders = 6
wal_keep_size = 256MB
hot_standby = on
hot_standby_feedback = on
wal_receiver_timeout = 5s
wal_sender_timeout = 5s
"""


def programs() -> Path:
    """The folder of PostgreSQL's programs: PG_BIN, or the newest of the system's.

    Raises Misconfigured where one of them is missing.
    """
    named = os.environ.get("PG_BIN", "")
    folders = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("pg_basebackup"):
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / name).exists() for name in PROGRAMS):
            return folder
    raise Misconfigured(
        f"The drill needs the programs {', '.join(PROGRAMS)} of a PostgreSQL server: apt install postgresql,"
        " or name their folder in PG_BIN."
    )


def account() -> pwd.struct_passwd | None:
    """Whom the servers run as: postgres or nobody for root, whom PostgreSQL refuses; None for the caller."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Misconfigured("PostgreSQL does not run as root: run the drill as somebody else.")


@dataclass
class Postgres:
    """One server: a folder of its own, a port, and the programs that it is made of."""

    home: Path
    port: int
    folder: Path = field(default_factory=programs)
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Its data directory."""
        return self.home / "data"

    def create(self) -> None:
        """A new cluster that trusts whoever is on this machine: nothing in it is anybody's."""
        self._own(self.home)
        self.run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
                 "--wal-segsize=4", f"--pgdata={self.data}")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS)
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write("host replication all 127.0.0.1/32 trust\n")

    def copy_of(self, primary: Postgres, name: str) -> None:
        """A replica, made by pg_basebackup, that follows the primary under a name."""
        self._own(self.home)
        self.run("pg_basebackup", f"--pgdata={self.data}", "--write-recovery-conf", "--checkpoint=fast",
                 f"--dbname=host=127.0.0.1 port={primary.port} user=postgres application_name={name}")  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it, and do not wait."""
        log = (self.home / "server.log").open("ab")
        command = [str(self.folder / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self._as_whom())
        log.close()

    def wait(self, seconds: float = 40) -> None:
        """Wait until it answers. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self.ask("SELECT 1", database="postgres")
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(f"PostgreSQL does not answer on port {self.port}")

    def stop(self) -> None:
        """Stop it in order, connections cut."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill -9 of the server and all its processes."""
        for pid in self._pids():
            _send(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)
        self.process = None

    def freeze(self) -> None:
        """Nothing moves any more, nothing is closed."""
        for pid in self._pids():
            _send(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """All goes on."""
        for pid in reversed(self._pids()):
            _send(pid, signal.SIGCONT)

    def promote(self) -> None:
        """Make a primary of a replica."""
        self.run("pg_ctl", "promote", f"--pgdata={self.data}", "--wait", "--timeout=30")

    def ask(self, statement: str, *, database: str = "memorial", user: str = "postgres") -> list[Any]:
        """The rows of a statement, in a connection of its own. Raises psycopg.Error."""
        address = f"host=127.0.0.1 port={self.port} user={user} dbname={database} connect_timeout=3"
        with psycopg.connect(address, autocommit=True) as connection:
            found = connection.execute(statement)
            return list(found.fetchall()) if found.description else []

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs. Raises RuntimeError with what it said."""
        done = subprocess.run([str(self.folder / program), *arguments], capture_output=True, check=False,
                              text=True, cwd="/", **self._as_whom())  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")

    def _as_whom(self) -> dict[str, Any]:
        who = account()
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (who := account()) is not None:
            os.chown(folder, who.pw_uid, who.pw_gid)

    def _pids(self) -> Sequence[int]:
        if self.process is None or self.process.poll() is not None:
            return []
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [parent, *map(int, children)]


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
