"""Models look down, edges look at models only, and nobody imports the roof.

    memorial.base ← prisoners ← cases ← assistance ← donations

*The model side* of an app is what MODEL_SIDE names; all else is an *edge* (views, filters, forms,
admin, feeds, exports, importers, commands …). Edges may import any app's model side, never another
app's edge. *The roof* is all of `memorial` but `memorial.base`; no app imports it, with the
exceptions of ROOF_FOR_EDGES.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from memorial.base.database import our_tables
from tests.guards.sources import APPS, OURS, Source, python_files

MODEL_SIDE = frozenset(
    {
        "",
        "actions",
        "apps",
        "case_querysets",
        "case_sources",
        "belongings",
        "checks",
        "choices",
        "costs",
        "counted_people",
        "credit",
        "documents",
        "display",
        "figures",
        "kept_orders",
        "letters",
        "liberty",
        "models",
        "name_search",
        "names",
        "obstacles",
        "opendata",
        "orders",
        "querysets",
        "references",
        "reports",
        "selection",
        "signing",
        "similar",
        "stage",
        "totals",
        "translation",
        "warnings",
    }
)
"""Modules of an app that know facts and rules, and the words for them (docs/decisions/0010).

All others stand between it and people or files: edges.
"""

ROOF_FOR_EDGES: dict[str, str] = {
    "memorial.staff": "accounts and groups: the office's edges ask what a member of staff may do",
    "memorial.staff_paths": "which requests belong to the office",
}
"""Parts of the roof that an app's edge, and never its model side, may import all the same, and why."""


def layer(module: str) -> tuple[str, str]:
    """The app and the part of a module: ("prisoners", "views"); ("floor", "fields"); ("roof", "urls")."""
    parts = module.split(".")
    if parts[0] == "memorial":
        is_floor = parts[1:2] == ["base"]
        return ("floor" if is_floor else "roof"), ".".join(parts[2:3] if is_floor else parts[1:2])
    return parts[0], ".".join(parts[1:2])


def imports(source: Source) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it the import stands."""
    package = source.module if source.is_package else source.module.rpartition(".")[0]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def wrong_imports(source: Source) -> list[str]:
    """A sentence for each import that looks the wrong way."""
    return [
        f"{source.path} imports {target}: {why}"
        for target in imports(source)
        if target.split(".")[0] in OURS and (why := _what_is_wrong(source.module, target))
    ]


def _what_is_wrong(module: str, target: str) -> str:
    app, part = layer(module)
    other, other_part = layer(target)
    if app == "roof" or other == "floor" or (app == other and not _to_own_edge(part, other_part)):
        return ""
    if app == "floor":
        return "the floor knows Django only"
    if other == "roof":
        allowed = part not in MODEL_SIDE and target.startswith(tuple(ROOF_FOR_EDGES))
        return "" if allowed else "no app imports the roof"
    if app == other:
        return "models do not look at edges, their own included"
    if other_part not in MODEL_SIDE:
        return "nobody looks at another app's edge"
    looks_up = part in MODEL_SIDE and APPS.index(other) > APPS.index(app)
    return "models look down" if looks_up else ""


def _to_own_edge(part: str, other_part: str) -> bool:
    return part in MODEL_SIDE and part != "apps" and other_part not in MODEL_SIDE


def test_every_import_looks_the_right_way():
    files = python_files(*OURS)
    assert len(files) >= 60
    assert [sentence for source in files for sentence in wrong_imports(source)] == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("memorial/base/fields.py", "from prisoners.models import Prisoner"),
        ("memorial/base/fields.py", "from memorial.urls import urlpatterns"),
        ("memorial/base/admin/site.py", "import memorial.settings"),
        ("prisoners/models/prisoner.py", "from cases.models import Case"),
        ("prisoners/models/prisoner.py", "from prisoners.views import PrisonerDetailView"),
        ("prisoners/models/prisoner.py", "from ..admin import site"),
        ("prisoners/models/prisoner.py", "from memorial.staff.models import User"),
        ("prisoners/querysets.py", "def f():\n    from assistance import models"),
        ("prisoners/querysets.py", "if TYPE_CHECKING:\n    from donations.models import Campaign"),
        ("prisoners/actions/publish.py", "from cases.actions import close"),
        ("prisoners/display/people.py", "from cases.display.charges import charge_words"),
        ("cases/display/people.py", "from cases.views import CaseDetailView"),
        ("prisoners/views.py", "from memorial.views import errors"),
        ("prisoners/views.py", "from cases.views import CaseDetailView"),
        ("cases/admin.py", "from prisoners.admin.prisoner import PrisonerAdmin"),
        ("cases/management/commands/import_cases.py", "from prisoners.importers.cells import read_date"),
        ("assistance/models.py", "import donations.models"),
    ],
)
def test_a_planted_import_is_found(path, line):
    assert len(wrong_imports(Source(path, line))) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("prisoners/views.py", "from cases.models import Case"),
        ("prisoners/views.py", "from cases.display.chronology import chronology_of"),
        ("cases/display/people.py", "from prisoners.display.liberty import liberty_mark"),
        ("prisoners/views.py", "from prisoners.models import Prisoner"),
        ("prisoners/admin/person.py", "from memorial.staff.models import User"),
        ("prisoners/admin/person.py", "from assistance.actions import close_request"),
        ("cases/models/case.py", "from prisoners.models import Prisoner"),
        ("cases/models/case.py", "from memorial.base.fields import PartialDateField"),
        ("cases/views.py", "from prisoners.querysets import PrisonerQuerySet"),
        ("memorial/views/home.py", "from prisoners.views import PrisonerListView"),
        ("memorial/urls.py", "from memorial.views import home"),
        ("prisoners/models/a.py", "from .b import C\nimport django.urls\nfrom memorialisation import x"),
    ],
)
def test_a_right_import_passes(path, line):
    assert wrong_imports(Source(path, line)) == []


def test_foreign_keys_look_down_too():
    """A foreign key by name («cases.Case») is an import that no import statement shows."""
    order = {"base": 0, **{name: number for number, name in enumerate(APPS, 1)}}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in our_tables()
        if model._meta.app_label in order
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and order.get(field.related_model._meta.app_label, 99) > order[model._meta.app_label]
    ]
    assert upward == []


def test_no_public_app_needs_the_accounts():
    """The public process has no accounts installed: nothing but the accounts themselves points at them."""
    of_staff = {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith(("django.contrib", "memorial.staff"))
    }
    for model in our_tables():
        if model._meta.app_label != "staff":
            targets = {f.related_model._meta.app_label for f in model._meta.concrete_fields if f.is_relation}
            assert not targets & of_staff, model
