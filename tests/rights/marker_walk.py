"""Every address of the office that a group reaches, its page whole, and which confidential words of help stand in it.

A marker stands in every text of every table of help. The walk asks each address as somebody of the group: the
page, the same list as a pop-up and searched for a marker, its actions, autocompletes, exports, histories.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models, transaction
from django.test import Client as Browser

from assistance.models import Client, DetentionAid, HelpRequest, ItemKind, LegalAid, Story
from memorial.base.database import filled_by_database
from memorial.staff.groups import GROUPS
from prisoners.models import Prisoner
from tests.factories import DecisionPersonFactory, FacilityFactory
from tests.leaks.crawl import _bytes
from tests.leaks.markers import Markers
from tests.leaks.rows import Maker, Values
from tests.rights.admin_urls import Address

TABLE = Path(__file__).with_name("admin_urls.csv")
OTHERS = "of somebody else's client"
REFUSED = {"403", "404", "405", "302"}
ACTIONS = ("delete_selected", "export_csv")
_MARKER = re.compile(rb"zq\d{4,}x", re.IGNORECASE)
_PART_OF = {"assistance.proposedtotal": "assistance.totalsproposal"}
_NOT_SECRET = ("ItemKind",)
"""What staff may send is a list of words, and stands in the public totals."""


def confidential() -> list[type[models.Model]]:
    """The tables of help that readers never see, and stories, whose drafts they never see."""
    found = [m for m in apps.get_app_config("assistance").get_models() if not m.PUBLIC or m is Story]
    return [m for m in found if not filled_by_database(m) and m.__name__ not in _NOT_SECRET]


def plant(coordinator: int) -> tuple[dict[str, str], dict[type[models.Model], Any]]:
    """A client of this coordinator and one of nobody's, with a row of everything, all marked.

    Gives marker → place, and the numbers of the first client's rows.

    The first client is somebody with a page, whose prosecution and institution have pages too.
    """
    placed: dict[str, str] = {}
    prosecution = DecisionPersonFactory().prosecution
    given: dict[type[models.Model], dict[str, Any]] = {
        Client: {"coordinator": coordinator, "prisoner": prosecution.prisoner},
        HelpRequest: {"coordinator": coordinator},
        LegalAid: {"prosecution": prosecution},
        DetentionAid: {"facility": FacilityFactory()},
    }
    made = _rows("", placed, given)
    nobodys = {"coordinator": None}
    alone = {Client: {**nobodys, "prisoner": None}, HelpRequest: nobodys, LegalAid: {"prosecution": None}}
    _rows(OTHERS, placed, {**alone, DetentionAid: {"facility": None}}, of_clients=True)
    return placed, {model: row.pk for model, row in made.items()} | {Prisoner: prosecution.prisoner_id}


def _rows(
    where: str, placed: dict[str, str], given: dict[type[models.Model], Any], *, of_clients: bool = False
) -> dict[type[models.Model], models.Model]:
    maker = Maker(Markers(world=1, where=where, placed=placed))
    maker.parents[ItemKind] = Maker(Values()).make(ItemKind, code=f"kind-{len(placed)}")
    made = {}
    for model in confidential():
        if not of_clients or _belongs_to_a_client(model):
            made[model] = maker.parents[model] = maker.make(model, **given.get(model, {}))
    return made


def _belongs_to_a_client(model: type[models.Model]) -> bool:
    above = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return model is Client or any(
        one is Client or (one in confidential() and _belongs_to_a_client(one)) for one in above
    )


def may_see(group: str, place: str) -> bool:
    """Whether the table of groups lets somebody of the group see a text at this place."""
    name, _, where = place.partition(" ")
    rights = GROUPS.get(group, {})
    label = ".".join(name.split(".")[:2]).lower()
    label = _PART_OF.get(label, label)
    return "v" in rights.get(label, "") and (where != OTHERS or "assistance.see_all_clients" in rights)


def reached(group: str, found: Iterable[Address], *, but_not: str = "") -> list[Address]:
    """What the checked-in table does not refuse the group, and all of help, refused or not.

    Left out is what the group `but_not` reaches as well, which is walked for itself. Of the deeds of one kind
    of record one is asked, and of the autocompletes of one kind: they differ in nothing that is shown.
    """
    with TABLE.open(encoding="utf-8", newline="") as file:
        cells = {row["address"]: row for row in csv.DictReader(file)}
    known: dict[str, Address] = {}
    for one in found:
        row = cells.get(one.name, {})
        if "assistance" in one.name or (
            _is_let_in(row, group) and not (but_not and _is_let_in(row, but_not))
        ):
            known.setdefault(_alike(one), one)
    return list(known.values())


def _is_let_in(row: dict[str, str], group: str) -> bool:
    return not set(row.get(group, "200").split("/")) <= REFUSED


def _alike(one: Address) -> str:
    if not one.name.startswith("admin:autocomplete "):
        return one.name.partition(" ")[0]
    field = apps.get_model(one.name.split()[1].rpartition(".")[0])._meta.get_field(
        one.name.rpartition(".")[2]
    )
    return f"autocomplete of {field.related_model}"


def walk(browser: Browser, found: Iterable[Address], word: str) -> dict[str, str]:
    """Marker → the first address that shows it. `word` is a marker that is asked for."""
    seen: dict[str, str] = {}
    for one in found:
        with transaction.atomic():
            for how, answer in _answers(browser, one, word):
                for marker in _MARKER.findall(_bytes(answer).replace(word.encode(), b"")):
                    seen.setdefault(marker.decode().lower(), f"{one.name}{how}")
                if _finds(answer):
                    seen.setdefault(word, f"{one.name}{how} finds it")
            transaction.set_rollback(True)
    return seen


def _answers(browser: Browser, one: Address, word: str) -> Iterable[tuple[str, Any]]:
    yield "", browser.get(one.path)
    if one.name.startswith("admin:autocomplete"):
        yield " searched", browser.get(f"{one.path}&term={word}")
    elif one.name.endswith("_changelist"):
        page = browser.get(one.path, {"q": word, "_popup": 1})
        yield " searched", page
        if page.status_code == 200:
            yield from ((f" {name}", _act(browser, one, name)) for name in ACTIONS)
    elif one.name.endswith("_export"):
        yield " taken out", browser.post(one.path)


def _act(browser: Browser, one: Address, name: str) -> Any:
    label = one.name.removeprefix("admin:").removesuffix("_changelist")
    model = next(m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == label)
    numbers = list(model._base_manager.values_list("pk", flat=True)[:3])
    return browser.post(one.path, {"action": name, "_selected_action": numbers})


def _finds(answer: Any) -> bool:
    """Whether what was searched for by a word that stands nowhere else was found."""
    if found := _json(answer).get("results"):
        return bool(found)
    listed = (getattr(answer, "context_data", None) or {}).get("cl")
    return listed is not None and bool(listed.query and listed.search_fields) and listed.result_count > 0


def _json(answer: Any) -> dict[str, Any]:
    is_json = answer.headers.get("Content-Type", "").startswith("application/json") and not answer.streaming
    return answer.json() if is_json and "term=" in answer.request.get("QUERY_STRING", "") else {}
