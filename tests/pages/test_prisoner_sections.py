"""A person's page beyond its facts: writing, sheets to print, what machines read, honest words and pictures."""

import json

import pytest

from prisoners import models
from prisoners.models import Prisoner
from tests.factories import CustodyFactory, PrisonerFactory, StayFactory
from tests.pages import world
from tests.pages.reading import facts, links, words
from tests.pages.test_prisoner_detail import page_of

pytestmark = pytest.mark.django_db


# --- Writing: one module decides ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (world.under_house_arrest, "домашних адресов мы не публикуем"),
        (world.beyond_reach, "вне досягаемости"),
        (world.sent_to_war, "войну"),
        (world.kept_secret, "Место содержания мы не публикуем"),
        (world.civilian, "мы не знаем, где"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_prisoner_detail_says_one_honest_sentence_where_nobody_can_write(reader, make, said):
    response = page_of(reader, make())
    section = response.content.decode().split('id="help"')[1].split("</section>")[0]
    assert said in words(response)
    assert section.count("<p") == 1
    assert 'class="env"' not in section
    assert 'class="btn" href="#help"' not in response.content.decode()


@pytest.mark.parametrize("make", [world.released, world.died_in_custody], ids=lambda make: make.__name__)
def test_prisoner_detail_of_the_free_and_the_dead_has_no_section_on_writing(reader, make):
    response = page_of(reader, make())
    assert 'id="help"' not in response.content.decode()
    assert "#help" not in links(response)


def test_prisoner_detail_of_a_minor_has_the_year_of_birth_alone_and_no_envelope(reader):
    person = world.sentenced()
    # Shown by name, because so it was decided and recorded.
    decided = {"minor_decision": "Решение с согласием самой несовершеннолетней и матери."}
    models.PrisonerPrivate.objects.update_or_create(prisoner=person, defaults=decided)
    Prisoner.objects.filter(pk=person.pk).update(born="24.11.2008")
    response = page_of(reader, person)
    assert facts(response)["Родилась"] == "2008"
    assert "999014" not in response.content.decode()
    assert "ноября 2008" not in words(response)


# --- Buttons -----------------------------------------------------------------------------------


def test_prisoner_detail_offers_a_letter_a_poster_and_postcards(reader):
    person = world.sentenced()
    found = links(page_of(reader, person))
    base = f"/ru/prisoners/{person.slug}/"
    assert {"#help", f"{base}poster/", f"{base}postcard/"} <= set(found)


@pytest.mark.parametrize(
    ("make", "poster", "postcard"),
    [
        (world.by_initials, False, False),
        (world.released, False, False),
        (world.civilian, True, False),
        (world.died_in_custody, True, False),
        (lambda: world.sentenced(attention_wanted=False), False, True),
        (lambda: world.sentenced(quiet_until=world.TODAY), False, True),
    ],
)
def test_prisoner_detail_offers_only_what_there_is(reader, make, poster, postcard):
    person = make()
    found = links(page_of(reader, person))
    assert (f"/ru/prisoners/{person.slug}/poster/" in found) is poster
    assert (f"/ru/prisoners/{person.slug}/postcard/" in found) is postcard


# --- What a shared link and a search engine read -----------------------------------------------


def test_prisoner_detail_tells_machines_name_picture_and_page(reader):
    person = world.sentenced()
    for language in ("ru", "en"):
        page = page_of(reader, person, language).content.decode()
        data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
        assert data["@type"] == "Person"
        assert data["url"] == f"http://localhost:8000/{language}/prisoners/{person.slug}/"
        picture = f"http://localhost:8000/{language}/prisoners/{person.slug}/share.png"
        assert f'<meta property="og:image" content="{picture}">' in page
        assert "207.3" not in json.dumps(data)


def test_prisoner_detail_can_be_cited(reader):
    person = world.sentenced()
    text = words(page_of(reader, person))
    cited = "Рождественская-Переверзева Александра Константиновна // Политзаключённые. Мемориал."
    assert f"{cited} По состоянию на 23 ноября 2026." in text
    assert f"http://localhost:8000/ru/prisoners/{person.slug}/" in text.split("По состоянию")[1]


def test_prisoner_detail_leads_to_the_region_of_the_case(reader):
    person = world.sentenced()
    assert "/ru/regions/xx-z/" in links(page_of(reader, person))


def test_prisoner_detail_liberty_lost_after_a_month_reads_honestly(reader):
    person = PrisonerFactory()
    CustodyFactory(prisoner=person, seized_on=world.day(">2022-03"), detained_on=None)
    StayFactory(prisoner=person, facility=None, reason="no_case", began=None)
    response = page_of(reader, person)
    text = words(response)
    assert "В неволе." in text
    assert "Лишён свободы после марта 2022" in text
    assert facts(response)["Лишён свободы"] == "после марта 2022"
    assert 'class="t-done"' not in response.content.decode()


def test_prisoner_detail_empty_portrait_of_the_nameless_draws_lines_and_no_letter(reader):
    page = page_of(reader, world.nameless()).content.decode()
    portrait = page.split('class="ph ph--in"')[1].split("</svg>")[0]
    assert "<text" not in portrait
    assert "M110 218h100" in portrait
