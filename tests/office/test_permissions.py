"""Who may do what: the checked-in table, and that every page of the office keeps to it."""

import csv
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assistance.models import Client
from cases import models as record
from donations.models import PaymentMethod
from memorial.base.admin import ReadOnlyAdmin
from memorial.base.database import filled_by_database, our_tables
from memorial.base.models import HistoryEntry, HistoryRemoval, Looking
from memorial.search.models import Synonym
from memorial.staff.group_sync import sync_groups
from memorial.staff.groups import GROUPS, RIGHTS, codenames
from memorial.staff.models import SignIn
from prisoners import models
from tests.factories import (
    ChargeFactory,
    CourtFactory,
    DecisionPersonFactory,
    FacilityFactory,
    HearingFactory,
    OfficialFactory,
    PrisonerFactory,
    RegionFactory,
    RestraintFactory,
    TermFactory,
)
from tests.leaks.rows import Maker, Values

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("permissions.csv")
LETTERS = {right: letter for letter, right in RIGHTS.items()}


def rights_in_database() -> list[dict[str, str]]:
    """One row a right's target, one column a group; own rights stand as `+`."""
    found: dict[str, dict[str, str]] = {}
    for group in Group.objects.prefetch_related("permissions__content_type"):
        for right in group.permissions.all():
            verb, _, name = right.codename.partition("_")
            app = right.content_type.app_label
            if verb in LETTERS:
                cell = found.setdefault(f"{app}.{name}", {})
                cell[group.name] = "".join(sorted(cell.get(group.name, "") + LETTERS[verb]))
            else:
                found.setdefault(f"{app}.{right.codename}", {})[group.name] = "+"
    return [
        {"target": target, **{group: cells.get(group, "") for group in GROUPS}}
        for target, cells in sorted(found.items())
    ]


def test_the_groups_have_exactly_the_rights_of_the_checked_in_table(groups):
    """Whoever changes memorial/staff/groups.py changes permissions.csv too, and so looks at it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert rights_in_database() == list(csv.DictReader(file))


def test_every_model_of_people_and_places_is_in_the_table(groups):
    with TABLE.open(encoding="utf-8", newline="") as file:
        known = {row["target"] for row in csv.DictReader(file)}
    models = {
        f"{m._meta.app_label}.{m._meta.model_name}"
        for m in our_tables()
        if m._meta.app_label == "prisoners" and not filled_by_database(m)
    }
    assert models <= known, "somebody must decide who sees the new model"


def test_syncing_again_changes_nothing_and_takes_back_what_was_given_by_hand(groups):
    assert sync_groups() == []
    Group.objects.get(name="finance").permissions.add(*Group.objects.get(name="editor").permissions.all())
    call_command("sync_groups")
    kept = Group.objects.get(name="finance").permissions.values_list("codename", flat=True)
    assert set(kept) == {name for _app, name in codenames(GROUPS["finance"])}


def _statuses(client, model, pk) -> str:
    """What the pages of a model answer: v list and page, a adds, c saves, d removes."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    listed = client.get(reverse(f"{name}_changelist")).status_code
    got = "v" if listed == 200 else ""
    assert listed in (200, 403)
    for letter, address, method in (
        ("a", reverse(f"{name}_add"), "get"),
        ("c", reverse(f"{name}_change", args=[pk]), "post"),
        ("d", reverse(f"{name}_delete", args=[pk]), "get"),
    ):
        status = getattr(client, method)(address).status_code
        assert status in (200, 302, 403), (address, status)
        got += letter if status != 403 else ""
    return "".join(sorted(got))


@pytest.mark.parametrize("group", [*GROUPS, "nobody"])
def test_every_page_keeps_to_the_table(member, groups, group):
    """Each registered model × list, add, change, delete, against the rights of the group."""
    Group.objects.get_or_create(name="nobody")
    client = member(group)
    rows = one_of_each(client.user)
    table = GROUPS.get(group, {})
    for model, page in admin.site._registry.items():
        label = f"{model._meta.app_label}.{model._meta.model_name}"
        wanted = set(table.get(label, ""))
        if f"{model._meta.app_label}.translate_{model._meta.model_name}" in table:
            wanted |= {"c"}
        if isinstance(page, ReadOnlyAdmin):
            wanted &= {"v"}
        if label == "staff.user":
            wanted -= {"d"}
        if getattr(page, "added_elsewhere", False):
            wanted -= {"a"}
        assert set(_statuses(client, model, rows[model])) == wanted, (group, label)


