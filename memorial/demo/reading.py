"""Reads the invented facts from memorial/demo/data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).resolve().parent
PORTRAITS = FOLDER / "portraits"
Row = dict[str, Any]


def chance(*parts: object) -> Random:
    """Chance that is the same for the same parts, in every process: the invented world is no secret."""
    return Random(" ".join(map(str, parts)))  # noqa: S311


def read(name: str) -> Row:
    """One file of the data folder as TOML has it."""
    with (FOLDER / "data" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def people() -> Iterator[Row]:
    """Every invented person, file by file in the order of their names."""
    for file in sorted((FOLDER / "data" / "people").glob("*.toml")):
        yield read(f"people/{file.stem}")["person"]


def portrait(name: str) -> bytes:
    """The JPEG of one drawing."""
    return (PORTRAITS / f"{name}.jpg").read_bytes()
