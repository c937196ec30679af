"""Every kind of page in a real browser: nothing for axe to find, nothing foreign, nothing in the console."""

import os
from pathlib import Path

import pytest

from tests.pages import world
from tests.pages.reading import paths_by_kind
from tests.plugin import chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a colour scheme changes; all other rules are about what stands on the page.
CONTRAST = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
_RUN_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    # In a container the sandbox of Chromium needs rights that root there does not have.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def site(live_server):
    world.everybody()
    return live_server.url.replace("127.0.0.1", "localhost")


def paths_of_every_kind(language: str) -> list[str]:
    """The first page of every kind in the registry, and those that no registry lists."""
    listed = [paths[0] for paths in paths_by_kind(language).values()]
    others = [
        "prisoners/?view=table",
        "prisoners/?sort=updated",
        "prisoners/?sort=since&view=table",
        "prisoners/?page=99",
        "prisoners/?letter=%D0%AA",
        "no-such-page/",
    ]
    return [*listed, *(f"/{language}/{path}" for path in others)]


def paths_of_every_person(language: str) -> list[str]:
    """The page of everybody: each has something that the others lack."""
    return paths_by_kind(language)["prisoner-detail"]


def watched(context, site):
    """A page whose console and requests are written down."""
    page = context.new_page()
    said, foreign = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: foreign.append(request.url) if not _own(request.url, site) else None)
    return page, said, foreign


def _own(url: str, site: str) -> bool:
    return url.startswith((f"{site}/", "data:"))


LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_kind_of_page_passes_axe_in_every_look(browser, site, language):
    # Without transitions: half-way between two schemes no contrast is right.
    context = browser.new_context(reduced_motion="reduce")
    page, said, foreign = watched(context, site)
    found = {}
    for path in paths_of_every_kind(language):
        page.goto(site + path, wait_until="load")
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            rules = RULES if scheme == "light" else CONTRAST
            found |= faults(page, f"{path} {width} {scheme}", rules)
    assert not found
    assert not foreign
    # A missing page is an error to the browser, too.
    assert [text for text in said if "404 (Not Found)" not in text] == []
    assert context.cookies() == []
    context.close()


def test_every_person_passes_axe_on_a_phone(browser, site):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page, said, foreign = watched(context, site)
    found = {}
    for language, path in [(code, path) for code in ("ru", "en") for path in paths_of_every_person(code)]:
        page.goto(site + path, wait_until="load")
        found |= faults(page, f"{language} {path}")
    assert not found
    assert not foreign
    assert said == []
    context.close()


def faults(page, name: str, rules: list[str] = RULES) -> dict:
    """What axe finds on a page, and whether it scrolls sideways."""
    width = page.viewport_size["width"]
    if not page.evaluate("typeof axe !== 'undefined'"):
        # Through the debugger, so that the page's own policy stays in force.
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    violations = page.evaluate(_RUN_AXE, rules)["violations"]
    told = [(each["id"], each["nodes"][0]["html"]) for each in violations]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        told.append(("scrolls sideways", str(width)))
    return {name: told} if told else {}


def test_axe_and_the_policy_are_really_at_work(browser, site):
    """A check that finds nothing proves nothing until it has found a planted fault."""
    context = browser.new_context()
    page, said, _foreign = watched(context, site)
    page.goto(f"{site}/ru/")
    page.evaluate(
        """() => {
            const image = document.createElement('img');
            image.src = 'http://foreign.invalid/x.png';
            image.style = 'width:9px';
            document.body.append(image);
            const script = document.createElement('script');
            script.textContent = 'window.planted = 1';
            document.body.append(script);
        }"""
    )
    page.wait_for_timeout(300)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    violations = page.evaluate(_RUN_AXE, RULES)["violations"]
    assert "image-alt" in {each["id"] for each in violations}
    page.evaluate(
        "Object.assign(document.querySelector('footer p').style, {color: '#777', background: '#888'})"
    )
    assert "color-contrast" in {each["id"] for each in page.evaluate(_RUN_AXE, CONTRAST)["violations"]}
    assert any("Content Security Policy" in text for text in said)
    assert page.evaluate("window.planted") is None
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=True)
    page = context.new_page()
    for path in (
        "/ru/",
        "/ru/prisoners/",
        "/ru/prisoners/rozhdestvenskaya-pereverzeva/",
        "/ru/facilities/ik-99/",
    ):
        page.goto(site + path)
        wanted = page.evaluate(
            """() => [...document.querySelectorAll('a[href],summary,[tabindex="0"],button,input,select')]
                .filter(e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
                             && e.getClientRects().length).length"""
        )
        reached = set()
        for _press in range(wanted + 5):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                    const e = document.activeElement, all = [...document.querySelectorAll('*')];
                    if (!e || e === document.body) return null;
                    const own = getComputedStyle(e), after = getComputedStyle(e, '::after');
                    return [all.indexOf(e), own.outlineStyle !== 'none' || after.outlineStyle !== 'none'];
                }"""
            )
            if seen:
                assert seen[1], f"{path}: focus is not visible"
                reached.add(seen[0])
        assert len(reached) >= wanted, path
    context.close()


def test_everything_works_without_javascript(browser, site):
    context = browser.new_context(
        java_script_enabled=False, locale="ru-RU", viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}/")
    page.click("summary")
    page.click("nav a:has-text('Люди')")
    page.select_option("#sort", "release")
    page.click("form.sort button")
    assert "sort=release" in page.url
    page.click("text=Таблица")
    assert "sort=release" in page.url
    page.click("th a >> nth=0")
    page.click("summary")
    page.click(".langs a")
    assert "/en/prisoners/" in page.url
    context.close()


def test_names_with_every_letter_use_our_fonts(browser, site):
    """A letter that no cut has would be drawn by the system, and look foreign in a name."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/ru/prisoners/mammadzade/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.unicodeRange)")
    assert any("U+100-" in ranges for ranges in loaded)
    context.close()
