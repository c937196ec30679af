"""Notices of safety: what approving writes, what it takes away, who may, and what the office sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations.actions.notices import approve_notice
from donations.choices import Place
from donations.models import DonorNotice, DonorNoticeProposal, SafetyNotice, SafetyProposal
from memorial.base.civil_date import civil_date
from memorial.base.models import HistoryEntry
from memorial.demo.notices import APPROVES, PROPOSES, write_notices
from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User
from memorial.staff.session_store import CONFIRMED
from tests.donations import signing
from tests.donations.notice_rows import ONE, OTHER, approved, approved_text, days, ended, proposed, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:donations_safetyproposal_changelist")


def told() -> list[tuple]:
    """What stands in the table that readers see: level, first and last day from today."""
    today = civil_date()
    return [
        (row.level, (row.valid_from - today).days, (row.valid_until - today).days)
        for row in SafetyNotice.objects.order_by("valid_from")
    ]


def test_nothing_is_public_before_another_person_approves():
    made = proposed()
    assert told() == []
    with pytest.raises(ValidationError, match=r"another person|другой человек"):
        approve_notice(proposal=made, confirmed_at=timezone.now(), by=ONE)
    assert told() == []
    approve_notice(proposal=made, confirmed_at=timezone.now(), by=OTHER)
    assert told() == [("suitable", -1, 30)]


def test_a_new_notice_shortens_the_old_one():
    approved()
    approved(level="no", **days(begins=5, ends=20))
    assert told() == [("suitable", -1, 4), ("no", 5, 20)]


def test_a_new_notice_takes_the_place_of_one_that_begins_with_it_or_later():
    approved(**days(begins=5, ends=20))
    approved(level="no", **days(begins=0, ends=10))
    assert told() == [("no", 0, 10)]


def test_notices_of_other_cells_and_of_other_days_stay():
    approved(Place.SOMETIMES, "caution")
    approved(method=signing.method_of(signing.CARD))
    approved(**days(begins=20, ends=30))
    approved(level="no", **days(begins=0, ends=10))
    assert told() == [
        ("caution", -1, 30),
        ("suitable", -1, 30),
        ("no", 0, 10),
        ("suitable", 20, 30),
    ]


def test_ending_one_leaves_its_successor():
    first = approved()
    approved(level="caution", **days())
    assert told() == [("caution", -1, 30)]
    from donations.actions.notices import end_notice

    end_notice(proposal=first, by=ONE)
    assert told() == [("caution", -1, 30)]


def test_an_ended_notice_is_gone_and_its_history_stays():
    made = ended()
    assert told() == []
    assert made.ended_by == ONE
    entries = HistoryEntry.objects.filter(table="donations_safetynotice", row=str(made.pk))
    assert [entry.operation for entry in entries.order_by("pk")] == ["I", "D"]


def test_a_text_for_donors_follows_the_same_rules():
    first = approved_text()
    approved_text(title_ru="Новое", **days(begins=3, ends=20))
    rows = DonorNotice.objects.order_by("valid_from").values_list("pk", "title_ru", "valid_until")
    assert rows[0] == (first.pk, "Сначала прочитайте", civil_date() + timedelta(days=2))
    assert rows[1][1] == "Новое"


def test_staff_cannot_write_a_notice_past_two_people(as_role):
    approved(level="no")
    with as_role("staff_rw"):
        for statement in (
            "INSERT INTO donations_safetynotice (place, level, reason, checked_on, valid_from, valid_until)"
            " VALUES ('in-russia', 'suitable', '', now(), now(), now())",
            "UPDATE donations_safetynotice SET level = 'suitable'",
            "UPDATE donations_donornotice SET valid_until = '2099-01-01'",
        ):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


def test_the_owner_cannot_loosen_a_notice_either():
    approved(level="no")
    with pytest.raises(IntegrityError, match="notice_through_two_people"), transaction.atomic():
        SafetyNotice.objects.update(level="suitable")


# --- The office --------------------------------------------------------------------------------------


@pytest.fixture
def member():
    sync_groups()

    def make(group: str) -> Client:
        user = User.objects.create_user(f"of-{group}", password="only for tests 1", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        client.cookies["django_language"] = "en"
        client.user = user
        return client

    return make


def decide(client: Client, *rows, action: str = "approve") -> str:
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, sent, follow=True).content.decode()


def test_finance_proposes_and_a_publisher_approves_many_at_once(member):
    finance, publisher = member("finance"), member("publisher")
    for place in ("elsewhere", "in-russia"):
        typed = {"place": place, "method": "", "level": "no", "reason_ru": "", "reason_en": ""}
        dates = {name: value.isoformat() for name, value in days().items()}
        answer = finance.post(reverse("admin:donations_safetyproposal_add"), typed | dates, follow=True)
        assert answer.status_code == 200
        assert "adminform" not in answer.context, answer.context["adminform"].form.errors
    rows = list(SafetyProposal.objects.waiting())
    assert len(rows) == 2
    assert {row.proposed_by for row in rows} == {f"staff:{finance.user.pk}"}
    decide(finance, *rows)
    assert told() == [], "finance may propose and not approve"
    decide(publisher, *rows)
    assert len(told()) == 2
    decide(finance, rows[0], action="end")
    assert len(told()) == 1, "to forbid takes one person"


def test_a_publisher_cannot_approve_their_own(member):
    publisher = member("publisher")
    made = proposed(by=f"staff:{publisher.user.pk}")
    assert "another person looks at it" in decide(publisher, made)
    assert told() == []


def test_whoever_decides_proves_once_more_who_they_are(member):
    publisher, made = member("publisher"), proposed()
    session = publisher.session
    session[CONFIRMED] -= 600
    session.save()
    assert "Once more, please" in decide(publisher, made)
    assert told() == []


@pytest.mark.parametrize("group", ["editor", "translator", "aid_coordinator", "aid_lead", "legal"])
def test_nobody_else_sees_notices(member, group):
    assert member(group).get(LIST).status_code == 403


def test_the_office_says_what_holds_now_and_what_expires(member):
    publisher = member("publisher")
    approved(level="no", **days(ends=20))
    approved_text(**days(ends=21))
    waiting = proposed()
    page = publisher.get(reverse("admin:donations_safetyproposal_change", args=[waiting.pk]))
    assert "Do not pay (" in page.content.decode()
    panels = {str(each["title"]): each["total"] for each in publisher.get("/admin/").context["panels"]}
    assert panels["Notices of safety to be looked at by a second person"] == 1
    assert panels["Notices of safety that expire within three weeks"] == 1
    assert panels["The text for donors expires within three weeks"] == 1


def test_expiring_is_told_three_weeks_ahead_and_not_before():
    made = approved(**days(ends=21))
    today = civil_date()
    assert [row.pk for row in SafetyNotice.objects.expiring(today)] == [made.pk]
    assert not SafetyNotice.objects.expiring(today - timedelta(days=1)).exists()
    assert not SafetyNotice.objects.expiring(today + timedelta(days=22)).exists()


# --- The shipped words -------------------------------------------------------------------------------


def test_the_shipped_words_are_proposed_once_and_shown_to_nobody():
    card, bank = signing.method_of(signing.CARD), signing.method_of(signing.BANK)
    dates = days(ends=90)
    arguments = [f"--checked-on={dates['checked_on']}", f"--until={dates['valid_until']}"]
    for _ in range(2):
        call_command("propose_safety_notices", *arguments, verbosity=0)
    words = {(row.place, row.method_id): row.level for row in SafetyProposal.objects.waiting()}
    assert words == {
        ("in-russia", card.pk): "no",
        ("in-russia", bank.pk): "no",
        ("in-russia", None): "caution",
        ("sometimes-in-russia", card.pk): "caution",
        ("sometimes-in-russia", bank.pk): "caution",
        ("sometimes-in-russia", None): "caution",
        ("elsewhere", card.pk): "suitable",
        ("elsewhere", bank.pk): "suitable",
        ("elsewhere", None): "suitable",
    }
    assert DonorNoticeProposal.objects.count() == 1
    assert not SafetyNotice.objects.exists()
    assert not DonorNotice.objects.exists()


def test_what_was_approved_is_not_proposed_anew_and_what_has_no_word_is():
    approved_text()
    approved(Place.IN_RUSSIA, "no")
    dates = days(ends=90)
    arguments = [f"--checked-on={dates['checked_on']}", f"--until={dates['valid_until']}"]
    call_command("propose_safety_notices", *arguments, verbosity=0)
    assert sorted(SafetyProposal.objects.waiting().values_list("place", flat=True)) == [
        "elsewhere",
        "sometimes-in-russia",
    ]
    assert not DonorNoticeProposal.objects.waiting().exists()


def test_the_invented_world_has_a_word_for_every_cell_from_two_parties():
    for details in signing.ALL:
        signing.method_of(details)
    write_notices(civil_date())
    assert SafetyNotice.objects.count() == 3 * (len(signing.ALL) + 1)
    assert DonorNotice.objects.valid(civil_date()).count() == 1
    for row in SafetyProposal.objects.all():
        assert row.proposed_by == PROPOSES
        assert row.decided_by == APPROVES


def test_a_check_that_is_too_old_carries_nothing():
    dates = days(checked=-400, ends=10)
    arguments = [f"--checked-on={dates['checked_on']}", f"--until={dates['valid_until']}"]
    with pytest.raises(CommandError):
        call_command("propose_safety_notices", *arguments, verbosity=0)
    assert not SafetyProposal.objects.exists()


def test_a_text_that_waits_is_seen_by_nobody(reader):
    text(title_ru="Неодобренное")
    assert "Неодобренное" not in reader.get("/ru/donate/").content.decode()
