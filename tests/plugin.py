"""Loaded by pytest before pytest-django: sets the environment, then Django may read it.

A `conftest.py` would come too late, because pytest-django reads the settings before it.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_MARK = "MEMORIAL_TESTS"  # set in the environment that xdist's workers inherit
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Tables with a trigger on TRUNCATE (bit 5 of its type).
_GUARDED_TABLES = """
    SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND (tgtype & 32) <> 0 AND pg_table_is_visible(pg_class.oid)
"""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Iterator[None]:
    """Give the tests an environment of their own, whatever the developer's says."""
    from memorial.errors import Misconfigured

    wants_tests = not {"--version", "-V", "--help", "-h"} & set(args)
    if wants_tests and not os.environ.get(_MARK):
        try:
            _set_environment(stable_name="--reuse-db" in args)
        except Misconfigured as error:
            pytest.exit(f"memorial: {error}", returncode=2)
    return (yield)


def _set_environment(*, stable_name: bool) -> None:
    url = os.environ.get("DATABASE_URL") or _embedded_url()
    for name in (
        "EMBEDDED_POSTGRES",
        "DATABASE_AS",
        "DEMO_SIGN_IN",
        "DEBUG",
        "ALLOWED_HOSTS",
        "WEB_PROCESS",
        "ADMIN_PATH",
        "DONATE_PUBLIC_KEYS",
        "DONATE_LOWEST_SERIAL",
    ):
        os.environ.pop(name, None)
    files = Path(tempfile.mkdtemp(prefix="memorial-tests-"))
    atexit.register(shutil.rmtree, files, ignore_errors=True)
    (files / "static").mkdir()  # whitenoise warns where collectstatic has never been
    # Its own name for every run, so that two runs do not drop each other's database.
    name = "test_memorial" if stable_name else f"test_memorial_{os.getpid()}"
    os.environ |= {
        _MARK: "1",
        "DATABASE_URL": url,
        "TEST_DATABASE_NAME": os.environ.get("TEST_DATABASE_NAME") or name,
        "SITE_ROLE": "both",
        "SECRET_KEY": "only for tests, " * 4,
        "FIELD_KEYS": "ZmllbGRzIG9mIHRlc3RzIGFyZSBzZWFsZWQgYnkgaXQ=",
        "PUBLIC_URL": "http://localhost:8000",
        "STAFF_URL": "http://localhost:8000",
        "VAR_DIR": str(files),
        "MEDIA_ROOT_PUBLIC": str(files / "media"),
        "MEDIA_ROOT_CONFIDENTIAL": str(files / "confidential"),
    }
    # Playwright's loop runs in the thread of the tests, whose database calls are quite synchronous.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def _embedded_url() -> str:
    from memorial import embedded

    socket = embedded.serve(ROOT / "var" / "postgres-test", durable=False)
    _drop_leftovers(socket)
    return embedded.connection_url(socket, "owner")


def _drop_leftovers(socket: Path) -> None:
    """Databases of runs that were killed: their name ends with a process that is no more."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(host=str(socket), user="owner", dbname="memorial", autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            found = re.fullmatch(r"test_memorial_(\d+)(_gw\d+)?", name)
            if found and not Path(f"/proc/{found[1]}").exists() and Path("/proc").exists():
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                connection.execute(drop)


def pytest_configure(config: pytest.Config) -> None:
    """Settings that only tests want, before anything has used them."""
    from django.conf import settings
    from django.core.files.storage import storages

    if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    # The manifest of static files exists only after collectstatic.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # Models with files have made Django remember the storages already.
    storages.backends["staticfiles"] = settings.STORAGES["staticfiles"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _let_tests_empty_tables()


def _let_tests_empty_tables() -> None:
    """Tests whose transactions are real ones (a live server's) empty all tables afterwards, which
    the triggers of the history refuse to everybody: they stand aside for that moment.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        from django.db import transaction

        with transaction.atomic(using=self.connection.alias):
            with self.connection.cursor() as cursor:
                cursor.execute(_GUARDED_TABLES)
                tables = [self.quote_name(name) for (name,) in cursor.fetchall()]
                for table in tables:
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            flush(self, sql_list)
            with self.connection.cursor() as cursor:
                for table in tables:
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    DatabaseOperations.execute_sql_flush = execute_sql_flush


def pytest_report_header(config: pytest.Config) -> str:
    """Which database and which browser this run uses."""
    url = os.environ.get("DATABASE_URL", "")
    server = "embedded PostgreSQL" if "%2F" in url else "PostgreSQL from DATABASE_URL"
    return f"memorial: {server}, {chromium() or 'no Chromium'}"


def chromium() -> str | None:
    """The system's browser: CHROMIUM in the environment, else the first one found."""
    named = os.environ.get("CHROMIUM")
    candidates = (named,) if named else _BROWSERS
    return next((found for name in candidates if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, with one plain line; never in `.ci/run`."""
    marked = [item for item in items if item.get_closest_marker("browser")]
    if not marked or chromium():
        return
    if os.environ.get("REQUIRE_BROWSER") == "1":
        raise pytest.UsageError("REQUIRE_BROWSER=1, and no Chromium was found: install it or set CHROMIUM.")
    reason = "no Chromium: install it, or set CHROMIUM to its path, to run the browser tests"
    for item in marked:
        item.add_marker(pytest.mark.skip(reason=reason))
