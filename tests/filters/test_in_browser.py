"""Filters by the keyboard alone, on a phone and without scripts; nothing for axe to find."""

from __future__ import annotations

import pytest

from prisoners.models import PrisonerTheme, Theme
from tests.factories import PrisonerFactory, RegionFactory
from tests.pages.browsing import HOST, browser
from tests.pages.test_in_browser import _RUN_AXE, AXE
from tests.pages.test_walks import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def some():
    """A woman and a man; fifteen regions, so that one filter has a page of its own."""
    theme = Theme.objects.create(code="poems", label_ru="стихи", label_en="poems")
    for n in range(15):
        person = PrisonerFactory(
            slug=f"probin-{n}", surname_ru=f"Пробин{n}", gender="f" if n == 3 else "m",
            region=RegionFactory(code=f"XX-{n}"), born=None,
        )  # fmt: skip
        if n < 5:
            PrisonerTheme.objects.create(prisoner=person, theme=theme)


def names(page) -> list[str]:
    return page.locator(".card h3 a").all_text_contents()


def test_filters_are_reached_ticked_and_sent_by_keyboard_on_a_phone_without_scripts(reader, some):
    phone = {"viewport": {"width": 320, "height": 700}, "java_script_enabled": True}
    with browser(reader, **phone) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/")
        assert not page.locator(".filters form").is_visible()
        page.locator(".filters > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator(".filters form").is_visible()
        gender = page.locator("details.facet", has=page.locator("input[name=gender]"))
        gender.locator("summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")  # Enter in a box sends the form
        page.wait_for_url("**gender=**")
        chosen = page.url.rpartition("gender=")[2][:1]
        assert len(names(page)) == {"f": 1, "m": 14}[chosen]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        chip = page.locator(".chip--x")
        assert chip.count() == 1
        chip.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/prisoners/")
        assert len(names(page)) == 15


def test_all_values_lead_back_to_the_list_without_scripts(reader, some):
    with browser(reader, java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/?theme=poems")
        page.click(".filters > summary")
        page.goto(f"{HOST}/ru/prisoners/filter/region/?theme=poems")
        assert page.locator("input[name=region]").count() == 5
        page.check("input[value=xx-2]")
        page.click(".values button[type=submit]")
        page.wait_for_url("**region=xx-2**")
        assert "theme=poems" in page.url
        assert len(names(page)) == 1


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_lists_with_filters(reader, some, width, scheme):
    paths = (
        "prisoners/?gender=f&theme=poems",
        "prisoners/?gender=f&region=xx-1",
        "prisoners/filter/region/",
        "cases/?kind=gone",
    )
    with browser(
        reader, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    ) as context:
        page = context.new_page()
        for path in paths:
            page.goto(f"{HOST}/en/{path}")
            if width < 1000 and page.locator(".filters > summary").count():
                page.click(".filters > summary")
            page.add_script_tag(path=str(AXE))
            found = page.evaluate(_RUN_AXE, RULES)["violations"]
            assert [(each["id"], each["nodes"][0]["target"]) for each in found] == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_keyboard_meets_the_filters_before_the_people(reader, some):
    with browser(reader, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{HOST}/ru/prisoners/")
        page.locator(".abc a").last.focus()
        tab_to(page, "", most=1)
        assert page.evaluate("document.activeElement.name") == "q"
        tab_to(page, "Пробин0", most=90)
