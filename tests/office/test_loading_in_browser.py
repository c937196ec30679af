"""Loading a list in a real Chromium: mistakes on the way, and nothing lost by them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from prisoners.models import Prisoner
from tests.imports.workbooks import workbook
from tests.office.browsing import at_desk, chromium_open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ROWS = [
    ["№", "Кто", "Пол", "Когда", "Что известно"],
    *([str(n), f"Вет{n}ров Егор", "господин", "03/04/2021", f"Подробности {n}."] for n in range(1, 61)),
    ["", "Без Ключа", "м", "2021", ""],
]


@pytest.fixture
def site(live_server, settings, capsys):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff")
    return live_server.url.replace("127.0.0.1", "localhost")


def accessible(page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]] == []


def test_a_list_is_loaded_with_mistakes_on_the_way(site, tmp_path):
    wrong, right = tmp_path / "wrong.xls", tmp_path / "list.xlsx"
    wrong.write_bytes(b"<html><table></table></html>")
    right.write_bytes(workbook(ROWS))
    with chromium_open() as browser:
        desk = at_desk(browser, site)
        desk.sign_in()
        page = desk.open(reverse("admin:prisoners_prisoner_changelist"))
        page.click("text=Load a list")
        page.set_input_files("#id_file", str(wrong))
        page.click("text=Load the file")
        assert "web page under the name of a table" in page.inner_text(".errorlist")
        accessible(page)
        page.set_input_files("#id_file", str(right))
        page.click("text=Load the file")

        assert "61 rows" in page.inner_text(".lead")
        page.select_option("#id_column-1", "name_ru")
        page.select_option("#id_column-2", "gender")
        page.select_option("#id_column-3", "detained_on")
        page.select_option("#id_dates", "month")
        page.click("text=Save and go on")
        assert "[source] code is needed" in page.inner_text("[role=alert]")
        assert page.input_value("#id_column-3") == "detained_on"
        accessible(page)
        page.fill("#id_code", "zarechye")
        page.fill("#id_title", "Список «Заречье»")
        page.select_option("#id_key", "№")
        page.click("button[name=save]")
        page.select_option("#id_word-0", "m")
        page.click("text=Save and go on")

        page.click("text=See what would change")
        page.wait_for_selector("text=Nothing is written yet")
        assert "New: 60" in page.inner_text(".totals")
        assert not Prisoner.objects.exists()
        accessible(page)
        page.click("nav.jump >> text=row rejected")
        assert "The key is missing" in page.inner_text(".differences")
        page.click("text=Write it")
        page.wait_for_selector("text=Written.")
        assert Prisoner.objects.count() == 60
        assert Prisoner.objects.filter(custodies__detained_on="2021-03-04", gender="m").count() == 60
        # A refused form is a 400; axe itself sets styles and reads sheets, which the policy forbids.
        noise = ("status of 400", "style", "preload assets")
        said = [line for line in desk.said if not any(words in line for words in noise)]
        assert said == []
        assert desk.foreign == []
