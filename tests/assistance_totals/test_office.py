"""The office: one member of staff proposes by a form, another approves from the list."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from assistance.models import TotalsProposal, TotalsPublication
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from tests.assistance.factories import LegalAidFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:assistance_totalsproposal_changelist")
ADD = reverse("admin:assistance_totalsproposal_add")


def member(group: str, name: str) -> Client:
    sync_groups()
    user = User.objects.create_user(name, password="only for tests 1", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    client.user = user
    return client


def decided(client: Client, proposal: TotalsProposal, action: str = "approve") -> str:
    sent = {"action": action, "_selected_action": [proposal.pk]}
    return client.post(LIST, sent, follow=True).content.decode()


def test_one_proposes_another_approves_and_neither_does_both():
    for _ in range(6):
        LegalAidFactory()
    one, other = member("aid_lead", "one"), member("aid_lead", "other")
    one.post(ADD, {"period": "2024", "reason_ru": "", "reason_en": ""})
    proposal = TotalsProposal.objects.get()
    assert proposal.proposed_by == f"staff:{one.user.pk}"
    assert "another person looks at them" in decided(one, proposal)
    assert not TotalsPublication.objects.exists()
    page = other.get(reverse("admin:assistance_totalsproposal_change", args=[proposal.pk])).content.decode()
    assert "Helped by lawyers: Investigation</th><td>6</td>" in page
    assert "legal:" not in page
    decided(other, proposal)
    assert TotalsPublication.objects.get().totals.get(figure="legal").people == 6


def test_what_is_refused_is_said_and_nothing_is_written():
    lead = member("aid_lead", "lead")
    lead.post(ADD, {"period": "2024"})
    answer = lead.post(ADD, {"period": "2024"}, follow=True).content.decode()
    assert "wait for a decision already" in answer
    assert TotalsProposal.objects.count() == 1


@pytest.mark.parametrize("group", ["editor", "translator", "aid_coordinator", "publisher", "administrator"])
def test_nobody_else_sees_proposals(group):
    client = member(group, group)
    assert client.get(LIST).status_code == client.get(ADD).status_code == 403
