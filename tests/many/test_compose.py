"""compose.yaml: what it names is there, what it asks for is in the example, and is read by the settings."""

import re
from pathlib import Path

import pytest
from django.conf import settings

yaml = pytest.importorskip("yaml")
ROOT = Path(settings.BASE_DIR)
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
WHOLE = yaml.safe_load(COMPOSE)
SERVERS = {"database", "replica", "pgbouncer", "redis", "s3"}
# Read by compose itself, by PostgreSQL's image, or part of an address that is written there.
NOT_OURS = {"COMPOSE_PROFILES", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "STAFF_PASSWORD", "SITE_PASSWORD",
            "REPLICA_PASSWORD", "PUBLIC_DATABASE_URL"}  # fmt: skip


def asked_for():
    return set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE))


def in_the_example():
    text = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Z0-9_]+)=", text, re.MULTILINE))


def test_every_variable_is_in_the_example_and_the_other_way_round():
    assert asked_for()
    assert in_the_example() == asked_for() | {"COMPOSE_PROFILES"}


def test_every_variable_of_our_processes_is_read_by_the_settings():
    read = "".join(
        path.read_text(encoding="utf-8")
        for path in [*(ROOT / "memorial").glob("*environment.py"), ROOT / "memorial/settings.py"]
    )
    for name, service in WHOLE["services"].items():
        if name in SERVERS:
            continue
        for variable in service["environment"]:
            assert f'"{variable}"' in read, f"{name} is given {variable}, which nobody reads"
    for variable in in_the_example() - NOT_OURS:
        assert f'"{variable}"' in read


def test_the_profile_adds_servers_and_nothing_else():
    many = {name for name, service in WHOLE["services"].items() if service.get("profiles") == ["many"]}
    assert many == SERVERS - {"database"}
    assert not any("ports" in WHOLE["services"][name] for name in SERVERS), "no server is open to the network"
    used = {
        volume.partition(":")[0]
        for service in WHOLE["services"].values()
        for volume in service.get("volumes", [])
    }
    assert {name for name in used if not name.startswith((".", "/"))} == set(WHOLE["volumes"])


def test_every_file_of_ours_that_it_mounts_is_there():
    mounted = set(re.findall(r"- \./(\S+?):", COMPOSE))
    assert mounted
    # This one holds a password: whoever runs the server writes it.
    assert {name for name in mounted if not (ROOT / name).exists()} == {"pgbouncer-userlist.txt"}


def test_the_readers_process_never_has_what_only_the_office_may():
    readers = WHOLE["services"]["public"]["environment"]
    assert "FIELD_KEYS" not in readers
    assert not any(
        "STAFF_PASSWORD" in str(value) or "OWNER_PASSWORD" in str(value) for value in readers.values()
    )
    assert not any("confidential" in volume for volume in WHOLE["services"]["public"]["volumes"])
