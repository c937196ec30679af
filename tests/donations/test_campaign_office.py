"""A campaign in the office: written, published, what came in entered once, corrected openly, withdrawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from donations.models import Campaign, Progress
from tests.donations.campaign_rows import campaign, entry, statement, total
from tests.donations.test_finance_desk import member
from tests.donations.test_named_people import typed
from tests.office.forms import fields_of

pytestmark = pytest.mark.django_db
ADD = reverse("admin:donations_campaign_add")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23T12:00:00+03:00", tick=True)


def page_of(row: Campaign) -> str:
    return reverse("admin:donations_campaign_change", args=[row.pk])


def deed_of(row: Campaign, code: str) -> str:
    return reverse("admin:donations_campaign_deed", args=[row.pk, code])


def day_of_the_database() -> date:
    """Its own day in Moscow: it dates what staff enter, and no clock of a test moves it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Europe/Moscow')::date")
        (day,) = cursor.fetchone()
    return day


def new_entry(client: Client, row: Campaign, **fields: object) -> str:
    """Adds an entry on the campaign's page; returns what the page says."""
    sent = fields_of(client.get(page_of(row)))
    at = sent["entries-TOTAL_FORMS"][0]
    sent["entries-TOTAL_FORMS"] = [str(int(at) + 1)]
    given = {
        "as_of": "2026-11-20",
        "amount": "4218",
        "currency": "EUR",
        "source_ru": "наш учёт",
        "source_en": "",
        **fields,
    }
    sent |= {f"entries-{at}-{name}": value for name, value in given.items()}
    return client.post(page_of(row), sent, follow=True).content.decode()


def test_finance_writes_and_a_publisher_publishes():
    finance, publisher = member("finance"), member("publisher")
    finance.post(ADD, typed())
    row = Campaign.objects.get()
    assert row.state == "draft"
    assert finance.post(deed_of(row, "publish")).status_code == 403
    assert publisher.post(deed_of(row, "publish")).status_code == 302
    assert Client().get("/ru/donate/work/").status_code == 200
    assert finance.post(deed_of(row, "withdraw"), {"reason": ""}).status_code == 400
    assert finance.post(deed_of(row, "withdraw"), {"reason": "An error in the text"}).status_code == 302
    assert Client().get("/ru/donate/work/").status_code == 404
    finance.post(deed_of(row, "draft"))
    row.refresh_from_db()
    assert row.state == "draft"
    assert row.first_published_at is not None


def test_a_wrong_address_is_said_in_words():
    page = member("finance").post(ADD, typed(slug="in-russia")).content.decode()
    assert "taken by another page" in page
    assert not Campaign.objects.exists()


def test_an_entry_is_added_and_stays():
    row, finance = campaign(), member("finance")
    new_entry(finance, row)
    first = Progress.objects.get()
    assert (first.amount, first.entered_on) == (Decimal(4218), day_of_the_database())
    assert f'name="entries-{0}-amount"' not in finance.get(page_of(row)).content.decode()
    said = new_entry(finance, row, amount="4300")
    assert "There is an entry for this day" in said
    assert "4300" in said
    new_entry(finance, row, amount="4300", corrects=first.pk, reason_ru="Опечатка")
    assert Progress.objects.standing().get().amount == 4300


def test_only_standing_entries_of_the_campaign_can_be_corrected():
    row = campaign()
    wrong = entry(row, 1)
    right = entry(row, 2, corrects=wrong, reason_ru="Опечатка")
    foreign = entry(campaign("other"))
    page = member("finance").get(page_of(row)).content.decode()
    assert f'<option value="{right.pk}">' in page
    assert f'<option value="{wrong.pk}">' not in page
    assert f'<option value="{foreign.pk}">' not in page


def test_a_sum_in_another_currency_wants_its_rate():
    row, finance = campaign(), member("finance")
    assert "state the rate and its day" in new_entry(finance, row, currency="USD")
    assert "A rate has its day" in new_entry(finance, row, currency="USD", rate="0.9", rate_to="EUR")
    new_entry(
        finance,
        row,
        currency="USD",
        rate="0.9",
        rate_to="EUR",
        rate_on="2026-11-20",
        rate_source="European Central Bank",
    )
    assert Progress.objects.get().in_the_goals_currency == Decimal("3796.20")


def test_a_published_address_can_no_longer_be_typed():
    finance, row = member("finance"), campaign(state="draft")
    assert 'name="slug"' in finance.get(page_of(row)).content.decode()
    member("publisher").post(deed_of(row, "publish"))
    assert 'name="slug"' not in finance.get(page_of(row)).content.decode()


def test_what_statements_say_is_shown_and_entered_by_one_press():
    row, finance = campaign(), member("finance")
    assert finance.get(deed_of(row, "from-statements")).status_code == 200
    refused = finance.post(deed_of(row, "from-statements"))
    assert refused.status_code == 400
    assert "No statement has a sum" in refused.content.decode()
    total(statement(), 100, campaign=row)
    assert "€97" in finance.get(page_of(row)).content.decode()
    assert finance.post(deed_of(row, "from-statements")).status_code == 302
    made = Progress.objects.get()
    assert (made.amount, made.as_of) == (Decimal(97), date(2026, 9, 30))


@pytest.mark.parametrize("group", ["editor", "translator", "legal", "aid_coordinator", "aid_lead"])
def test_others_do_not_see_campaigns(group):
    client = member(group)
    row = campaign()
    assert client.get(page_of(row)).status_code == client.get(ADD).status_code == 403


def test_the_list_shows_what_was_collected():
    entry(campaign())
    campaign("other", title_ru="Другой сбор")
    page = member("finance").get(reverse("admin:donations_campaign_changelist")).content.decode()
    assert "€4,218" in page
    assert "not told" in page
