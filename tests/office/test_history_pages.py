"""The history of a record: differences from the database's own entries, for those who may see them."""

import pytest
from django.urls import reverse

from memorial.base.models import HistoryEntry
from prisoners.models import StayPrivate
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.office.forms import fields_of

pytestmark = pytest.mark.django_db


def history(record, model="prisoner") -> str:
    return reverse(f"admin:prisoners_{model}_history", args=[record.pk])


def test_it_shows_what_was_and_what_is_by_whom(desk):
    person = PrisonerFactory(summary_en="Was so")
    url = reverse("admin:prisoners_prisoner_change", args=[person.pk])
    desk.post(url, fields_of(desk.get(url)) | {"summary_en": "Is so"})
    text = desk.get(history(person)).content.decode()
    for words in ("Was so", "Is so", "(English)", "a-editor"):
        assert words in text, words


def test_it_tells_of_rows_below_and_of_rows_that_are_gone(desk):
    stay = StayFactory(note_en="A line of a stay")
    StayPrivate.objects.create(stay=stay, facility=FacilityFactory(), staff_note="Two steps below")
    person = stay.prisoner
    stay.delete()
    text = desk.get(history(person)).content.decode()
    assert "A line of a stay" in text
    assert "Two steps below" in text
    other = PrisonerFactory()
    assert "A line of a stay" not in desk.get(history(other)).content.decode()


@pytest.mark.parametrize("group", ["translator", "legal", "aid_coordinator", "finance"])
def test_the_whole_history_is_for_those_who_may(member, group):
    """Of a record each sees what they may see of it (tests/history/test_past_rights.py)."""
    client, person = member(group), PrisonerFactory()
    assert client.get(reverse("admin:base_historyentry_changelist")).status_code == 403
    assert client.get(history(person)).status_code == (403 if group == "finance" else 200)


@pytest.mark.parametrize("group", ["editor", "administrator", "auditor"])
def test_entries_are_read_and_changed_by_nobody(member, group):
    client = member(group)
    PrisonerFactory()
    entry = HistoryEntry.objects.filter(table="prisoners_prisoner").first()
    page = reverse("admin:base_historyentry_change", args=[entry.pk])
    text = client.get(page).content.decode()
    assert 'name="_save"' not in text
    assert "Gorintsev" in text
    assert client.post(page, {"reason": "forged"}).status_code == 403
    assert (
        client.post(reverse("admin:base_historyentry_delete", args=[entry.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert client.get(reverse("admin:base_historyentry_add")).status_code == 403
    assert (
        client.get(
            reverse("admin:base_historyentry_changelist"), {"q": f"staff:{client.user.pk}"}
        ).status_code
        == 200
    )


def test_djangos_own_log_is_not_kept_beside_it(desk):
    from django.contrib.admin.models import LogEntry

    person = PrisonerFactory()
    url = reverse("admin:prisoners_prisoner_change", args=[person.pk])
    desk.post(url, fields_of(desk.get(url)))
    assert not LogEntry.objects.exists()


def test_nobody_acts_on_a_readers_page_and_the_actor_does_not_outlive_the_request(desk, reader):
    from django.db import connection

    desk.get(reverse("admin:index"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('memorial.actor', true), '')")
        assert cursor.fetchone()[0] == ""
