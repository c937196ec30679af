"""A migration that is killed goes on, in whatever step, and doubles nothing; an invented site comes along whole."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from memorial.bench.wordpress_dump import people, write_rest, write_wxr
from prisoners.importers import running
from prisoners.importers.wordpress import addresses, envelopes, photos
from prisoners.models import (
    Citation,
    Facility,
    ImportKey,
    ImportRun,
    OldAddress,
    Photo,
    Prisoner,
    StaffNote,
    Stay,
)
from tests.imports.test_import import state_of_everything
from tests.locks import wait_until_free
from tests.prisoners.pictures import own_public_files, picture
from tests.wordpress.conftest import MAP, item

ROOT = Path(__file__).resolve().parents[2]
COUNTED = (Prisoner, Stay, Facility, StaffNote, OldAddress, Photo, Citation, ImportKey)
ADDRESS = "443021, г. Заречье, ул. Садовая, д. 1, СИЗО-1"


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def posts(count):
    return [
        item(
            number,
            f"{_surname(number)} Лев Адамович",
            content=f'<p>См. <a href="/?p={(number + 7) % count + 1}">дело</a>.</p>',
            meta={"letters": f"{ADDRESS}, {_surname(number)}у Льву", "_thumbnail_id": "900"},
        )
        for number in range(1, count + 1)
    ]


def _surname(number):
    return f"Вет{'аеиоуюялмнрс'[number - 1]}ров"


@pytest.fixture
def media(tmp_path, settings):
    own_public_files(settings, tmp_path)
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "foto.jpg").write_bytes(picture(size=(240, 300)))
    return tmp_path / "uploads"


class Killed(BaseException):
    """As a process that is killed: nothing below catches it."""


@pytest.mark.django_db
def test_killed_in_any_step_it_goes_on_and_is_as_if_it_had_not_been(dump, run, media, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 5)
    monkeypatch.setattr(addresses, "_BATCH", 10)
    attachment = item(
        900, kind="attachment", status="inherit", wp__attachment_url="https://old-site.example/foto.jpg"
    )
    path = dump(*posts(12), attachment)
    steps = (
        (running.FileImport, "_note_progress", 2),
        (addresses, "_write", 2),
        (envelopes.Envelopes, "_name", 5),
        (photos.PhotoImport, "_write", 3),
    )
    for place, name, times in steps:
        with monkeypatch.context() as patch:
            patch.setattr(place, name, _dying(getattr(place, name), times))
            with pytest.raises(Killed):
                run(path, media=media, apply=True)
    assert Prisoner.objects.count() == 12
    run(path, media=media, apply=True)
    whole = counts()
    assert whole == {
        "Prisoner": 12, "Stay": 12, "Facility": 1, "StaffNote": 0, "OldAddress": 12 * 3 + 2, "Photo": 12,
        "Citation": 13, "ImportKey": 13,
    }  # fmt: skip
    assert all(
        "/ru/prisoners/" in text for text in Prisoner.objects.values_list("what_happened_ru", flat=True)
    )
    before = state_of_everything()
    run(path, media=media, apply=True)
    assert state_of_everything() == before


def _dying(function, times):
    calls = []

    def wrapped(*arguments, **options):
        calls.append(1)
        if len(calls) == times:
            raise Killed
        return function(*arguments, **options)

    return wrapped


@pytest.mark.django_db
def test_a_rest_dump_says_what_the_export_says(tmp_path, run):
    call_command("seed_vocabularies", verbosity=0, stdout=io.StringIO())
    write_rest(tmp_path / "rest", 30)
    run(tmp_path / "rest", apply=True)
    columns = ("surname_ru", "given_names_ru", "born", "what_happened_ru", "why_political_ru", "charges_ru")
    by_rest = list(Prisoner.objects.order_by("surname_ru").values_list(*columns))
    addresses_by_rest = OldAddress.objects.count()
    Prisoner.objects.all().delete()
    OldAddress.objects.all().delete()
    rules = tmp_path / "again.toml"
    rules.write_text(
        MAP.read_text(encoding="utf-8").replace('"old-site"', '"old-site-again"'), encoding="utf-8"
    )
    write_wxr(tmp_path / "dump.xml", 30)
    run(tmp_path / "dump.xml", map=rules, apply=True)
    assert list(Prisoner.objects.order_by("surname_ru").values_list(*columns)) == by_rest
    # The export has English pages and their addresses besides.
    assert OldAddress.objects.count() >= addresses_by_rest


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_process_is_resumed_and_an_invented_site_comes_along_whole(tmp_path, run):
    call_command("seed_vocabularies", verbosity=0, stdout=io.StringIO())
    path, count = tmp_path / "dump.xml", 450
    write_wxr(path, count)
    wanted = sum(one.status != "trash" for one in people(count))
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [
            sys.executable,
            "manage.py",
            "import_wordpress",
            str(path),
            "--map",
            str(MAP),
            "--apply",
            "--publish",
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 90
        while time.monotonic() < until and Prisoner.objects.count() < 200 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    wait_until_free(running.LOCK)
    done = Prisoner.objects.count()
    assert 200 <= done < wanted
    assert ImportRun.objects.get().rows_done == done
    ran = run(path, apply=True, publish=True)
    assert f"Gone on after row {done}" in ran.out
    assert Prisoner.objects.count() == wanted
    drafts = sum(one.status not in ("trash", "publish") for one in people(count))
    assert Prisoner.objects.published().count() == wanted - drafts
    before = state_of_everything()
    run(path, apply=True, publish=True)
    assert state_of_everything() == before
