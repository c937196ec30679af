"""The foot of every page, kept by all that it says: it never says what another language, page or version does."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from django.utils import translation

from memorial.pages.models import SitePage
from memorial.pages.templatetags import site_links as tags
from tests.site_pages.telling import page

CURRENT = ' aria-current="page"'


@pytest.fixture(autouse=True)
def _kept_by_nobody_else():
    tags._foot.cache_clear()


def foot(response) -> str:
    return response.content.decode().split('<footer class="foot">')[1]


def rendered() -> int:
    return tags._foot.cache_info().misses


@pytest.mark.django_db
def test_the_foot_is_rendered_once_for_many_pages_and_each_language_has_its_own(reader):
    russian = foot(reader.get("/ru/search/"))
    assert rendered() == 1
    assert foot(reader.get("/ru/search/?q=nobody")) == russian
    assert rendered() == 1
    english = foot(reader.get("/en/search/"))
    assert {"/en/"} == set(re.findall(r"(?<=href=\")/\w\w/", english))
    assert {"/ru/"} == set(re.findall(r"(?<=href=\")/\w\w/", russian))
    assert foot(reader.get("/ru/search/")) == russian


@pytest.mark.django_db
def test_it_goes_with_a_page_of_staff_at_once(reader):
    page(menu="help", title_ru="Как помочь")
    assert "Как помочь" in foot(reader.get("/ru/cases/"))
    SitePage.objects.update(title_ru="Чем помочь")
    assert "Чем помочь" in foot(reader.get("/ru/cases/"))
    SitePage.objects.all().delete()
    assert "помочь" not in foot(reader.get("/ru/cases/"))


@pytest.mark.django_db
def test_the_page_where_one_is_says_so_and_the_next_one_does_not(reader):
    page(menu="help")
    assert f'<a href="/ru/about/"{CURRENT}>' in foot(reader.get("/ru/about/"))
    assert CURRENT not in foot(reader.get("/ru/cases/court-of-nobody/"))
    assert CURRENT not in foot(reader.get("/ru/search/"))
    assert f'<a href="/ru/calendar/"{CURRENT}>' in foot(reader.get("/ru/calendar/"))


@pytest.mark.django_db
def test_no_path_that_somebody_makes_up_is_kept(reader):
    reader.get("/ru/search/")
    kept = tags._foot.cache_info().currsize
    for number in range(5):
        reader.get(f"/ru/prisoners/nobody-{number}/")
        reader.get("/ru/search/", {"q": f"word{number}"})
    # One more: that of the error page, which knows no page of staff and has no path.
    assert tags._foot.cache_info().currsize <= kept + 1


def test_the_address_in_tor_is_a_part_of_what_it_says():
    """A restart would be needed to change it; what is kept could not outlive it even so."""
    shown = []
    for address in ("http://memorial.onion", "http://another.onion"):
        with override_settings(ONION_URL=address), translation.override("ru"):
            shown.append(tags.site_foot({}, tags.SiteLinks()))
    assert ["memorial.onion" in shown[0], "another.onion" in shown[1]] == [True, True]
    assert "memorial.onion" not in shown[1]
