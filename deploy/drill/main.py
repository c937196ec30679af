"""`make drill`: what fails on a server is made to fail, on loopback, while readers read and an editor edits.

    make drill                          all of it: some six minutes, more where the machine is busy
    make drill ARGS="--only frozen"     scenarios whose name holds a word
    make drill ARGS="--keep"            leave the folder, to read its logs

Prints a table; the code is 1 where a scenario failed. Needs PostgreSQL's own programs (PG_BIN names them);
Redis, nginx and a small disk (root may mount one, or DRILL_SMALL_DISK names one) are done without, and said.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from postgres import Postgres, account, programs  # noqa: E402
from readers import Readers  # noqa: E402
from readers_site import Editor, Site, environment, free_port  # noqa: E402
from rush import BETWEEN_EDITS, PEOPLE, Nginx, how_many, rush, share_not_rendered  # noqa: E402
from rush import program as nginx_program  # noqa: E402
from scenarios import MANY, SINGLE, Stage, remove  # noqa: E402

from memorial.errors import Misconfigured, refuse  # noqa: E402

_GOOD_SHARE: Final = 0.99
_SLOWEST: Final = 6.0
_RUSH: Final = f"{PEOPLE:,} readers at once"
_IN_A_RUSH: Final = 20.0
"""Seconds that all but a hundredth may wait when everybody asks at one moment, the crowd on the same two cores."""
_FROM_COPIES: Final = 0.9
_SMALL_DISK: Final = "300m"
_BEFORE: Final = 3.0
_GONE_WITHIN: Final = 5.0
"""Seconds after its commit in which a hiding has reached every reader; 60 is what is promised."""
Scenario = Callable[[Stage], None]


@dataclass
class Outcome:
    """One line of the table."""

    name: str
    share: float
    slowest: float
    saved: int
    lost: int
    notes: list[str]
    patience: float = _SLOWEST
    remark: str = ""

    @property
    def is_good(self) -> bool:
        """Whether all was as it must be."""
        return (
            self.share >= _GOOD_SHARE and self.slowest <= self.patience and not self.lost and not self.notes
        )


def main() -> int:
    """0 if every scenario went well. Raises Misconfigured with one sentence."""
    asked = _asked()
    programs()
    folder = Path(tempfile.mkdtemp(prefix="memorial-drill-"))
    folder.chmod(0o755)
    try:
        with ExitStack() as stack:
            outcomes = list(_all(folder, asked.only, stack))
    finally:
        if asked.keep:
            print(f"The logs are in {folder}")
        else:
            remove(folder)
    failed = [each.name for each in outcomes if not each.is_good]
    print(f"\n{len(outcomes)} scenarios, {'failed: ' + ', '.join(failed) if failed else 'all good'}")
    return 1 if failed or not outcomes else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make drill", description="Makes fail what fails, on loopback.")
    parser.add_argument("--only", default="", help="scenarios whose name holds this")
    parser.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    return parser.parse_args()


def _all(folder: Path, only: str, stack: ExitStack) -> Iterator[Outcome]:
    single = [each for each in SINGLE if only in each[0]]
    many = [each for each in MANY if only in each[0]]
    disk = folder / "disk"
    if not stack.enter_context(_small_disk(disk)) and any("disk" in name for name, _do in single):
        print(
            "Not tried: a full disk, which needs root to mount a small one, or DRILL_SMALL_DISK to name one."
        )
        single = [each for each in single if "disk" not in each[0]]
    primary = Postgres(disk / "primary", free_port())
    print("A cluster with invented people is being made …", flush=True)
    _fill(primary, folder)
    stack.callback(primary.kill)
    _headline()
    for name, do in single:
        yield _played(name, do, _single_host(folder, primary))
    if only in _RUSH:
        if nginx_program() is None:
            print(f"Not tried: {_RUSH}, which needs nginx.")
        else:
            yield _rushed(folder, primary)
    if many:
        replicas = [Postgres(folder / name, free_port()) for name in ("one", "two")]
        for replica, name in zip(replicas, ("one", "two"), strict=True):
            replica.copy_of(primary, name)
            replica.start()
            stack.callback(replica.kill)
        # A change is saved once a replica has it, too: what was said to be saved outlives the primary.
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (one, two)'")
        primary.ask("SELECT pg_reload_conf()")
        for name, do in many:
            yield _played(name, do, _many_hosts(folder, primary, replicas))


def _fill(primary: Postgres, folder: Path) -> None:
    primary.create()
    primary.start()
    with (ROOT / "deploy" / "roles.sql").open() as file:
        primary.ask(file.read(), database="postgres")
    primary.ask(
        "CREATE DATABASE memorial OWNER owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
        database="postgres",
    )
    env = environment(folder, "staff", DATABASE_URL=f"postgresql://owner@127.0.0.1:{primary.port}/memorial")
    world = [sys.executable, str(Path(__file__).parent / "world.py")]
    subprocess.run(world, cwd=ROOT, env=env, check=True)


def _single_host(folder: Path, primary: Postgres) -> Callable[[ExitStack], Stage]:
    def made(stack: ExitStack) -> Stage:
        redis, cache = _redis(folder, stack)
        given = {"DATABASE_URL": f"postgresql://site_ro@127.0.0.1:{primary.port}/memorial"} | cache
        site = _started(Site(folder / "host", given), stack)
        return _stage(folder, primary, [], [site], stack, redis=redis)

    return made


def _many_hosts(folder: Path, primary: Postgres, replicas: list[Postgres]) -> Callable[[ExitStack], Stage]:
    def made(stack: ExitStack) -> Stage:
        redis, cache = _redis(folder, stack)
        given = cache | {
            "DATABASE_URL": _any_of("site_ro", [primary, *replicas]),
            "DATABASE_REPLICA_URLS": " ".join(
                f"postgresql://site_ro@127.0.0.1:{each.port}/memorial" for each in replicas
            ),
        }
        sites = [_started(Site(folder / f"host-{name}", given), stack) for name in ("one", "two")]
        return _stage(folder, primary, replicas, sites, stack, redis=redis)

    return made


def _any_of(role: str, servers: list[Postgres]) -> str:
    """The address of whichever of the servers is the primary, before a failover and after it."""
    places = ",".join(f"127.0.0.1:{each.port}" for each in servers)
    return f"postgresql://{role}@{places}/memorial?target_session_attrs=primary"


def _stage(
    folder: Path, primary: Postgres, replicas: list[Postgres], sites: list[Site], stack: ExitStack,
    *, redis: subprocess.Popen[bytes] | None,
) -> Stage:  # fmt: skip
    watched, addresses = _addresses(primary)
    for site in sites:
        for address in [*addresses, f"/ru/prisoners/{watched}/"] * 2:
            site.get(address, 60)
    readers_there = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'site_ro'"
    is_read = not replicas or any(replica.ask(readers_there)[0][0] for replica in replicas)
    readers = Readers(sites, addresses, f"/ru/prisoners/{watched}/" if replicas else "")
    editor = Editor(folder, _any_of("staff_rw", [primary, *replicas]), _next_edit(primary))
    stack.callback(editor.stop)
    notes = [] if is_read else ["no replica was read from"]
    return Stage(primary, replicas, sites, readers, editor, redis, watched, notes)


def _addresses(primary: Postgres) -> tuple[str, list[str]]:
    """Somebody who is to vanish, and the addresses that everybody reads."""
    rows = primary.ask(
        "SELECT slug FROM prisoners_prisoner WHERE state = 'published' ORDER BY id OFFSET 10 LIMIT 12"
    )
    watched, *slugs = [slug for (slug,) in rows]
    people = [f"/ru/prisoners/{slug}/" for slug in slugs]
    return watched, ["/ru/", "/en/", "/ru/prisoners/", "/en/cases/", *people]


def _next_edit(primary: Postgres) -> int:
    """A number that no edit has had."""
    return 1 + int(primary.ask("SELECT coalesce(max(id), 0) FROM base_historyentry")[0][0])


def _played(name: str, do: Scenario, made: Callable[[ExitStack], Stage]) -> Outcome:
    with ExitStack() as stack:
        stage = made(stack)
        stage.readers.start()
        try:
            _wait_for_an_edit(stage)
            time.sleep(_BEFORE)
            do(stage)
            well_again = time.monotonic()
            time.sleep(2)
        finally:
            stage.readers.stop()
        if stage.editor.last_saved_at < well_again - 1:
            stage.notes.append("edits did not go on afterwards")
        stage.editor.stop()
        outcome = _judged(name, stage)
    print(_line(outcome), flush=True)
    return outcome


def _rushed(folder: Path, primary: Postgres) -> Outcome:
    """Everybody comes at once, through nginx, while somebody edits every ten seconds."""
    home = folder / "rush"
    with ExitStack() as stack:
        metrics = home / "metrics"
        address = f"postgresql://site_ro@127.0.0.1:{primary.port}/memorial"
        given = {"DATABASE_URL": address, "METRICS_FOLDER": str(metrics)}
        site = _started(Site(home, given), stack)
        nginx = Nginx(home / "nginx", site)
        stack.callback(nginx.stop)
        nginx.start()
        office = f"postgresql://staff_rw@127.0.0.1:{primary.port}/memorial"
        editor = Editor(folder, office, _next_edit(primary), between=BETWEEN_EDITS)
        stack.callback(editor.stop)
        _watched, addresses = _addresses(primary)
        crowd = rush(nginx, addresses)
        editor.stop()
        rendered_not = share_not_rendered(metrics)
    notes = [] if crowd.good == crowd.asked else [f"answers: {dict(sorted(crowd.statuses.items()))}"]
    if crowd.most_open < how_many():
        notes.append(f"only {crowd.most_open:,} connections were open at once")
    if rendered_not < _FROM_COPIES:
        notes.append(f"{100 * (1 - rendered_not):.0f} % of what reached the site was rendered")
    if not editor.saved:
        notes.append("nothing was saved")
    rate = crowd.asked / (crowd.ended - crowd.began)
    remark = (
        f"{crowd.most_open:,} connections, {crowd.asked:,} answers, {rate:,.0f} a second;"
        f" half within {crowd.slower_than_all_but(0.5):.3f} s; slowest is of 99 in 100;"
        f" of what reached the site, {100 * rendered_not:.1f} % from copies"
    )
    outcome = Outcome(
        _RUSH, crowd.good / max(1, crowd.asked), crowd.slower_than_all_but(0.01), len(editor.saved),
        len(_lost(primary, editor)), notes, _IN_A_RUSH, remark,
    )  # fmt: skip
    print(_line(outcome), flush=True)
    return outcome


def _lost(primary: Postgres, editor: Editor) -> list[int]:
    """Edits that were said to be saved, and are not in the history."""
    kept = {
        int(number)
        for (number,) in primary.ask(
            "SELECT substring(after->>'summary_ru' FROM 'Учебная правка ([0-9]+)') FROM base_historyentry"
            " WHERE actor = 'command:drill' AND after->>'summary_ru' LIKE 'Учебная правка %'"
        )
    }
    return [number for number in editor.saved if number not in kept]


def _judged(name: str, stage: Stage) -> Outcome:
    lost = _lost(stage.primary, stage.editor)
    readers, hidden_at = stage.readers, stage.editor.hidden_at
    if hidden_at and (
        late := [at - hidden_at for at in readers.seen_hidden if at - hidden_at > _GONE_WITHIN]
    ):
        stage.notes.append(f"who was hidden was shown {max(late):.1f} s later")
    if not stage.editor.saved:
        stage.notes.append("nothing was saved")
    if readers.share < _GOOD_SHARE:
        stage.notes.append(f"answers: {dict(sorted(readers.statuses.items()))}")
    return Outcome(name, readers.share, readers.slowest, len(stage.editor.saved), len(lost), stage.notes)


def _wait_for_an_edit(stage: Stage) -> None:
    until = time.monotonic() + 60
    while not stage.editor.saved:
        if time.monotonic() > until:
            raise TimeoutError("the editor saves nothing")
        time.sleep(0.2)


def _started(site: Site, stack: ExitStack) -> Site:
    stack.callback(site.stop)
    site.start()
    return site


def _redis(folder: Path, stack: ExitStack) -> tuple[subprocess.Popen[bytes] | None, dict[str, str]]:
    program = shutil.which("redis-server")
    if program is None:
        return None, {}
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    stack.callback(redis.kill)
    return redis, {"CACHE_URL": f"redis://127.0.0.1:{port}/0"}


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A folder on a disk of its own that may be filled; False where it is only a folder."""
    folder.mkdir(mode=0o755)
    if named := os.environ.get("DRILL_SMALL_DISK"):
        folder.rmdir()
        folder.symlink_to(Path(named).resolve(), target_is_directory=True)
        yield True
        return
    options = f"size={_SMALL_DISK},mode=0755"
    command = ["mount", "-t", "tmpfs", "-o", options, "memorial-drill", str(folder)]
    is_small = (
        account() is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    try:
        yield is_small
    finally:
        if is_small:
            subprocess.run(["umount", str(folder)], check=False)


def _headline() -> None:
    print(f"\n{'scenario':<28} {'good':>7} {'slowest':>8} {'saved':>6} {'lost':>5}  verdict", flush=True)


def _line(outcome: Outcome) -> str:
    verdict = "good" if outcome.is_good else "FAILED " + "; ".join(outcome.notes)
    share = f"{100 * outcome.share:.2f}%"
    return re.sub(
        r"\s+$", "",
        f"{outcome.name:<28} {share:>7} {outcome.slowest:>6.1f} s {outcome.saved:>6} {outcome.lost:>5}  {verdict}",
    ) + (f"\n    {outcome.remark}" if outcome.remark else "")  # fmt: skip


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Misconfigured as error:
        refuse(error)
