"""The HTML of every page, read by html-validate with its stock rules: it finds nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.pages import world
from tests.pages.reading import paths_by_kind
from tests.plugin import ROOT

PINNED = ROOT / "tests" / "vendor" / "html_validate"
PROGRAM = ROOT / "var" / "html-validate" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = PINNED / "rules.json"
UNLISTED = (
    "prisoners/?view=table",
    "prisoners/?sort=updated",
    "prisoners/?sort=since&view=table",
    "prisoners/?page=99",
    "prisoners/?letter=%D0%AA",
    "search/?q=%D0%93%D0%BE%D1%80%D0%B8%D0%BD%D1%86%D0%B5%D0%B2",
    "search/?q=207.3",
    "search/?q=a",
    "search/?q=zzzqq",
    "no-such-page/",
)
"""Shapes of pages that no registry lists."""


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command, or a skip; in `.ci/run`, where nothing may be skipped, a failure."""
    node = shutil.which("node")
    if node and PROGRAM.exists() and (PROGRAM.parents[3] / "installed").exists():
        return [node, str(PROGRAM), "--config", str(RULES), "--formatter", "json"]
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("REQUIRE_BROWSER=1, and html-validate is not in var/html-validate: see deploy/dev")
    pytest.skip("no html-validate: `make test` installs it where node and npm are there, and the network")


def findings(checker: list[str], folder: Path) -> list[str]:
    """What is wrong in the files of a folder: file, line, rule and words."""
    done = subprocess.run([*checker, str(folder)], check=False, capture_output=True, text=True, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(file['filePath']).name}:{each['line']} {each['ruleId']}: {each['message']}"
        for file in json.loads(done.stdout or "[]")
        for each in file["messages"]
    ]


def write_pages(reader: Client, folder: Path) -> int:
    """The HTML of every page of every kind in both languages, a file each; how many there are."""
    number = 0
    for language in ("ru", "en"):
        listed = [path for paths in paths_by_kind(language).values() for path in paths]
        for path in [*listed, *(f"/{language}/{unlisted}" for unlisted in UNLISTED)]:
            answer = reader.get(path)
            assert answer.headers["Content-Type"].startswith("text/html"), path
            number += 1
            name = path.strip("/").translate(str.maketrans("/?&=%", "-----"))
            (folder / f"{number:03} {name}.html").write_bytes(answer.content)
    return number


@pytest.mark.slow
@pytest.mark.django_db
def test_html_of_every_page_satisfies_html_validate(checker, reader, tmp_path):
    world.everybody()
    assert write_pages(reader, tmp_path) > 2 * len(world.SPECIAL)
    assert findings(checker, tmp_path) == []


def test_html_validate_finds_what_is_planted(checker, tmp_path):
    """A check that finds nothing proves nothing until it has found a planted fault."""
    page = '<!DOCTYPE html>\n<html lang="ru"><head><title>А</title></head><body>{}</body></html>\n'
    (tmp_path / "good.html").write_text(page.format("<p>Б</p>"))
    assert findings(checker, tmp_path) == []
    (tmp_path / "bad.html").write_text(page.format('<p><img src="x"><div id="1 2">Б</p> \n<a>В</b>'))
    found = {line.split()[1].rstrip(":") for line in findings(checker, tmp_path)}
    assert {"wcag/h37", "valid-id", "no-trailing-whitespace", "close-order"} <= found


def test_html_validate_is_pinned_with_hashes_and_names_no_registry():
    text = (PINNED / "package-lock.json").read_text()
    assert _addresses(text) == []
    packages = json.loads(text)["packages"]
    assert [name for name, each in packages.items() if name and "sha512-" not in each["integrity"]] == []
    assert len(packages) > 20


def _addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if "://" in line or '"resolved"' in line]
