"""From a list to a letter: by the keyboard alone, and with scripts switched off."""

from __future__ import annotations

import pytest

from tests.pages import world
from tests.pages.browsing import HOST, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

_FOCUS = """() => {
    const e = document.activeElement, own = getComputedStyle(e), after = getComputedStyle(e, '::after');
    return [e.textContent.trim().replace(/\\s+/g, ' '), own.outlineStyle !== 'none' || after.outlineStyle !== 'none'];
}"""
LINE = "Рождественской-Переверзевой Александре Константиновне, 1987 г. р., ФКУ ИК-99"


def tab_to(page, text: str, most: int = 80) -> None:
    """Presses Tab until what begins with the text has the focus, which is always to be seen."""
    for _press in range(most):
        page.keyboard.press("Tab")
        focused, is_seen = page.evaluate(_FOCUS)
        assert is_seen, f"the focus on {focused!r} is not seen"
        if focused.startswith(text):
            return
    pytest.fail(f"Tab does not reach {text!r}")


def at(page) -> str:
    return page.url.removeprefix(HOST)


def test_keyboard_leads_from_the_menu_to_a_letter(reader):
    world.sentenced()
    with browser(reader, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/")
        tab_to(page, "К содержанию", most=1)
        tab_to(page, "Меню")
        assert not page.locator(".menu nav").is_visible()
        page.keyboard.press("Enter")
        assert page.locator(".menu nav").is_visible()
        tab_to(page, "Люди", most=1)
        page.keyboard.press("Enter")
        page.wait_for_url("**/prisoners/")
        tab_to(page, "К содержанию", most=1)
        page.keyboard.press("Enter")
        # Behind the link that skips, Tab goes on in the content and not in the menu.
        tab_to(page, "Энциклопедия", most=1)
        tab_to(page, "Рождественская-Переверзева")
        page.keyboard.press("Enter")
        page.wait_for_url("**/rozhdestvenskaya-pereverzeva/")
        tab_to(page, "Написать письмо")
        page.keyboard.press("Enter")
        assert at(page).endswith("#help")
        tab_to(page, LINE[:40], most=5)
        tab_to(page, "editors@")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(_FOCUS)[1]


def test_menu_closes_by_the_key_that_opened_it(reader):
    with browser(reader, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/")
        tab_to(page, "Меню")
        for is_open in (True, False, True):
            page.keyboard.press("Space")
            assert page.locator(".menu nav").is_visible() is is_open


def test_letter_is_reached_and_copied_without_scripts(reader):
    world.sentenced()
    with browser(reader, java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/")
        page.click("text=Таблица")
        page.click("th a >> nth=0")
        page.click("main a:has-text('Написать письмо')")
        assert at(page) == "/ru/prisoners/rozhdestvenskaya-pereverzeva/#help"
        page.click(".copy")
        # The debugger may still ask, although the page itself runs nothing.
        chosen = page.evaluate("getSelection().toString()")
        assert chosen.startswith(LINE)
        assert chosen.rstrip().endswith("999014") or "Заречная область" in chosen
        for link, path in (("Плакат", "poster/"), ("Открытки", "postcard/")):
            page.click(f"a.btn:has-text('{link}')")
            assert at(page).endswith(path)
            page.click("text=Назад на страницу")
        page.click("summary")
        page.click(".langs a")
        assert at(page) == "/en/prisoners/rozhdestvenskaya-pereverzeva/"
