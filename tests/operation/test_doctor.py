"""Each look of the doctor meets what it is there for: the thing is broken for real, and the sentence is read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone, translation

from memorial.base import encryption
from memorial.doctor import ages, examining, outside, places, program, rights
from memorial.doctor.examining import Result, all_checks, examine
from memorial.doctor.registry import CHECKS, Level, check, fine
from memorial.due.models import DueWork

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def looked(name: str) -> Result:
    found = [result for result in examine([name]) if result.name == name]
    assert found, f"no look named {name}"
    return found[-1]


def said(name: str) -> str:
    return " ".join(f"{finding.said} {finding.mend}" for finding in looked(name).findings)


def sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)


def test_a_good_database_is_said_to_be_good():
    for name in (
        "database",
        "kind of database",
        "migrations",
        "triggers",
        "grants",
        "row rules",
        "clock",
        "due work",
    ):
        assert looked(name).level == Level.FINE, said(name)


def test_two_looks_have_two_names():
    all_checks()
    with pytest.raises(ValueError, match="one name"):
        check("clock")(lambda: [fine("")])


def test_a_look_that_fails_keeps_no_other_from_being_taken(monkeypatch):
    def falls():
        raise RuntimeError("secret-of-somebody")
        yield

    monkeypatch.setitem(CHECKS, "proxy", CHECKS["proxy"].__class__("proxy", falls, False, False))
    text = said("proxy")
    assert "failed itself (RuntimeError)" in text
    assert "secret-of-somebody" not in text
    assert looked("migrations").level == Level.FINE


# --- The database -----------------------------------------------------------------------------


def test_a_trigger_that_is_gone():
    sql("DROP TRIGGER memorial_history ON prisoners_prisoner")
    assert looked("triggers").level == Level.BROKEN
    assert "missing: 1, as of prisoners_prisoner" in said("triggers")


def test_a_trigger_that_is_switched_off():
    sql("ALTER TABLE cases_case DISABLE TRIGGER memorial_content")
    assert "switched off: 1, as of cases_case" in said("triggers")


def test_a_column_too_many_for_readers():
    sql("GRANT SELECT (password) ON staff_user TO site_ro")
    assert looked("grants").level == Level.BROKEN
    assert "could read what is confidential: staff_user.password." in said("grants")


def test_a_column_too_few_for_readers():
    sql("REVOKE SELECT (slug) ON prisoners_prisoner FROM site_ro")
    assert "may not read what they need: prisoners_prisoner.slug" in said("grants")


@pytest.mark.parametrize(
    ("grant", "table"),
    [
        ("GRANT INSERT ON prisoners_prisoner TO site_ro", "prisoners_prisoner.readers"),
        ("GRANT DELETE ON base_historyentry TO staff_rw", "base_historyentry.staff"),
    ],
)
def test_a_table_that_may_be_written(grant, table):
    sql(grant)
    assert f"may write what they must not: {table}" in said("grants")


def test_drafts_that_the_database_does_not_keep_back():
    sql("ALTER TABLE prisoners_prisoner DISABLE ROW LEVEL SECURITY")
    assert "not kept back by the database: prisoners_prisoner" in said("row rules")


def test_a_role_with_too_much_power(monkeypatch):
    monkeypatch.setattr(rights, "STAFF_ROLE", "postgres")
    assert "too much power: postgres" in said("roles")


def test_a_role_that_is_missing(monkeypatch):
    monkeypatch.setattr(rights, "PUBLIC_ROLE", "nobody_of_the_kind")
    assert "too much power: nobody_of_the_kind" in said("roles")


def test_a_program_newer_than_its_database():
    sql("DELETE FROM django_migrations WHERE app = 'due' AND name = '0001_initial'")
    assert looked("migrations").level == Level.BROKEN
    assert "program is newer than the database: 1 migrations are missing, first due.0001_initial" in said(
        "migrations"
    )


def test_a_database_newer_than_its_program():
    sql("INSERT INTO django_migrations (app, name, applied) VALUES ('due', '0999_of_tomorrow', now())")
    assert "does not know due.0999_of_tomorrow" in said("migrations")


def test_a_superuser_is_named(monkeypatch):
    from memorial import checks

    monkeypatch.setattr(checks, "_FACTS", checks._FACTS.replace("rolsuper", "NOT rolsuper"))
    assert looked("kind of database").level == Level.BROKEN


def test_a_clock_that_is_wrong(monkeypatch):
    right = program.time.time
    monkeypatch.setattr(program.time, "time", lambda: right() + 90)
    assert looked("clock").level == Level.BROKEN
    assert "90 seconds apart" in said("clock")
    monkeypatch.setattr(program.time, "time", lambda: right() - 9)
    assert looked("clock").level == Level.WARNING
    monkeypatch.setattr(program.time, "time", lambda: right() - 3000 * 86_400)
    assert "behind the program" in said("program’s clock")


def test_replicas_that_are_away_or_are_none(monkeypatch):
    own = connection.settings_dict
    password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    primary = (
        f"postgresql://{own['USER']}{password}@{own['HOST'].replace('/', '%2F')}:{own['PORT']}/{own['NAME']}"
    )
    monkeypatch.setenv("DATABASE_REPLICA_URLS", f"postgresql://site_ro@127.0.0.1:1/memorial {primary}")
    text = said("replicas")
    assert "Replica 1 does not answer" in text
    assert "Replica 2 is a primary" in text


# --- Keys -------------------------------------------------------------------------------------


@pytest.fixture
def codes(settings):
    from memorial.staff.models import OneTimeCodes, User

    account = User.objects.create(username="sealed", is_active=True, is_staff=True)
    return OneTimeCodes.objects.create(account=account, secret="GEZDGNBVGY3TQOJQ")


def test_keys_that_fit(codes):
    assert looked("keys of sealed texts").level == Level.FINE
    assert "all 1 sealed texts" in said("keys of sealed texts")


def test_keys_that_do_not_fit(codes, settings):
    settings.FIELD_KEYS = (b"another key, of thirty-two bytes",)
    assert looked("keys of sealed texts").level == Level.BROKEN
    assert "do not open: 1." in said("keys of sealed texts")


def test_an_older_key(codes, settings):
    settings.FIELD_KEYS = (b"another key, of thirty-two bytes", *settings.FIELD_KEYS)
    assert looked("keys of sealed texts").level == Level.WARNING
    assert "older key: 1." in said("keys of sealed texts")


def test_a_text_that_was_moved_there(codes):
    moved = encryption.seal("GEZDGNBVGY3TQOJQ", "some_other.place")
    sql("UPDATE staff_onetimecodes SET secret = %s", moved)
    assert "changed or moved, at least: 1" in said("keys of sealed texts")


# --- Work, staff ------------------------------------------------------------------------------


def test_due_work_that_nobody_does():
    late = timezone.now() - timedelta(hours=3)
    DueWork.objects.create(kind="news", object_id=1, due_at=late, next_try_at=late, tries=2)
    assert looked("due work").level == Level.BROKEN
    assert "waits for 3 h" in said("due work")
    assert "tried again: 1" in said("due work")


def test_a_list_that_stopped_on_its_way(settings):
    from prisoners.models import ImportUpload

    upload = ImportUpload.objects.create(name="x.csv", kind="people", state="applying")
    ImportUpload.objects.filter(pk=upload.pk).update(changed_at=timezone.now() - timedelta(hours=3))
    assert "stopped on their way in: 1" in said("lists on their way in")


def test_staff_without_a_second_factor_or_an_administrator(codes):
    from django.contrib.auth.models import Group

    from memorial.staff.models import User

    assert looked("staff").level == Level.BROKEN
    lone = User.objects.create(username="lone", is_active=True, is_staff=True)
    lone.groups.add(Group.objects.get_or_create(name="administrator")[0])
    text = said("staff")
    assert "without a second factor, who cannot sign in: 1" in text
    assert "without a passkey, to be asked for at the next sign-in: 1" in text
    assert "one administrator" in text
    assert "lone" not in text.replace("alone", "")


# --- Folders and the program ------------------------------------------------------------------


def test_confidential_files_open_to_others(settings, tmp_path):
    settings.MEDIA_ROOT_PUBLIC = tmp_path / "public"
    settings.MEDIA_ROOT_CONFIDENTIAL = tmp_path / "confidential"
    assert "MEDIA_ROOT_PUBLIC is missing" in said("media folders")
    settings.MEDIA_ROOT_PUBLIC.mkdir()
    settings.MEDIA_ROOT_CONFIDENTIAL.mkdir(mode=0o755)
    assert "chmod 0700" in said("media folders")
    settings.MEDIA_ROOT_CONFIDENTIAL.chmod(0o700)
    assert looked("media folders").level == Level.FINE
    settings.SERVES_STAFF = False
    assert "process can read the confidential files" in said("media folders")


def test_a_disk_that_is_full(monkeypatch):
    full = places.shutil._ntuple_diskusage(10**12, 10**12, 10**8)
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _folder: full)
    assert looked("disks").level == Level.BROKEN
    assert "0 % free, 0.1 GiB" in said("disks")


def test_static_files_of_another_version(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert "no list of files" in said("static files")
    source = Path(settings.BASE_DIR) / "static"
    for path in source.rglob("*"):
        if path.is_file():
            there = tmp_path / path.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(path.read_bytes())
    (tmp_path / "staticfiles.json").write_text("{}")
    assert looked("static files").level == Level.FINE
    (tmp_path / "css" / "site.css").write_text("old")
    assert "not of this version: 1" in said("static files")


def test_texts_that_are_not_compiled(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    assert "not compiled: ru" in said("translations")


def test_a_header_that_decides(settings, monkeypatch):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.PUBLIC_URL = "http://memorial.example"
    settings.STAFF_URL = "https://memorial.example"
    settings.SITE_ROLE = "staff"
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    text = said("proxy")
    assert "one forged header" in text
    assert "PUBLIC_URL is http" in text
    assert "share one host name" in text
    assert "FORWARDED_ALLOW_IPS is set" in text


def test_settings_that_django_finds_wanting(settings):
    settings.SECRET_KEY = "short"
    settings.SILENCED_SYSTEM_CHECKS = []
    assert "security.W009" in said("settings")


def test_copies_that_cannot_be_kept(settings, tmp_path, monkeypatch):
    settings.SITE_ROLE = "public"
    settings.PAGE_COPIES_FOLDER = tmp_path / "none"
    assert "cannot be written" in said("copies of pages")
    settings.PAGE_COPIES_FOLDER.mkdir()
    assert looked("copies of pages").level == Level.FINE
    monkeypatch.setenv("PAGE_COPIES", "0")
    assert "PAGE_COPIES is 0" in said("copies of pages")


def test_a_shared_cache_that_is_away(settings):
    backend = "django.core.cache.backends.redis.RedisCache"
    wait = {"socket_connect_timeout": 0.2}
    settings.CACHES = {
        **settings.CACHES,
        "gone": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": wait},
    }
    assert "shared cache does not answer" in said("shared cache")


def test_nobody_would_be_told(settings, monkeypatch):
    from memorial.operation_environment import MailServer

    assert "Nobody is told" in said("alerts")
    settings.ALERT_MAIL_TO = ("ops@example.org",)
    settings.ALERT_SMTP = MailServer("127.0.0.1", 1, "", "", is_tls=False)
    assert "does not answer: nobody would be told" in said("alerts")
    settings.LINK_CHECK_PROXY = "http://127.0.0.1:1"
    assert "LINK_CHECK_PROXY does not answer" in said("links")
    monkeypatch.setattr(outside, "_answers", lambda *_: True)
    assert looked("links").level == looked("alerts").level == Level.FINE


# --- The command ------------------------------------------------------------------------------


def test_one_look_by_the_command_and_its_code(capsys):
    call_command("doctor", check=["migrations"])
    assert "✓ migrations: Code and database are of one version." in capsys.readouterr().out
    sql("DROP TRIGGER memorial_history ON prisoners_prisoner")
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", check=["triggers"], quiet=True)
    assert ended.value.code == 2
    assert capsys.readouterr().out.startswith("✗ triggers")


def test_a_role_that_may_not_look_says_so():
    before = transaction.savepoint()
    sql("SET LOCAL ROLE site_ro")
    found = looked("due work")
    transaction.savepoint_rollback(before)
    assert found.level == Level.SKIPPED
    assert "the database role" in found.findings[0].said


def test_the_server_gone(monkeypatch):
    """The rest is looked at all the same."""
    monkeypatch.setattr(examining, "_away", lambda: "ConnectionTimeout")
    results = {result.name: result for result in examine()}
    assert results["database"].level == Level.BROKEN
    assert results["triggers"].level == Level.SKIPPED
    assert results["translations"].level == Level.FINE
    assert ages.BACKUPS
