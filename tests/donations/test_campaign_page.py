"""The page of a campaign, its bar for other sites and the picture of a shared link, as readers get them."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from PIL import Image

from donations.models import Campaign
from tests.counting import page_queries
from tests.donations.campaign_rows import RATE, campaign, entry

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
PAGE = "/ru/donate/work-of-the-project/"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23T12:00:00+03:00", tick=False)


def text_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    plain = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def running() -> Campaign:
    row = campaign(claim="threefold")
    wrong = entry(row, 3740, date(2026, 11, 1), entered_on=date(2026, 11, 2))
    entry(row, 3470, date(2026, 11, 1), corrects=wrong, reason_ru="Переставлены цифры.")
    entry(row)
    return row


def test_the_page_tells_sum_goal_day_and_the_claim(client, running):
    for language, sums in (("ru", "4 218 €"), ("en", "€4,218")):
        text = text_of(client, f"/{language}/donate/work-of-the-project/")
        assert sums in text
    assert "of €7,400" in text
    assert "As of 20 November 2026. €3,182 to go." in text
    assert "Every sum for the organisation gives the resources to raise three times as much." in text


def test_a_correction_is_shown_with_both_sums_its_day_and_its_reason(client, running):
    page = client.get(PAGE).content.decode().replace("\u00a0", " ")
    assert "<del>3 740 €</del> → <ins>3 470 €</ins>" in page
    assert "Переставлены цифры." in page
    assert "21 ноября 2026" in page


def test_the_bar_on_the_page_is_as_long_as_the_sum(client, running):
    page = client.get(PAGE).content.decode()
    assert '<rect class="t-help" width="57.0%" height="100%"/>' in page
    running.entries.model.objects.create(
        campaign=running,
        amount=9999,
        currency="EUR",
        as_of=date(2026, 11, 22),
        entered_on=date(2026, 11, 22),
        source_ru="наш учёт",
    )
    assert '<rect class="t-help" width="100%" height="100%"/>' in client.get(PAGE).content.decode()


def test_drafts_and_withdrawn_ones_answer_like_absent_ones(client):
    for state in ("draft", "ready", "withdrawn"):
        campaign(state, state=state)
    for name in ("", "bar.svg", "share.png"):
        absent = client.get(f"/ru/donate/nobody/{name}")
        for state in ("draft", "ready", "withdrawn"):
            answer = client.get(f"/ru/donate/{state}/{name}")
            assert (answer.status_code, answer.content) == (404, absent.content)


def test_a_goal_in_another_currency_shows_the_rate_its_day_and_whose_it_is(client):
    entry(campaign(), 4500, **RATE)
    text = text_of(client, "/en/donate/work-of-the-project/")
    assert "€4,217.85" in text
    assert "US$4,500 at the rate US$1 = €0.9373 of 20 November 2026 (European Central Bank)" in text


def test_a_page_with_one_entry_costs_what_one_with_three_costs(client):
    row = campaign()
    entry(row)
    page_queries(client, PAGE)
    one = page_queries(client, PAGE)
    for day in (1, 2):
        entry(row, day * 100, date(2026, 11, day))
    three = page_queries(client, PAGE)
    assert len(one) == len(three) == 2, three


class TestBar:
    def test_its_rectangles_tell_the_numbers(self, client, running):
        drawing = ET.fromstring(client.get(f"{PAGE}bar.svg").content)  # noqa: S314 - our own
        ground, whole, full = (each for each in drawing if each.tag == f"{SVG}rect")
        assert ground.get("width") == drawing.get("width") == "320"
        assert ground.get("height") == drawing.get("height")
        assert (whole.get("x"), whole.get("width")) == ("16", "288")
        assert (full.get("x"), full.get("y"), full.get("height")) == (
            whole.get("x"),
            whole.get("y"),
            whole.get("height"),
        )
        assert abs(Decimal(full.get("width")) / 288 - Decimal(4218) / 7400) < Decimal("0.002")

    def test_it_is_heard_and_holds_nothing_active(self, client, running):
        answer = client.get("/en/donate/work-of-the-project/bar.svg")
        drawing = ET.fromstring(answer.content)  # noqa: S314 - our own
        assert drawing.get("role") == "img"
        assert drawing.find(f"{SVG}title").text == "For the organisation’s work: €4,218 of €7,400"
        assert drawing.find(f"{SVG}desc").text == "As of 20\u00a0November\u00a02026. €3,182 to go."
        names = {each.tag.removeprefix(SVG) for each in drawing.iter()}
        assert names == {"svg", "title", "desc", "rect", "text"}
        assert not any("href" in name or name.startswith("on") for e in drawing.iter() for name in e.attrib)

    def test_a_title_with_markup_stays_text(self, client, running):
        Campaign.objects.update(title_ru='<b>&"')
        drawing = ET.fromstring(client.get(f"{PAGE}bar.svg").content)  # noqa: S314 - our own
        assert drawing.find(f"{SVG}title").text.startswith('<b>&":')
        assert "&lt;b&gt;" in client.get(PAGE).content.decode()

    def test_other_sites_may_show_it_and_nothing_else(self, client, running):
        shared = client.get(f"{PAGE}bar.svg")
        assert shared["Content-Type"] == "image/svg+xml"
        assert shared["Cross-Origin-Resource-Policy"] == "cross-origin"
        for path in (PAGE, f"{PAGE}share.png", "/ru/donate/nobody/bar.svg"):
            assert "Cross-Origin-Resource-Policy" not in client.get(path)
        page = client.get(PAGE)
        same = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control")
        assert all(shared[name] == page[name] for name in same)
        assert not shared.cookies
        again = client.get(f"{PAGE}bar.svg", headers={"if-none-match": shared["ETag"]})
        assert again.status_code == 304

    def test_the_page_gives_its_markup_as_text(self, client, running, settings):
        page = client.get(PAGE).content.decode()
        code = html.unescape(re.search(r"<code>(.*?)</code>", page, re.DOTALL)[1])
        address = f"{settings.PUBLIC_URL}{PAGE}"
        height = re.search(r'height="(\d+)"', client.get(f"{PAGE}bar.svg").content.decode())[1]
        assert code == (
            f'<a href="{address}"><img src="{address}bar.svg" alt="На работу организации" width="320"'
            f' height="{height}" referrerpolicy="no-referrer" loading="lazy"></a>'
        )
        assert f'<img src="{address}' not in page


def test_a_shared_link_has_a_picture_and_no_sum_that_machines_keep(client, running, settings):
    page = client.get(PAGE).content.decode()
    assert f'<meta property="og:image" content="{settings.PUBLIC_URL}{PAGE}share.png">' in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["dateModified"] == "2026-11-20"
    assert "4218" not in json.dumps(data)
    with Image.open(io.BytesIO(client.get(f"{PAGE}share.png").content)) as picture:
        assert picture.size == (1200, 630)
        row = [picture.getpixel((x, 455)) for x in range(60, 1140)]
    assert abs(row.count(24) / len(row) - 4218 / 7400) < 0.002


def test_the_page_changes_with_the_day(client, time_machine):
    campaign(begins=date(2026, 11, 24))
    before = client.get(PAGE)
    time_machine.move_to("2026-11-24T00:00:01+03:00", tick=False)
    after = client.get(PAGE)
    assert before["ETag"] != after["ETag"]
    assert before.content != after.content
