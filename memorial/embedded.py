"""An embedded PostgreSQL for trying the site out: `serve()` starts or joins it.

It lives in `var/postgres` (root's in /var/lib/memorial-dev, see docs/decisions), listens on a
socket that only its owner can reach, trusts whoever reaches it, and is no place for real data.

Three files guard it, each with a kernel lock, which dies with its holder however it is killed:
`lock` is held while anything is started or stopped; `users` is shared by every process that uses
the server, and the last one to leave stops it; `alive` is inherited by the server's own
processes, so that "is one of them still there?" has an answer that no reused process number
can falsify.
"""

from __future__ import annotations

import atexit
import base64
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from memorial import embedded_server as server
from memorial.embedded_server import PORT, Cluster
from memorial.errors import Misconfigured

if TYPE_CHECKING:  # the driver is loaded only where a server is asked
    from psycopg import Connection

__all__ = [
    "DATABASE",
    "PORT",
    "connection_url",
    "donation_seed",
    "field_key",
    "leave",
    "secret_key",
    "serve",
    "stop",
]

DATABASE: Final = "memorial"
_ROLES_SQL: Final = Path(__file__).resolve().parent.parent / "deploy"
_LOCK_SECONDS: Final = 180
_OPEN: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
# Clusters this process uses: folder -> (descriptor of `users`, process that opened it).
_leases: dict[Path, tuple[int, int]] = {}


def serve(folder: Path, *, durable: bool = True) -> Path:
    """The folder of the socket of a server that is running and has its roles and database.

    Raises Misconfigured with one sentence. The server stops when the last process that called
    this has ended. `durable=False` is for tests.
    """
    folder = folder.resolve()
    cluster = server.locate(folder, durable=durable)
    with _locked(cluster):
        _take_lease(cluster)
        if not (_is_alive(cluster) and _answers(cluster)):
            _start(cluster)
        _require_roles(cluster)
    return cluster.socket


def stop(folder: Path) -> bool:
    """Stop the server of a folder unless a process uses it; whether none is running now."""
    if not folder.exists():
        return True
    cluster = server.locate(folder.resolve(), durable=True)
    with _locked(cluster):
        descriptor = os.open(folder / "users", _OPEN, 0o600)
        try:
            return _stop_if_unused(cluster, descriptor)
        finally:
            os.close(descriptor)


def leave(folder: Path) -> None:
    """This process needs the server no more; the last one to leave stops it. Called at exit."""
    folder = folder.resolve()
    descriptor, process = _leases.pop(folder, (-1, -1))
    if process != os.getpid():  # never joined, or a forked child: the lease is its parent's
        return
    try:
        # The mode of writing matters at the start only.
        cluster = server.locate(folder, durable=True)
        with _locked(cluster):
            _stop_if_unused(cluster, descriptor)
    except (Misconfigured, OSError):
        pass  # at exit there is nobody to tell; the next start sorts it out
    finally:
        os.close(descriptor)


def connection_url(socket: Path, user: str) -> str:
    """The same server as a DATABASE_URL."""
    host = str(socket).replace("%", "%25").replace("/", "%2F")
    return f"postgresql://{user}@{host}:{PORT}/{DATABASE}"


def secret_key(var: Path) -> str:
    """The signing key of a site for trying out, made once; raises Misconfigured if unreadable."""
    return _made_once(var / "secret_key", 48)


def field_key(var: Path) -> str:
    """The key of sealed texts of a site for trying out, made once: 32 bytes in base64; raises Misconfigured."""
    return _made_once(var / "field_key", 32) + "="


def donation_seed(var: Path) -> bytes:
    """What the demo's key of signed payment details is made of, made once: 32 bytes; raises Misconfigured.

    A real site's key is never on its server (docs/donations.md).
    """
    return base64.urlsafe_b64decode(_made_once(var / "donation_key", 32) + "=")


