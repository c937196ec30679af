"""Menus made of pages: their order and places, on every page, for the ear, and with no database at all."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory

from memorial.base.choices import State
from memorial.pages.models import SitePage
from memorial.views import errors
from tests.pages.reading import links, words
from tests.site_pages.telling import page


def menu(response) -> list[str]:
    """The words of the main menu, in order."""
    nav = response.content.decode().split('<details class="menu">')[1].split("</nav>")[0]
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<a [^>]*>(.*?)</a>", nav, re.DOTALL)]


def foot(response) -> str:
    return response.content.decode().split('<footer class="foot">')[1]


@pytest.mark.django_db
def test_the_main_menu_has_its_pages_in_order_before_donate(reader):
    page("second", title_ru="Второе", menu="main", order=2)
    page("first", title_ru="Первое", menu="main", order=1)
    page("elsewhere", title_ru="Внизу", menu="help")
    found = menu(reader.get("/ru/prisoners/"))
    assert found[:3] == ["Люди", "Дела", "Статистика"]
    assert found.index("Первое") + 1 == found.index("Второе") == found.index("Поддержать") - 1
    assert "Внизу" not in found


@pytest.mark.django_db
def test_the_columns_below(reader):
    for place in ("encyclopaedia", "help", "project", "safety", "main", ""):
        page(f"in-{place or 'none'}", title_ru=f"Страница {place or 'нигде'}", menu=place)
    html = foot(reader.get("/ru/prisoners/"))
    columns = re.split(r"<h2>", html)[1:]
    told = [sorted(re.findall(r"/ru/in-(\w+)/", column)) for column in columns]
    assert told == [["encyclopaedia"], ["help"], ["main", "project"], ["safety"]]
    assert "in-none" not in html


@pytest.mark.django_db
def test_a_link_in_the_other_language_is_marked(reader):
    page(menu="main", title_en="", text_en="")
    assert '<span lang="ru">О\u00a0проекте</span></a>' in reader.get("/en/prisoners/").content.decode()


@pytest.mark.django_db
def test_the_page_where_one_is_says_so(reader):
    page(menu="main")
    assert '<a href="/ru/about/" aria-current="page">' in reader.get("/ru/about/").content.decode()
    assert '<a href="/ru/about/" aria-current' not in reader.get("/ru/prisoners/").content.decode()


@pytest.mark.django_db
def test_a_withdrawn_page_is_gone_from_the_menus_at_once(reader):
    page(menu="main")
    assert "/ru/about/" in links(reader.get("/ru/prisoners/"))
    SitePage.objects.update(state=State.WITHDRAWN)
    assert "/ru/about/" not in links(reader.get("/ru/prisoners/"))


@pytest.mark.django_db
def test_the_disclaimer_leads_to_the_criteria_once_they_are_published(reader):
    assert "Как мы принимаем решения" not in words(reader.get("/ru/prisoners/"))
    page("criteria", purpose="criteria")
    assert "/ru/criteria/" in links(reader.get("/ru/prisoners/"))
    SitePage.objects.update(slug="how-we-decide")
    assert "/ru/how-we-decide/" in links(reader.get("/ru/prisoners/"))


def test_error_pages_need_no_menu_and_no_database():
    """Without the `db` mark pytest-django refuses every connection."""
    response = errors.not_found(RequestFactory().get("/ru/x/"), exception=Exception())
    assert response.status_code == 404
    assert "Поддержать" in menu(response)


@pytest.mark.django_db(transaction=True)
def test_the_links_are_read_once_for_each_version(django_assert_num_queries):
    from memorial.base.content_version import forget_content_version, present_version
    from memorial.pages import links as module

    module._kept.clear()
    page(menu="main")
    forget_content_version()
    present_version()
    with django_assert_num_queries(1):
        first = module.site_links()
    with django_assert_num_queries(0):
        assert module.site_links().main == first.main
    SitePage.objects.update(title_ru="Иначе")
    forget_content_version()
    assert [str(link.title) for link in module.site_links().main] == ["Иначе"]
    module._kept.clear()


@pytest.mark.django_db
def test_the_statistics_lead_to_the_methodology_once_it_is_published(reader):
    assert "/ru/how-we-count/" not in links(reader.get("/ru/statistics/"))
    page("how-we-count", purpose="methodology")
    assert "/ru/how-we-count/" in links(reader.get("/ru/statistics/"))
