"""Only the groups of the table meet a word of help, anywhere in the office; and planted faults are found.

| planted here | found by |
| --- | --- |
| a right too many in a group | the walk |
| a page that shows a sealed column in its list | the walk |
| a panel of the desk without a right | the walk |
| the past of everything readable | the walk |
| an autocomplete without a check | the walk |
| a field added to an export | the walk |
| an action without a right | the walk |
| a client's name as its title, in a deletion warning | the walk |
| a search over a sealed column | `searched_and_sealed` |
| a table of help without its row rule | `tables_without_a_rule` |
| a history that readers may select | `readable_by_readers` |

With those of tests/leaks (21 ways to write a word, a hidden address told from an absent one, a figure of hidden
rows, a pattern that never answers, a forgotten `published()`), of test_admin_urls (a new address, a right too many,
an unexplained argument) and of tests/guards (an undeclared field) there are more than 30.
"""

from __future__ import annotations

import io

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import connection, models, transaction
from django.test import Client as Browser

from assistance.models import Client
from memorial.base.admin import Panel
from memorial.base.admin.history_rights import PastRights
from memorial.base.database import our_tables
from memorial.base.encrypted_fields import EncryptedCharField, EncryptedTextField
from memorial.base.models import HistoryEntry
from memorial.base.table_kinds import KINDS
from memorial.middleware import DatabaseRoleMiddleware
from memorial.staff.group_sync import sync_groups
from memorial.staff.groups import GROUPS
from memorial.staff.models import User
from prisoners.importers.opening import Reading
from prisoners.importers.uploads import load, remove_files
from prisoners.models import ImportUpload, Prisoner
from tests.office.test_permissions import one_of_each
from tests.rights.admin_urls import Address, addresses
from tests.rights.marker_walk import OTHERS, may_see, plant, reached, walk
from tests.rights.test_admin_urls import no_two_numbers_alike

pytestmark = pytest.mark.django_db
HELPING = ("legal", "aid_coordinator", "aid_lead")
OUTSIDE = ("translator", "volunteer_translator", "administrator", "auditor", "finance", "nobody")
"""Of those outside, whoever has all the rights of another group is asked instead of it."""


def _upload() -> ImportUpload:
    text = "key,surname_ru\n1,Горинцев\n".encode()
    return load(
        file=io.BytesIO(text), name="list.csv", size=len(text), kind=KINDS["people"], reading=Reading(), by=1
    )


class World:
    """One account a group, every address, and where each marker stands."""

    def __init__(self) -> None:
        no_two_numbers_alike()
        sync_groups()
        self.users: dict[str, User] = {}
        for name in (*GROUPS, "nobody"):
            self.users[name] = User.objects.create_user(f"of-{name}", is_staff=True)
            self.users[name].groups.add(Group.objects.get_or_create(name=name)[0])
        self.placed, rows = plant(self.users["aid_coordinator"].pk)
        # The very person who is helped: whoever deletes or merges them meets nothing of it.
        rows = one_of_each(self.users["nobody"]) | rows
        entries = HistoryEntry.objects.filter(table=Client._meta.db_table)
        rows |= {ImportUpload: _upload().pk, HistoryEntry: entries.earliest("pk").pk}
        self.addresses = addresses(rows)
        self.word = next(m for m, place in self.placed.items() if place.startswith("assistance.Client.name"))

    def browser(self, group: str) -> Browser:
        browser = Browser()
        browser.force_login(self.users[group])
        return browser

    def seen(self, group: str, found: list[Address] | None = None) -> dict[str, str]:
        """What somebody of the group meets, and where first."""
        return walk(
            self.browser(group), reached(group, self.addresses) if found is None else found, self.word
        )

    def at(self, *names: str) -> list[Address]:
        return [one for one in self.addresses if one.name in names]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        yield made
        remove_files(ImportUpload.objects.latest("pk"))
        transaction.set_rollback(True)


def test_the_markers_stand_everywhere(world):
    labels = {place.rsplit(".", 1)[0] for place in world.placed.values()}
    assert len(labels) >= 14
    assert sum(place.endswith(OTHERS) for place in world.placed.values()) >= 15
    assert len(world.placed) >= 40


