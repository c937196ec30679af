"""The work lists of a day, the costs of a year, steps that leave nothing silent, and the table taken out."""

import csv
import io
import time
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.choices import Programme
from assistance.importers.columns import COLUMNS, heading
from assistance.models import HelpRequest
from memorial.base.evidence import Looking
from memorial.base.partial_date import PartialDate
from memorial.staff.session_store import CONFIRMED
from tests.assistance.factories import (
    AidItemFactory,
    ClientFactory,
    HelpRequestFactory,
    HumanitarianAidFactory,
    ItemKindFactory,
    LegalAidFactory,
)
from tests.counting import counted
from tests.office.forms import errors_of, fields_of

pytestmark = pytest.mark.django_db
TODAY = reverse("admin:assistance_helprequest_today")
COSTS = reverse("admin:assistance_humanitarianaid_costs")


def waiting(client, day: date, **more) -> HelpRequest:
    """An open request whose next step is due on a day."""
    return HelpRequestFactory(client=client, next_step_on=day, **more)


def section(text: str, code: str) -> str:
    """The part of the page under one heading."""
    return text[text.index(f'id="list-{code}"') :].partition("</section>")[0]


def test_each_list_answers_its_question_and_names_its_clients_once_for_the_page(desk, mine, theirs):
    day = timezone.localdate()
    waiting(mine, day - timedelta(3), last_step_on=day - timedelta(2), next_step="Позвонить сестре")
    waiting(mine, day + timedelta(9), last_step_on=day - timedelta(31), next_step="Ждать ответа")
    waiting(theirs, day)
    forgotten = ClientFactory(name="Забытов Лев", coordinator=desk.user.pk, opened_on=day - timedelta(800))
    parcel = HumanitarianAidFactory(client=mine, given_on=PartialDate.from_date(day - timedelta(20)))
    AidItemFactory(aid=parcel, expires_on=day + timedelta(5))
    text = desk.get(TODAY).content.decode()
    assert "Позвонить сестре" in section(text, "steps")
    assert "overdue" in section(text, "steps")
    assert "Ждать ответа" in section(text, "silent")
    assert "Позвонить сестре" not in section(text, "silent")
    assert "Забытов Лев" in section(text, "year")
    assert mine.name not in section(text, "year")
    assert "medicines until" in section(text, "expiring")
    assert theirs.name not in text
    seen = Looking.objects.get()
    assert set(seen.rows) == {str(mine.pk), str(forgotten.pk)}
    assert "assistance_helprequest" in seen.shown


def test_empty_lists_say_so(desk):
    text = desk.get(TODAY).content.decode()
    for said in (
        "No step is due.",
        "Nobody waits in silence.",
        "Nobody is forgotten.",
        "No medicine runs out",
    ):
        assert said in text
    assert not Looking.objects.exists(), "nobody was shown"


def test_the_day_costs_the_same_with_one_row_and_with_three(lead, kinds):
    day = timezone.localdate()

    def one_more():
        client = ClientFactory(opened_on=day - timedelta(700))
        other = ClientFactory(opened_on=day - timedelta(700))
        waiting(client, day, last_step_on=date(2026, 10, 1))
        parcel = HumanitarianAidFactory(
            client=client, cost=5, currency="RUB", given_on=PartialDate.from_date(day - timedelta(20))
        )
        AidItemFactory(aid=parcel, expires_on=day)
        return other

    one_more()
    lead.get(TODAY)
    with counted() as one:
        lead.get(TODAY)
    one_more()
    one_more()
    with counted() as three:
        lead.get(TODAY)
    assert len(three) == len(one), three


def test_costs_stand_by_month_and_kind_and_currencies_are_never_added_up(lead, member, mine):
    month = timezone.localdate().replace(day=1)
    parcel = HumanitarianAidFactory(
        client=mine, cost=300, currency="RUB", given_on=PartialDate.from_date(month)
    )
    AidItemFactory(aid=parcel, cost=1200, currency="RUB")
    AidItemFactory(aid=parcel, kind=ItemKindFactory(code="food", label_en="food"), cost=20, currency="EUR")
    LegalAidFactory(client=mine, cost=5000, currency="RUB", began=PartialDate.from_date(month))
    rows = []
    for who, address in ((lead, TODAY), (member("finance"), COSTS)):
        text = who.get(address).content.decode().replace("\xa0", " ")
        table = text[text.index('<table class="costs"') :].partition("</table>")[0]
        rows.append(table)
        for said in ("medicines", "food", "parcels as a whole, postage", str(Programme.LEGAL.label)):
            assert said in table, said
        foot = table[table.index("<tfoot>") :]
        assert "20 EUR" in foot
        assert "6,500 RUB" in foot
        assert mine.name not in table
    assert rows[0] == rows[1]


