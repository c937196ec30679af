"""In a real Chromium: five people recognised, their news drafted in the same step, confirmed, published and read."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from memorial.news.models import NewsItem
from memorial.staff.models import User
from prisoners.actions.second_look import confirm_looks
from prisoners.models import SecondLook
from tests.factories import CaseFactory, CustodyFactory, PrisonerFactory, ProsecutionFactory
from tests.office.browsing import at_desk, chromium_open
from tests.office_deeds.lines import SOURCE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
ASK = "rules => axe.run({exclude: [['.select2-selection__rendered']]}, {runOnly: rules})"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def site(live_server, settings, capsys):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff")
    User.objects.get(username="editor").groups.add(Group.objects.get(name="publisher"))
    return live_server.url.replace("127.0.0.1", "localhost")


def axe_finds(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(ASK, RULES)
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]


def press(page, selector):
    page.click(selector)
    page.wait_for_load_state("networkidle")


def test_a_recognition_of_five_people_is_published_with_its_news(site):
    case = CaseFactory(slug="five", title_en="The case of the five", title_ru="Дело пятерых")
    surnames = ("Akatsiev", "Beresklet", "Verbenin", "Grushanka", "Dremina")
    for surname in surnames:
        person = PrisonerFactory(surname_en=surname, given_names_en="Kim")
        CustodyFactory(prisoner=person)
        ProsecutionFactory(case=case, prisoner=person)
    with chromium_open() as browser:
        desk = at_desk(browser, site, viewport={"width": 390, "height": 800})
        desk.sign_in()
        page = desk.open(f"{reverse('admin:cases_prosecution_recognise')}?case={case.pk}")
        page.fill("#id_on", "2026-11-20")
        page.select_option("#id_ground", "ground_1")
        page.fill("#id_title_ru", "Пятеро — политзаключённые")
        page.fill("#id_title_en", "Five people are political prisoners")
        page.fill("#id_url", SOURCE)
        press(page, "button[name=preview]")
        press(page, "button[name=save]")
        press(page, "a[href*='statement__id__exact']")
        item = NewsItem.objects.get()
        press(page, f"a[href*='/newsitem/{item.pk}/change/']")
        pages = {name: reverse(f"admin:news_newsitem_{name}", args=[item.pk]) for name in ("texts", "plan")}
        for name, address in {
            **pages,
            "change": reverse("admin:news_newsitem_change", args=[item.pk]),
        }.items():
            page = desk.open(address)
            assert axe_finds(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        publish = reverse("admin:news_newsitem_deed", args=[item.pk, "publish"])
        page = desk.open(publish)
        assert page.is_disabled("form button.default"), "a colleague looks at the recognitions first"
        confirm_looks(looks=list(SecondLook.objects.waiting()), by=1_000_000)
        page = desk.open(publish)
        press(page, "form button.default")
        page = desk.open(pages["texts"])
        message = page.input_value("#telegram-en")
        assert all(surname in message for surname in surnames)
        address = message.rsplit("\n", 1)[-1].split("/en/", 1)[1]
        page = desk.open(f"/en/{address}")
        told = page.inner_text("main")
        assert "Five people are political prisoners" in told
        assert all(surname in told for surname in surnames)
        page.click("text=The case of the five")
        page.wait_for_load_state("networkidle")
        assert page.locator(
            f"#news ~ * a[href='/en/news/{item.slug}/'], a[href='/en/news/{item.slug}/']"
        ).count()
        assert desk.foreign == []
