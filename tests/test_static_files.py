"""Every static file that a template names exists: on a server a missing one is a 500."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parent.parent
_NAMED = re.compile(r"""\{%\s*static\s+(["'])(?P<name>[^"']+)\1""")


def templates() -> list[Path]:
    ours = [Path(config.path) / "templates" for config in apps.get_app_configs()]
    folders = [
        ROOT / "templates",
        *(folder for folder in ours if folder.is_relative_to(ROOT) and ".venv" not in folder.parts),
    ]
    return sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".xml", ".txt"}
    )


def named() -> set[str]:
    return {found["name"] for path in templates() for found in _NAMED.finditer(path.read_text())}


def test_templates_name_static_files_at_all() -> None:
    assert len(named()) >= 2


@pytest.mark.parametrize("name", sorted(named()))
def test_a_static_file_that_a_template_names_exists(name: str) -> None:
    assert finders.find(name) is not None
