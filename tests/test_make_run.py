"""`make run` and the image's health check: what they refuse, and how they say it."""

from __future__ import annotations

import os
import runpy
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(script: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | changes
    command = [sys.executable, str(ROOT / script)]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=30)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_port_in_use_on_either_loopback_address_is_one_sentence(family: socket.AddressFamily) -> None:
    try:
        taken = socket.create_server(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0), family=family)
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with taken:
        port = taken.getsockname()[1]
        done = run("deploy/dev/run.py", PORT=str(port))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"memorial: Port {port} is in use by another program: stop it, or choose another port with "
        f"make run PORT={port + 1 if port < 65535 else 8001}.\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_sentence(port: str) -> None:
    done = run("deploy/dev/run.py", PORT=port)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"memorial: PORT is '{port}': ")


class Site(BaseHTTPRequestHandler):
    """Well only by its own name, as Django is."""

    def do_GET(self) -> None:
        is_well = self.headers["Host"] == "memorial.example" and self.path == "/healthz"
        self.send_response(200 if is_well else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def site() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("role", "public", "staff", "code"),
    [
        ("public", "https://memorial.example", "https://office.example", 0),
        ("staff", "https://office.example", "https://memorial.example", 0),
        ("public", "https://other.example", "https://memorial.example", 1),
    ],
)
def test_the_health_check_asks_by_the_process_s_own_name(
    site: int, role: str, public: str, staff: str, code: int
) -> None:
    done = run(
        "deploy/healthcheck.py", SITE_ROLE=role, PUBLIC_URL=public, STAFF_URL=staff, BIND=f"0.0.0.0:{site}"
    )
    assert done.returncode == code


def test_the_health_check_fails_where_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    done = run("deploy/healthcheck.py", BIND=f"0.0.0.0:{port}")
    assert done.returncode == 1
    assert "no answer" in done.stderr


def test_gunicorn_believes_no_header_and_writes_no_access_log() -> None:
    settings = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    assert settings["forwarded_allow_ips"] == ""
    assert settings["secure_scheme_headers"] == {}
    assert settings["accesslog"] is None
    assert settings["preload_app"] is True
