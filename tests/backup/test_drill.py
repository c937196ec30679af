"""The drill: a backup comes back whole, or not at all."""

import errno
import os
import stat
import subprocess
import tarfile
import threading
from io import BytesIO
from pathlib import Path

import psycopg
import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from memorial.backup.contents import Manifest, safe_path
from memorial.backup.errors import BackupError
from memorial.backup.making import make_backup
from memorial.backup.programs import program
from prisoners.models import StaffNote
from tests.factories import PrisonerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MARKER = "zeugma-of-the-drill"


@pytest.fixture
def keys(tmp_path):
    made = pyrage.x25519.Identity.generate()
    file = tmp_path / "identity"
    file.write_text(f"# created: today\n{made}\n")
    return file, str(made.to_public())


@pytest.fixture
def files(tmp_path, settings):
    """Both storages, in folders of this test's own."""
    public, confidential = tmp_path / "public", tmp_path / "confidential"
    (public / "photos").mkdir(parents=True)
    confidential.mkdir()
    (public / "photos" / "a.webp").write_bytes(bytes(range(256)) * 40_000)
    (confidential / "протокол.pdf").write_bytes(MARKER.encode() * 1000)
    (confidential / "empty").write_bytes(b"")
    (confidential / "link").symlink_to("/etc/hostname")
    settings.MEDIA_ROOT_PUBLIC, settings.MEDIA_ROOT_CONFIDENTIAL = public, confidential
    return public, confidential


@pytest.fixture
def target():
    """The name of the restored database, which is gone afterwards."""
    name = f"{connection.settings_dict['NAME']}_back"
    yield name
    with server() as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def server(name: str = "postgres") -> psycopg.Connection:
    known = ("host", "port", "user", "password")
    given = connection.get_connection_params()
    return psycopg.connect(
        **{key: given[key] for key in known if given.get(key)}, dbname=name, autocommit=True
    )


def databases() -> set[str]:
    """This test's own database and what was made beside it; other tests have theirs on the same server."""
    own = connection.settings_dict["NAME"]
    with server() as opened:
        names = {name for (name,) in opened.execute("SELECT datname FROM pg_database")}
    assert own in names
    return {name for name in names if name.startswith(own)}


def contents(folder: Path) -> dict[Path, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {path.relative_to(folder): path.read_bytes() for path in found}


def backup_of(folder: Path, recipient: str) -> Path:
    folder.mkdir(exist_ok=True)
    call_command("backup", folder, "--recipient", recipient, verbosity=0)
    (made,) = folder.glob("*.age")
    return made


def everything(name: str) -> dict[str, list]:
    """Every row of every table, as text."""
    with server(name) as opened:
        tables = [
            table
            for (table,) in opened.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        ]
        assert len(tables) > 90
        return {
            table: sorted(row for (row,) in opened.execute(f'SELECT t::text FROM "{table}" t'))
            for table in tables
        }


def test_everything_comes_back_and_nothing_readable_was_on_the_disk(tmp_path, keys, files, target):
    identity, recipient = keys
    note = StaffNote.objects.create(prisoner=PrisonerFactory(surname_ru="Вещий"), text=MARKER)
    sealed = backup_of(tmp_path / "out", recipient)
    assert sealed.stat().st_mode & 0o077 == 0
    assert MARKER.encode() not in sealed.read_bytes()
    call_command("restore", sealed, identity=identity, database=target, media=tmp_path / "back", verbosity=0)
    here = connection.settings_dict["NAME"]
    rows = everything(target)
    assert rows == everything(here)
    assert any(note.text in row for row in rows[StaffNote._meta.db_table])
    public, confidential = files
    for folder, name in ((public, "public"), (confidential, "confidential")):
        old = contents(folder)
        assert old
        assert contents(tmp_path / "back" / name) == old
    assert (tmp_path / "back" / "confidential" / "протокол.pdf").stat().st_mode & 0o077 == 0


def test_the_triggers_grants_and_row_rules_come_back_too(tmp_path, keys, files, target):
    identity, recipient = keys
    PrisonerFactory()
    sealed = backup_of(tmp_path / "out", recipient)
    call_command("restore", sealed, identity=identity, database=target, media=tmp_path / "back", verbosity=0)
    asked = (
        "SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'policy', polname, polrelid::regclass::text FROM pg_policy",
        "SELECT 'grant', grantee || privilege_type || column_name, table_name"
        " FROM information_schema.column_privileges WHERE grantee IN ('site_ro', 'staff_rw')",
    )
    for sql in asked:
        with server(connection.settings_dict["NAME"]) as old, server(target) as new:
            before = set(old.execute(sql).fetchall())
            assert len(before) > 20
            assert set(new.execute(sql).fetchall()) == before


def test_what_is_damaged_cut_off_or_somebody_elses_leaves_nothing_behind(tmp_path, keys, files, target):
    identity, recipient = keys
    PrisonerFactory()
    whole = backup_of(tmp_path / "out", recipient).read_bytes()
    stranger = tmp_path / "stranger"
    stranger.write_text(str(pyrage.x25519.Identity.generate()))
    end = len(whole)
    damaged = {
        "another key": (whole, stranger),
        "header": (_flipped(whole, 40), identity),
        "first piece": (_flipped(whole, 2000), identity),
        "middle": (_flipped(whole, end // 2), identity),
        "last byte": (_flipped(whole, end - 1), identity),
        "half": (whole[: end // 2], identity),
        "without its last byte": (whole[:-1], identity),
        "without its last piece": (whole[: end - end % 65536], identity),
        "longer": (whole + whole[-70000:], identity),
        "empty": (b"", identity),
    }
    before = databases()
    for name, (content, key) in damaged.items():
        file = tmp_path / "damaged.age"
        file.write_bytes(content)
        with pytest.raises(CommandError, match="cannot be opened"):
            call_command("restore", file, identity=key, database=target, media=tmp_path / "back", verbosity=0)
        assert databases() == before, name
        assert not list(tmp_path.glob("back*")), name


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_whole_and_authentic_is_not_enough_where_the_list_says_otherwise(tmp_path, keys, files, target):
    """Whoever has the public key can seal a file of their own."""
    identity, recipient = keys
    PrisonerFactory()
    sealed = backup_of(tmp_path / "out", recipient)
    private = pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[1])
    plain = pyrage.decrypt(sealed.read_bytes(), [private])
    forged = {
        "a file left out": lambda name, text: None if name.endswith("a.webp") else text,
        "a file changed": lambda name, text: text[:-1] + b"x" if name.endswith("a.webp") else text,
        "a row said to be there": lambda name, text: (
            text.replace(b'"prisoners_prisoner": 1', b'"prisoners_prisoner": 2')
            if name == "manifest.json"
            else text
        ),
        "no list": lambda name, text: None if name == "manifest.json" else text,
    }
    before = databases()
    for name, change in forged.items():
        file = tmp_path / "forged.age"
        file.write_bytes(pyrage.encrypt(_retarred(plain, change), [private.to_public()]))
        with pytest.raises(CommandError):
            call_command(
                "restore", file, identity=identity, database=target, media=tmp_path / "back", verbosity=0
            )
        assert databases() == before, name
        assert not list(tmp_path.glob("back*")), name


def _retarred(plain: bytes, change) -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=BytesIO(plain)) as old, tarfile.open(fileobj=out, mode="w") as new:
        for member in old:
            text = change(member.name, old.extractfile(member).read())
            if text is not None:
                member.size = len(text)
                new.addfile(member, BytesIO(text))
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "public/../../x", "../public/x", "other/x", "public", "database.sql"]
)
def test_a_file_may_stand_in_the_two_folders_only(name):
    with pytest.raises(BackupError):
        safe_path(name)


def test_a_full_disk_leaves_no_file(tmp_path, keys, files, monkeypatch):
    PrisonerFactory()
    made = pyrage.x25519.Recipient.from_str(keys[1])
    monkeypatch.setattr("memorial.backup.making.os.fdopen", _full_after(os.fdopen, 200_000))
    with pytest.raises(BackupError, match=r"not written to the end.*No space left"):
        make_backup(tmp_path / "x.age", [made])
    assert not list(tmp_path.glob("x.age*"))


def _full_after(real, room):
    """`fdopen`, but what is written into a file fails after so many bytes; pipes go on."""

    def opened(descriptor, mode):
        stream = real(descriptor, mode)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) or "w" not in mode:
            return stream

        class Full:
            left = room

            def write(self, data):
                Full.left -= len(data)
                if Full.left < 0:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return stream.write(data)

            def __getattr__(self, name):
                return getattr(stream, name)

            def __enter__(self):
                return self

            def __exit__(self, *_):
                stream.close()

        return Full()

    return opened


