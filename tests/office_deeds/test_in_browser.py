"""The pages of deeds in a real Chromium: a line in ten seconds, nothing for axe to find, no page wider than a phone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.models import Hearing, Term
from memorial.base.civil_date import civil_date
from tests.factories import (
    CaseFactory,
    CustodyFactory,
    HearingFactory,
    ProsecutionFactory,
    RestraintFactory,
    StayFactory,
)
from tests.office.browsing import at_desk, chromium_open
from tests.office_deeds.lines import SOURCE, day, enter

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
ASK = "rules => axe.run({exclude: [['.select2-selection__rendered']]}, {runOnly: rules})"
"""Django's own widget for several records (Select2) puts a text field into its list: not ours to mend."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def site(live_server, settings, capsys):
    settings.DEMO_SIGN_IN = True
    call_command("create_demo_staff")
    return live_server.url.replace("127.0.0.1", "localhost")


def a_case_of_three():
    case = CaseFactory()
    three = [ProsecutionFactory(case=case) for _ in range(3)]
    for one, penalty in zip(three, ("6 лет, строгий", "5 лет, общий", "4 года, общий"), strict=True):
        CustodyFactory(prisoner=one.prisoner)
        StayFactory(prisoner=one.prisoner, reason="remand")
        RestraintFactory(prosecution=one)
        enter("verdict", one, on="01.09.2024", penalties=penalty)
    enter("upheld", three[0], on="01.11.2024")
    HearingFactory(case=case, on=civil_date() - timedelta(days=2), hearing_state="planned")
    return three


def test_a_line_in_ten_seconds_and_nothing_for_axe(site):
    three = a_case_of_three()
    case, term = three[0].case, Term.objects.get(prisoner=three[0].prisoner)
    ahead = civil_date() + timedelta(days=4)
    with chromium_open() as browser:
        desk = at_desk(browser, site, viewport={"width": 320, "height": 800})
        desk.sign_in()
        page = desk.open(f"{reverse('admin:cases_prosecution_quick')}?case={case.pk}")
        page.fill("#id_line", f"заседание {ahead:%d.%m} 10:30, зал 4")
        page.fill("#id_source_url", SOURCE)
        page.click("button[name=read]")
        page.wait_for_load_state("networkidle")
        assert page.input_value("#id_room") == "4"
        pages = {
            "line": page.url.removeprefix(site),
            "together": reverse("admin:cases_prosecution_together", args=[case.pk]),
            "review": reverse("admin:cases_prosecution_review", args=[case.pk]),
            "exchange": reverse("admin:cases_prosecution_exchange"),
            "recognise": f"{reverse('admin:cases_prosecution_recognise')}?case={case.pk}",
            "end": reverse("admin:cases_term_end", args=[term.pk]),
            "hearings": f"{reverse('admin:cases_hearing_changelist')}?waits=no-outcome",
        }
        page.click("button.default:not([name=read])")
        page.wait_for_load_state("networkidle")
        assert Hearing.objects.filter(on=ahead, room="4").exists()
        for name, address in pages.items():
            page = desk.open(address)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate(ASK, RULES)
            told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
            assert told == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert desk.foreign == []
        assert term.prisoner.custodies.get().since == day("14.03.2023")
