"""The encyclopaedia's own pages neither look at help nor tell of it; what is linked stays whole."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client as Browser
from django.urls import reverse

from assistance.models import Client, LegalAid
from memorial.base.acting import acting, staff_actor
from memorial.base.models import HistoryEntry
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from prisoners.actions import merge_prisoners
from prisoners.models import Prisoner, StaffNote
from prisoners.similar import similar_people
from tests.assistance.factories import (
    ClientFactory,
    DetentionAidFactory,
    LawyerFactory,
    LegalAidFactory,
    LegalOutcomeFactory,
)
from tests.counting import counted
from tests.factories import FacilityFactory, PrisonerFactory, ProsecutionFactory, RegionFactory

pytestmark = pytest.mark.django_db
TELLING = ("assistance", "client", "подопечн", "помощ", "адвокат", "lawyer", "№ 4711")


@pytest.fixture
def administrator() -> User:
    sync_groups()
    made = User.objects.create_user("deletes", password="only for tests 1", is_staff=True)
    made.groups.add(Group.objects.get(name="administrator"))
    return made


@pytest.fixture
def office(administrator) -> Browser:
    browser = Browser()
    browser.force_login(administrator)
    return browser


def helped(prisoner: Prisoner) -> LegalAid:
    client = ClientFactory(prisoner=prisoner, name=str(prisoner))
    prosecution = prisoner.prosecutions.first() or ProsecutionFactory(prisoner=prisoner)
    return LegalOutcomeFactory(legal_aid=LegalAidFactory(client=client, prosecution=prosecution)).legal_aid


def telling(page: bytes, before: bytes) -> list[str]:
    """Words about help that the page with help has oftener than the same page without it."""
    now, then = (body.decode().lower() for body in (page, before))
    return [word for word in TELLING if now.count(word) > then.count(word)]


# --- Deleting --------------------------------------------------------------------------------------


def linked(kind: str):
    if kind == "prisoner":
        row = PrisonerFactory(state="draft")
        return row, lambda: ClientFactory(prisoner=row)
    if kind == "facility":
        row = FacilityFactory(region=None)
        return row, lambda: DetentionAidFactory(facility=row)
    row = RegionFactory()
    return row, lambda: LawyerFactory(bar_region=row)


@pytest.mark.parametrize("kind", ["prisoner", "facility", "region"])
def test_a_deletion_screen_says_nothing_of_help_and_the_database_keeps_the_row(office, kind):
    row, link = linked(kind)
    address = reverse(f"admin:prisoners_{kind}_delete", args=[row.pk])
    before = office.get(address)
    assert before.status_code == 200
    link()
    assert telling(office.get(address).content, before.content) == []
    answer = office.post(address, {"post": "yes"}, follow=True)
    assert answer.status_code == 200
    assert telling(answer.content, before.content) == []
    assert type(row)._base_manager.filter(pk=row.pk).exists()


def test_a_case_that_is_deleted_releases_the_help_and_says_nothing(office):
    prosecution = ProsecutionFactory(case__state="draft")
    address = reverse("admin:cases_case_delete", args=[prosecution.case_id])
    before = office.get(address)
    aid = helped(prosecution.prisoner)
    page = office.get(address)
    assert before.status_code == page.status_code == 200
    assert telling(page.content, before.content) == []
    assert office.post(address, {"post": "yes"}).status_code == 302
    aid.refresh_from_db()
    assert aid.prosecution is None
    assert HistoryEntry.objects.filter(table="assistance_legalaid", operation="U").exists()


# --- Merging ---------------------------------------------------------------------------------------


def test_help_follows_a_merge_though_the_editor_sees_none_of_it(administrator, as_role):
    one, two = PrisonerFactory(), PrisonerFactory()
    case = ProsecutionFactory(prisoner=one).case
    mine, theirs = helped(one), helped(two)
    same_case = LegalAidFactory(client=theirs.client, prosecution=ProsecutionFactory(case=case, prisoner=two))
    with as_role("staff_rw"), acting(staff_actor(administrator.pk)):
        assert not Client.objects.exists()
        merge_prisoners(keep=one, duplicate=two, reason="одно лицо", by=administrator.pk)
    assert set(Client.objects.values_list("prisoner", flat=True)) == {one.pk}
    for aid in (mine, theirs, same_case):
        aid.refresh_from_db()
        assert aid.prosecution.prisoner_id == one.pk
    note = StaffNote.objects.get(prisoner=one).text.lower()
    assert [word for word in TELLING if word in note] == []


def test_after_a_merge_the_rule_of_one_person_holds_again():
    from django.db import IntegrityError, transaction

    one, two = PrisonerFactory(), PrisonerFactory()
    aid = helped(two)
    merge_prisoners(keep=one, duplicate=two, reason="одно лицо", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=aid.client_id).update(prisoner=PrisonerFactory())


# --- Looking for duplicates -------------------------------------------------------------------------


def test_warnings_of_duplicates_never_look_at_clients():
    ClientFactory(name="Горинцев Тимур Адамович")
    person = PrisonerFactory(surname_ru="Горинцев", given_names_ru="Тимур")
    ClientFactory(name="Горинцев Тимур", prisoner=person)
    with counted() as queries:
        found = similar_people("Горинцев", "Тимур", "Адамович")
    assert found == [person]
    assert queries
    assert not [sql for sql in queries if "assistance_" in sql]
