"""A third language is a command and a migration: shown on a copy of the project, with a database of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

NOT_COPIED = shutil.ignore_patterns("var", ".git", "__pycache__", "node_modules", ".*", "*.zip")
INSIDE = '''
"""What the copy shows: pages in Ukrainian with Russian text marked as such, and a column more in the office."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection

from donations.models import DonorNotice, SafetyNotice
from memorial.page_kinds import PAGES
from memorial.translating.queue import Asked, queue
from prisoners.models import Prisoner
from tests.donations.notice_rows import approved, approved_text
from tests.office.conftest import groups, member
from tests.pages.world import everybody

__all__ = ["groups", "member"]
pytestmark = pytest.mark.django_db


def test_every_page_kind_answers_and_russian_text_is_marked(client):
    assert [code for code, _name in settings.LANGUAGES] == ["ru", "en", "uk"]
    person = everybody()[0]
    asked = 0
    for kind in PAGES:
        page = next(iter(kind.pages()), None)
        if page is not None:
            assert client.get(page.path("uk")).status_code == 200, kind.name
            asked += 1
    assert asked > 20
    text = client.get(f"/uk/prisoners/{person.slug}/").content.decode()
    assert '<html lang="uk">' in text
    assert 'lang="ru"' in text
    assert 'hreflang="uk"' in client.get("/ru/calendar/").content.decode()


def test_a_name_in_ukrainian_is_shown_sorted_and_readable_by_the_public_role(client, as_role):
    person = Prisoner.objects.create(slug="one", state="published", surname_ru="Хутор", surname_uk="Ґудзик")
    assert "Ґудзик" in client.get("/uk/prisoners/one/").content.decode()
    assert "Хутор" in client.get("/en/prisoners/one/").content.decode()
    person.refresh_from_db()
    assert person.sort_key_uk != person.sort_key_ru
    with as_role("site_ro"), connection.cursor() as cursor:
        cursor.execute("SELECT surname_uk, sort_key_uk FROM prisoners_prisoner")
        assert cursor.fetchone()[0] == "Ґудзик"


def test_the_office_has_a_column_more(member):
    page = member("editor").get("/admin/prisoners/prisoner/add/").content.decode()
    for code in ("ru", "en", "uk"):
        assert f'name="surname_{code}"' in page, code


def test_functions_of_the_database_carry_the_language_along():
    approved(level="caution", reason_uk="можуть прочитати на кордоні")
    approved_text(title_uk="Спочатку прочитайте", text_uk="<p>Перекази перевіряють.</p>")
    assert SafetyNotice.objects.get().reason_uk == "можуть прочитати на кордоні"
    assert DonorNotice.objects.get().title_uk == "Спочатку прочитайте"


def test_a_writer_that_does_not_know_the_language_leaves_it_empty_and_the_bare_column_follows():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO prisoners_theme (code, label, label_ru, label_en, label_m_ru, label_f_ru, \\"order\\")"
            " VALUES ('x', '', '', '', '', '', 1)"
            " RETURNING label, label_uk"
        )
        assert cursor.fetchone() == ("", "")
        cursor.execute("UPDATE prisoners_theme SET label_uk = 'плоти' WHERE code = 'x' RETURNING label")
        assert cursor.fetchone() == ("плоти",)


def test_the_desk_of_translation_has_the_language():
    person = Prisoner.objects.create(slug="one", state="published", surname_ru="Хутор", summary_ru="Коротко.")
    found, _total = queue(Asked("uk", table="prisoners_prisoner"))
    assert (person.pk, "summary") in [(one.row, one.field) for one in found]
'''


@pytest.fixture
def clone(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database of its own with the tables as they are before the language: as a server has them."""
    name = f"test_language_{os.getpid()}"
    with django_db_blocker.unblock():
        given = connection.get_connection_params()
        original = given.pop("dbname")
        for each in connections.all():
            each.close()
            if getattr(each, "pool", None):
                each.close_pool()
    told = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **told) as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(original)))
        yield name
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.mark.slow
def test_adding_ukrainian_is_a_command_and_a_migration(tmp_path, clone):
    copy = tmp_path / "site"
    shutil.copytree(settings.BASE_DIR, copy, ignore=NOT_COPIED)
    (copy / "tests" / "test_in_ukrainian.py").write_text(INSIDE, encoding="utf-8")
    env = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "TEST_DATABASE_NAME": clone}
    run(copy, env, "manage.py", "add_language", "uk")
    assert 'CODES: Final = ("ru", "en", "uk")' in (copy / "memorial" / "languages.py").read_text()
    assert (copy / "locale" / "uk" / "LC_MESSAGES" / "django.po").exists()
    run(copy, env, "manage.py", "makemigrations", "--check", "--dry-run")
    # `migrate` is run by the tests of the copy, on a database that has everything but the language.
    options = ("-q", "-p", "no:cacheprovider", "-n0", "--reuse-db")
    run(copy, env, "-m", "pytest", *options, "tests/test_in_ukrainian.py")


def run(where: Path, env: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=where, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
