"""A profile is translated in a real Chromium: taken, written, warned about, offered, reviewed, published."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from memorial.base.acting import acting
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory
from tests.office.browsing import at_desk, chromium_open
from tests.translating.conftest import page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("DESK_SHOTS", "")


@pytest.fixture
def site(live_server, settings):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff")
    call_command("seed_glossary", verbosity=0)
    return live_server.url.replace("127.0.0.1", "localhost")


def looked_at(opened, name: str) -> None:
    """No rule of axe is broken, nothing runs over the edge of a phone; a picture where one is asked for."""
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    asked = "rules => axe.run(document, {runOnly: rules, preload: false})"
    told = "r => r.violations.map(v => v.id + ' ' + v.nodes[0].html)"
    found = opened.evaluate(f"{asked}.then({told})", RULES)
    assert found == []
    for width in (320, 1280):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        if SHOTS:
            opened.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def test_a_profile_is_translated(site):
    person = PrisonerFactory(
        slug="teacher",
        summary_ru="Учительница. Осуждена на 3 года за комментарий.",
        summary_en="",
        what_happened_ru="<p>Суд изменил меру пресечения 14 марта 2023 года.</p><p>Дело продолжается.</p>",
        what_happened_en="",
    )
    with chromium_open() as browser:
        mine, other = at_desk(browser, site), at_desk(browser, site)
        mine.sign_in("translator")
        other.sign_in("editor")
        opened = mine.open(reverse("admin:translating_draft_queue"))
        looked_at(opened, "queue")
        opened = mine.open(page(person, "what_happened"))
        opened.click("button[value=claim]")
        opened.wait_for_load_state("networkidle")
        editor = opened.locator(".ProseMirror")
        editor.click()
        editor.type("The court changed something on 15 March 2023.")
        # From inside the editor, by keyboard alone.
        with opened.expect_navigation():
            opened.keyboard.press("Control+Enter")
        shown = opened.locator("#content").inner_text()
        assert "14.3.2023 stands in the Russian and not in the translation." in shown
        assert "measure of restraint" in shown
        looked_at(opened, "text")
        editor = opened.locator(".ProseMirror")
        editor.click()
        opened.keyboard.press("Control+a")
        editor.type("The court changed the measure of restraint on 14 March 2023.")
        opened.click("button[value=offer]")
        opened.wait_for_load_state("networkidle")
        assert not Prisoner.objects.get(pk=person.pk).what_happened_en
        review = other.open(page(person, "what_happened"))
        looked_at(review, "review")
        review.click("button[value=publish]")
        review.wait_for_load_state("networkidle")
        words = "The court changed the measure of restraint on 14 March 2023."
        assert Prisoner.objects.get(pk=person.pk).what_happened_en == f"<p>{words}</p>"
        assert words in other.open("/en/prisoners/teacher/").content()
        with acting("staff:1"):
            Prisoner.objects.filter(pk=person.pk).update(
                what_happened_ru="<p>Суд изменил меру пресечения 16 марта 2023 года.</p><p>Дело продолжается.</p>"
            )
        opened = mine.open(page(person, "what_happened"))
        assert opened.locator(".change del").inner_text() == "14"
        looked_at(opened, "outdated")
        looked_at(mine.open(reverse("admin:translating_draft_pace")), "pace")
        looked_at(mine.open(reverse("admin:translating_draft_mine")), "mine")
        # axe itself tries a style of its own, which the policy refuses.
        said = [line for line in (*mine.said, *other.said) if "inline style" not in line]
        assert said == []
        assert mine.foreign == other.foreign == []
