"""The finance desk: two people, each having proved who they are; what waits, is live, expires, is announced."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from donations.actions.details import approve_details, propose_details
from donations.models import DetailsProposal, PaymentSet
from donations.signing.current import current_details
from donations.signing.signature import signed
from donations.signing.standing import method_standings, next_set, set_standing
from memorial.base.civil_date import civil_date
from memorial.base.models import HistoryEntry
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from memorial.staff.session_store import CONFIRMED
from tests.counting import counted
from tests.donations.refused_payment import decide, proposal
from tests.donations.signing import BANK, BITCOIN, CARD, KEY, KEYS, PATREON, method_of, set_of, take_in

pytestmark = pytest.mark.django_db
DESK = reverse("admin:donations_paymentset_desk")
LOAD = reverse("admin:donations_paymentset_load")
FILE = reverse("admin:donations_paymentset_file")
SEEN = reverse("admin:donations_paymentset_seen")
TYPED = {
    "iban": "de89 3704 0044 0532 0130 00",
    "bic": "sampdeffxxx",
    "holder": " Sample Beneficiary e. V.",
    "reference": "Donation",
}


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.DONATE_PUBLIC_KEYS = KEYS
    settings.DONATE_LOWEST_SERIAL = 1


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def member(group: str, name: str = "") -> Client:
    sync_groups()
    user = User.objects.create_user(name or group, password="only for tests 1", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    client.user = user
    return client


def stale(client: Client) -> Client:
    """The same session, the last proof six minutes ago."""
    session = client.session
    session[CONFIRMED] = time.time() - 360
    session.save()
    return client


def propose_page(method) -> str:
    return reverse("admin:donations_paymentmethod_propose", args=[method.pk])


def decide_page(made: DetailsProposal) -> str:
    return reverse("admin:donations_detailsproposal_decide", args=[made.pk])


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_one_proposes_another_approves_the_set_comes_back_and_readers_see_it():
    one, other = member("finance", "one"), member("finance", "other")
    bank = method_of(BANK)
    assert one.post(propose_page(bank), TYPED).status_code == 302
    made = DetailsProposal.objects.get()
    assert made.details == BANK
    assert made.proposed_by == f"staff:{one.user.pk}"
    assert "waits for a second person" in text_of(one, DESK)
    assert "another person looks at them" in text_of(one, decide_page(made))
    assert one.post(decide_page(made), {"decision": "approve"}).status_code == 400
    assert DetailsProposal.objects.waiting().exists()
    assert BANK.values["iban"] in text_of(other, decide_page(made))
    assert other.post(decide_page(made), {"decision": "approve"}).status_code == 302
    assert other.get(FILE).content.decode().startswith("donations-unsigned 1\nmethod bank\n")
    assert "unavailable: to be signed" in text_of(one, DESK)
    file = SimpleUploadedFile("payment-set-1.txt", signed(set_of(BANK), KEY).encode())
    assert one.post(LOAD, {"file": file}).status_code == 302
    assert dict(current_details(civil_date())) == {"bank": BANK}
    assert "Readers see set number 1" in text_of(one, DESK)


def test_a_set_is_taken_in_by_its_pasted_text_as_browsers_send_it():
    decide(proposal())
    finance = member("finance")
    text = signed(set_of(CARD), KEY)
    spoilt = finance.post(LOAD, {"text": text.replace("once", "evil")})
    assert (spoilt.status_code, PaymentSet.objects.count()) == (400, 0)
    assert "not of this text" in spoilt.content.decode()
    assert finance.post(LOAD, {}).status_code == 400
    assert finance.post(LOAD, {"file": SimpleUploadedFile("x", b"\xff\xfe")}).status_code == 400
    assert finance.post(LOAD, {"text": text.replace("\n", "\r\n")}).status_code == 302
    assert PaymentSet.objects.get().signed_text == text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("iban", "DE88370400440532013000", "no IBAN"),
        ("bic", "SAMPFRPP", "The BIC is of FR, the account of DE"),
        ("holder", "x\u202ey", "invisible character"),
        ("reference", "", "required"),
    ],
)
def test_a_wrong_field_is_said_beside_it_and_nothing_is_written(field, value, said):
    finance = member("finance")
    answer = finance.post(propose_page(method_of(BANK)), {**TYPED, field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert page.index("errorlist") < page.index(f'name="{field}"')
    assert not DetailsProposal.objects.exists()


def test_a_wallet_takes_network_and_currency_from_its_way_to_give():
    finance, wallet = member("finance"), method_of(BITCOIN)
    assert 'name="network"' not in text_of(finance, propose_page(wallet))
    sent = {"address": BITCOIN.values["address"], "network": "tron"}
    assert finance.post(propose_page(wallet), sent).status_code == 302
    assert DetailsProposal.objects.get().details == BITCOIN


@pytest.mark.parametrize("kind", ["propose", "decide", "load", "file"])
def test_nothing_grave_without_a_fresh_proof(kind):
    finance = member("finance")
    made = proposal()
    decided_before = decide(made) if kind in {"load", "file"} else made
    stale(finance)
    if kind == "propose":
        answer = finance.post(propose_page(method_of(BANK)), TYPED)
    elif kind == "decide":
        answer = finance.post(decide_page(made), {"decision": "approve"})
    elif kind == "load":
        answer = finance.post(LOAD, {"text": signed(set_of(CARD), KEY)})
    else:
        answer = finance.get(FILE)
    assert "once-more-code" in answer.content.decode()
    decided_before.refresh_from_db()
    assert DetailsProposal.objects.count() == 1
    assert DetailsProposal.objects.waiting().exists() is (kind in {"propose", "decide"})
    assert not PaymentSet.objects.exists()


def test_the_same_details_are_not_proposed_twice_nor_two_at_once():
    finance = member("finance")
    made = proposal()
    page, sent = propose_page(made.method), {"url": "https://pay.example.org/other"}
    assert "wait for a decision already" in finance.post(page, sent).content.decode()
    decide(made)
    assert "approved already" in finance.post(page, {"url": CARD.url}).content.decode()
    assert finance.post(page, sent).status_code == 302
    changed = DetailsProposal.objects.waiting().get()
    other = member("publisher")
    assert "<strong>https://pay.example.org/other</strong>" in text_of(other, decide_page(changed))
    other.post(decide_page(changed), {"decision": "decline"})
    assert other.post(decide_page(changed), {"decision": "approve"}).status_code == 400
    assert DetailsProposal.objects.to_sign().get().block == made.block


@pytest.mark.parametrize("group", ["editor", "translator", "legal", "aid_coordinator", "aid_lead", "auditor"])
def test_nobody_else_decides_on_money(group):
    client, made = member(group), proposal()
    for url in (propose_page(made.method), decide_page(made), LOAD, FILE):
        assert client.get(url).status_code == 403
        assert client.post(url).status_code == 403
    assert client.get(DESK).status_code == (200 if group == "auditor" else 403)


def test_what_is_changed_is_announced_to_finance_until_each_has_seen_it():
    finance, colleague, publisher = member("finance", "a"), member("finance", "b"), member("publisher")
    decide(proposal())
    take_in(CARD)
    index = reverse("admin:index")
    for client in (finance, colleague):
        assert "approved" in text_of(client, DESK)
        assert "Set number 1 was taken in" in text_of(client, DESK)
        assert "Payment details have changed: take note" in text_of(client, index)
    assert "I have taken note" not in text_of(publisher, DESK)
    assert publisher.post(SEEN).status_code == 403
    assert finance.get(SEEN).status_code == 405
    finance.post(SEEN)
    finance.post(SEEN)
    assert "I have taken note" not in text_of(finance, DESK)
    assert "I have taken note" in text_of(colleague, DESK)
    take_in(CARD, serial=2)
    assert "Set number 2 was taken in" in text_of(finance, DESK)


def test_renewal_is_reminded_twenty_one_days_ahead_on_the_desk_and_the_first_page():
    finance, index = member("finance"), reverse("admin:index")
    take_in(CARD, days=23)
    assert "Sign a new set" not in text_of(finance, DESK)
    assert "holds for more than 21 days" in text_of(finance, index)
    take_in(CARD, serial=2, days=22)
    assert "Sign a new set" in text_of(finance, DESK)
    panel = text_of(finance, index)
    assert "Payment details are to be signed anew" in panel
    assert "holds for more than 21 days" not in panel


def test_the_standing_on_each_day():
    take_in(CARD, begins=date(2026, 11, 20), days=60)
    last = date(2027, 1, 18)
    said = {
        date(2026, 11, 19): (False, True),
        date(2026, 11, 20): (True, False),
        last - timedelta(days=22): (True, False),
        last - timedelta(days=21): (True, True),
        last: (True, True),
        last + timedelta(days=1): (False, True),
    }
    for day, (holds, expiring) in said.items():
        standing = set_standing(day)
        assert (standing.holds, standing.is_expiring) == (holds, expiring), day


def test_every_way_to_give_says_how_it_stands(settings):
    decide(proposal(method=method_of(CARD)))
    method_of(BANK)
    method_of(PATREON, is_shown=False)
    standing = set_standing(civil_date())
    words = {each.method.slug: each.words for each in method_standings(standing)}
    assert words == {
        "card": "unavailable: to be signed",
        "bank": "unavailable: no details are approved",
        "patreon": "readers are not told of it",
    }
    take_in(CARD, serial=4)
    standing = set_standing(civil_date())
    assert {each.words for each in method_standings(standing) if each.is_live} == {"live"}
    assert next_set(standing, civil_date()).serial == 5
    settings.DONATE_LOWEST_SERIAL = 9
    assert next_set(set_standing(civil_date()), civil_date()).serial == 9


def test_the_desk_costs_the_same_with_one_way_to_give_and_with_four():
    auditor = member("auditor")
    method_of(CARD)
    auditor.get(DESK)
    with counted() as one:
        auditor.get(DESK)
    for each in (BANK, BITCOIN, PATREON):
        method_of(each)
    with counted() as four:
        auditor.get(DESK)
    assert len(one) == len(four), four


def test_every_step_stands_in_the_history_with_who_did_it():
    decide(proposal())
    take_in(CARD)
    told = HistoryEntry.objects.filter(table__in=("donations_detailsproposal", "donations_paymentset"))
    assert [(entry.table, entry.operation, entry.actor) for entry in told.order_by("pk")][:2] == [
        ("donations_detailsproposal", HistoryEntry.Operation.INSERT, "command:propose"),
        ("donations_detailsproposal", HistoryEntry.Operation.UPDATE, "command:approve"),
    ]
    assert told.filter(table="donations_paymentset").count() == 1


def test_actions_refuse_what_the_form_would():
    now, method = timezone.now(), method_of(CARD)
    with pytest.raises(ValidationError, match="https"):
        propose_details(method=method, values={"url": "http://x.example/"}, confirmed_at=now, by="a")
    made = propose_details(method=method, values=dict(CARD.values), confirmed_at=now, by="a")
    with pytest.raises(ValidationError, match="another person"):
        approve_details(proposal=made, confirmed_at=now, by="a")
    with pytest.raises(ValidationError, match="five minutes"):
        approve_details(proposal=made, confirmed_at=now - timedelta(minutes=7), by="b")
    approve_details(proposal=made, confirmed_at=now, by="b")
