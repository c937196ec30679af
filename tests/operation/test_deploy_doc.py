"""docs/deploy.md and the units say only what exists: commands, options, files, users, folders."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
TIMERS = sorted((ROOT / "deploy" / "systemd").glob("*.timer"))
SOCKETS = sorted((ROOT / "deploy" / "systemd").glob("*.socket"))
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "MemoryDenyWriteExecute": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
}


def blocks(text: str) -> list[str]:
    """The lines of every block of commands."""
    found = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    return [line.strip() for block in found for line in block.splitlines() if line.strip()]


def unknown(line: str) -> list[str]:
    """What of a call of manage.py does not exist."""
    words = shlex.split(line)
    name, *rest = words[words.index("manage.py") + 1 :]
    if name not in get_commands():
        return [name]
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    return [
        word
        for word in rest
        if word.startswith("--") and word.split("=")[0] not in parser._option_string_actions
    ]


def unit(path: Path) -> dict[str, list[str]]:
    """Each key of [Service] with all of its values."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def test_the_test_finds_what_is_not_there():
    assert unknown("python manage.py doctr") == ["doctr"]
    assert unknown("python manage.py doctor --quietly --json") == ["--quietly"]


def test_every_command_of_the_page_exists():
    lines = [line for line in blocks(DOC) if "manage.py" in line]
    assert len(lines) >= 10
    assert {line: unknown(line) for line in lines if unknown(line)} == {}


def test_every_file_of_the_page_exists():
    named = set(re.findall(r"deploy/[\w./-]+\w", " ".join(blocks(DOC)))) | set(
        re.findall(r"`(deploy/[\w./-]+\w)`", DOC)
    )
    assert len(named) >= 6
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_unit_of_the_page_exists():
    there = {path.name for path in (*UNITS, *TIMERS, *SOCKETS)}
    for word in re.findall(
        r"memorial-[a-z]+(?:\.\w+)?", " ".join(line for line in blocks(DOC) if "systemctl" in line)
    ):
        assert (word if "." in word else f"{word}.service") in there, word


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_what_exists_as_nobody_in_particular(path):
    said = unit(path)
    users = re.findall(r"^u (\S+)", (ROOT / "deploy/systemd/memorial.sysusers").read_text(), re.MULTILINE)
    assert said["User"][0] in users
    assert {key: said[key][-1] for key in HARDENED} == HARDENED
    for command in said["ExecStart"]:
        if "manage.py" in command:
            assert unknown(command) == [], command
        else:
            assert "-m gunicorn --config deploy/gunicorn.conf.py" in command
    assert "FIELD_KEYS" not in path.read_text()


def test_the_readers_process_gets_no_key_and_sees_no_confidential_file():
    said = unit(ROOT / "deploy/systemd/memorial-public.service")
    assert [Path(file).name for file in said["EnvironmentFile"]] == ["site.env", "public.env"]
    assert "-/var/lib/memorial-confidential" in said["InaccessiblePaths"][0]
    assert "confidential" not in said["ReadWritePaths"][0]


def test_each_timer_has_its_unit_and_each_round_its_timer():
    assert {path.stem for path in TIMERS} <= {path.stem for path in UNITS}
    rounds = {path.stem for path in UNITS if unit(path)["Type"] == ["oneshot"]}
    assert rounds == {path.stem for path in TIMERS}
    for path in TIMERS:
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        parser.read(path)
        assert parser["Timer"]["OnCalendar"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_reads_them_without_a_word(tmp_path):
    for path in (*UNITS, *TIMERS, *SOCKETS):
        text = (
            path.read_text()
            .replace("/srv/built/venv/bin/python", "/usr/bin/true")
            .replace("/srv/memorial", "/tmp")
        )
        (tmp_path / path.name).write_text(text)
    files = sorted(str(path) for path in tmp_path.iterdir())
    said = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    about_ours = [line for line in said.stderr.splitlines() if "memorial-" in line]
    assert (said.returncode, about_ours) == (0, [])


@pytest.mark.skipif(not shutil.which("tor"), reason="no tor on this machine")
def test_tor_takes_the_example(tmp_path):
    text = (ROOT / "deploy/torrc.example").read_text().replace("/var/lib/tor", str(tmp_path))
    (tmp_path / "torrc").write_text(text)
    said = subprocess.run(
        ["tor", "--verify-config", "-f", str(tmp_path / "torrc"), "--DataDirectory", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Configuration was valid" in said.stdout


def test_every_variable_of_the_example_is_read():
    text = (ROOT / "deploy/site.env.example").read_text()
    source = "".join(path.read_text() for path in (ROOT / "memorial").glob("*.py"))
    names = re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)
    assert len(names) >= 15
    assert [name for name in names if f'"{name}"' not in source] == []
