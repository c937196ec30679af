"""The project's own source files, parsed once. Nothing here knows what the guards look for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("prisoners", "cases", "assistance", "donations")
"""From the ground up: each knows those before it."""
OURS = ("memorial", *APPS)


@dataclass(frozen=True)
class Source:
    """One Python file: where it is, its module's dotted name, its text."""

    path: str
    text: str

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def python_files(*folders: str) -> tuple[Source, ...]:
    """The Python files below the given folders; below all of ours where none is given. No migrations."""
    found = []
    for folder in folders or (*OURS, "tests", "deploy"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            inside = path.relative_to(ROOT)
            if not {"migrations", "__pycache__", "node_modules"} & set(inside.parts):
                found.append(Source(str(inside), path.read_text(encoding="utf-8")))
    return tuple(found)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file, those inside others too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """`models.Index` of an attribute or a name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""
