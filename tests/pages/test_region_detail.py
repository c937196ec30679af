"""The page of a region: what it is, who is there by what readers may know, counts in words."""

import pytest

from memorial.base.choices import State
from prisoners.choices import StayPublic, StayReason
from prisoners.models import OccupationPeriod, Prisoner, Region, Stay, StayPrivate
from prisoners.regions import PEOPLE_ON_A_PAGE, region_pages
from tests.counting import same_number_of_queries
from tests.factories import FacilityFactory, PrisonerFactory, RegionFactory, StayFactory
from tests.pages import world
from tests.pages.browsing import browser, opened
from tests.pages.reading import links, words
from tests.pages.world import day

pytestmark = pytest.mark.django_db
URL = "/ru/regions/xx-z/"
ENGLISH = "/en/regions/xx-z/"


def region(**fields) -> Region:
    named = {"code": "XX-Z", "name_ru": "Заречная область", "name_en": "Zarechnaya oblast"}
    return RegionFactory(**{**named, **fields})


def sections(response) -> dict[str, str]:
    """Each section by its anchor."""
    parts = response.content.decode().split('<section class="sec" aria-labelledby="')[1:]
    return {part.split('"')[0]: part.split("</section>")[0] for part in parts}


def people_in(section: str) -> set[str]:
    return {part.split("/")[0] for part in section.split('href="/ru/prisoners/')[1:]}


def test_region_detail_counts_in_words_and_lists(reader):
    place = FacilityFactory(slug="ik-99", name_ru="ИК-99, Верхнереченск", region=region())
    here = PrisonerFactory(slug="here", region=None)
    StayFactory(prisoner=here, facility=place)
    elsewhere = PrisonerFactory(slug="case", region=region())
    StayFactory(prisoner=elsewhere)
    response = reader.get(URL)
    shown = sections(response)
    assert people_in(shown["held"]) == {"here"}
    assert people_in(shown["cases"]) == {"case"}
    assert "1 человек" in words(response)
    assert "/ru/facilities/ik-99/" in links(response)
    assert "held here: 1 person" in words(reader.get(ENGLISH))


def test_a_region_without_courts_leads_to_its_calendar(reader):
    region()
    assert f"{URL}calendar.ics" in links(reader.get(URL))


def test_held_here_are_only_those_whose_place_is_public(reader):
    mine = region()
    place, secret = FacilityFactory(region=mine), FacilityFactory(region=mine, state=State.DRAFT)

    def held(slug, facility=place, **fields):
        person = PrisonerFactory(slug=slug, region=None)
        return StayFactory(prisoner=person, facility=facility, **fields)

    held("here")
    held("region-only", None, public=StayPublic.REGION_ONLY, region=mine)
    held("left", ongoing=False, ended=day("2024"))
    held("draft-place", secret)
    concealed = held("concealed", None, public=StayPublic.NO)
    StayPrivate.objects.create(stay=concealed, facility=place, region=mine)
    home = held("at-home", None, reason=StayReason.HOUSE_ARREST, region=mine)
    assert home.region == mine
    draft = held("draft-person").prisoner
    Prisoner.objects.filter(pk=draft.pk).update(state=State.DRAFT)
    dead = held("dead").prisoner
    world.models.Death.objects.create(prisoner=dead, on=day("2025"))
    response = reader.get(URL)
    assert people_in(sections(response)["held"]) == {"here", "region-only", "draft-place"}
    assert "3 человека" in words(response)
    # Of an institution without a page the region is told, and nothing else.
    assert secret.name_ru not in response.content.decode()


def test_an_institution_counts_whom_its_own_page_shows(reader):
    place = FacilityFactory(slug="ik-99", region=region())
    StayFactory(facility=place)
    initials = StayFactory(facility=place).prisoner
    Prisoner.objects.filter(pk=initials.pk).update(initials_only=True, born="1987")
    counted = words(reader.get(ENGLISH))
    assert "held here: 1 person" in counted
    assert "1 person" in words(reader.get("/en/facilities/ik-99/"))


@pytest.mark.parametrize(
    ("occupied", "periods", "said"),
    [
        ("yes", [("20.02.2014", None)], "A region of Ukraine, occupied by Russia."),
        ("partly", [("24.02.2022", "11.11.2022"), ("24.02.2022", None)], "parts of it are occupied"),
        ("partly", [("24.02.2022", "04.2022")], "parts of it were occupied"),
        ("partly", [], "parts of it are or were occupied"),
        ("no", [], "A region of Ukraine."),
    ],
)
def test_an_occupied_region_says_so_and_since_when(reader, occupied, periods, said):
    mine = region(country="UA", occupied=occupied, occupation_note_ru="День уточняется.")
    for began, ended in periods:
        OccupationPeriod.objects.create(
            region=mine, began=day(began), ended=day(ended) if ended else None, part_ru="левый берег"
        )
    text = words(reader.get(ENGLISH))
    assert said in text
    assert "День уточняется." in text
    if periods:
        assert "левый берег" in text
        year = periods[0][0][-4:]
        assert year in text


