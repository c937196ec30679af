"""The expected end of a term: how exactly readers learn it, and what stands in no order by it."""

from datetime import date

import pytest

from memorial.base.partial_date import PartialDate
from tests.factories import CustodyFactory, PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db
DAY = PartialDate.from_date(date(2031, 5, 17))


def serving(until=DAY, reason="serving", **person):
    made = PrisonerFactory(born=PartialDate.parse("1987"), **person)
    CustodyFactory(prisoner=made, term="fixed", expected_end=until)
    StayFactory(prisoner=made, reason=reason)
    return made


@pytest.mark.parametrize("path", ["prisoners/", "prisoners/?view=table", "one"])
def test_of_people_shown_by_initials_only_the_month_is_told(reader, path):
    person = serving(initials_only=True)
    address = f"/en/prisoners/{person.slug}/" if path == "one" else f"/en/{path}"
    page = reader.get(address).content.decode().replace("\xa0", " ")
    assert "May 2031" in page
    assert "17 May 2031" not in page
    assert "2031-05-17" not in page


def test_the_calendar_is_offered_where_it_has_a_day(reader):
    offered = {}
    for until in (DAY, DAY.to_month(), PartialDate.parse("2031")):
        page = f"/en/prisoners/{serving(until).slug}/"
        offered[str(until)] = f"{page}calendar.ics" in reader.get(page).content.decode()
    assert list(offered.values()) == [True, False, False]


def test_treatment_has_no_place_in_the_order_by_release(reader):
    soon = PartialDate.from_date(date(2027, 1, 1))
    treated = serving(soon, reason="compulsory_treatment", surname_ru="Яблочкина")
    later = serving(surname_ru="Эхова")
    page = reader.get("/ru/prisoners/?sort=release").content.decode()
    assert page.index(later.slug) < page.index(treated.slug)


def test_among_people_shown_by_initials_the_order_tells_no_day(reader):
    early, late = (
        serving(PartialDate.from_date(date(2031, 5, day)), initials_only=True, surname_ru=name)
        for day, name in ((2, "Я."), (30, "А."))
    )
    page = reader.get("/ru/prisoners/?sort=release").content.decode()
    assert page.index(late.slug) < page.index(early.slug), "within a month by name alone"