def test_whoever_stands_outside_has_the_rights_of_all_outside():
    """The groups that are not walked may do nothing that a walked one may not."""
    walked = [set(GROUPS.get(group, {}).items()) for group in (*OUTSIDE, *HELPING)]
    for group in GROUPS.keys() - {*OUTSIDE, *HELPING}:
        assert any(
            all(set(letters) <= set(dict(known).get(target, "")) for target, letters in GROUPS[group].items())
            for known in walked
        ), group


@pytest.mark.parametrize("group", OUTSIDE)
def test_nobody_outside_meets_a_word_of_help(world, group):
    # The auditor sees what others see, and the histories: these are asked.
    asked = reached(group, world.addresses, but_not="administrator" if group == "auditor" else "")
    assert len(asked) >= 60
    seen = world.seen(group, asked)
    assert {world.placed.get(marker, marker): where for marker, where in seen.items()} == {}


@pytest.mark.parametrize("group", HELPING)
def test_those_who_help_meet_what_the_table_lets_them_and_nothing_else(world, group):
    of_help = [one for one in reached(group, world.addresses) if _is_near(one, group)]
    seen = world.seen(group, of_help)
    places = {world.placed[marker]: where for marker, where in seen.items()}
    assert {place: where for place, where in places.items() if not may_see(group, place)} == {}
    assert len(places) >= 10, "the walk sees nothing"
    assert (group == "aid_lead") == any(place.endswith(OTHERS) for place in places)


def _is_near(one: Address, group: str) -> bool:
    """Pages of help; for one of the groups, those of what help is linked to as well."""
    near = ("assistance", "admin:index")
    linked = (
        ("prisoners_prisoner_", "prisoners_facility_", "cases_prosecution_")
        if group == "aid_coordinator"
        else ()
    )
    return any(word in one.name for word in (*near, *linked))


# --- Planted faults ---------------------------------------------------------------------------------


@pytest.fixture
def without_roles(monkeypatch):
    """A process in which PostgreSQL does not help: what it keeps back hides the planted fault."""
    monkeypatch.setattr(DatabaseRoleMiddleware, "__call__", lambda self, request: self.get_response(request))


def names_of_clients(*_args: object) -> str:
    return " ".join(client.name for client in Client.objects.all())


def found_at(world: World, group: str, *names: str) -> set[str]:
    return {world.placed[m].partition(" ")[0] for m in world.seen(group, world.at(*names))}


def test_a_right_too_many_is_found(world):
    translators = Group.objects.get(name="translator")
    right = Permission.objects.get(codename="view_lawyer", content_type__app_label="assistance")
    with transaction.atomic():
        translators.permissions.add(right)
        assert "assistance.Lawyer.name" in found_at(world, "translator", "admin:assistance_lawyer_change")
        transaction.set_rollback(True)


def test_a_sealed_column_in_a_list_is_found(world, without_roles, monkeypatch):
    page = admin.site._registry[Prisoner]
    monkeypatch.setattr(type(page), "of_help", names_of_clients, raising=False)
    monkeypatch.setattr(type(page), "get_list_display", lambda self, request: ["slug", "of_help"])
    assert found_at(world, "administrator", "admin:prisoners_prisoner_changelist") == {
        "assistance.Client.name"
    }


def test_a_panel_without_a_right_is_found(world, without_roles, monkeypatch):
    panel = Panel(
        title="Clients",
        empty="",
        permission="prisoners.view_prisoner",
        rows=lambda day: Client.objects.order_by("pk"),
        line=lambda client: client.name,
        target=lambda client: "/",
        changelist="assistance_client_changelist",
    )
    # The site itself: `admin.site` only stands for it, and what is put on a stand-in is not put back.
    monkeypatch.setattr(admin.site._registry[Prisoner].admin_site, "panels", [panel])
    assert found_at(world, "translator", "admin:index") == {"assistance.Client.name"}


def test_a_past_that_everybody_reads_is_found(world, monkeypatch):
    monkeypatch.setattr(PastRights, "may_read", lambda self, model: True)
    found = found_at(world, "auditor", "admin:base_historyentry_change")
    assert found
    assert all(place.startswith("assistance.") for place in found)


