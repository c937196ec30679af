import pytest

from memorial.base.choices import State
from prisoners.choices import DecidingBody
from prisoners.models import Prisoner
from tests.counting import page_queries, same_number_of_queries
from tests.factories import PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages import world
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("ru", "ru"),
        ("de-DE,de;q=0.9,en;q=0.8,ru;q=0.7", "en"),
        ("de-DE,ru;q=0.9,en;q=0.8", "ru"),
        ("en;q=0,ru;q=0.1", "ru"),
        ("uk", "ru"),
        ("", "ru"),
        ("*", "ru"),
        (";;;q=x,," * 50, "ru"),
        ("../../evil", "ru"),
    ],
)
def test_the_root_asks_the_browser_once(reader, asked, language):
    answer = reader.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")
    assert answer.headers["Vary"] == "Accept-Language"
    assert not answer.cookies


def test_the_root_needs_no_database(reader):
    assert page_queries(reader, "/", status=302) == []


def test_only_the_root_negotiates(reader):
    for path in ("/ru/", "/en/", "/ru/prisoners/"):
        assert reader.get(path, headers={"Accept-Language": "en"}).content == reader.get(path).content
        assert "Vary" not in reader.get(path).headers


def test_home_counts_people_once_and_only_what_is_public(reader):
    for _number in range(2):
        StayFactory()
    recognised = Prisoner.objects.first()
    RecognitionFactory(prisoner=recognised)
    RecognitionFactory(prisoner=recognised, on=world.day("2024"))
    RecognitionFactory(prisoner=PrisonerFactory(), decided_by=DecidingBody.MEMORIAL_HRC, on=world.day("2020"))
    StayFactory(prisoner=PrisonerFactory(state=State.DRAFT))
    text = words(reader.get("/ru/"))
    assert "3 человека в энциклопедии" in text
    assert "2 лишены свободы сегодня" in text
    assert "1 признан нами политзаключённым" in text
    english = words(reader.get("/en/"))
    assert "3 people in the encyclopaedia" in english
    assert "2 are deprived of liberty today" in english


def test_home_does_not_count_the_dead_as_imprisoned(reader):
    person = world.sentenced()
    from prisoners.models import Death

    Death.objects.create(prisoner=person, on=world.day("2026-11-01"))
    assert "0 лишены свободы сегодня" in words(reader.get("/ru/"))


def test_home_has_a_disclaimer_and_a_way_on(reader):
    response = reader.get("/en/")
    assert "neither agreement with a person’s views" in words(response)
    assert b'href="/en/prisoners/"' in response.content


def test_home_costs_the_same_with_one_person_and_with_three(reader):
    # Nothing is kept in a test, whose transaction has changed the data; tests/home counts a whole world.
    assert same_number_of_queries(reader, "/ru/", add_row=StayFactory) <= 30
