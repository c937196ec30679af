"""The environment: what is refused, in one sentence, and what each role gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from memorial import embedded, environment
from memorial.errors import Misconfigured

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "SITE_ROLE": "public",
    "DATABASE_URL": "postgresql://site_ro:secret-password@db.example:5432/memorial",
    "SECRET_KEY": "k" * 60,
    "PUBLIC_URL": "https://memorial.example",
    "STAFF_URL": "https://office.example",
}
FIELD_KEY = "a2V5cyBvZiB0ZXN0cyBzZWFsIG5vdGhpbmcgaGVyZS4="
MISTAKES = {
    "keys of sealed texts at the readers'": {"FIELD_KEYS": FIELD_KEY},
    "no keys in the office": {"SITE_ROLE": "staff", "FIELD_KEYS": ""},
    "no keys in both": {"SITE_ROLE": "both", "FIELD_KEYS": ""},
    "a short key": {"SITE_ROLE": "staff", "FIELD_KEYS": "c2hvcnQ="},
    "a key that is no base64": {"SITE_ROLE": "staff", "FIELD_KEYS": "ключ"},
    "a key twice": {"SITE_ROLE": "staff", "FIELD_KEYS": f"{FIELD_KEY},{FIELD_KEY}"},
    "a payment key that is none": {"DONATE_PUBLIC_KEYS": "c2hvcnQ="},
    "a payment key twice": {"DONATE_PUBLIC_KEYS": f"{FIELD_KEY}, {FIELD_KEY}"},
    "a lowest set of words": {"DONATE_LOWEST_SERIAL": "twelve"},
    "a lowest set below the first": {"DONATE_LOWEST_SERIAL": "0"},
    "no role": {"SITE_ROLE": ""},
    "unknown role": {"SITE_ROLE": "admin"},
    "no key": {"SECRET_KEY": ""},
    "short key": {"SECRET_KEY": "short"},
    "no database": {"DATABASE_URL": ""},
    "two databases": {"EMBEDDED_POSTGRES": "1"},
    "half a yes": {"EMBEDDED_POSTGRES": "perhaps"},
    "another kind of database": {"DATABASE_URL": "sqlite:///db.sqlite3"},
    "a database without a name": {"DATABASE_URL": "postgresql://site_ro@db.example"},
    "a database without a user": {"DATABASE_URL": "postgresql://db.example/memorial"},
    "a database with a port of letters": {"DATABASE_URL": "postgresql://site_ro@db.example:port/memorial"},
    "demo sign-in beside real people": {"DEMO_SIGN_IN": "1"},
    "debugging beside real people": {"DEBUG": "1"},
    "no public address": {"PUBLIC_URL": ""},
    "an address without a scheme": {"PUBLIC_URL": "memorial.example"},
    "an address with a path": {"PUBLIC_URL": "https://memorial.example/ru/"},
    "staff without an address": {"SITE_ROLE": "staff", "STAFF_URL": ""},
    "the office at the root": {"ADMIN_PATH": "/"},
    "the office among the pages": {"ADMIN_PATH": "ru/office/"},
    "an office nobody can type": {"ADMIN_PATH": "off ice/"},
    "one folder for all files": {"MEDIA_ROOT_PUBLIC": "/srv/files", "MEDIA_ROOT_CONFIDENTIAL": "/srv/files"},
    "confidential below public": {"MEDIA_ROOT_PUBLIC": "/srv/f", "MEDIA_ROOT_CONFIDENTIAL": "/srv/f/secret"},
    "public below confidential": {"MEDIA_ROOT_PUBLIC": "/srv/f/public", "MEDIA_ROOT_CONFIDENTIAL": "/srv/f"},
}
SHOW = """
import json
from memorial import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name, None) for name in names}}, default=str))
"""


def clean_environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    # The readers' process refuses the keys of sealed texts, the office needs them.
    keys = {} if changes.get("SITE_ROLE", "public") == "public" else {"FIELD_KEYS": FIELD_KEY}
    return kept | GOOD | keys | changes


def run(*command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environ = clean_environment(**changes)
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )


def settings_with(*names: str, **changes: str) -> dict[str, object]:
    done = run("-c", SHOW.format(names=names), **changes)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_ends_manage_with_one_sentence_and_code_2(mistake: dict[str, str]) -> None:
    done = run("manage.py", "check", **mistake)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("memorial: ")
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) > 40
    assert "secret-password" not in done.stderr
    named = {*mistake, "STAFF_URL"} - ({"SITE_ROLE"} if len(mistake) > 1 else set())
    assert any(name in done.stderr for name in named)


def test_the_server_refuses_in_the_same_words() -> None:
    done = run("-c", "import memorial.wsgi", SITE_ROLE="")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "SITE_ROLE" in done.stderr


def test_gunicorn_ends_with_the_sentence_instead_of_restarting_for_ever() -> None:
    command = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:0")
    environ = clean_environment(SITE_ROLE="", PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert done.stderr.count("memorial: SITE_ROLE") == 1
    assert "Traceback" not in done.stderr


def test_a_reader_s_process_has_nothing_of_the_office() -> None:
    found = settings_with(
        "INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES", "AUTH_USER_MODEL", "CSRF_TRUSTED_ORIGINS"
    )
    office = ("auth", "admin", "session", "csrf", "message", "staff", "prose_editor", "contenttypes")
    for name in ("INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES"):
        assert not [word for word in office if word in str(found[name]).lower()], name
    assert found["AUTH_USER_MODEL"] is None


def test_the_readers_process_loads_no_module_of_the_office() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'memorial.settings'; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "from django.core.handlers.wsgi import WSGIHandler; WSGIHandler(); "
        "print([name for name in sys.modules if name.startswith("
        "('django.contrib.auth.models', 'django.contrib.admin.models', 'django.contrib.sessions', "
        "'memorial.staff.', 'memorial.base.admin'))])"
    )
    done = run("-c", code)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


@pytest.mark.parametrize("role", ["staff", "both"])
def test_the_office_has_secure_cookies_that_public_pages_never_see(role: str) -> None:
    names = (
        "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_PATH",
        "LANGUAGE_COOKIE_PATH",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
    )
    found = settings_with(
        *names, "SESSION_COOKIE_AGE", "PASSWORD_HASHERS", SITE_ROLE=role, ADMIN_PATH="/office-7f/"
    )
    assert [found[name] for name in names] == ["/office-7f/"] * 3 + [True, True]
    assert found["SESSION_COOKIE_AGE"] == 8 * 60 * 60
    assert "Argon2" in str(found["PASSWORD_HASHERS"][0])  # type: ignore[index]


@pytest.mark.parametrize(
    ("role", "hosts"),
    [
        ("public", ["memorial.example", "mirror.example"]),
        ("staff", ["mirror.example", "office.example"]),
        ("both", ["memorial.example", "mirror.example", "office.example"]),
    ],
)
def test_a_process_answers_to_its_own_names_only(role: str, hosts: list[str]) -> None:
    found = settings_with("ALLOWED_HOSTS", SITE_ROLE=role, ALLOWED_HOSTS="mirror.example")
    assert found["ALLOWED_HOSTS"] == hosts


def test_only_pages_have_a_deadline() -> None:
    def timeout(**changes: str) -> str:
        databases = settings_with("DATABASES", **changes)["DATABASES"]
        return databases["default"]["OPTIONS"]["options"].split()[1]  # type: ignore[index]

    assert timeout() == "statement_timeout=0"
    assert timeout(WEB_PROCESS="1") == "statement_timeout=8000"
    assert timeout(WEB_PROCESS="1", SITE_ROLE="staff") == "statement_timeout=60000"


def test_the_embedded_database_brings_its_own_key_and_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = []
    monkeypatch.setattr(embedded, "serve", lambda folder: served.append(folder) or Path("/socket"))
    monkeypatch.setenv("EMBEDDED_POSTGRES", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    users = {}
    for role in environment.SITE_ROLES:
        choice = environment.database(tmp_path, role)
        assert choice.is_embedded
        assert choice.connection["HOST"] == "/socket"
        users[role] = choice.connection["USER"]
    assert users == {"public": "site_ro", "staff": "staff_rw", "both": "staff_rw"}
    assert served == [tmp_path / "postgres"] * 3
    assert len(environment.secret_key(tmp_path, is_embedded=True)) >= 50
    monkeypatch.setenv("DATABASE_AS", "postgres")
    with pytest.raises(Misconfigured, match="DATABASE_AS must be owner, staff_rw or site_ro"):
        environment.database(tmp_path, "both")


def test_a_flag_beside_the_embedded_database_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_SIGN_IN", "1")
    assert environment.only_when_embedded("DEMO_SIGN_IN", is_embedded=True) is True


def test_confidential_files_have_no_address_and_are_nobody_else_s() -> None:
    storages = settings_with("STORAGES")["STORAGES"]
    confidential = storages["confidential"]["OPTIONS"]  # type: ignore[index]
    assert confidential["base_url"] is None
    assert (confidential["file_permissions_mode"], confidential["directory_permissions_mode"]) == (
        0o600,
        0o700,
    )


def test_the_readers_process_has_no_keys_and_the_office_all_the_first_one_first() -> None:
    other = "b3RoZXIga2V5cyBvZiB0ZXN0cyBzZWFsIG5vdGhpbmc="
    assert settings_with("FIELD_KEYS")["FIELD_KEYS"] == []
    found = settings_with("FIELD_KEYS", SITE_ROLE="staff", FIELD_KEYS=f"{other}, {FIELD_KEY}")["FIELD_KEYS"]
    assert found == [repr(b"other keys of tests seal nothing"), repr(b"keys of tests seal nothing here.")]


def test_a_mistaken_key_is_not_repeated() -> None:
    said = run("manage.py", "check", SITE_ROLE="staff", FIELD_KEYS=f"{FIELD_KEY}x").stderr
    assert FIELD_KEY[:12] not in said
