"""Makes `.venv` with exactly the packages of requirements-dev.txt; the standard library only.

A stamp says what was installed. No stamp means an interrupted installation, which is begun anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
VAR = ROOT / "var"
LOG = VAR / "install.log"
REQUIREMENTS = ROOT / "requirements-dev.txt"
_OFFLINE = (
    "Temporary failure in name resolution", "Name or service not known", "Network is unreachable",
    "Failed to establish a new connection", "NewConnectionError", "No route to host", "Connection refused",
    "ProxyError", "Max retries exceeded", "nodename nor servname", "NameResolutionError",
)  # fmt: skip


def main() -> None:
    """Install if what is there is not what is wanted; one sentence and code 2 otherwise."""
    os.umask(0o022)
    for path in (ROOT, VENV, VAR):
        _require_own(path)
    VAR.mkdir(exist_ok=True)
    with (VAR / "install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another run that is installing the packages …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        if _wanted() != _installed():
            _install(lock.fileno())


def _wanted() -> str:
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"{digest}\n{sys.version_info[:2]}\n{VENV}\n"


def _installed() -> str:
    works = VENV / "bin" / "python"
    return STAMP.read_text() if STAMP.exists() and works.exists() else ""


def _install(lock: int) -> None:
    print("Installing the packages into .venv (a minute or two, once) …", flush=True)
    before = _installed().splitlines()
    STAMP.unlink(missing_ok=True)
    if before[1:] != _wanted().splitlines()[1:]:  # interrupted, moved, or another Python: anew
        shutil.rmtree(VENV, ignore_errors=True)
        pip = _make_venv()
    else:
        pip = _pip_command()
    command = [*pip, "install", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    # Without --no-deps pip looks past our pins for "coverage[toml]" as soon as a newer coverage is out.
    _run([*command, "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(REQUIREMENTS)], lock)
    STAMP.write_text(_wanted())


def _make_venv() -> list[str]:
    """The pip to install with: the environment's own, or where Debian left it out, the system's."""
    if _succeeds(sys.executable, "-m", "venv", str(VENV)):
        return _pip_command()
    # Debian ships venv without ensurepip; a system pip of 22.3 or newer can install from outside.
    shutil.rmtree(VENV, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "--python", str(VENV / "bin" / "python"))
    bare = _succeeds(sys.executable, "-m", "venv", "--without-pip", str(VENV))
    if not (bare and _succeeds(*pip, "--version")):
        shutil.rmtree(VENV, ignore_errors=True)
        _refuse("Python's venv module is missing here: install it (apt install python3-venv) and try again.")
    return list(pip)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _pip_command() -> list[str]:
    own = [str(VENV / "bin" / "python"), "-m", "pip"]
    if _succeeds(*own, "--version"):
        return own
    return [sys.executable, "-m", "pip", "--python", str(VENV / "bin" / "python")]


def _run(command: list[str], lock: int) -> None:
    with LOG.open("w") as log:
        # pip inherits the lock: if this process is killed, the next run waits until pip has ended.
        done = subprocess.run(
            command, check=False, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT, pass_fds=(lock,)
        )
    if done.returncode == 0:
        return
    said = LOG.read_text(errors="replace")
    if "DO NOT MATCH THE HASHES" in said:
        _refuse(f"A downloaded package is not the one that was checked: do not go on, see {LOG}.")
    if any(sign in said for sign in _OFFLINE):
        _refuse(f"No network: the packages could not be fetched. Connect and try again (details in {LOG}).")
    if "No space left" in said:
        _refuse("The disk is full: free about 1 GB and try again.")
    last = [line for line in said.splitlines() if line.strip()][-5:]
    _refuse("\n  ".join([f"The packages could not be installed. The end of {LOG}:", *last]))


def _require_own(path: Path) -> None:
    if not path.exists():
        return
    owner = path.stat().st_uid
    is_mine = owner == os.geteuid() or (path == ROOT and os.access(path, os.W_OK))
    if not is_mine:
        _refuse(
            f"{path} belongs to {_name(owner)} and you are {_name(os.geteuid())}: "
            f"run this as {_name(owner)}, or use a clone of your own."
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _refuse(sentence: str) -> NoReturn:
    print(f"memorial: {sentence}", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        _refuse("Interrupted; the next run begins the installation anew.")
    except OSError as error:
        _refuse(f"{error.filename or ROOT}: {error.strerror}.")
