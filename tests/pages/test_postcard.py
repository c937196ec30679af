"""Postcards: four to a sheet, nothing on them that harms, or the honest reason why there are none."""

import re

import pytest

from memorial.base.choices import State
from prisoners.models import Facility, Prisoner
from tests.counting import same_number_of_queries
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.pages import world
from tests.pages.browsing import browser, opened
from tests.pages.reading import NBSP, words
from tests.pages.test_poster import pages_of, wordy
from tests.pages.world import day

pytestmark = pytest.mark.django_db
URL = "/ru/prisoners/rozhdestvenskaya-pereverzeva/postcard/"
ENGLISH = URL.replace("/ru/", "/en/")


def cards(response) -> str:
    """What is printed: the two sheets without the page around them."""
    page = response.content.decode()
    return page[page.index('<section class="cards4') : page.rindex("</section>")].replace(NBSP, " ")


def test_four_cards_with_the_address_and_four_backs(reader):
    world.sentenced()
    printed = cards(reader.get(URL))
    assert printed.count("Рождественской-Переверзевой Александре") == 4
    assert printed.count("ФКУ ИК-99 УФСИН России по Заречной области") == 4
    assert printed.count("999014</title>") == 4
    assert printed.count("pcard--back") == 4


def test_a_screen_reader_hears_the_address_once(reader):
    world.sentenced()
    printed = cards(reader.get(URL))
    assert printed.count('<div class="pcard" aria-hidden="true">') == 3


@pytest.mark.parametrize("url", [URL, ENGLISH])
def test_nothing_on_a_card_names_the_site_the_case_or_the_portrait(reader, url):
    world.sentenced()
    printed = cards(reader.get(url))
    for word in ("Мемориал", "Memorial", "localhost", "http", "207.3", "политзаключ", "политический", "<img"):
        assert word not in printed


def test_the_rules_and_the_warning_stand_beside_and_are_not_printed(reader):
    world.sentenced()
    page = reader.get(ENGLISH).content.decode()
    before = page[: page.index('<section class="cards4')]
    assert "Не\u00a0больше четырёх листов" in before
    assert "A postcard is read by everybody who holds it" in before
    assert before.count('class="postcard-note noprint"') == 1


def test_not_from_abroad_is_said_here_too(reader):
    world.sentenced(letters_from_abroad_harmful=True)
    assert "do not write from abroad" in words(reader.get(ENGLISH))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (world.by_initials, "there will be none"),
        (world.under_house_arrest, "never publish a home address"),
        (world.civilian, "we do not know where the person is"),
        (world.released, "at liberty"),
        (world.died_in_custody, "has died"),
        (world.kept_secret, "We do not publish where"),
    ],
)
def test_no_postcards_and_why(reader, make, said):
    person = make()
    response = reader.get(f"/en/prisoners/{person.slug}/postcard/")
    assert response.status_code == 200
    assert "Postcards cannot be sent" in words(response)
    assert said in words(response)
    assert "cards4" not in response.content.decode()


def test_postcards_are_not_indexed(reader):
    world.sentenced()
    assert '<meta name="robots" content="noindex">' in reader.get(URL).content.decode()


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_postcards_hidden_answer_like_absent(reader, state):
    world.sentenced()
    Prisoner.objects.update(state=state)
    hidden, absent = reader.get(URL), reader.get("/ru/prisoners/nobody-at-all/postcard/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


def test_postcards_cost_the_same_with_one_stay_and_with_three(reader):
    person = world.sentenced()

    def more():
        place = FacilityFactory()
        StayFactory(prisoner=person, facility=place, temporary=True, ongoing=False, ended=day("2024"))
        StayFactory(prisoner=PrisonerFactory())

    assert same_number_of_queries(reader, URL, add_row=more) <= 4


@pytest.mark.browser
@pytest.mark.parametrize("address", ["usual", "longest"])
def test_postcards_are_two_sheets_of_a4_and_every_address_fits(reader, address):
    person = world.sentenced()
    if address == "longest":
        Prisoner.objects.filter(pk=person.pk).update(name_for_envelope=wordy(250))
        long = {"official_name_ru": wordy(250), "street": wordy(200), "city": wordy(120)}
        Facility.objects.filter(slug="ik-99").update(**long)
    with browser(reader) as context:
        page, complaints = opened(context, URL)
        pdf = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1123, "height": 794})
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.pcard')].flatMap(card => {
                const box = card.getBoundingClientRect();
                return [...card.querySelectorAll('dd, .stamp, .idx')].filter(each => {
                    const own = each.getBoundingClientRect();
                    return own.bottom > box.bottom - 8 || own.right > box.right - 8
                        || own.top < box.top + 8 });
            }).length"""
        )
    assert complaints == []
    assert pages_of(pdf) == 2
    assert outside == 0
    assert len(re.findall(rb"/MediaBox\s*\[0 0 84[12][.\d]* 59[45]", pdf)) == 2


@pytest.mark.browser
def test_postcards_on_a_phone_never_go_sideways(reader):
    world.sentenced()
    with browser(reader, viewport={"width": 320, "height": 700}) as context:
        page, complaints = opened(context, URL)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert complaints == []
