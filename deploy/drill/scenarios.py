"""What happens to the servers while readers read and an editor edits. Each returns when all should be well again."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from postgres import Postgres
from readers import Readers
from readers_site import Editor, Site

SETTLED: Final = 4.0
"""Seconds in which all is to be as before, once what had failed is back."""


@dataclass
class Stage:
    """What a scenario may do things to."""

    primary: Postgres
    replicas: list[Postgres]
    sites: list[Site]
    readers: Readers
    editor: Editor
    redis: subprocess.Popen[bytes] | None = None
    slug: str = ""
    notes: list[str] = field(default_factory=list)


def killed(stage: Stage) -> None:
    """Kill -9 of PostgreSQL; five seconds later it is started and recovers."""
    stage.primary.kill()
    time.sleep(5)
    stage.primary.start()
    time.sleep(SETTLED)


def frozen(stage: Stage) -> None:
    """PostgreSQL takes connections and answers nothing, for eight seconds."""
    stage.primary.freeze()
    time.sleep(8)
    stage.primary.thaw()
    time.sleep(SETTLED)


def stopped(stage: Stage) -> None:
    """PostgreSQL is stopped for twenty seconds."""
    stage.primary.stop()
    time.sleep(20)
    stage.primary.start()
    time.sleep(SETTLED)


def disk_full(stage: Stage) -> None:
    """The disk under PostgreSQL is full for eight seconds, then it has room again."""
    filler = stage.primary.home / "filler"
    with suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(64 * 1024))
            file.flush()
    refused = stage.editor.refused
    # Its last segments of log hold some room yet: edits fill it.
    until = time.monotonic() + 12
    while stage.editor.refused == refused and time.monotonic() < until:
        with suppress(Exception):
            stage.primary.ask(
                "CREATE TABLE IF NOT EXISTS filler AS SELECT repeat('x', 500) FROM generate_series(1, 40000)"
            )
        time.sleep(0.3)
    if stage.editor.refused == refused:
        stage.notes.append("no edit was refused: the disk was not full")
    time.sleep(6)
    filler.unlink()
    if stage.primary.process is None or stage.primary.process.poll() is not None:
        stage.notes.append("PostgreSQL had ended itself, and was started")
        stage.primary.process = None
        stage.primary.start()
    stage.primary.wait()
    stage.primary.ask("DROP TABLE IF EXISTS filler")
    time.sleep(SETTLED)


def redis_gone(stage: Stage) -> None:
    """Kill -9 of the Redis that the hosts share; nobody starts it."""
    if stage.redis is not None:
        stage.redis.kill()
        stage.redis.wait(5)
    time.sleep(6)


def worker_killed(stage: Stage) -> None:
    """Kill -9 of one web worker at each host."""
    for site in stage.sites:
        site.kill_a_worker()
    time.sleep(6)


def replica_killed(stage: Stage) -> None:
    """Kill -9 of one of two replicas; later it is back."""
    stage.replicas[0].kill()
    time.sleep(6)
    stage.replicas[0].start()
    time.sleep(SETTLED)


def replica_frozen(stage: Stage) -> None:
    """One of two replicas takes connections and answers nothing, for eight seconds."""
    stage.replicas[1].freeze()
    time.sleep(8)
    stage.replicas[1].thaw()
    time.sleep(SETTLED)


def replicas_behind(stage: Stage) -> None:
    """Both replicas stop replaying; then somebody is hidden, and must not come back from them."""
    for replica in stage.replicas:
        replica.ask("SELECT pg_wal_replay_pause()")
    time.sleep(2)
    _hide(stage)
    time.sleep(8)
    stage.replicas[0].ask("SELECT pg_wal_replay_resume()")
    time.sleep(3)
    stage.replicas[1].ask("SELECT pg_wal_replay_resume()")
    time.sleep(SETTLED)


def failover(stage: Stage) -> None:
    """Kill -9 of the primary for good; a replica is promoted, the other follows it."""
    old, new, other = stage.primary, *stage.replicas
    old.kill()
    time.sleep(2)
    if _received(other) > _received(new):
        new, other = other, new
    new.promote()
    stage.primary, stage.replicas = new, [new, other]
    other.ask(
        f"ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port={new.port} user=postgres application_name=other'"
    )
    other.ask("SELECT pg_reload_conf()")
    time.sleep(6)
    _hide(stage)
    time.sleep(SETTLED + 2)


def _received(replica: Postgres) -> int:
    """How many bytes of the primary's log it has."""
    return int(replica.ask("SELECT pg_last_wal_receive_lsn() - '0/0'::pg_lsn")[0][0])


def _hide(stage: Stage) -> None:
    stage.editor.hide(stage.slug)
    if not stage.editor.hidden.wait(20):
        stage.notes.append(f"nobody was hidden {stage.editor.why_not_hidden}".strip())


SINGLE: Final[list[tuple[str, Callable[[Stage], None]]]] = [
    ("PostgreSQL killed -9", killed),
    ("PostgreSQL frozen", frozen),
    ("PostgreSQL stopped 20 s", stopped),
    ("PostgreSQL's disk full", disk_full),
    ("Redis gone", redis_gone),
    ("web workers killed -9", worker_killed),
]
MANY: Final[list[tuple[str, Callable[[Stage], None]]]] = [
    ("a replica killed -9", replica_killed),
    ("a replica frozen", replica_frozen),
    ("replicas behind, a hiding", replicas_behind),
    ("primary lost, failover", failover),
]


def remove(folder: Path) -> None:
    """Take away what the drill has made."""
    shutil.rmtree(folder, ignore_errors=True)
