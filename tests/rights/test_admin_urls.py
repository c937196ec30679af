"""The checked-in table: every address of the office × every group × GET and POST; no other method does more.

A new address fails until it is in `admin_urls.csv`. Look at the difference, then write the table anew:
`WRITE_ADMIN_URLS=1 python -m pytest tests/rights/test_admin_urls.py -k table`.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import Group
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import RequestFactory
from django.urls import path

from memorial.base.models import HistoryEntry
from memorial.base.table_kinds import KINDS
from memorial.staff.group_sync import sync_groups
from memorial.staff.groups import GROUPS
from memorial.staff.models import User
from prisoners.importers.opening import Reading
from prisoners.importers.uploads import load, remove_files
from prisoners.models import ImportUpload
from tests.office.test_permissions import one_of_each
from tests.rights import admin_urls
from tests.rights.admin_urls import METHODS, Address, addresses, ask

TABLE = Path(__file__).with_name("admin_urls.csv")
ASKING = (*GROUPS, "nobody", "anonymous")
"""Each group; staff in no group; and somebody who is not signed in."""
REFUSED = ("403", "404", "405")
OPEN_TO_ALL = {"admin:login", "admin:language"}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One of everything and one account a group, for the whole module; taken back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        no_two_numbers_alike()
        sync_groups()
        users = {}
        for name in (*GROUPS, "nobody"):
            users[name] = User.objects.create_user(f"of-{name}", is_staff=True)
            users[name].groups.add(Group.objects.get_or_create(name=name)[0])
        rows = one_of_each(users["nobody"])
        text = "key,surname_ru\n1,Горинцев\n".encode()
        upload = load(
            file=io.BytesIO(text),
            name="list.csv",
            size=len(text),
            kind=KINDS["people"],
            reading=Reading(),
            by=1,
        )
        rows[ImportUpload] = upload.pk
        with pytest.MonkeyPatch.context() as patch:
            # Rows are given back by the transaction; a file would be gone.
            patch.setattr(FileSystemStorage, "delete", lambda self, name: None)
            # Whether a page is let in is asked here; its rows of other tables cost most of the time.
            patch.setattr(ModelAdmin, "get_inline_instances", lambda self, request, obj=None: [])
            yield users, addresses(rows)
        remove_files(upload)
        transaction.set_rollback(True)


def no_two_numbers_alike() -> None:
    """Each table counts from elsewhere: a number of another table finds nothing by chance."""
    with connection.cursor() as cursor:
        for place, model in enumerate(apps.get_models()):
            table = model._meta.db_table
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', model._meta.pk.column])
            if sequence := cursor.fetchone()[0]:
                cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, 20 * place])


def answers(users: dict[str, User], found: list[Address]) -> dict[str, dict[str, str]]:
    """Address → who asks → «GET/POST»; one figure where both are the same. Equal rights are asked once."""
    asked = {group: _rights(users.get(group)) for group in ASKING}
    table = {}
    for one in found:
        answered: dict[frozenset[str] | None, str] = {}
        for rights, group in {rights: group for group, rights in asked.items()}.items():
            got, posted = (str(ask(method, one.path, users.get(group))) for method in ("GET", "POST"))
            answered[rights] = got if got == posted else f"{got}/{posted}"
        table[one.name] = {group: answered[rights] for group, rights in asked.items()}
    return table


def _rights(user: User | None) -> frozenset[str] | None:
    return None if user is None else frozenset(user.get_all_permissions())


def differences(found: dict[str, dict[str, str]], known: dict[str, dict[str, str]]) -> list[str]:
    """A line for each cell that is not as it was checked in."""
    lines = [f"{name}: not in the table" for name in sorted(found.keys() - known.keys())]
    lines += [f"{name}: in the table, and gone" for name in sorted(known.keys() - found.keys())]
    for name in sorted(found.keys() & known.keys()):
        for group in ASKING:
            if found[name][group] != known[name].get(group):
                lines.append(f"{name}: {group} was {known[name].get(group)}, is {found[name][group]}")
    return lines


def checked_in() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("address"): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def matrix(world, django_db_blocker) -> dict[str, dict[str, str]]:
    with django_db_blocker.unblock():
        return answers(*world)


def test_every_address_answers_every_group_as_the_table_says(matrix):
    if os.environ.get("WRITE_ADMIN_URLS"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["address", *ASKING], lineterminator="\n")
            writer.writeheader()
            writer.writerows({"address": name, **cells} for name, cells in matrix.items())
    found = differences(matrix, checked_in())
    assert not found, "\n".join(["", *found])


def test_the_table_was_asked_in_earnest(matrix):
    """Guards against passing on nothing."""
    cells = [cell for row in matrix.values() for cell in row.values()]
    assert len(matrix) >= 180
    assert sum(cell.startswith("200") for cell in cells) >= 400
    assert sum(cell == "403" for cell in cells) >= 400
    assert {name for name, row in matrix.items() if row["anonymous"].startswith("200")} <= OPEN_TO_ALL
    assert not any(cell.startswith("5") or "/5" in cell for cell in cells)


def test_staff_without_a_group_reach_no_record(matrix):
    of_records = {
        name: row["nobody"]
        for name, row in matrix.items()
        if name.startswith(("admin:prisoners_", "admin:cases_", "admin:assistance_", "admin:autocomplete "))
    }
    assert {
        name: cell for name, cell in of_records.items() if not set(cell.split("/")) <= {*REFUSED, "302"}
    } == {}
    assert len(of_records) >= 150


def test_no_other_method_does_more_than_get(world, matrix):
    """PUT, PATCH, DELETE … write nothing, and reach nobody whom GET does not reach."""
    users, found = world
    more = []
    last = HistoryEntry.objects.count()
    # Who may nothing is asked everything; who may most, the methods that sound like writing.
    for group, methods in (("nobody", METHODS[2:]), ("anonymous", METHODS[2:]), ("editor", ("DELETE",))):
        for one in found:
            got = matrix[one.name][group].partition("/")[0]
            for method in methods:
                if method == "OPTIONS" and one.name.startswith("admin:autocomplete"):
                    continue  # says which methods there are, and nothing else
                status = str(ask(method, one.path, users.get(group)))
                if status != got and status not in REFUSED and one.name not in OPEN_TO_ALL:
                    more.append(f"{method} {one.name}: {group} {status}, by GET {got}")
    assert more == []
    assert HistoryEntry.objects.count() == last


def test_actions_of_lists_are_offered_by_right(world):
    """Everything that a list can do to what is ticked, and for whom."""
    users, _found = world
    request = RequestFactory().get("/")
    offered: dict[str, set[str]] = {}
    for model, page in admin.site._registry.items():
        for group, user in users.items():
            request.user = user
            for name in page.get_actions(request):
                offered.setdefault(f"{model._meta.label}.{name}", set()).add(group)
    assert offered.pop("prisoners.SecondLook.confirm_ticked") == {
        "editor",
        "legal",
        "publisher",
        "administrator",
    }
    for name, groups in offered.items():
        # Money is what finance works on, and nothing else.
        strangers = {"nobody", "translator", "auditor"} | (
            {"finance"} if not name.startswith("donations.") else {"legal", "editor", "aid_lead"}
        )
        assert not groups & strangers, name


# --- The table finds a fault ------------------------------------------------------------------------


def test_a_new_address_and_a_right_too_many_are_found(world, matrix, monkeypatch):
    users, found = world
    name = "admin:prisoners_staffnote_changelist"
    before = matrix[name]["translator"]
    assert before == "403"
    translator = User.objects.get(pk=users["translator"].pk)
    translator._perm_cache = {"prisoners.view_staffnote"}
    translator._user_perm_cache = translator._group_perm_cache = set()
    one = next(each for each in found if each.name == name)
    opened = {**matrix, name: answers({**users, "translator": translator}, [one])[name]}
    opened["admin:cases_case_new"] = opened[name]
    assert differences(opened, matrix) == [
        "admin:cases_case_new: not in the table",
        f"{name}: translator was 403, is 200",
    ]


def test_an_argument_that_nobody_explained_is_found(world):
    entry = path("<slug:strange>/", lambda request, strange: None, name="prisoners_prisoner_strange")
    with pytest.raises(AssertionError, match="say in FIXED"):
        list(admin_urls._of_pattern(entry, "admin:", {}))
