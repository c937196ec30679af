"""An import that is interrupted goes on, and doubles nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection

from prisoners.importers import running
from prisoners.importers.writing import Batch
from prisoners.models import ImportKey, ImportRun, Prisoner
from tests.imports.test_import import state_of_everything
from tests.locks import wait_until_free

ROOT = Path(__file__).resolve().parents[2]


def people(count):
    return [
        {
            "key": str(n),
            "surname_ru": f"Вет{n}ров",
            "given_names_ru": "Егор",
            "summary_ru": "Инженер.",
            "detained_on": "2020",
            "facility": f"ИК-{n % 5}",
            "source_url": f"https://example.org/{n}",
        }
        for n in range(count)
    ]


@pytest.fixture
def breaks_at_third_batch(monkeypatch):
    """The trial passes; of writing, the third batch breaks in its middle."""
    write, calls = Batch.write, []

    def broken(self, rows):
        calls.append(rows)
        outcome = write(self, rows)
        if len(calls) == 5 + 3:
            raise KeyboardInterrupt
        return outcome

    monkeypatch.setattr(running, "BATCH", 10)
    monkeypatch.setattr(Batch, "write", broken)
    return monkeypatch


@pytest.mark.django_db
def test_a_run_that_broke_goes_on_where_it_stopped(table, run, breaks_at_third_batch):
    file = table(people(50))
    with pytest.raises(KeyboardInterrupt):
        run(file, "--apply", "--publish")
    assert Prisoner.objects.count() == 20
    stopped = ImportRun.objects.get()
    assert (stopped.state, stopped.rows_done) == (ImportRun.State.RUNNING, 20)
    ran = run(file, "--apply", "--publish")
    assert "Gone on after row 20" in ran.out
    assert "New: 30, updated: 0, unchanged: 0," in ran.out.splitlines()[-1]
    assert (
        Prisoner.objects.published().count() == ImportKey.objects.filter(prisoner__isnull=False).count() == 50
    )
    done = ImportRun.objects.get()
    assert (done.pk, done.state, done.rows_done) == (stopped.pk, ImportRun.State.DONE, 50)


@pytest.mark.django_db
def test_another_file_begins_anew_and_doubles_nothing(table, run, breaks_at_third_batch):
    with pytest.raises(KeyboardInterrupt):
        run(table(people(50)), "--apply")
    ran = run(table(people(51)), "--apply")
    assert "Gone on" not in ran.out
    assert Prisoner.objects.count() == 51
    assert "New: 31, updated: 0, unchanged: 20" in ran.out.splitlines()[-1]


@pytest.mark.django_db
def test_a_batch_has_a_fixed_number_of_queries(table, run, django_assert_max_num_queries):
    few, many = people(20), people(150)
    with django_assert_max_num_queries(1000) as first:
        run(table(few), "--apply", "--publish", source="few")
    with django_assert_max_num_queries(1000) as second:
        run(table([{**row, "given_names_ru": "Лев"} for row in many]), "--apply", "--publish", source="many")
    assert len(second) <= len(first)
    with django_assert_max_num_queries(1000) as few_again:
        run(table(few), "--apply", "--publish", source="few")
    with django_assert_max_num_queries(len(few_again)):
        run(table([{**row, "given_names_ru": "Лев"} for row in many]), "--apply", "--publish", source="many")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_process_is_resumed_by_the_next(table, run):
    file = table(people(900))
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    command = [sys.executable, "manage.py", "import_prisoners", str(file), "--apply", "--publish"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and Prisoner.objects.count() < 200 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    wait_until_free(running.LOCK)
    done = Prisoner.objects.count()
    assert 200 <= done < 900
    assert ImportRun.objects.get().rows_done == done
    ran = run(file, "--apply", "--publish")
    assert f"Gone on after row {done}" in ran.out
    assert Prisoner.objects.published().count() == 900
    before = state_of_everything()
    run(file, "--apply", "--publish")
    assert state_of_everything() == before


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_refused(table, run):
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [running.LOCK])
        with pytest.raises(CommandError, match="Another import is running"):
            run(table(people(1)), "--apply")
        # Closing the connection would free it too, but only when the server notices.
        other.execute("SELECT pg_advisory_unlock(%s)", [running.LOCK])
    run(table(people(1)), "--apply")
    assert Prisoner.objects.count() == 1
