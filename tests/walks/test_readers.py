"""Whole walks of readers in a real Chromium without scripts: to a letter and its printed pack, to a figure to cite.

Whether a donation is safe: `tests/donations/test_safety_in_browser.py`; a translated profile:
`tests/translating/test_in_browser.py`; five people recognised with their news: `tests/news/test_in_browser.py`.
"""

from __future__ import annotations

import csv
import io

import pytest

from tests.pages import world
from tests.pages.browsing import HOST, browser
from tests.pages.test_walks import LINE, at

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
PHONE = {"width": 390, "height": 844}
ON = "2025-12-31"


def from_menu(page, words: str) -> None:
    """A page of the menu, from the home page, as on a telephone."""
    page.goto(f"{HOST}/ru/")
    page.click("header summary")
    page.click(f"header nav a:text-is('{words}')")


def seen(page, part: str) -> bool:
    return page.locator(part).first.is_visible()


def text_of(page, part: str) -> str:
    return page.locator(part).first.inner_text().replace("\xa0", " ")


def test_from_the_home_page_to_an_address_and_a_pack_on_paper(reader):
    world.sentenced()
    with browser(reader, java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        from_menu(page, "Написать письмо")
        assert at(page) == "/ru/letters/"
        tops = [page.locator(f"#{part}").bounding_box()["y"] for part in ("safety", "steps", "not", "whom")]
        assert tops == sorted(tops), "what is dangerous is read before anybody is chosen"
        assert "Не упоминайте нас и этот сайт." in text_of(page, "section:has(#not)")
        page.click("section:has(#whom) a:has-text('Рождественская')")
        page.click("main a.btn:has-text('Написать письмо')")
        assert at(page).endswith("/rozhdestvenskaya-pereverzeva/#help")
        assert LINE in text_of(page, ".copy")

        page.goto(f"{HOST}/ru/letters/")
        page.click("a.btn:has-text('Пакет на сегодня')")
        assert at(page) == "/ru/letters/pack/"
        assert LINE.split(", ФКУ")[0] in text_of(page, "main table")
        page.set_viewport_size({"width": 700, "height": 1000})
        page.emulate_media(media="print")
        assert not seen(page, "header nav")
        assert not seen(page, "main .btns")
        page.set_viewport_size({"width": 1024, "height": 1000})
        widths = [cell.bounding_box()["width"] for cell in page.locator("main thead th").all()]
        assert min(widths) > 0.28 * sum(widths), "an address has room on paper"
        page.emulate_media(media="screen")
        page.click("a.btn:has-text('Открытки с этими адресами')")
        assert "Рождественской-Переверзевой" in text_of(page, "main")


def test_from_the_home_page_to_a_figure_of_a_past_day_that_can_be_cited(reader):
    world.sentenced()
    world.released()
    with browser(reader, java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        from_menu(page, "Статистика")
        page.fill("input[name=on]", ON)
        page.click("main form button")
        assert at(page) == f"/ru/statistics/?on={ON}"
        page.click("main a[href*='/statistics/liberty/']")
        stable = f"/ru/statistics/liberty/?on={ON}"
        assert at(page) == stable
        assert "На 31 декабря 2025 года, по данным на 23 ноября 2026 года." in text_of(page, "main")
        number = text_of(page, ".figs .num")
        assert int(number) > 0
        cited = text_of(page, "section:has(#cite)")
        assert f"{HOST}{stable}" in cited
        assert f": {number}. На 31 декабря 2025 года, по данным на 23 ноября 2026 года." in cited

        address = page.locator("main a:text-is('CSV')").first.get_attribute("href")
        assert f"on={ON}" in address
        rows = csv.DictReader(io.StringIO(reader.get(address).getvalue().decode("utf-8-sig")))
        assert number in {row["number"] for row in rows if row["series"] == "total"}
        page.goto(f"{HOST}{stable}")
        assert text_of(page, ".figs .num") == number
