"""`make run`: database, tables, invented people, static files, then the server, all of it local.

Everything it starts ends with it, however it ends; everything it does may be done again.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
VAR: Final = ROOT / "var"
sys.path.insert(0, str(ROOT))

from memorial import embedded  # noqa: E402
from memorial.errors import Misconfigured, refuse  # noqa: E402

# What a developer's own environment must not bring into a site for trying out.
FOREIGN: Final = (
    "DATABASE_URL", "DATABASE_AS", "SECRET_KEY", "FIELD_KEYS", "SITE_ROLE", "PUBLIC_URL", "STAFF_URL",
    "ADMIN_PATH", "ALLOWED_HOSTS", "STATIC_ROOT", "VAR_DIR", "MEDIA_ROOT_PUBLIC", "MEDIA_ROOT_CONFIDENTIAL",
    "WEB_PROCESS", "DONATE_PUBLIC_KEYS", "DONATE_LOWEST_SERIAL", "DEBUG", "DJANGO_SETTINGS_MODULE", "TEST_DATABASE_NAME",
)  # fmt: skip
LOOPBACK: Final = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
PR_SET_PDEATHSIG: Final = 1


class Stopped(Exception):
    """Somebody asked the site to stop."""


def main() -> None:
    """Serve until stopped; Misconfigured with one sentence if that cannot be."""
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, _stop)
    port = _port()
    binds = _free_addresses(port)
    env, sign_in = prepared_environment(port)
    server = _serve(env, binds)
    try:
        _wait_for_answer(server, port)
        _announce(port, sign_in)
        _watch(server)
    finally:
        _end(server)


def prepared_environment(port: int) -> tuple[dict[str, str], str]:
    """The environment of the site, once all is up to date, and what to tell about signing in."""
    env = _environment(port)
    embedded.serve(VAR / "postgres")
    with _alone("run.lock"):
        return env, _prepare(env)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _port() -> int:
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Misconfigured(f"PORT is {text!r}: set it to a number from 1024 to 65535, like PORT=8001.")
    if int(text) < 1024 and os.geteuid() != 0:
        raise Misconfigured(f"PORT={text} needs root: use a number from 1024 up, like PORT=8001.")
    return int(text)


def _free_addresses(port: int) -> list[str]:
    """Both loopback addresses, because a browser may take `localhost` for either."""
    binds = []
    for family, host in LOOPBACK:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE or host == "127.0.0.1":
                raise Misconfigured(
                    f"Port {port} is in use by another program: stop it, or choose another port with "
                    f"make run PORT={port + 1 if port < 65535 else 8001}."
                ) from error
            continue  # no IPv6 here
        binds.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return binds


def _environment(port: int) -> dict[str, str]:
    if os.environ.get("DATABASE_URL"):
        print("DATABASE_URL is not used: make run has a database of its own, with invented people.")
    address = f"http://localhost:{port}"
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {
        "EMBEDDED_POSTGRES": "1",
        "SITE_ROLE": "both",
        "DEMO_SIGN_IN": "1",
        "PUBLIC_URL": address,
        "STAFF_URL": address,
    }


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One run at a time changes tables and files; a second one waits for it."""
    with (VAR / name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another make run that is preparing the site …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare(env: dict[str, str]) -> str:
    """Bring database and files up to date; returns what to tell about signing in."""
    _run([sys.executable, "deploy/dev/compile_messages.py"], env)
    return _run([sys.executable, "deploy/dev/prepare.py"], env | {"DATABASE_AS": "owner"})


def _run(command: list[str], env: dict[str, str]) -> str:
    """What the command said; it has told the reason itself where it failed."""
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE)
    if done.returncode:
        raise Misconfigured("The site could not be made ready: the reason stands above.")
    return done.stdout.strip()


def _serve(env: dict[str, str], binds: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/dev/reloading.conf.py"]
    for bind in binds:
        command += ["--bind", bind]
    return subprocess.Popen(command, cwd=ROOT, env=env, preexec_fn=_die_with_parent)  # noqa: PLW1509 (no threads)


def _die_with_parent() -> None:
    """Even if this process is killed outright, the server does not go on without it (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for_answer(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Misconfigured("The server stopped at once: the reason stands above.")
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/ru/", timeout=30):
                return
        except urllib.error.HTTPError as error:
            print(f"The first page answered {error.code}: the reason stands above.", file=sys.stderr)
            return
        except OSError:
            time.sleep(0.1)
    raise Misconfigured("The server did not answer within 60 seconds: the reason may stand above.")


def _announce(port: int, sign_in: str) -> None:
    # localhost, not 127.0.0.1: a passkey cannot be bound to an IP address.
    address = f"http://localhost:{port}"
    print(f"\n  The site    {address}/ru/   {address}/en/\n  The office  {address}/admin/")
    for line in sign_in.splitlines():
        print(f"              {line}")
    print("\nFor trying out only, with invented people. Ctrl-C stops it.", flush=True)


def _watch(server: subprocess.Popen[bytes]) -> None:
    """Until the server ends; a database that was killed meanwhile is started again."""
    while True:
        try:
            server.wait(timeout=3)
        except subprocess.TimeoutExpired:
            embedded.serve(VAR / "postgres")
        else:
            raise Misconfigured(f"The server ended by itself with code {server.returncode}.")


def _end(server: subprocess.Popen[bytes]) -> None:
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C would only leave things half done
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=25)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    try:
        main()
    except Stopped:
        print("\nStopped.")
    except Misconfigured as error:
        refuse(error)
