import re

import pytest

from memorial.base.choices import State
from prisoners import models
from prisoners.models import Facility, OldAddress, Prisoner, Stay
from tests.counting import same_number_of_queries
from tests.factories import CitationFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.pages import world
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
URL = "/ru/facilities/ik-99/"


def test_facility_detail_says_what_it_is_and_how_to_write_there(reader):
    world.sentenced()
    CitationFactory(prisoner=None, facility=Facility.objects.get(slug="ik-99"), title="Сайт учреждения")
    text = words(reader.get(URL))
    for said in (
        "ИК-99, Верхнереченск",
        "Заречная область",
        "ФКУ ИК-99 УФСИН России по Заречной области, ул. Образцовая, д. 1, г. Верхнереченск",
        "999014",
        "Адрес проверен 20 ноября 2026",
        "Не больше четырёх листов",
        "Колония общего режима",
        "Сайт учреждения",
        "1 человек",
    ):
        assert said in text


def test_facility_detail_lists_only_those_who_are_held_there_in_public(reader):
    place = FacilityFactory(slug="ik-99")

    def held(slug, **fields):
        person = PrisonerFactory(slug=slug)
        StayFactory(prisoner=person, facility=place, **fields)
        return person

    held("here")
    held("left", ongoing=False, ended=world.day("2024"))
    Prisoner.objects.filter(pk=held("draft").pk).update(state=State.DRAFT)
    initials = held("p-xk4kxw7mzt")
    Prisoner.objects.filter(pk=initials.pk).update(initials_only=True, born="1987")
    found = [link for link in links(reader.get(URL)) if "/prisoners/" in link]
    people = {link for link in found if link != "/ru/prisoners/"}
    assert people == {"/ru/prisoners/here/", "/ru/prisoners/left/"}
    now, before = reader.get(URL).content.decode().split('id="before"')
    assert "/prisoners/here/" in now
    assert "/prisoners/left/" in before


def test_facility_detail_held_before_are_the_public_stays_of_the_past(reader):
    place = FacilityFactory(slug="ik-99")
    over = {"facility": place, "ongoing": False, "ended": world.day("2024")}
    StayFactory(prisoner=PrisonerFactory(slug="left"), **over)
    dead = StayFactory(prisoner=PrisonerFactory(slug="dead"), facility=place).prisoner
    models.Death.objects.create(prisoner=dead, on=world.day("2025"))
    StayFactory(prisoner=PrisonerFactory(slug="unsure"), verification="unverified", **over)
    StayFactory(
        prisoner=PrisonerFactory(slug="region-only"),
        **{**over, "facility": None, "region": place.region, "public": "region"},
    )
    initials = StayFactory(prisoner=PrisonerFactory(slug="p-4kxw7mzt2c"), **over).prisoner
    Prisoner.objects.filter(pk=initials.pk).update(initials_only=True, born="1987")
    back = StayFactory(prisoner=PrisonerFactory(slug="back"), **over).prisoner
    StayFactory(prisoner=back, facility=place, began=world.day("2025"))
    now, before = reader.get(URL).content.decode().split('id="before"')
    assert set(re.findall(r"/ru/prisoners/([\w-]+)/", before)) == {"left", "dead"}
    assert "/prisoners/back/" in now


def test_facility_detail_leads_to_its_region(reader):
    place = FacilityFactory(slug="ik-99")
    assert f"/ru/regions/{place.region.code.lower()}/" in links(reader.get(URL))


def test_facility_detail_with_nobody_says_so(reader):
    FacilityFactory(slug="ik-99", postal_index="", address_checked_on=None)
    text = words(reader.get(URL))
    assert "Нам неизвестно, чтобы сейчас здесь был кто-то" in text
    assert "Почтовый адрес этого учреждения нам пока неизвестен" in text


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_facility_detail_hidden_answers_like_absent(reader, state):
    FacilityFactory(slug="ik-99", state=state)
    hidden, absent = reader.get(URL), reader.get("/ru/facilities/no-such-place/")
    assert hidden.status_code == 404
    assert (hidden.content, hidden.headers) == (absent.content, absent.headers)


def test_facility_detail_without_english_is_marked_and_not_indexed(reader):
    FacilityFactory(slug="ik-99", name_en="")
    page = reader.get("/en/facilities/ik-99/").content.decode()
    assert '<h1 lang="ru">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="http://localhost:8000/ru/facilities/ik-99/">' in page


def test_facility_detail_old_address(reader):
    place = FacilityFactory(slug="ik-99")
    OldAddress.objects.create(path="facilities/ik-98/", facility=place)
    assert reader.get("/ru/facilities/ik-98/").headers["Location"] == URL


def test_facility_detail_costs_the_same_with_one_person_and_with_three(reader):
    place = FacilityFactory(slug="ik-99")

    def somebody() -> None:
        StayFactory(facility=place)

    def somebody_before() -> None:
        StayFactory(facility=place, ongoing=False, ended=world.day("2024"))

    assert same_number_of_queries(reader, URL, add_row=somebody) <= 9
    assert same_number_of_queries(reader, URL, add_row=somebody_before) <= 9


def test_facility_detail_cleans_markup(reader):
    from django.db.models import Value

    FacilityFactory(slug="ik-99")
    Facility.objects.update(about_ru=Value("<p>О ней</p><script>x</script>"))
    page = reader.get(URL).content.decode()
    assert "<p>О\u00a0ней</p>" in page
    assert "<script" not in page


def test_facility_detail_stay_by_region_is_not_listed(reader):
    world.only_russian()
    place = FacilityFactory(slug="ik-99")
    assert Stay.objects.get().facility_id is None
    assert place.name_ru in words(reader.get(URL))
    assert "Нам неизвестно" in words(reader.get(URL))
