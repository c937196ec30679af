"""What machines see of a person: the picture beside a shared link, JSON-LD, Open Graph."""

import io
import json
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image, ImageChops

from memorial.base.choices import State
from memorial.base.drawn_text import Face, can_draw, fitted, width_of, wrapped
from memorial.base.page_head import PageHead
from prisoners.display.people import PersonPage
from prisoners.models import Prisoner
from prisoners.pages import prisoner_page
from prisoners.structured_data import JsonLd, open_graph, person_data
from tests.counting import page_queries
from tests.factories import PrisonerFactory
from tests.pages import world
from tests.pages.browsing import HOST, browser
from tests.pages.test_poster import with_photo
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
URL = "/ru/prisoners/rozhdestvenskaya-pereverzeva/share.png"
RIGHT = (784, 139, 1140, 584)  # where the portrait stands
NAME = (60, 140, 740, 480)


def picture(reader, url=URL) -> Image.Image:
    response = reader.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(response.content))


def shades(image: Image.Image, box) -> set[int]:
    return {shade for shade, pixels in enumerate(image.crop(box).histogram()) if pixels}


def values_of(person, language="ru"):
    """What the templates of a person's page are given: Open Graph and structured data."""
    with translation.override(language):
        loaded = Prisoner.objects.published().for_detail(TODAY).get(pk=person.pk)
        page = PersonPage(loaded, TODAY)
        head = PageHead(page.name.full, page.description, prisoner_page(loaded))
        return {"og": open_graph(page, head), "person_data": person_data(page, head)}


# --- The picture -------------------------------------------------------------------------------


def test_the_picture_is_grey_and_of_the_size_that_networks_ask_for(reader):
    world.sentenced()
    image = picture(reader)
    assert (image.size, image.mode, image.format) == ((1200, 630), "L", "PNG")
    assert image.info == {}


def test_the_picture_has_the_photo_or_initials(reader):
    person = world.sentenced()
    assert 120 not in shades(picture(reader), (800, 200, 820, 220))
    with_photo(person)
    assert shades(picture(reader), (900, 300, 1000, 400)) <= set(range(115, 126))


def test_a_photo_whose_file_is_gone_is_no_error(reader):
    person = with_photo(world.sentenced())
    from memorial.base.photos import remove_public_sizes

    remove_public_sizes(person.photos.get().stem)
    assert picture(reader).size == (1200, 630)


def test_by_initials_there_is_no_face_and_no_place_for_one(reader):
    person = world.by_initials()
    image = picture(reader, f"/ru/prisoners/{person.slug}/share.png")
    assert shades(image, (800, 200, 1130, 560)) == {252}


def test_names_and_statuses_differ_in_the_picture(reader):
    world.sentenced()
    russian, english = picture(reader), picture(reader, URL.replace("/ru/", "/en/"))
    assert ImageChops.difference(russian.crop(NAME), english.crop(NAME)).getbbox()
    Prisoner.objects.update(surname_ru="Иначеназванная")
    assert ImageChops.difference(russian.crop(NAME), picture(reader).crop(NAME)).getbbox()


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_the_picture_of_the_hidden_answers_like_an_absent_one(reader, state):
    world.sentenced()
    Prisoner.objects.update(state=state)
    hidden, absent = reader.get(URL), reader.get("/ru/prisoners/nobody-at-all/share.png")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


def test_the_picture_is_not_sent_twice_on_one_day(reader, time_machine):
    world.sentenced()
    known = {"if-none-match": reader.get(URL).headers["ETag"]}
    assert reader.get(URL, headers=known).status_code == 304
    time_machine.move_to("2026-11-24T12:00:00+03:00")
    assert reader.get(URL, headers=known).status_code == 200


@pytest.mark.parametrize("make", world.SPECIAL)
def test_everybody_has_a_picture(reader, make):
    person = make()
    for language in ("ru", "en"):
        assert picture(reader, f"/{language}/prisoners/{person.slug}/share.png").size == (1200, 630)


def test_the_longest_name_stays_inside(reader):
    names = {
        "surname_ru": "Оченьдлиннофамильцева" * 5,
        "given_names_ru": "Многоимённая " * 9,
        "patronymic_ru": "",
    }
    world.sentenced(**names)
    image = picture(reader)
    assert shades(image, (745, 139, 780, 584)) == {252}
    assert shades(image, (60, 590, 1140, 629)) == {252}


def test_the_picture_costs_few_queries(reader):
    world.sentenced()
    assert len(page_queries(reader, URL)) <= 8


# --- Text in our fonts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Җәлилов Әнвәр Ғабдулла",
        "Məmmədzadə Gülşən",
        "Щёголев Їжак Ґалаґан Ўладзімір",
        "Şükürov İsa",
        "Ҳакимӣ Ҷамшед",
    ],
)
@pytest.mark.parametrize("family", ["display", "sans", "text"])
def test_our_fonts_have_the_letters_of_names(name, family):
    assert can_draw(name, Face(family, 40))


def test_a_letter_that_no_font_has_is_noticed():
    assert not can_draw("ӈ", Face("display", 40))
    assert not can_draw("漢", Face("display", 40))


