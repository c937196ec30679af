"""The database of `make run`: joined, left, killed, interrupted, somebody else's."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from memorial import embedded, embedded_server
from memorial.errors import Misconfigured

ROOT = Path(__file__).resolve().parent.parent
SERVE = """
import sys, time
from pathlib import Path
from memorial import embedded
from memorial.errors import Misconfigured, refuse
try:
    print(embedded.serve(Path(sys.argv[1])), flush=True)
except Misconfigured as error:
    refuse(error)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where a cluster of this test may live; stopped and removed afterwards."""
    path = tmp_path / "var" / "postgres"
    yield path
    embedded.leave(path)
    if os.geteuid() == 0 and path.exists():
        home = embedded_server.locate(path.resolve(), durable=True).home
        assert home.parent == embedded_server.ROOT_HOME
        shutil.rmtree(home)


def connect(socket: Path, user: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(host=str(socket), user=user, dbname="memorial", autocommit=True)


def one(socket: Path, query: str, user: str = "postgres") -> object:
    with connect(socket, user) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def another_process(folder: Path) -> subprocess.Popen[str]:
    """A process that uses the server until its standard input is closed."""
    command = [sys.executable, "-c", SERVE, str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def server_process(folder: Path) -> int:
    pid = embedded_server.server_pid(embedded_server.locate(folder.resolve(), durable=True))
    assert pid is not None
    return pid


def is_running(folder: Path) -> bool:
    return embedded._is_alive(embedded_server.locate(folder.resolve(), durable=True))


def test_serve_makes_roles_that_grants_can_bind_and_a_database_that_knows_russian(folder: Path) -> None:
    socket = embedded.serve(folder)
    with connect(socket) as connection:
        roles = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolbypassrls FROM pg_roles "
            "WHERE rolname !~ '^pg_' ORDER BY 1"
        ).fetchall()
    assert roles == [
        ("owner", False, True, False),
        ("postgres", True, True, True),
        ("site_ro", False, False, False),
        ("staff_rw", False, False, False),
    ]
    assert one(socket, "SELECT lower('ЁЖИК')") == "ёжик"
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'memorial'"
    assert one(socket, owner) == "owner"
    with connect(socket, "owner") as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT cardinality(show_trgm('ёж'))").fetchone() == (3,)
        connection.execute("SET ROLE site_ro")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        one(socket, "CREATE TEMPORARY TABLE written (n int)", "site_ro")


def test_only_the_owner_of_the_socket_can_reach_the_server(folder: Path) -> None:
    socket = embedded.serve(folder)
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert one(socket, "SHOW listen_addresses") == ""
    assert one(socket, "SHOW fsync") == "on"


def test_the_tests_cluster_writes_without_waiting_for_the_disk(folder: Path) -> None:
    assert one(embedded.serve(folder, durable=False), "SHOW fsync") == "off"


def test_a_second_process_joins_and_the_last_one_to_leave_stops_the_server(folder: Path) -> None:
    with another_process(folder) as first, another_process(folder) as second:
        assert first_line(first) == first_line(second) != ""
        number = server_process(folder)
        first.communicate()
        assert is_running(folder)
        assert server_process(folder) == number
        second.communicate()
    assert not is_running(folder)


def test_a_process_killed_outright_leaves_a_server_that_the_next_one_finds_and_stops(folder: Path) -> None:
    with another_process(folder) as killed:
        assert first_line(killed)
        killed.kill()
    number = server_process(folder)
    assert is_running(folder)
    embedded.serve(folder)
    assert server_process(folder) == number
    embedded.leave(folder)
    assert not is_running(folder)


def test_a_killed_server_comes_back_with_what_was_committed(folder: Path) -> None:
    socket = embedded.serve(folder)
    with connect(socket, "owner") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'сохранено' AS word")
    os.kill(server_process(folder), signal.SIGKILL)
    assert embedded.serve(folder) == socket
    assert one(socket, "SELECT word FROM kept", "owner") == "сохранено"


def test_a_process_number_that_another_program_has_now_does_not_stop_the_start(folder: Path) -> None:
    socket = embedded.serve(folder)
    cluster = embedded_server.locate(folder.resolve(), durable=True)
    os.kill(server_process(folder), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while is_running(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:7], "ready   "]) + "\n")
    assert embedded.serve(folder) == socket
    assert one(socket, "SELECT 1") == 1


def test_an_interrupted_initdb_is_begun_anew(folder: Path) -> None:
    cluster = embedded_server.locate(folder.resolve(), durable=True)
    half_made = cluster.home / "data.new-interrupted"
    (half_made / "base").mkdir(parents=True)
    assert one(embedded.serve(folder), "SELECT 1") == 1
    assert not half_made.exists()


def test_processes_starting_at_once_from_nothing_share_one_server(folder: Path) -> None:
    processes = [another_process(folder) for _ in range(4)]
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(first_line, processes))
    errors = [process.communicate()[1] for process in processes]
    assert len(set(said)) == 1, errors
    assert said[0]
    assert errors == [""] * 4
    assert not is_running(folder)


def test_folders_of_another_user_are_refused_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    stranger = folder.stat().st_uid + 4321
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    with pytest.raises(Misconfigured, match=rf"belongs to .* and you are user {stranger}: run this as"):
        embedded.serve(folder)
    assert list(folder.iterdir()) == []


def test_no_parent_folder_is_opened(folder: Path) -> None:
    parents = [folder.parent, folder.parent.parent]
    folder.parent.mkdir()
    for parent in parents:
        parent.chmod(0o700)
    assert one(embedded.serve(folder), "SELECT 1") == 1
    assert [stat.S_IMODE(parent.stat().st_mode) for parent in parents] == [0o700, 0o700]


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere(folder: Path) -> None:
    deep = folder.joinpath(*["deep" * 10] * 3)
    socket = embedded.serve(deep)
    try:
        assert not socket.is_relative_to(folder)
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        assert one(socket, "SELECT 1") == 1
    finally:
        embedded.leave(deep)
    # A user's stands in a temporary folder of its own; root's beside its data, which stay.
    assert socket.exists() == (os.geteuid() == 0)


def test_data_of_another_version_is_left_alone(folder: Path) -> None:
    embedded.serve(folder)
    embedded.leave(folder)
    version = embedded_server.locate(folder.resolve(), durable=True).data / "PG_VERSION"
    version.write_text("9\n")
    with pytest.raises(Misconfigured, match=r"was made by PostgreSQL 9 and \d+ is installed"):
        embedded.serve(folder)
    assert version.read_text() == "9\n"


def test_stop_leaves_a_server_in_use_alone(folder: Path) -> None:
    with another_process(folder) as user:
        assert first_line(user)
        assert embedded.stop(folder) is False
        assert is_running(folder)
        user.kill()
    assert embedded.stop(folder) is True
    assert not is_running(folder)


def test_stop_without_a_cluster_makes_none(folder: Path) -> None:
    assert embedded.stop(folder) is True
    assert not folder.exists()


def test_the_secret_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        keys = set(pool.map(lambda _n: embedded.secret_key(tmp_path / "var"), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_the_key_of_sealed_texts_is_made_once_and_is_private(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        keys = set(pool.map(lambda _n: embedded.field_key(tmp_path / "var"), range(8)))
    assert len(keys) == 1
    assert len(base64.b64decode(keys.pop().replace("-", "+").replace("_", "/"), validate=True)) == 32
    assert stat.S_IMODE((tmp_path / "var" / "field_key").stat().st_mode) == 0o600
