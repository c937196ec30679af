"""The database frozen, killed, back again; the site's own process restarted meanwhile: readers get their page."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

import psycopg
import pytest
from django.conf import settings as conf
from django.db import OperationalError, connection

from memorial.copies.resting import resting
from memorial.postgres.deadline import ImpatientConnection, answered_within
from prisoners.models import Prisoner
from tests.copies.frozen import Door
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db(transaction=True)
MOST_SECONDS = 2.0


@pytest.fixture
def door():
    database = connection.settings_dict
    made = Door(database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432))
    yield made
    made.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def the_site(door, folder, port):
    """Readers' process of its own, as a server runs it: the role site_ro, two workers; ended by kill -9."""
    database = connection.settings_dict["NAME"]
    static_files(folder / "static")
    environment = {name: value for name, value in os.environ.items() if name != "FIELD_KEYS"} | {
        "SITE_ROLE": "public",
        "DATABASE_URL": f"postgresql://site_ro@127.0.0.1:{door.port}/{database}?sslmode=disable",
        "PUBLIC_URL": f"http://localhost:{port}",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "BIND": f"127.0.0.1:{port}",
        "EMBEDDED_POSTGRES": "",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    server = subprocess.Popen(command, cwd=conf.BASE_DIR, env=environment, start_new_session=True)
    try:
        wait_for(port, server)
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(10)


def static_files(folder):
    """What collectstatic would say of files that nobody asks for here."""
    names = [
        str(each.relative_to(conf.BASE_DIR / "static")) for each in (conf.BASE_DIR / "static").rglob("*")
    ]
    folder.mkdir(exist_ok=True)
    (folder / "staticfiles.json").write_text(
        json.dumps({"version": "1.1", "hash": "", "paths": {name: name for name in names}})
    )


def wait_for(port, server):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the site has ended"
        try:
            if ask(port, "/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the site does not answer")


def ask(port, path):
    """Status, headers, text and seconds of an answer."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30) as answer:
            status, headers, text = answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, headers, text = error.code, error.headers, error.read().decode()
    return SimpleNamespace(status=status, headers=headers, text=text, seconds=time.monotonic() - began)


def is_stale(answer):
    """A last good page, marked to the eye and to programs, in time."""
    assert answer.status == 200
    assert "Stale" in answer.headers["Warning"]
    assert answer.headers["ETag"] is None
    assert answer.seconds < MOST_SECONDS
    return '<p class="note" role="status">' in answer.text


def rests(answer):
    """503, in both languages, in time."""
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "<h1>" in answer.text
    assert answer.seconds < MOST_SECONDS


@pytest.mark.slow
def test_readers_get_the_last_good_page_and_the_new_one_when_the_database_is_back(door, tmp_path):
    person, other = PrisonerFactory(surname_ru="Абзалин"), PrisonerFactory(surname_ru="Бурмагин")
    asked = ["/ru/", "/en/prisoners/", person.get_absolute_url()]
    port = free_port()
    with the_site(door, tmp_path, port):
        for path in asked:
            first = ask(port, path)
            assert first.status == 200
            assert first.headers["Warning"] is None
        door.freeze()
        time.sleep(1.1)  # until the version is to be read again
        assert all(is_stale(ask(port, path)) for path in asked * 2)
        rests(ask(port, other.get_absolute_url()))
        assert ask(port, "/healthz").status == 200
    with the_site(door, tmp_path, port):  # a new process, which has never met its database
        assert all(is_stale(ask(port, path)) for path in asked)
        rests(ask(port, other.get_absolute_url()))
        door.slam()
        time.sleep(2.1)
        assert all(is_stale(ask(port, path)) for path in asked)
        door.open()
        Prisoner.objects.filter(pk=person.pk).update(summary_ru="Сказано иначе.")
        until = time.monotonic() + 6
        while "Сказано иначе." not in (answer := ask(port, person.get_absolute_url())).text:
            assert time.monotonic() < until, "an edit is to be seen within seconds"
            time.sleep(0.2)
        assert answer.headers["Warning"] is None
        # Each of the two workers finds out by itself.
        while ask(port, other.get_absolute_url()).status != 200:
            assert time.monotonic() < until, "the site is to be whole within seconds"
            time.sleep(0.2)


def connected(door):
    database = connection.settings_dict
    return ImpatientConnection.connect(
        host="127.0.0.1", port=door.port, user=database["USER"], dbname=database["NAME"], sslmode="disable"
    )


def test_a_query_is_given_up_in_time_and_its_connection_with_it(door):
    with connected(door) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
        door.freeze()
        began = time.monotonic()
        with answered_within(0.5), pytest.raises(psycopg.OperationalError, match="in time"):
            session.execute("SELECT 2")
        assert 0.4 < time.monotonic() - began < 1.5
        assert session.closed


def test_a_connection_is_not_waited_for_longer_than_there_is_time(door):
    door.freeze()
    began = time.monotonic()
    with answered_within(0.5), pytest.raises(psycopg.OperationalError, match="in time"):
        connected(door)
    assert 0.4 < time.monotonic() - began < 1.5


def test_a_slow_statement_is_not_given_up_where_there_is_time(door):
    with connected(door) as session, answered_within(5):
        assert session.execute("SELECT 3 FROM pg_sleep(0.4)").fetchone() == (3,)


def test_the_office_never_says_saved_and_keeps_what_was_typed(with_copies, editor):
    with_copies.force_login(editor)
    typed = {"surname_ru": "Абза<лин", "what_happened_ru": "Первая строка\nвторая", "password": "secret one"}
    with (
        patch("memorial.copies.pulse.fresh_version", side_effect=OperationalError),
        patch("django.db.backends.base.base.BaseDatabaseWrapper.cursor", side_effect=OperationalError),
    ):
        answer = with_copies.post("/admin/prisoners/prisoner/add/", typed)
        page = with_copies.get("/admin/prisoners/prisoner/add/")
    assert answer.status_code == page.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert "Абза&lt;лин" in text
    assert "Первая строка\nвторая" in text
    assert "secret one" not in text
    assert "<form" not in page.content.decode()
    assert not Prisoner.objects.exists()


def test_a_stranger_is_repeated_nothing(rf):
    answer = resting(rf.post("/admin/prisoners/prisoner/add/", {"surname_ru": "Абзалин"}))
    assert answer.status_code == 503
    assert "Абзалин" not in answer.content.decode()


def test_after_a_failure_the_database_is_left_alone_and_then_one_asks(copies):
    asked = []

    def away(_seconds):
        asked.append(1)
        raise OperationalError

    with patch("memorial.copies.pulse.fresh_version", side_effect=away):
        for _time in range(5):
            assert copies.pulse.read() is None
        assert asked == [1]
    copies.pulse._state.away_until = 0.0
    assert copies.pulse.read() is not None