def test_an_autocomplete_without_a_check_is_found(world, without_roles, monkeypatch):
    page = type(admin.site._registry[Client])
    monkeypatch.setattr(page, "has_view_permission", lambda *args, **kwargs: True)
    monkeypatch.setattr(page, "get_queryset", lambda self, request: Client.objects.all())
    monkeypatch.setattr(Client, "__str__", lambda self: str(self.name))
    assert "assistance.Client.name" in found_at(
        world, "administrator", "admin:autocomplete assistance.HelpRequest.client"
    )


def test_a_field_added_to_an_export_is_found(world, without_roles, monkeypatch):
    from prisoners.admin import exports

    plain = exports.csv_lines
    monkeypatch.setattr(
        exports, "csv_lines", lambda *args: [*plain(*args), names_of_clients().encode()], raising=True
    )
    assert found_at(world, "administrator", "admin:prisoners_prisoner_export") == {"assistance.Client.name"}


def test_an_action_without_a_right_is_found(world, without_roles, monkeypatch):
    from django.http import HttpResponse

    page = type(admin.site._registry[Prisoner])
    action = (lambda page, request, rows: HttpResponse(names_of_clients()), "export_csv", "Clients")
    monkeypatch.setattr(page, "get_actions", lambda self, request: {"export_csv": action})
    assert found_at(world, "auditor", "admin:prisoners_prisoner_changelist") == {"assistance.Client.name"}


def test_a_deletion_warning_that_names_clients_is_found(world, without_roles, monkeypatch):
    page = type(admin.site._registry[Prisoner])
    plain = page.get_deleted_objects
    monkeypatch.setattr(
        page,
        "get_deleted_objects",
        lambda self, rows, request: ([names_of_clients()], *plain(self, rows, request)[1:]),
    )
    assert found_at(world, "administrator", "admin:prisoners_prisoner_delete") == {"assistance.Client.name"}


def searched_and_sealed() -> list[str]:
    """Fields that a page of the office searches by their text though they are sealed."""
    found = []
    for model, page in admin.site._registry.items():
        for path in page.search_fields:
            field: models.Field | None = None
            here: type[models.Model] | None = model
            for name in path.lstrip("^=@").split("__"):
                if here is None or name == "pk" or name not in {f.name for f in here._meta.get_fields()}:
                    break
                field = here._meta.get_field(name)  # type: ignore[assignment]
                here = field.related_model  # type: ignore[union-attr,assignment]
            if isinstance(field, EncryptedCharField | EncryptedTextField):
                found.append(f"{model._meta.label}: {path}")
    return found


def test_no_sealed_column_is_searched_and_a_planted_one_is_found(monkeypatch):
    assert searched_and_sealed() == []
    monkeypatch.setattr(type(admin.site._registry[Client]), "search_fields", ["contact_people__name"])
    assert searched_and_sealed() == ["assistance.Client: contact_people__name"]


def tables_without_a_rule() -> set[str]:
    """Tables of help that PostgreSQL shows to any account of the office."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE 'staff_rw' = ANY(roles) AND qual <> 'true'")
        ruled = {name for (name,) in cursor.fetchall()}
    tables = {m._meta.db_table for m in our_tables() if m._meta.app_label == "assistance"}
    return (
        tables - ruled - {f"assistance_{name}" for name in ("itemkind", "publictotal", "totalspublication")}
    )


def test_every_table_of_help_has_its_rule_and_a_missing_one_is_found(db):
    assert tables_without_a_rule() == set()
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY memorial_staff ON assistance_contactperson")
    assert tables_without_a_rule() == {"assistance_contactperson"}


def readable_by_readers() -> set[str]:
    """Confidential tables of which the public role may select anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.column_privileges WHERE grantee = 'site_ro'"
        )
        granted = {name for (name,) in cursor.fetchall()}
    return granted & {m._meta.db_table for m in our_tables() if not m.PUBLIC}


def test_no_history_is_readable_and_a_readable_one_is_found(db):
    known = readable_by_readers()
    assert HistoryEntry._meta.db_table not in known
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT (after) ON base_historyentry TO site_ro")
    assert readable_by_readers() - known == {HistoryEntry._meta.db_table}
