"""Who sees which client: the application's word and PostgreSQL's own are the same."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from assistance import models
from memorial.base.acting import acting, staff_actor
from memorial.base.database import our_tables
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from tests.assistance.factories import (
    AidItemFactory,
    CitizenshipOfClientFactory,
    ClientFactory,
    ContactPersonFactory,
    DetentionAidFactory,
    DetentionOutcomeFactory,
    HelpRequestFactory,
    HumanitarianAidFactory,
    LawyerFactory,
    LegalAidFactory,
    LegalOutcomeFactory,
)

pytestmark = pytest.mark.django_db
OF_CLIENTS = (
    models.ClientCitizenship,
    models.ContactPerson,
    models.HelpRequest,
    models.LegalAid,
    models.LegalOutcome,
    models.DetentionAid,
    models.DetentionOutcome,
    models.HumanitarianAid,
    models.AidItem,
)


def account(name: str, *groups: str, **fields: bool) -> User:
    made = User.objects.create_user(name, password="only for tests 1", is_staff=True, **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


@pytest.fixture
def people(db) -> dict[str, User]:
    sync_groups()
    names = ("aid_coordinator", "aid_lead", "editor", "translator", "finance", "administrator", "auditor")
    return {name: account(name, name) for name in names} | {
        "nobody": account("nobody"),
        "superuser": account("root", is_superuser=True),
    }


def full_client(coordinator: int | None = None, request_of: int | None = None) -> models.Client:
    """A client with one row of everything."""
    client = ClientFactory(coordinator=coordinator)
    CitizenshipOfClientFactory(client=client)
    ContactPersonFactory(client=client)
    HelpRequestFactory(client=client, coordinator=request_of)
    LegalOutcomeFactory(legal_aid=LegalAidFactory(client=client))
    DetentionOutcomeFactory(detention_aid=DetentionAidFactory(client=client))
    AidItemFactory(aid=HumanitarianAidFactory(client=client))
    return client


def rows_seen(user: User, as_role) -> dict[str, set[int]]:
    """What each table shows to a session of the office, without any filter of the application."""
    with as_role("staff_rw"), acting(staff_actor(user.pk)):
        return {
            model.__name__: set(model._base_manager.values_list("pk", flat=True))
            for model in (models.Client, *OF_CLIENTS, models.Lawyer)
        }


def test_every_table_of_help_but_the_kinds_of_items_has_its_rule():
    without = {
        m.__name__ for m in our_tables() if m._meta.app_label == "assistance" and not hasattr(m, "STAFF_WHEN")
    }
    assert without <= {"ItemKind", "PublicTotal", "TotalsPublication"}, "say in STAFF_WHEN who sees the rows"


def test_a_coordinator_sees_own_clients_and_those_of_own_requests(people, as_role):
    me = people["aid_coordinator"]
    mine, asked, other = full_client(me.pk), full_client(request_of=me.pk), full_client(999)
    seen = rows_seen(me, as_role)
    assert seen["Client"] == {mine.pk, asked.pk}
    for model in OF_CLIENTS:
        assert len(seen[model.__name__]) == 2, model
        assert set(model.objects.visible_to(me).values_list("pk", flat=True)) == seen[model.__name__]
    assert set(models.Client.objects.visible_to(me)) == {mine, asked}
    assert other not in models.Client.objects.of_coordinator(me)
    assert list(models.Client.objects.of_coordinator(me)) == [mine]


@pytest.mark.parametrize("name", ["aid_lead", "superuser"])
def test_who_may_see_all_clients_sees_all(people, as_role, name):
    full_client(999)
    LawyerFactory()
    seen = rows_seen(people[name], as_role)
    assert {table for table, rows in seen.items() if len(rows) != 1} == set()
    assert models.Client.objects.visible_to(people[name]).count() == 1


@pytest.mark.parametrize("name", ["editor", "translator", "administrator", "auditor", "nobody"])
def test_who_has_no_part_in_help_sees_no_row_even_as_its_coordinator(people, as_role, name):
    """A coordinator who left the group keeps nothing; a view that forgot to ask shows nothing."""
    full_client(people[name].pk, request_of=people[name].pk)
    LawyerFactory()
    assert not any(rows_seen(people[name], as_role).values())
    for model in (models.Client, *OF_CLIENTS, models.Lawyer):
        assert not model.objects.visible_to(people[name]).exists()


def test_accountants_see_sums_and_nobody(people, as_role):
    full_client(999)
    LawyerFactory()
    seen = {table for table, rows in rows_seen(people["finance"], as_role).items() if rows}
    assert seen == {
        "LegalAid",
        "LegalOutcome",
        "DetentionAid",
        "DetentionOutcome",
        "HumanitarianAid",
        "AidItem",
    }


def test_a_closed_account_sees_nothing(people, as_role):
    lead = people["aid_lead"]
    full_client()
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert not any(rows_seen(lead, as_role).values())


def test_commands_see_all(as_role):
    full_client()
    with as_role("staff_rw"), acting("command:something"):
        assert models.Client.objects.count() == 1


def test_a_coordinator_adds_an_own_client_and_none_for_others(people, as_role):
    me = people["aid_coordinator"]
    with as_role("staff_rw"), acting(staff_actor(me.pk)):
        client = models.Client.objects.create(name="Новый", coordinator=me.pk)
        models.ContactPerson.objects.create(client=client, name="Мать", relation="parent")
        client.note = "заметка"
        client.save()
        for coordinator in (None, 999):
            with pytest.raises(ProgrammingError) as caught, transaction.atomic():
                models.Client.objects.create(name="Чужой", coordinator=coordinator)
            assert isinstance(caught.value.__cause__, InsufficientPrivilege)
    assert models.Client.objects.get(pk=client.pk).note == "заметка"


def test_a_coordinator_changes_nothing_of_others(people, as_role):
    other = full_client(999)
    me = people["aid_coordinator"]
    with as_role("staff_rw"), acting(staff_actor(me.pk)):
        assert models.Client.objects.filter(pk=other.pk).update(closed_on="2026-11-01") == 0
        assert models.HelpRequest.objects.filter(client=other.pk).delete()[0] == 0
    other.refresh_from_db()
    assert other.closed_on is None


def test_readers_are_refused_by_postgresql_itself(as_role):
    full_client()
    tables = [m for m in our_tables() if m._meta.app_label == "assistance" and not m.PUBLIC]
    assert len(tables) >= 12
    with as_role("site_ro"):
        for model in tables:
            with pytest.raises(ProgrammingError) as caught, transaction.atomic():
                model._base_manager.count()
            assert isinstance(caught.value.__cause__, InsufficientPrivilege)


def test_the_rules_cost_no_more_than_a_scan(people, as_role):
    """Functions in a rule are asked once a statement, not once a row."""
    me = people["aid_coordinator"]
    models.Client.objects.bulk_create([models.Client(name=f"К{n}", coordinator=n % 7) for n in range(300)])
    with as_role("staff_rw"), acting(staff_actor(me.pk)), connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT id FROM assistance_client"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "InitPlan" in plan
    assert "memorial_sees_all_clients" not in plan.split("InitPlan")[0]