def test_who_counts_costs_and_who_does_not(desk, member):
    assert desk.get(COSTS).status_code == 403
    assert "costs" not in desk.get(TODAY).content.decode().partition("<main")[2]
    assert member("editor").get(COSTS).status_code == 403


# --- Steps --------------------------------------------------------------------------------------------


def step(row) -> str:
    return reverse("admin:assistance_helprequest_step", args=[row.pk])


def test_a_step_done_asks_for_the_next_one_or_for_the_end(desk, mine):
    row = waiting(mine, timezone.localdate())
    form = fields_of(desk.get(step(row)))
    answer = desk.post(step(row), form | {"next_step": ""})
    assert answer.status_code == 400
    assert "Say what is next and when" in answer.content.decode()
    answer = desk.post(step(row), form | {"next_step": "Написать адвокату", "next_step_on": "2026-12-01"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.next_step, row.last_step_on) == ("Написать адвокату", timezone.localdate())


def test_an_end_has_its_day_and_a_refusal_its_reasons(desk, mine):
    row = waiting(mine, timezone.localdate())
    form = fields_of(desk.get(step(row)))
    answer = desk.post(step(row), form | {"state": "refused"})
    assert "Say why the request was refused" in answer.content.decode()
    assert desk.post(step(row), form | {"state": "done"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.closed_on, row.next_step) == ("done", timezone.localdate(), "")


def test_of_two_who_take_a_step_the_second_sees_the_first_and_loses_nothing(desk, lead, mine):
    row = waiting(mine, timezone.localdate())
    first, second = fields_of(desk.get(step(row))), fields_of(lead.get(step(row)))
    assert lead.post(step(row), second | {"next_step": "Ждать письма"}).status_code == 302
    answer = desk.post(step(row), first | {"next_step": "Ехать в суд"})
    text = answer.content.decode()
    assert "A colleague has changed this request" in text
    assert "Ждать письма" in text
    assert fields_of(answer)["next_step"] == ["Ехать в суд"]
    row.refresh_from_db()
    assert row.next_step == "Ждать письма"
    assert desk.post(step(row), fields_of(answer)).status_code == 302


def test_the_first_page_of_the_office_names_numbers_and_no_clients(desk, mine):
    row = waiting(mine, timezone.localdate())
    text = desk.get(reverse("admin:index")).content.decode()
    assert step(row) in text
    assert "Горинцев" not in text


def test_a_request_without_a_next_step_is_refused_on_its_own_page(desk, mine):
    row = waiting(mine, timezone.localdate())
    address = reverse("admin:assistance_helprequest_change", args=[row.pk])
    said = errors_of(desk.post(address, fields_of(desk.get(address)) | {"next_step": ""}))
    assert "An open request has a next step and its day" in said


# --- Taking out ---------------------------------------------------------------------------------------


def export(ending: str) -> str:
    return reverse("admin:assistance_humanitarianaid_export", args=[ending])


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_table_holds_own_clients_only_is_defused_and_is_recorded(desk, mine, theirs):
    mine.name = "=Горинцев Тимур"
    mine.save()
    parcel = HumanitarianAidFactory(client=mine, note="=1+1", cost=5, currency="EUR")
    HumanitarianAidFactory(client=theirs)
    answer = desk.post(export("csv"))
    rows = list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"))))
    assert rows[0] == [heading(name) for name in COLUMNS]
    assert rows[1:] == [
        [f"№ {mine.pk} =Горинцев Тимур", "14.03.2024", "parcel", "prisoner", "", "5.00", "EUR", "'=1+1"]
    ]
    looked = Looking.objects.latest("pk")
    assert (looked.kind, looked.rows) == ("exported", [str(parcel.pk)])
    book = openpyxl.load_workbook(io.BytesIO(content(desk.post(export("xlsx")))))
    assert [cell.value for cell in book.active[2]][7] == "'=1+1"


def test_the_table_takes_a_fresh_proof_a_right_and_a_post(desk, member, mine):
    HumanitarianAidFactory(client=mine)
    assert desk.get(export("csv")).status_code == 302
    assert member("editor").post(export("csv")).status_code == 403
    session = desk.session
    session[CONFIRMED] = time.time() - 3600
    session.save()
    answer = desk.post(export("csv"))
    assert "Once more, please" in answer.content.decode()
    assert not Looking.objects.filter(kind="exported").exists()


def test_what_the_list_filters_is_what_is_taken_out(desk, mine):
    HumanitarianAidFactory(client=mine, channel="parcel")
    order = HumanitarianAidFactory(client=mine, channel="shop_order")
    content(desk.post(export("csv") + "?channel__exact=shop_order"))
    assert Looking.objects.latest("pk").rows == [str(order.pk)]
