"""The packages: pinned with hashes, from no named index, each wanted for a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes_and_names_no_index_or_path(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    assert not re.findall(r"^-|://|file:|find-links|^[./]", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert len(entries) > 20
    for entry in entries:
        first = entry.splitlines()[0]
        assert re.match(r"[\w.\-]+==\S+ ", first), first
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), first


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_direct_package_has_its_reason_beside_it(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if re.match(r"[a-z]", line)]
    assert len(lines) > 10
    assert [line for line in lines if not re.search(r"#\s.{10,}", line)] == []


def test_the_site_and_the_tests_use_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.\-]+==[^\s;]+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
