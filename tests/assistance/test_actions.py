"""Steps, ends, parcels sent twice, and clients who are one person."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assistance.actions import close_request, give_aid, merge_clients, take_step
from assistance.choices import AidChannel, Recipient, RequestState
from assistance.models import AidItem, Client, HelpRequest, HumanitarianAid
from memorial.base.models import HistoryEntry
from tests.assistance.factories import (
    CitizenshipOfClientFactory,
    ClientFactory,
    ContactPersonFactory,
    DetentionAidFactory,
    HelpRequestFactory,
    HumanitarianAidFactory,
    ItemKindFactory,
    LegalAidFactory,
    day,
)
from tests.factories import PrisonerFactory, ProsecutionFactory

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 20)


def step(request: HelpRequest, **changes: object) -> HelpRequest:
    given = {
        "request": request,
        "version": request.version,
        "done_on": NOVEMBER,
        "next_step": "Передать договор",
        "next_step_on": date(2026, 12, 1),
        "by": 7,
    }
    return take_step(**given | changes)


@pytest.fixture
def request_() -> HelpRequest:
    return HelpRequestFactory()


@pytest.fixture(autouse=True)
def today(time_machine_november):
    """Everything happens on one day."""


@pytest.fixture
def time_machine_november():
    import time_machine

    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


def test_a_step_sets_the_next_one_and_the_day_of_the_last(request_):
    row = step(request_, state=RequestState.ACCEPTED)
    assert (row.next_step, row.last_step_on, row.state) == ("Передать договор", NOVEMBER, "accepted")
    assert HistoryEntry.objects.filter(table="assistance_helprequest", operation="U").get().actor == "staff:7"


def test_a_step_entered_late_does_not_put_the_last_one_back(request_):
    row = step(step(request_), done_on=date(2026, 11, 1))
    assert row.last_step_on == NOVEMBER


def test_of_two_coordinators_at_once_the_second_is_told_and_nothing_is_lost(request_):
    first = step(request_, next_step="Первое")
    with pytest.raises(ValidationError) as caught:
        step(request_, next_step="Второе")
    assert caught.value.code == "changed"
    request_.refresh_from_db()
    assert (request_.next_step, request_.version) == ("Первое", first.version)
    assert step(first, next_step="Второе").next_step == "Второе"


@pytest.mark.parametrize(
    "changes",
    [
        {"done_on": date(2026, 11, 24)},
        {"next_step": ""},
        {"next_step_on": None},
        {"state": RequestState.DONE},
        {"done_on": date(2026, 11, 1), "request": None},
    ],
)
def test_a_step_that_cannot_be_is_refused_in_words(request_, changes):
    if "request" in changes:
        request_.delete()
        request_.pk = 0
        changes = {}
    with pytest.raises(ValidationError) as caught:
        step(request_, **changes)
    assert len(str(caught.value.messages[0])) > 20


def test_a_request_ends_and_nothing_waits_any_more(request_):
    row = close_request(request=request_, version=1, state=RequestState.DONE, closed_on=NOVEMBER, by=7)
    assert (row.is_open, row.next_step, row.next_step_on, row.closed_on) == (False, "", None, NOVEMBER)
    with pytest.raises(ValidationError):
        step(row)


def test_a_refusal_has_reasons_and_an_end_is_an_end(request_):
    given = {"request": request_, "version": 1, "closed_on": NOVEMBER, "by": 7}
    with pytest.raises(ValidationError):
        close_request(state=RequestState.REFUSED, **given)
    with pytest.raises(ValidationError):
        close_request(state=RequestState.IN_WORK, **given)
    assert close_request(state=RequestState.REFUSED, decision="Не наш случай", **given).decision


# --- Parcels ---------------------------------------------------------------------------------------


def parcel(client: Client, key: uuid.UUID, **changes: object) -> tuple[HumanitarianAid, bool]:
    given = {
        "sent_as": key,
        "client": client,
        "given_on": day("14.03.2024"),
        "channel": AidChannel.PARCEL,
        "for_whom": Recipient.PRISONER,
        "items": [
            {"kind": ItemKindFactory(), "quantity": Decimal(2), "unit": "pack"},
            {"kind": ItemKindFactory(code="food"), "cost": Decimal(300), "currency": "RUB"},
        ],
        "by": 7,
    }
    return give_aid(**given | changes)


def test_a_parcel_sent_twice_is_one():
    client, key = ClientFactory(), uuid.uuid4()
    first, is_new = parcel(client, key)
    again, is_new_again = parcel(client, key, note="второй раз")
    assert (is_new, is_new_again, again) == (True, False, first)
    assert (HumanitarianAid.objects.count(), AidItem.objects.count()) == (1, 2)


def test_a_key_of_another_client_is_refused():
    key = uuid.uuid4()
    parcel(ClientFactory(), key)
    with pytest.raises(ValidationError):
        parcel(ClientFactory(), key)


def test_a_parcel_of_which_one_item_is_refused_leaves_nothing():
    with pytest.raises(ValidationError):
        parcel(ClientFactory(), uuid.uuid4(), items=[{"kind": ItemKindFactory(), "cost": Decimal(-1)}])
    assert not HumanitarianAid.objects.exists()


# --- Two clients, one person -----------------------------------------------------------------------


def test_merging_moves_everything_and_keeps_every_word():
    prosecution = ProsecutionFactory()
    keep = ClientFactory(name="Горинцев Тимур", contact="a@example.org", note="Первое", coordinator=None)
    duplicate = ClientFactory(
        name="Горинцев Т. А.",
        contact="b@example.org",
        note="Второе",
        coordinator=7,
        prisoner=prosecution.prisoner,
        opened_on=date(2023, 1, 1),
    )
    LegalAidFactory(client=duplicate, prosecution=prosecution)
    for make in (CitizenshipOfClientFactory, ContactPersonFactory, HelpRequestFactory):
        make(client=duplicate)
    DetentionAidFactory(client=duplicate)
    HumanitarianAidFactory(client=duplicate)
    merge_clients(keep=keep, duplicate=duplicate, reason="одно лицо", by=7)
    row = Client.objects.get()
    assert row == keep
    assert (row.prisoner, row.coordinator, row.opened_on) == (prosecution.prisoner, 7, date(2023, 1, 1))
    assert row.contact == "a@example.org"
    for word in ("Первое", "Второе", "Горинцев Т. А.", "b@example.org"):
        assert word in row.note
    related = [relation.get_accessor_name() for relation in Client._meta.related_objects]
    assert len(related) >= 6
    for name in related:
        assert getattr(row, name).count() == 1, name


def test_clients_of_two_people_are_not_merged():
    one, two = (ClientFactory(prisoner=PrisonerFactory()) for _ in range(2))
    with pytest.raises(ValidationError):
        merge_clients(keep=one, duplicate=two, reason="ошибка", by=7)


@pytest.mark.parametrize("reason", ["", "  "])
def test_merging_has_a_reason(reason):
    with pytest.raises(ValidationError):
        merge_clients(keep=ClientFactory(), duplicate=ClientFactory(), reason=reason, by=7)


def test_a_client_is_not_merged_with_itself():
    client = ClientFactory()
    with pytest.raises(ValidationError):
        merge_clients(keep=client, duplicate=client, reason="x", by=7)


def test_a_text_that_cannot_be_opened_is_not_lost_by_merging(settings):
    import os

    keep, duplicate = ClientFactory(), ClientFactory(note="важное")
    settings.FIELD_KEYS = (os.urandom(32),)
    with pytest.raises(ValidationError):
        merge_clients(keep=keep, duplicate=duplicate, reason="x", by=7)
    assert Client.objects.count() == 2
