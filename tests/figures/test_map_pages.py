"""The pages of the map: what is told of whom, what is hatched, any day or nonsense, what they cost."""

from __future__ import annotations

import re

import pytest

from prisoners.models import OccupationPeriod
from prisoners.regions import held_in
from tests.counting import same_number_of_queries
from tests.factories import FacilityFactory, PrisonerFactory, RegionFactory, StayFactory
from tests.figures.map_reading import drawn, text
from tests.figures.world import TODAY, day, held

pytestmark = pytest.mark.django_db
PAGES = ("/en/statistics/map/", "/en/statistics/map/held/")


def test_held_is_what_the_page_of_a_region_says(client):
    region = RegionFactory(code="RU-TOM")
    place = {"reason": "serving", "began": day("2023")}
    StayFactory(prisoner=PrisonerFactory(), facility=FacilityFactory(region=region), region=None, **place)
    StayFactory(prisoner=PrisonerFactory(), facility=None, region=region, public="region_only", **place)
    StayFactory(
        prisoner=PrisonerFactory(), facility=None, region=region, reason="house_arrest", public="region_only"
    )
    StayFactory(prisoner=PrisonerFactory(), facility=None, region=None, public="no", **place)
    assert drawn(text(client, PAGES[1])) == {"ru-tom": ("m1", 2)}
    assert held_in(region, TODAY).count() == 2


def test_occupied_regions_are_ukraines_and_hatched_while_they_were(client):
    crimea = RegionFactory(
        code="UA-43",
        country="UA",
        occupied="yes",
        name_ru="Крым",
        name_en="Crimea",
        display_name_ru="",
        display_name_en="",
    )
    other = RegionFactory(
        code="UA-74",
        country="UA",
        occupied="partly",
        name_ru="Черниговская область",
        name_en="Chernihiv oblast",
    )
    OccupationPeriod.objects.create(region=crimea, began=day("20.02.2014"))
    OccupationPeriod.objects.create(region=other, began=day("24.02.2022"), ended=day("04.2022"))
    held("2010", region=crimea)
    ru = text(client, "/ru/statistics/map/")
    assert "<title>Крым (Украина, оккупирован): 1 человек</title>" in ru
    hatched = re.compile(r'<use class="hatch" fill="url\(#hatch\)" href="#r-([a-z0-9-]+)"')
    assert set(hatched.findall(ru)) == {"ua-43"}
    held("2022", region=other)
    page = text(client, "/en/statistics/map/")
    assert "<title>Chernihiv oblast (Ukraine): 1 person</title>" in page
    assert '>Chernihiv oblast</a> <span class="s">Ukraine</span>' in page
    march = text(client, "/en/statistics/map/?on=2022-03-15")
    assert set(hatched.findall(march)) == {"ua-43", "ua-74"}
    assert hatched.findall(text(client, "/en/statistics/map/?on=2013-01-01")) == []


def test_a_region_partly_occupied_without_days_is_hatched_on_every_day(client):
    held("2010", region=RegionFactory(code="UA-14", country="UA", occupied="partly"))
    assert "#r-ua-14" in text(client, "/en/statistics/map/?on=2015-01-01").split('class="hatch"')[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_map_without_anybody_and_a_day_that_makes_no_sense(client, path):
    page = text(client, path)
    assert "Nobody is counted here on that day." in page
    assert "<title>" not in page.split("<figure")[1].split("</figure")[0]
    assert "That day lies ahead" in text(client, f"{path}?on=2030-01-01")
    held("2020", region=RegionFactory(code="RU-TOM"))
    past = text(client, f"{path}?on=2024-12-31")
    assert 'href="/en/statistics/map/held/?on=2024-12-31"' in past
    assert 'href="/en/statistics/map/?on=2024-12-31"' in past
    assert '<meta name="robots" content="noindex">' in past


def test_figures_by_region_lead_to_their_map(client):
    held("2020", region=RegionFactory(code="RU-TOM"))
    for figure, path in (("regions", PAGES[0]), ("held", PAGES[1])):
        assert f'href="{path}?on=2024-12-31"' in text(client, f"/en/statistics/{figure}/?on=2024-12-31")
    assert f'href="{PAGES[0]}"' in text(client, "/en/statistics/")
    assert "/statistics/map/" not in text(client, "/en/statistics/sex/")


def _held_somewhere() -> None:
    region = RegionFactory()
    StayFactory(prisoner=PrisonerFactory(region=region), facility=FacilityFactory(region=region), region=None)


@pytest.mark.parametrize("path", PAGES)
def test_one_region_or_three_the_same_number_of_queries(client, path):
    assert same_number_of_queries(client, path, add_row=_held_somewhere) <= 26