def rows_of_the_record() -> list:
    """A row of every model of the legal record that has a page."""
    link = DecisionPersonFactory(decision__court=CourtFactory())
    case, prosecution = link.decision.case, link.prosecution
    charge = ChargeFactory(prosecution=prosecution)
    return [
        case,
        prosecution,
        charge,
        charge.article,
        charge.article.editions.get(),
        link,
        link.decision,
        link.decision.court,
        HearingFactory(case=case),
        RestraintFactory(prosecution=prosecution),
        TermFactory(prisoner=prosecution.prisoner),
        OfficialFactory(),
        record.Relation.objects.create(person=prosecution.prisoner, other=PrisonerFactory(), kind="spouse"),
        record.Document.objects.create(
            slug="word", case=case, kind="last_word", title_ru="Слово", state="published"
        ),
        record.InternationalFinding.objects.create(body="wgad", case=case),
    ]


def one_of_each(user) -> dict:
    """A row of every model that has a page."""
    person, today = PrisonerFactory(), timezone.localdate()
    source = models.ImportSource.objects.create(code="list", title="A list")
    words = (models.Theme, models.Community, models.Profession, models.PrisonerList, models.Vulnerability)
    rows = [
        person,
        FacilityFactory(),
        RegionFactory(),
        source,
        models.ImportRun.objects.create(source=source, file_digest="0"),
        models.ImportUpload.objects.create(name="list.csv", kind="people", reading={"header_names": ["key"]}),
        models.ImportMapping.objects.create(name="A list", kind="people"),
        models.Export.objects.create(kind="people", format="csv", count=1),
        models.Lead.objects.create(title="News", came_on=today, next_step="call", next_step_on=today),
        models.RestrictionRequest.objects.create(
            prisoner=person, by="person", received_on=today, text="x", review_on=today
        ),
        models.StaffNote.objects.create(prisoner=person, text="x"),
        models.SecondLook.objects.create(prisoner=person, wanted="published", entered_at=timezone.now()),
        models.Statement.objects.create(title_ru="Заявление"),
        *rows_of_the_record(),
        *(model.objects.create(code="word", label_ru="Слово") for model in words),
        Synonym.objects.create(language="ru", word="айс", means="ивс"),
        Group.objects.first(),
        HistoryEntry.objects.first(),
        HistoryRemoval.objects.create(entries=[1], reason="x", proposed_by=7),
        Looking.objects.create(staff=7, kind="seen", table="prisoners_consent", rows=["1"], shown=[]),
        SignIn.objects.create(account=user, way="passkey", success=True),
        user,
    ]
    found = {type(row): row.pk for row in rows}
    maker = Maker(Values())
    # Two people of one address there are not: what belongs to a person belongs to this one.
    maker.parents[type(person)] = person
    # Of others' clients a coordinator meets nothing: this one is theirs.
    maker.parents[Client] = maker.make(Client, coordinator=user.pk)
    # Two ways to give of one address there are not: what belongs to one belongs to this.
    maker.parents[PaymentMethod] = maker.make(PaymentMethod)
    for model in admin.site._registry.keys() - found.keys():
        found[model] = (model._base_manager.first() or maker.make(model)).pk
    return found


def test_an_administrator_makes_no_superusers_and_takes_no_superusers_account(member):
    from memorial.staff.models import User
    from tests.office.forms import fields_of

    root = User.objects.create_superuser("root", password="only for tests 1")
    client = member("administrator")
    own = reverse("admin:staff_user_change", args=[client.user.pk])
    client.post(own, fields_of(client.get(own)) | {"is_superuser": "on"})
    client.user.refresh_from_db()
    assert not client.user.is_superuser
    assert (
        client.post(reverse("admin:staff_user_change", args=[root.pk]), {"username": "mine"}).status_code
        == 403
    )
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.post(password, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403
    root.refresh_from_db()
    assert root.check_password("only for tests 1")