def test_a_dump_that_fails_leaves_no_file(tmp_path, keys, files, monkeypatch):
    recipient = pyrage.x25519.Recipient.from_str(keys[1])
    failing = tmp_path / "pg_dump"
    failing.write_text("#!/bin/sh\nprintf half\necho 'pg_dump: error: connection lost' >&2\nexit 1\n")
    failing.chmod(0o700)
    monkeypatch.setattr("memorial.backup.making.program", lambda name: str(failing))
    with pytest.raises(BackupError, match="connection lost"):
        make_backup(tmp_path / "x.age", [recipient])
    assert not list(tmp_path.glob("x.age*"))
    assert threading.active_count() < 5


def test_without_a_recipient_or_with_a_wrong_one_nothing_is_made(tmp_path, settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="Nobody could open"):
        call_command("backup", tmp_path)
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", tmp_path, "--recipient", "age1nonsense")
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_there_is_overwritten(tmp_path, keys, files, target):
    identity, recipient = keys
    sealed = backup_of(tmp_path / "out", recipient)
    here = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match="is there already"):
        call_command(
            "restore", sealed, identity=identity, database=here, media=tmp_path / "back", verbosity=0
        )
    with pytest.raises(CommandError, match="is there already"):
        call_command("restore", sealed, identity=identity, database=target, media=tmp_path, verbosity=0)
    with pytest.raises(CommandError, match="no file"):
        call_command("restore", tmp_path / "none", identity=identity, database=target, media=tmp_path / "b")


def test_the_stream_can_be_opened_with_ordinary_programs(tmp_path, keys, files):
    """Without this project: age, tar and pg_restore are enough."""
    identity, recipient = keys
    PrisonerFactory(surname_ru="Вещий")
    sealed = backup_of(tmp_path / "out", recipient)
    private = pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[1])
    opened = pyrage.decrypt(sealed.read_bytes(), [private])
    (tmp_path / "plain").mkdir()
    subprocess.run(["tar", "-x", "-C", tmp_path / "plain"], input=opened, check=True)
    with tarfile.open(fileobj=BytesIO(opened)) as tar:
        assert tar.getnames()[-1] == "manifest.json"
    pieces = sorted((tmp_path / "plain" / "database").iterdir())
    archive = b"".join(piece.read_bytes() for piece in pieces)
    listed = subprocess.run([program("pg_restore"), "--list"], input=archive, capture_output=True, check=True)
    assert b"TABLE DATA public prisoners_prisoner" in listed.stdout
    manifest = Manifest.unpacked((tmp_path / "plain" / "manifest.json").read_bytes())
    assert manifest.tables["prisoners_prisoner"] == 1
