"""Debian's nginx with the shipped configuration, on ports of its own, before a program of the tests."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from tests.deploy_nginx.program import Program

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
WRITE = "deploy/nginx/write.py"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def written(folder: Path, **values: str) -> subprocess.CompletedProcess:
    """write.py, as somebody calls it on a server."""
    return subprocess.run(
        [sys.executable, WRITE, str(folder)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **values},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def nginx(**values: str):
    """A running nginx; `ports` by name, `folder` with its logs. Ended by its id."""
    if not Path(NGINX).exists():
        pytest.skip("no nginx here; .ci/run installs it")
    folder = Path(tempfile.mkdtemp(prefix="memorial-nginx-"))
    folder.chmod(0o755)  # its workers are nobody in particular
    ports = {name: free_port() for name in ("HTTP", "HTTPS", "ONION", "STATUS")}
    for name in ("tls", "logs", "run"):
        (folder / name).mkdir()
    certificate(folder / "tls")
    environment = {
        "PUBLIC_URL": "https://site.test",
        "STAFF_URL": "https://office.test",
        "TLS": str(folder / "tls"),
        "CACHE": str(folder / "cache"),
        "LOGS": str(folder / "logs"),
        "RUN": str(folder / "run"),
        "CONNECTIONS": "512",
        "OPEN_FILES": "1024",
        **{name: f"127.0.0.1:{port}" for name, port in ports.items()},
        **values,
    }
    done = written(folder / "etc", **environment)
    assert done.returncode == 0, done.stderr
    command = [NGINX, "-c", str(folder / "etc" / "nginx.conf")]
    test = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert test.returncode == 0, test.stderr
    assert "[warn]" not in test.stderr.replace('"user" directive makes sense only', "")
    server = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 10
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", ports["STATUS"])) == 0:
                    break
            assert server.poll() is None, server.stderr.read()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield SimpleNamespace(ports=ports, folder=folder)
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def certificate(folder: Path) -> None:
    """One that signs itself, for both names."""
    openssl = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(
        [*openssl, *files, "-days", "2", "-subj", "/CN=site.test"], check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def server():
    """An nginx with a readers' program and an office's behind it."""
    readers, office = Program(), Program()
    apps = {"READERS_APP": f"127.0.0.1:{readers.port}", "OFFICE_APP": f"127.0.0.1:{office.port}"}
    with nginx(**apps) as running:
        running.readers, running.office = readers, office
        yield running
    readers.end()
    office.end()


@pytest.fixture
def reader(server):
    """Asks nginx as a reader does, by https; the program has forgotten what was asked before."""
    server.readers.__dict__.update(asked=[], status=200, seconds=0.0, body="страница " * 200)
    server.readers.headers = {"Cache-Control": "public, max-age=30, must-revalidate"}
    return lambda path, **said: ask(server.ports["HTTPS"], path, **said)


def ask(port, path, *, name="site.test", method="GET", body=None, **headers):
    """Status, headers in small letters, and bytes of one answer."""
    trusts = ssl.create_default_context()
    trusts.check_hostname, trusts.verify_mode = False, ssl.CERT_NONE
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=40, context=trusts)
    # The name is in the greeting as well, by which nginx finds its server.
    line.sock = trusts.wrap_socket(socket.create_connection(("127.0.0.1", port), 40), server_hostname=name)
    line.request(
        method,
        path,
        body=body,
        headers={"Host": name, **{k.replace("_", "-"): v for k, v in headers.items()}},
    )
    answer = line.getresponse()
    found = SimpleNamespace(
        status=answer.status, headers={k.lower(): v for k, v in answer.getheaders()}, body=answer.read()
    )
    line.close()
    return found
