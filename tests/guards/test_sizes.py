"""Files and functions stay short, names say what is inside, and nothing happens behind one's back."""

from __future__ import annotations

import ast

import pytest

from tests.guards.sources import OURS, Source, dotted, functions, python_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "signals",
    "receivers",
    "core",
    "lib",
}
SAVES_OF_THEIR_OWN: dict[str, str] = {}
"""Models that override `save`, each with what it normalises. Nothing else may happen there."""


def too_long(source: Source) -> list[str]:
    """A sentence for each file and function that has grown too long."""
    lines = source.text.count("\n")
    found = [f"{source.path} has {lines} lines"] if lines > LONGEST_FILE else []
    for function in functions(source):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            found.append(f"{source.path}: {function.name} has {length} lines")
    return found


def hidden_machinery(source: Source) -> list[str]:
    """A sentence for each signal, and for each `save` or `delete` that does more than a row's own."""
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals"):
            found.append(f"{source.path} imports signals")
        if isinstance(node, ast.ImportFrom) and node.module == "django.dispatch":
            found.append(f"{source.path} imports django.dispatch")
        if isinstance(node, ast.FunctionDef) and any(
            "receiver" in dotted(_called(d)) for d in node.decorator_list
        ):
            found.append(f"{source.path}: {node.name} is a receiver of a signal")
        if isinstance(node, ast.ClassDef):
            found += [
                f"{source.path}: {node.name}.{method.name} overrides the model's own"
                for method in node.body
                if isinstance(method, ast.FunctionDef)
                and method.name in ("save", "delete", "bulk_create", "bulk_update")
                and _is_model_like(node)
                and node.name not in SAVES_OF_THEIR_OWN
            ]
    return found


def _called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _is_model_like(node: ast.ClassDef) -> bool:
    """Not a form, whose `save` is its business, nor a store of sessions or files, whose `delete` ends one."""
    return not any(word in dotted(base) for base in node.bases for word in ("Form", "Store", "Storage"))


def test_files_and_functions_are_short():
    files = python_files()
    assert len(files) >= 100
    assert [sentence for source in files for sentence in too_long(source)] == []


def test_names_of_files_say_what_is_inside():
    empty = [s.path for s in python_files(*OURS) if s.module.rpartition(".")[2] in NAMES_THAT_SAY_NOTHING]
    assert empty == []


def test_no_signals_and_no_work_hidden_in_save():
    assert [sentence for source in python_files(*OURS) for sentence in hidden_machinery(source)] == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * 401,
        "def f():\n" + "    x = 1\n" * 60,
        "class A:\n    async def f():\n" + "        x = 1\n" * 60,
    ],
)
def test_what_is_too_long_is_found(text):
    assert len(too_long(Source("prisoners/x.py", text))) == 1


def test_what_is_just_short_enough_passes():
    text = "def f():\n" + "    x = 1\n" * 59 + "x = 1\n" * 340
    assert too_long(Source("prisoners/x.py", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "from django.db.models.signals import post_save",
        "from django.db.models import signals\n@signals.receiver(x)\ndef f(): ...",
        "@receiver(post_save)\ndef f(): ...",
        "class A(models.Model):\n    def save(self, *args): super().save(*args)",
        "class A(Publishable):\n    def delete(self): ...",
        "class AQuerySet(models.QuerySet):\n    def bulk_create(self, rows): ...",
    ],
)
def test_hidden_machinery_is_found(text):
    assert len(hidden_machinery(Source("prisoners/x.py", text))) == 1


def test_a_form_may_save():
    assert (
        hidden_machinery(Source("prisoners/x.py", "class A(forms.ModelForm):\n    def save(self): ...")) == []
    )
