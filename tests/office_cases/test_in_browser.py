"""A case of five people is entered in a real Chromium, with the rows added by its buttons."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.models import Case, Charge, Hearing, Penalty
from tests.factories import ArticleFactory, CourtFactory, PrisonerFactory
from tests.office.browsing import at_desk, chromium_open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHARGES = ("п. «д» ч. 2 ст. 207.3 УК РФ", "ст. 281 УК РФ", "ч. 1.1 ст. 205.2 УК РФ")


@pytest.fixture
def desk(live_server, settings):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff", verbosity=0)
    with chromium_open() as browser:
        # axe itself sets styles that the policy forbids.
        yield at_desk(browser, live_server.url.replace("127.0.0.1", "localhost"), bypass_csp=True)


def pick(page, scope: str, words: str) -> None:
    """Chooses in an autocomplete by typing."""
    page.click(f"{scope} .select2-selection")
    page.keyboard.type(words)
    page.click(f".select2-results__option:has-text('{words}')")


def save(page, button: str) -> None:
    page.click(f"input[name={button}]")
    page.wait_for_load_state("networkidle")
    assert not page.is_visible(".errornote"), page.inner_text("#content")


def violations(page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    answer = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{one['id']}: {json.dumps([node['html'][:150] for node in one['nodes'][:3]])}"
        for one in answer["violations"]
    ]


def fill_first_page(page, people) -> None:
    page.fill("#id_title_en", "The choir case")
    page.fill("#id_summary_en", "Sang in a square.")
    for number, person in enumerate(people):
        pick(page, f"#prosecutions-{number} .field-prisoner", person.surname_en)
    page.click("#hearings-heading")
    for number in range(8):
        if not page.query_selector(f"#id_hearings-{number}-on"):
            page.click("#hearings-group .add-row a")
        page.fill(f"#id_hearings-{number}-on", f"2024-02-{number + 5:02d}")
        page.fill(f"#id_hearings-{number}-at", "10:30")
        page.select_option(f"#id_hearings-{number}-hearing_state", "held")
    pick(page, "#hearings-0 .field-court", "Zarechny")


def fill_second_page(page, case) -> None:
    for number, text in enumerate((*CHARGES, "")):
        if not page.query_selector(f"#id_charges-{number}-reference"):
            page.click("#charges-group .add-row button")
        page.fill(f"#id_charges-{number}-reference", text)
    one, *_others = case.prosecutions.order_by("id")
    page.select_option(f"#id_charges-1-p{one.pk}", "")
    page.click("#decisions-group .add-row a")
    for number, (kind, instance, day) in enumerate(
        (("guilty_verdict", "first", "19.02.2024"), ("upheld", "appeal", "03.07.2024"))
    ):
        page.select_option(f"#id_decisions-{number}-kind", kind)
        page.select_option(f"#id_decisions-{number}-instance", instance)
        page.fill(f"#id_decisions-{number}-on", day)
    page.select_option("#id_decisions-0-charges_become", "convicted")
    for each in case.prosecutions.all():
        page.fill(f"#id_decisions-0-p{each.pk}_penalties", "7 years 6 months general regime")


def test_a_case_of_five_is_entered_on_two_pages(desk):
    people = PrisonerFactory.create_batch(5)
    CourtFactory(name_en="Zarechny district court")
    ArticleFactory(code="uk-rf", number="207.3", slug="uk-rf-207.3")
    page = desk.sign_in()
    desk.open(reverse("admin:cases_case_add"))
    fill_first_page(page, people)
    save(page, "_save")
    case = Case.objects.get()
    assert page.url.endswith(reverse("admin:cases_case_record", args=[case.pk]))
    fill_second_page(page, case)
    save(page, "_continue")
    assert "Article\u00a0207.3" in page.inner_text(".understood >> nth=0")
    counted = (
        case.prosecutions.count(),
        Hearing.objects.count(),
        Charge.objects.count(),
        Penalty.objects.count(),
    )
    assert counted == (5, 8, 14, 5)
    found = {}
    for width, path in (
        (1280, page.url),
        (320, page.url),
        (320, f"{desk.site}{reverse('admin:cases_case_change', args=[case.pk])}"),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path, wait_until="networkidle")
        page.evaluate("document.querySelectorAll('#content details').forEach((one) => { one.open = true; })")
        found[f"{width} {path}"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{path} is too wide at {width}"
        )
    assert not any(found.values()), json.dumps(found, indent=1)
    assert (desk.said, desk.foreign) == ([], [])