def test_a_name_with_such_a_letter_is_drawn_in_the_other_language(reader):
    PrisonerFactory(
        slug="konin", surname_ru="Коӈин", given_names_ru="Ян", surname_en="Konin", given_names_en="Jan"
    )
    PrisonerFactory(
        slug="konim", surname_ru="Konin", given_names_ru="", surname_en="Konin", given_names_en="Jan"
    )
    image = picture(reader, "/ru/prisoners/konin/share.png")
    empty = picture(reader, "/ru/prisoners/konim/share.png")
    assert shades(image, NAME) != {252}
    english = picture(reader, "/en/prisoners/konin/share.png")
    assert not ImageChops.difference(
        image.crop((60, 140, 740, 300)), english.crop((60, 140, 740, 300))
    ).getbbox()
    assert ImageChops.difference(image.crop(NAME), empty.crop(NAME)).getbbox()


def test_lines_break_at_spaces_and_hyphens_and_stay_narrow():
    face = Face("display", 60)
    lines = wrapped("Рождественская-Переверзева Александра", face, 500)
    assert lines == ["Рождественская-", "Переверзева", "Александра"]
    assert "".join(wrapped("Щ" * 90, face, 500)) == "Щ" * 90
    assert all(width_of(line, face) <= 500 for line in wrapped("Щ" * 90, face, 500))


def test_what_never_fits_is_cut_off_visibly():
    _face, lines = fitted(["слово " * 90], [Face("display", 60), Face("display", 50)], 500, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


# --- JSON-LD and Open Graph --------------------------------------------------------------------


def test_json_ld_has_names_portrait_and_page_and_nothing_of_the_case():
    person = with_photo(world.sentenced())
    data = values_of(person)["person_data"].data
    assert data["@type"] == "Person"
    assert data["name"] == "Рождественская-Переверзева Александра Константиновна"
    assert data["alternateName"] == ["Alexandra Rozhdestvenskaya-Pereverzeva", "Рождественська Олександра"]
    assert data["url"] == f"{settings.PUBLIC_URL}/ru/prisoners/{person.slug}/"
    assert data["image"] == f"{settings.PUBLIC_URL}/media/photos/{person.photos.get().stem}-480.jpg"
    assert set(data) == {"@context", "@type", "name", "alternateName", "url", "image"}
    assert "207.3" not in json.dumps(data, ensure_ascii=False)


def test_json_ld_by_initials_tells_no_other_name():
    data = values_of(world.by_initials())["person_data"].data
    assert set(data) == {"@context", "@type", "name", "url"}
    assert data["name"].replace("\u00a0", " ") == "К. Н."


HOSTILE = '</script><script>alert("x")</script>&amp;<!--\u2028\u2029\\"'


def test_json_ld_cannot_end_its_element():
    text = JsonLd({"name": HOSTILE}).__html__()
    assert json.loads(text) == {"name": HOSTILE}
    assert not set("<>&\u2028\u2029") & set(text)


def head_of(person, language="ru") -> str:
    values = values_of(person, language)
    with translation.override(language):
        return render_to_string("prisoners/_share_head.html", values)


def test_open_graph_in_the_language_of_the_page():
    shown = head_of(world.sentenced(), "en")
    values = dict(re.findall(r'property="og:(.*?)" content="(.*?)"', shown))
    page = f"{settings.PUBLIC_URL}/en/prisoners/rozhdestvenskaya-pereverzeva/"
    assert values["title"] == "Alexandra Rozhdestvenskaya-Pereverzeva"
    assert values["url"] == page
    assert values["image"] == f"{page}share.png"
    assert values["locale"] == "en_GB"
    assert values["image:alt"] == "Alexandra Rozhdestvenskaya-Pereverzeva: Imprisoned"
    assert (values["image:width"], values["image:height"]) == ("1200", "630")


@pytest.mark.browser
def test_data_blocks_are_no_scripts_to_the_policy(reader):
    """Chromium reports nothing for JSON-LD under our policy, and reports an inline script: it is looking."""
    person = world.sentenced(surname_ru="Злой</script><script>window.bad=1</script>")
    policy = reader.get("/ru/prisoners/").headers["Content-Security-Policy"]
    with_data = f"<!doctype html><title>x</title>{head_of(person)}"
    bodies = {"data": with_data, "script": f"{with_data}<script>window.bad=2</script>"}
    found = {}

    def answer(route):
        body = bodies[route.request.url.rpartition("/")[2]]
        kind = "text/html; charset=utf-8"
        route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": policy})

    with browser(reader) as context:
        for name in bodies:
            page, complaints = context.new_page(), []
            page.on("console", lambda message, into=complaints: into.append(message.text))
            page.route("**/*", answer)
            page.goto(f"{HOST}/{name}")
            block = page.locator('script[type="application/ld+json"]').text_content()
            found[name] = (page.evaluate("window.bad || 0"), json.loads(block)["name"], complaints)
    assert found["data"][0] == found["script"][0] == 0
    assert found["data"][1].startswith("Злой</script>")
    assert found["data"][2] == []
    assert any("Content Security Policy" in said for said in found["script"][2])