def _made_once(path: Path, length: int) -> str:
    """A random text of so many bytes that every later start reads again."""
    server.require_own(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        making = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        making.touch(mode=0o600)
        making.write_text(secrets.token_urlsafe(length))
        with suppress(FileExistsError):  # another process was quicker: its key is used
            os.link(making, path)
        making.unlink()
    return path.read_text().strip()


# --- Locks ------------------------------------------------------------------------------------


@contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    descriptor = os.open(cluster.folder / "lock", _OPEN, 0o600)
    try:
        if not server.wait_until(lambda: _flock(descriptor, fcntl.LOCK_EX), _LOCK_SECONDS):
            raise Misconfigured(
                f"Another process has been starting or stopping the database in {cluster.folder} "
                f"for {_LOCK_SECONDS} seconds: end it and try again."
            )
        yield
    finally:
        os.close(descriptor)


def _flock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_lease(cluster: Cluster) -> None:
    held = _leases.get(cluster.folder)
    if held and held[1] == os.getpid():
        return
    descriptor = os.open(cluster.folder / "users", _OPEN, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _leases[cluster.folder] = (descriptor, os.getpid())
    atexit.register(leave, cluster.folder)


def _stop_if_unused(cluster: Cluster, descriptor: int) -> bool:
    if not _flock(descriptor, fcntl.LOCK_EX):
        return False
    if _is_alive(cluster):
        server.stop(cluster)
    return True


def _alive(cluster: Cluster) -> int:
    return os.open(cluster.folder / "alive", _OPEN, 0o600)


def _is_alive(cluster: Cluster) -> bool:
    """Whether any process of the server lives, a child that outlived a killed server included."""
    descriptor = _alive(cluster)
    try:
        return not _flock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _superuser(cluster: Cluster) -> Connection:
    import psycopg

    return psycopg.connect(
        host=str(cluster.socket),
        port=PORT,
        user="postgres",
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _answers(cluster: Cluster) -> bool:
    """Whether a query is answered: of a server killed a moment ago every file still says "ready"."""
    import psycopg

    try:
        with _superuser(cluster) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


# --- Start ------------------------------------------------------------------------------------


def _start(cluster: Cluster) -> None:
    def settled() -> bool:
        return not _is_alive(cluster) or _answers(cluster)

    # Somebody's server that is recovering, stopping, or whose children are still leaving.
    if not server.wait_until(settled, 60):
        raise Misconfigured(
            f"Processes of a killed PostgreSQL still hold {cluster.data}: "
            f"end them (process {server.server_pid(cluster)}) and try again."
        )
    if _is_alive(cluster):
        return
    server.prepare(cluster)
    descriptor = _alive(cluster)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        server.start(cluster, descriptor)
    except Misconfigured:
        if cluster.durable or not cluster.data.exists():
            raise
        # The tests' own cluster, written without fsync, may not survive an outage: make it anew.
        shutil.rmtree(cluster.data)
        server.prepare(cluster)
        server.start(cluster, descriptor)
    finally:
        os.close(descriptor)


def _require_roles(cluster: Cluster) -> None:
    """Roles and database, once per cluster and version of the SQL; repeated if interrupted."""
    import psycopg
    from psycopg import sql

    statements = [(_ROLES_SQL / name).read_text() for name in ("roles.sql", "dev/membership.sql")]
    mark = cluster.folder / "roles-are-made"
    wanted = f"{cluster.data.stat().st_ino}\n{''.join(statements)}"
    if mark.exists() and mark.read_text() == wanted:
        return
    try:
        with _superuser(cluster) as connection:
            for statement in statements:
                connection.execute(statement.encode())
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if found.fetchone() is None:
                create = sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE template0 ENCODING 'UTF8'")
                connection.execute(create.format(sql.Identifier(DATABASE)))
    except psycopg.Error as error:
        raise Misconfigured(
            f"The embedded PostgreSQL refused its roles ({error}): see {cluster.log}."
        ) from error
    mark.write_text(wanted)
