"""The grid in a real Chromium: a paste of rows, an error, the keyboard, saving twice; a phone."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from assistance.models import HumanitarianAid
from memorial.staff.models import User
from tests.assistance.factories import ClientFactory, HelpRequestFactory, ItemKindFactory
from tests.office.browsing import at_desk, chromium_open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRID = "/admin/assistance/humanitarianaid/grid/"
PASTE = """cell => {
  const data = new DataTransfer();
  data.setData("text", cell.text);
  document.getElementById(cell.id).dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def desk(live_server, settings):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff", verbosity=0)
    User.objects.get(username="editor").groups.add(Group.objects.get(name="aid_lead"))
    with chromium_open() as browser:
        # axe itself sets styles that the policy forbids.
        yield at_desk(browser, live_server.url.replace("127.0.0.1", "localhost"), bypass_csp=True)


def violations(page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    answer = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{one['id']}: {json.dumps([node['html'][:150] for node in one['nodes'][:3]])}"
        for one in answer["violations"]
    ]


def save(page) -> str:
    """Sends the grid; what the page that comes back says above it. Fails with that page's words, not in silence."""
    with page.expect_navigation(wait_until="networkidle") as gone:
        page.click("button[name=save]")
    said = page.locator(".messagelist, .errornote")
    assert said.count(), f"{gone.value.status}: {page.inner_text('body')[:2_000]}"
    return said.first.inner_text()


def test_a_paste_an_error_the_keyboard_and_a_second_save(desk):
    ItemKindFactory()
    ItemKindFactory(code="food", label_ru="продукты", label_en="food", expires=False)
    names = ("Горинцев Тимур", "Второв Павел", "Третьяк Анна")
    clients = [ClientFactory(name=name) for name in names]
    desk.sign_in()
    page = desk.open(GRID)
    # Pasted over more rows than the keyboard has reached; quotation marks keep a line together.
    rows = 'Горинцев\t14.03.2024\tparcel\tprisoner\t"food 5 kg\nmedicines"\t1 500\nВторов\nНиктоев'
    page.focus("#row-0-client")
    page.evaluate(PASTE, {"id": "row-0-client", "text": rows})
    assert page.input_value("#row-0-items") == "food 5 kg; medicines"
    assert page.input_value("#row-1-items") == "food 5 kg; medicines", "an empty cell repeats the one above"
    assert page.input_value("#row-2-channel") == "parcel"
    page.focus("#row-0-client")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "row-2-client"

    save(page)
    assert "1 row is not saved" in page.inner_text(".errornote")
    assert page.input_value("#row-2-client") == "Никтоев"
    assert "Nobody is found" in page.inner_text("#row-2-client-wrong")
    assert HumanitarianAid.objects.count() == 2
    assert [line for line in desk.said if "400 (Bad Request)" not in line] == []
    assert violations(page) == []

    page.fill("#row-2-client", f"№ {clients[2].pk}")
    page.click("#more-rows")
    assert page.evaluate("document.activeElement.id") == "row-3-client"
    sent = page.evaluate("new URLSearchParams(new FormData(document.getElementById('parcels'))).toString()")
    assert "1 row is saved." in save(page)
    # The same form once more, as a second click or «back» sends it.
    page.evaluate(
        "body => fetch(location.pathname, {method: 'POST', body, "
        "headers: {'Content-Type': 'application/x-www-form-urlencoded'}})",
        sent,
    )
    assert sorted(HumanitarianAid.objects.values_list("client", flat=True)) == [one.pk for one in clients]
    assert desk.foreign == []

    # Signed out meanwhile: what is typed stays, and goes once somebody has signed in again.
    page.fill("#row-0-client", "Горинцев")
    page.fill("#row-0-given_on", "20.03.2024")
    kept = desk.context.cookies()
    desk.context.clear_cookies()
    page.click("button[name=save]")
    page.wait_for_selector("#signed-out:not([hidden])")
    assert page.input_value("#row-0-client") == "Горинцев"
    desk.context.add_cookies(kept)
    save(page)
    assert HumanitarianAid.objects.count() == 4


def test_pages_of_help_on_a_phone_and_nothing_sealed_in_the_browser(desk):
    ItemKindFactory()
    client = ClientFactory(name="Горинцев Тимур", coordinator=User.objects.get(username="editor").pk)
    row = HelpRequestFactory(client=client)
    desk.sign_in()
    for width in (390, 1280):
        desk.page.set_viewport_size({"width": width, "height": 900})
        for address in (
            GRID,
            "/admin/assistance/helprequest/today/",
            f"/admin/assistance/client/{client.pk}/change/",
            f"/admin/assistance/helprequest/{row.pk}/step/",
        ):
            page = desk.open(address)
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over <= 0, (address, width)
            if width == 390:
                assert violations(page) == [], address
    page = desk.open(f"/admin/assistance/client/{client.pk}/change/")
    page.fill("#id_note", "тайное")
    page.wait_for_timeout(1200)
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "тайное" not in kept
