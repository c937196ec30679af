"""The office: finance proposes a report by a form, somebody else approves it from the list."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from donations.models import FundReport, ReportProposal
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from tests.assistance.factories import LegalAidFactory, day
from tests.assistance_totals.telling import told
from tests.donations.report_rows import proposed, published

pytestmark = pytest.mark.django_db
LIST = reverse("admin:donations_reportproposal_changelist")
ADD = reverse("admin:donations_reportproposal_add")


def member(group: str, name: str = "") -> Client:
    sync_groups()
    user = User.objects.create_user(name or group, password="only for tests 1", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    client.user = user
    return client


def typed(*lines: dict, **head: object) -> dict[str, object]:
    """The form as it is sent: what came in first, what was spent then."""
    sent = {
        "fund": "prisoners",
        "period": "2026-1",
        "as_of": "2026-11-22",
        "received_euros": "1000",
        "spent_euros": "260.00",
        "carried_from_euros": "0",
        "exchange_euros": "0",
        "carried_to_euros": "740",
        "reason_ru": "",
        "reason_en": "",
        "lines-TOTAL_FORMS": str(len(lines)),
        "lines-INITIAL_FORMS": "0",
        **head,
    }
    for number, line in enumerate(lines):
        sent |= {f"lines-{number}-{name}": value for name, value in line.items()}
    return sent


CARD = {"side": "received", "way": "card", "currency": "EUR", "amount": "1000"}
ROUBLES = {
    "side": "spent",
    "purpose": "lawyers",
    "currency": "RUB",
    "amount": "24700",
    "per_euro": "95",
    "rate_on": "2026-06-30",
    "rate_basis_ru": "средний курс",
}


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def decided(client: Client, proposal: ReportProposal, action: str = "approve") -> str:
    sent = {"action": action, "_selected_action": [proposal.pk]}
    return text(client.post(LIST, sent, follow=True))


def test_one_proposes_another_approves_and_neither_does_both():
    one, other = member("finance", "one"), member("publisher", "other")
    answer = one.post(ADD, typed(CARD, ROUBLES), follow=True)
    proposal = ReportProposal.objects.get()
    assert proposal.proposed_by == f"staff:{one.user.pk}"
    assert [line.euros for line in proposal.lines.all()] == [Decimal(1000), Decimal(260)]
    assert "No totals of help are approved for this period" in text(answer)
    assert "another person looks at it" in decided(one, proposal)
    assert not FundReport.objects.exists()
    page = text(other.get(reverse("admin:donations_reportproposal_change", args=[proposal.pk])))
    assert "24700" in page
    assert "260.00" in page
    assert "readers will not be told how many people it helped" in page
    decided(other, proposal)
    assert FundReport.objects.get().received_euros == 1000


def test_lines_that_do_not_add_up_are_refused_and_nothing_typed_is_lost():
    answer = member("finance").post(
        ADD, typed(CARD, ROUBLES, received_euros="1000.01", carried_to_euros="740.01")
    )
    assert "Stated as received: 1000.01 €; the lines say 1000.00 €." in text(answer)
    assert 'value="средний курс"' in text(answer)
    assert not ReportProposal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"carried_to_euros": "741"}, "is not what is left: look at the sums"),
        ({"as_of": "2026-06-30"}, "only for fixed periods that are over"),
        ({"lines-1-per_euro": ""}, "has a rate, its day and its basis"),
        ({"lines-1-way": "card"}, "what was spent has a purpose alone"),
        ({"lines-0-amount": "-1000"}, "above nought"),
    ],
)
def test_what_the_database_refuses_is_said_beside_the_form(changes, said):
    answer = member("finance").post(ADD, typed(CARD, ROUBLES) | changes)
    assert said in text(answer)
    assert not ReportProposal.objects.exists()


def test_a_second_proposal_of_a_period_waits_for_the_first():
    proposed(period="2026-1")
    answer = member("finance").post(ADD, typed(CARD, ROUBLES))
    assert "waits for a decision already" in text(answer)


def test_the_page_warns_of_what_the_next_report_begins_with():
    first = published(period="2026-q2")
    published(carried_from_euros=first.carried_to_euros)
    correction = proposed(period="2026-q2", carried_from_euros=Decimal(5), reason_ru="Опечатка")
    client = member("finance")
    page = text(client.get(reverse("admin:donations_reportproposal_change", args=[correction.pk])))
    assert "The report after, Third quarter of 2026, begins with €1,000: it must be corrected next." in page
    assert "This corrects a published report: both will be shown." in page
    wrong = proposed(reason_ru="Опечатка", carried_from_euros=Decimal(7))
    assert "Second quarter of 2026, ends with €1,000: this one must begin with it." in text(
        client.get(reverse("admin:donations_reportproposal_change", args=[wrong.pk]))
    )
    assert "begins with" in decided(client, wrong)


def test_what_the_records_say_is_shown_to_who_may_see_costs_and_to_nobody_else():
    told("2026-1")
    LegalAidFactory(began=day("10.02.2026"), cost=Decimal(250), currency="EUR")
    LegalAidFactory(began=day("10.02.2025"), cost=Decimal(999), currency="EUR")
    proposal = proposed(period="2026-1")
    address = reverse("admin:donations_reportproposal_change", args=[proposal.pk])
    seen = text(member("finance").get(address))
    assert "<td>€410</td><td>€250</td><td>€160</td>" in seen
    assert "€999" not in seen
    unseen = text(member("publisher").get(address))
    assert "€410" not in unseen
    assert "410" in unseen


@pytest.mark.parametrize("group", ["editor", "translator", "aid_coordinator", "aid_lead", "legal"])
def test_nobody_else_sees_proposals(group):
    client = member(group)
    assert client.get(LIST).status_code == client.get(ADD).status_code == 403


@pytest.mark.parametrize("group", ["publisher", "auditor"])
def test_who_sees_may_not_propose(group):
    client = member(group)
    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == 403


def test_one_line_or_twelve_the_same_number_of_queries(django_assert_max_num_queries):
    proposal = proposed()
    client = member("finance")
    with django_assert_max_num_queries(30):
        client.get(reverse("admin:donations_reportproposal_change", args=[proposal.pk]))