def test_a_region_of_russia_says_nothing_of_occupation(reader):
    region(country="RU")
    assert "ккупац" not in words(reader.get(URL))
    assert "Ukraine" not in words(reader.get(ENGLISH))


def test_the_name_people_use_and_the_official_one(reader):
    region(name_ru="Автономная Республика Крым", display_name_ru="Крым", country="UA", occupied="yes")
    page = reader.get(URL).content.decode()
    assert "<h1>Крым</h1>" in page
    assert "Автономная Республика Крым" in page


@pytest.mark.parametrize("path", ["/ru/regions/XX-Z/", "/ru/regions/xx-q/", "/ru/regions/zarechnaya/"])
def test_one_address_for_a_region_and_404_for_the_rest(reader, path):
    region()
    assert reader.get(path).status_code == 404
    assert reader.get(URL).status_code == 200


def test_a_region_of_hidden_people_is_the_same_bytes_as_an_empty_one(reader):
    mine = region()
    empty = reader.get(URL)
    PrisonerFactory(region=mine, state=State.WITHDRAWN)
    FacilityFactory(region=mine, state=State.DRAFT)
    person = PrisonerFactory(state=State.DRAFT)
    StayFactory(prisoner=person, facility=None, region=mine, public=StayPublic.REGION_ONLY)
    hidden = reader.get(URL)
    assert hidden.content == empty.content
    assert 'content="noindex"' in empty.content.decode()
    assert list(region_pages()) == []


def test_region_pages_are_those_with_anything_to_show():
    RegionFactory(code="XX-0")
    PrisonerFactory(region=RegionFactory(code="XX-1"))
    FacilityFactory(region=RegionFactory(code="XX-2"))
    only = PrisonerFactory(region=None)
    StayFactory(
        prisoner=only, facility=None, region=RegionFactory(code="XX-3"), public=StayPublic.REGION_ONLY
    )
    home = {"facility": None, "region": RegionFactory(code="XX-4"), "reason": StayReason.HOUSE_ARREST}
    StayFactory(prisoner=PrisonerFactory(region=None), **home)
    assert [page.kwargs["code"] for page in region_pages()] == ["xx-1", "xx-2", "xx-3"]


def test_people_of_the_cases_come_by_pages(reader):
    mine = region()
    PrisonerFactory.create_batch(PEOPLE_ON_A_PAGE + 1, region=mine)
    first, second = reader.get(URL), reader.get(f"{URL}?page=2")
    assert len(people_in(sections(first)["cases"])) == PEOPLE_ON_A_PAGE
    assert len(people_in(sections(second)["cases"])) == 1
    assert f"{URL}?page=2" in links(first)
    beyond = reader.get(f"{URL}?page=3")
    assert "Показываем самое близкое" in words(beyond)
    assert len(people_in(sections(beyond)["cases"])) == 1
    assert 'content="noindex"' in beyond.content.decode()
    assert f'rel="canonical" href="http://localhost:8000{URL}?page=2"' in second.content.decode()


@pytest.mark.parametrize("url", [URL, ENGLISH])
def test_region_detail_costs_the_same_with_one_row_and_with_three(reader, url):
    mine = region(country="UA", occupied="partly")

    def more():
        place = FacilityFactory(region=mine)
        StayFactory(prisoner=PrisonerFactory(region=mine), facility=place)
        world.models.Death.objects.create(prisoner=PrisonerFactory(region=mine), on=day("2024"))
        began = OccupationPeriod.objects.count() + 2014
        OccupationPeriod.objects.create(region=mine, began=day(str(began)))

    assert same_number_of_queries(reader, url, add_row=more) <= 8


def test_readers_role_may_read_all_that_the_page_asks(reader, as_role):
    world.everybody()
    with as_role("site_ro"):
        assert Stay.objects.exists()
    assert [reader.get(page.path("ru")).status_code for page in region_pages()] == [200, 200, 200] + [200] * (
        len(list(region_pages())) - 3
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_region_detail_never_goes_sideways(reader, width):
    person = world.sentenced(surname_ru="Рождественская-Переверзева-Константинопольская")
    with browser(reader, viewport={"width": width, "height": 800}) as context:
        page, complaints = opened(context, URL)
        assert person.surname_ru in page.content()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
