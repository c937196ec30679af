"""What readers see of reports: page, CSV, JSON and SQL say the same; corrections are open; funds are apart."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import translation

from assistance.models import TotalsPublication
from donations.display.reports import latest_spending
from donations.models import Campaign, FundReport, ReportLine
from memorial.base import content_version
from tests.assistance_totals.telling import told
from tests.counting import page_queries, same_number_of_queries
from tests.donations.campaign_rows import campaign
from tests.donations.report_rows import proposed, published, received, spent, usual

pytestmark = pytest.mark.django_db
LIST = "/en/reports/"
ONE = "/en/reports/prisoners/2026-q3/"


@pytest.fixture(autouse=True)
def _version_read_anew(monkeypatch):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)


def page(client, path=ONE):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def rows(client, path="/en/reports/export.csv"):
    return list(csv.DictReader(io.StringIO(b"".join(client.get(path)).decode("utf-8-sig"))))


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


# --- One report --------------------------------------------------------------------------------------


def test_a_report_tells_sums_shares_rates_and_what_is_left(client):
    published()
    text = words(page(client))
    for said in (
        "Third quarter of 2026",
        "1 July 2026 — 30 September 2026, as of 22 November 2026.",
        "Lawyers 410 41%",
        "Medicines, parcels, clothes 330 33%",
        "Families RUB 24,700 260 26%",
        "In all 1,000 100%",
        "Bank cards €1,000 in euros 1,000",
        "Patreon RUB 95,000 95.00 Средний курс за период , 30 September 2026 1,000",
        "There at the beginning 0 Received 2,000 Spent 1,000 Left for the next period 1,000",
    ):
        assert said in text, said
    assert 'lang="ru">Средний курс' in page(client)


def test_what_came_in_one_currency_is_told_in_it_roughly_and_both_sums_are_kept(client):
    three_years = [received("20140000", currency="RUB"), spent("19000000", currency="RUB")]
    published(three_years, period="first-three-years")
    text = words(page(client, "/ru/reports/prisoners/first-three-years/"))
    assert "более 20 млн рублей" in text
    assert "около 212 000 €" in text
    assert "20 140 000 ₽ 95,00" in text
    line = ReportLine.objects.get(side="received")
    assert (line.amount, line.euros, line.per_euro) == (20_140_000, 212_000, 95)
    assert "более 20 млн рублей, около 212 000 €" in words(page(client, "/ru/reports/"))


def test_shares_are_of_what_the_page_says_and_bars_of_the_longest(client):
    published()
    html = page(client)
    assert re.findall(r'<rect class="t-done" width="([\d.]+)%"', html) == ["100.0", "80.5", "63.4"]
    assert sum(map(int, re.findall(r'class="r num">(\d+)%</td>', html))) == 200


def test_a_report_of_nothing_says_so(client):
    published([])
    text = page(client)
    assert "Nothing was spent in this period." in text
    assert "Nothing came in in this period." in text


def test_without_reports_the_pages_say_so(client):
    assert "No reports have been published yet." in page(client, LIST)
    assert client.get(ONE).status_code == 404
    proposed()
    assert "No reports have been published yet." in page(client, LIST)
    published(period="2026-q2")
    absent = client.get("/en/reports/prisoners/2024-q1/")
    assert client.get(ONE).status_code == absent.status_code == 404
    assert client.get("/en/reports/organisation/2026-q2/").status_code == 404
    assert client.get("/en/reports/nobody/2026-q2/").status_code == 404


def test_the_funds_are_never_added_together(client):
    published()
    published([received("777"), spent("123", "servers")], fund="organisation")
    html = page(client, LIST)
    assert "2,777" not in html
    assert "1,123" not in html
    first, second = html.split('id="organisation"')
    assert "777" not in first
    assert "95,000" not in second
    own = page(client, "/en/reports/organisation/2026-q3/")
    assert "Servers, communication, security" in own
    assert "Patreon" not in own


def test_money_for_a_campaign_names_it_while_it_is_shown(client):
    made = campaign(title_en="For new lamps")
    published([received("777", campaign=made), received("23")], fund="organisation")
    one = "/en/reports/organisation/2026-q3/"
    link = '<a href="/en/donate/work-of-the-project/">For new lamps</a>'
    for path in (LIST, one):
        assert link in page(client, path), path
    assert [row["campaign"] for row in rows(client) if row["side"] == "received"] == [made.slug, ""]
    Campaign.objects.filter(pk=made.pk).update(state="withdrawn")
    for path in (LIST, one):
        html = page(client, path)
        assert "lamps" not in html
        assert "work-of-the-project" not in html
        assert "800" in html
    assert {row["campaign"] for row in rows(client)} == {""}
    assert sum(Decimal(row["euros"]) for row in rows(client) if row["side"] == "received") == 800


# --- Whom the money helped ---------------------------------------------------------------------------


def help_told(**numbers):
    return told("2026-1", **numbers)


def test_spending_names_the_approved_totals_of_the_same_period(client):
    help_told(legal=126, humanitarian=243)
    told("2025", legal=99)
    published([*usual()[:3], spent("330", "parcels"), spent("60", "families")], period="2026-1")
    html = page(client, "/en/reports/prisoners/2026-1/")
    link = '<a href="/en/what-we-do/2026-1/">'
    assert re.findall(rf"{re.escape(link)}([^<]*)</a>", html) == ["126 people", "243 people"]
    published(fund="organisation", period="2026-1")
    assert link not in page(client, "/en/reports/organisation/2026-1/")


def test_totals_corrected_later_are_said_beside_the_first_number(client):
    help_told(legal=126)
    published(period="2026-1")
    told("2026-1", number=2, reason="Опечатка.", legal=124)
    text = words(page(client, "/en/reports/prisoners/2026-1/"))
    assert "126 people , since corrected: 124 people" in text
    told("2026-1", number=3, reason="Опечатка.", legal=None)
    assert "since corrected: not shown" in page(client, "/en/reports/prisoners/2026-1/")
    helped = [r for r in rows(client) if r["people_helped"]]
    assert {(r["purpose"], r["people_helped"], r["people_helped_now"]) for r in helped} >= {
        ("lawyers", "126", "")
    }


def test_a_withheld_number_and_a_period_without_totals_name_nobody(client):
    help_told(legal=None, humanitarian=243)
    published(period="2026-1")
    html = page(client, "/en/reports/prisoners/2026-1/")
    assert "243 people" in html
    assert html.count("what-we-do/2026-1") == 1
    published(carried_from_euros=FundReport.objects.get().carried_to_euros)
    assert "what-we-do/" not in page(client).split("<main")[1].split("</main")[0]


# --- Corrections -------------------------------------------------------------------------------------


def test_a_correction_shows_both_sums_its_day_and_its_reason(client):
    published()
    lines = [received("1000"), received("90250", way="patreon", currency="RUB"), *usual()[2:4]]
    published(lines, reason_ru="Одна выписка посчитана дважды.")
    html = page(client)
    assert "<del>RUB 95,000 (€1,000)</del> → <ins>RUB 90,250 (€950)</ins>" in html
    assert "<del>RUB 24,700 (€260)</del> → <ins>no such line</ins>" in html
    assert "Received: <del>€2,000</del> → <ins>€1,950</ins>" in html
    assert '<span lang="ru">Одна выписка посчитана дважды.</span>' in html
    assert "corrected" in page(client, LIST)
    assert FundReport.objects.count() == 2


# --- Files -------------------------------------------------------------------------------------------


def test_page_csv_json_workbook_and_sql_agree(client):
    published()
    published([received("5.50"), spent("1.25", "fees")], fund="organisation", exchange_euros=Decimal("-0.25"))
    found = rows(client)
    data = json.loads(b"".join(client.get("/ru/reports/export.json")), parse_float=Decimal)["rows"]
    for row in data:
        for name in ("amount", "euros"):
            assert Decimal(row[name]) == Decimal(found[data.index(row)][name])
        assert row["side"] == found[data.index(row)]["side"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.fund, l.side, sum(l.euros) FROM donations_reportline l"
            " JOIN donations_fundreport r ON r.id = l.report_id GROUP BY r.fund, l.side"
        )
        in_sql = {(fund, side): euros for fund, side, euros in cursor.fetchall()}
    in_csv: dict = {}
    for row in found:
        key = (row["fund"], row["side"])
        in_csv[key] = in_csv.get(key, 0) + Decimal(row["euros"])
    assert {key: euros for key, euros in in_csv.items() if key[1] in ("received", "spent")} == in_sql
    for fund in ("prisoners", "organisation"):
        side = {name: in_csv.get((fund, name), 0) for name in (*_BALANCE, "carried_to")}
        assert sum(sign * side[name] for name, sign in _BALANCE.items()) == side["carried_to"]
        told_on_page = words(page(client, f"/en/reports/{fund}/2026-q3/")).replace(",", "")
        assert f"Left for the next period {side['carried_to']:f}".removesuffix(".00") in told_on_page


_BALANCE = {"carried_from": 1, "received": 1, "exchange_gain": 1, "exchange_loss": -1, "spent": -1}


def test_files_are_filtered_as_the_page_and_say_so(client):
    published()
    published(fund="organisation")
    published(period="2026-q2", fund="organisation")
    assert {row["fund"] for row in rows(client, "/en/reports/export.csv?fund=prisoners")} == {"prisoners"}
    one = rows(client, "/en/reports/export.csv?fund=organisation&period=2026-q2")
    assert {(row["fund"], row["period"]) for row in one} == {("organisation", "2026-q2")}
    assert "Second quarter of 2026" in one[0]["about_this_file"]
    everything = rows(client)
    assert rows(client, "/en/reports/export.csv?fund=x&period=%27") == everything
    assert "export.csv?fund=prisoners&amp;period=2026-q3" in page(client)
    assert client.get("/en/reports/export.xlsx").status_code == 200


# --- Frozen, and whose eyes --------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["site_ro", "staff_rw"])
@pytest.mark.parametrize("table", ["fundreport", "reportline"])
def test_no_web_role_writes_what_is_published(role, table):
    published()
    for statement in (
        f"UPDATE donations_{table} SET id = id",
        f"INSERT INTO donations_{table} (id) VALUES (1)",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            under(role, statement)


@pytest.mark.parametrize("table", ["reportproposal", "proposedline"])
def test_readers_are_refused_what_is_proposed(table):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        under("site_ro", f"SELECT 1 FROM donations_{table}")


def under(role, statement):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(statement)


def test_a_proposal_changes_no_byte_of_any_page(client):
    published()
    told("2026-1")
    before = [client.get(path) for path in (LIST, ONE)]
    proposed(period="2026-1")
    for old in before:
        new = client.get(old.request["PATH_INFO"])
        assert (old.content, old.headers["ETag"]) == (new.content, new.headers["ETag"])


# --- The partial of the page that asks for money -----------------------------------------------------


def test_the_latest_spending_is_of_the_prisoners_fund_and_the_shortest_period():
    assert latest_spending(date(2026, 11, 23)) is None
    published([], period="2025")
    published([], period="2025-q4")
    published(fund="organisation")
    with translation.override("en"):
        assert latest_spending(date(2100, 1, 1)).period.code == "2025-q4"
    assert latest_spending(date(2020, 1, 1)) is None


# --- Cost --------------------------------------------------------------------------------------------


def test_one_report_or_three_the_same_number_of_queries(client):
    quarters = iter(("2024-q1", "2024-q2", "2024-q3", "2024-q4"))
    carried = {"carried": Decimal(0)}

    def add():
        made = published(period=next(quarters), carried_from_euros=carried["carried"])
        carried["carried"] = made.carried_to_euros

    assert same_number_of_queries(client, LIST, add_row=add) <= 5
    assert len(page_queries(client, "/en/reports/prisoners/2024-q1/")) <= 5
    assert TotalsPublication.objects.count() == 0
