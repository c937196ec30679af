"""The poster: what stands on the sheet, of whom there is none, and that it is one sheet."""

import re
from datetime import date

import pytest
import zxingcpp
from django.conf import settings
from django.utils import translation
from PIL import Image

from memorial.base.choices import State
from prisoners.models import Prisoner
from prisoners.pages import PAGE_KINDS
from prisoners.poster import MOST_CHARGES, Poster, PrisonerPosterView
from tests.base.test_qr import picture_of
from tests.counting import page_queries, same_number_of_queries
from tests.factories import CustodyFactory, FacilityFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages import world
from tests.pages.browsing import browser, opened
from tests.pages.reading import links, words, words_of_main
from tests.pages.world import day

pytestmark = pytest.mark.django_db
URL = "/ru/prisoners/rozhdestvenskaya-pereverzeva/poster/"
ENGLISH = URL.replace("/ru/", "/en/")
BARRED = {
    "attention is not wanted": {"attention_wanted": False},
    "quiet is asked for": {"quiet_until": date(2026, 12, 1)},
}


def read_qr(response) -> list[str]:
    """What another reader finds in the code of the page."""
    from memorial.base.qr import QrCode

    found = re.search(
        r'class="qr".*?viewBox="0 0 (\d+) .*?fill="#000" d="([^"]+)"', response.content.decode(), re.S
    )
    image: Image.Image = picture_of(QrCode("", int(found[1]), found[2]))
    return [code.text for code in zxingcpp.read_barcodes(image)]


def test_poster_says_who_where_and_as_of_when(reader):
    world.sentenced()
    text = words(reader.get(URL))
    for said in (
        "Рождественская-Переверзева Александра Константиновна",
        "23.11.2026",
        "Учительница географии из Верхнереченска.",
        "В неволе 3 года 8 месяцев.",
        "7 лет 6 месяцев, колония общего режима",
        "п. «д» ч. 2 ст. 207.3",
        "В заключении",
        "Признана политзаключённой",
        "Рождественской-Переверзевой Александре Константиновне, 1987 г. р.",
        "г. Верхнереченск, Заречная область, 999014",
        "Признание политзаключённым не означает",
        "localhost:8000/ru/prisoners/rozhdestvenskaya-pereverzeva/",
    ):
        assert said in text


def test_poster_in_english_keeps_the_address_russian(reader):
    world.sentenced()
    response = reader.get(ENGLISH)
    text = words(response)
    assert "Alexandra Rozhdestvenskaya-Pereverzeva" in text
    assert "as of 23 November 2026" in text
    assert "Before you print this in Russia" in text
    assert 'class="copy" lang="ru"' in response.content.decode()


@pytest.mark.parametrize("url", [URL, ENGLISH])
def test_the_code_leads_to_the_page_in_the_language_of_the_poster(reader, url):
    world.sentenced()
    assert read_qr(reader.get(url)) == [settings.PUBLIC_URL + url.removesuffix("poster/")]


def test_poster_is_not_indexed_and_has_no_alternates(reader):
    world.sentenced()
    page = reader.get(URL).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="alternate"' not in page
    kinds = {kind.name: kind for kind in PAGE_KINDS}
    assert not kinds["prisoner-poster"].in_sitemap
    assert [each.path("ru") for each in kinds["prisoner-poster"].pages()] == [URL]


def test_poster_has_no_internal_number(reader):
    world.sentenced(id=987_654_321)
    assert "987654321" not in reader.get(URL).content.decode()


def test_charges_too_long_for_a_sheet_are_left_out_whole(reader):
    world.sentenced(charges_ru="слово " * (MOST_CHARGES // 6 + 1))
    text = words(reader.get(URL))
    assert "слово" not in text
    assert "Обвинение" not in text


@pytest.mark.parametrize("fields", BARRED.values(), ids=BARRED)
def test_no_poster_and_no_word_on_whose_wish_it_is(reader, fields):
    world.sentenced(**fields)
    response = reader.get(ENGLISH)
    text = words(response)
    assert response.status_code == 200
    assert "There is no poster" in text
    assert "We do not say which reason it is." in text
    assert "999014" not in text
    assert 'class="qr"' not in response.content.decode()


def test_the_reasons_for_no_poster_look_alike(reader):
    """Nobody can tell from the page whether the person asked for it."""
    bodies = set()
    for fields in BARRED.values():
        person = world.sentenced(**fields)
        bodies.add(reader.get(ENGLISH).content)
        person.delete()
        world.models.Facility.objects.all().delete()
    assert len(bodies) == 1


def test_of_people_under_eighteen_there_is_no_poster(reader):
    person = PrisonerFactory(born=day("2010"))
    StayFactory(prisoner=person)
    assert "There is no poster" in words(reader.get(f"/en/prisoners/{person.slug}/poster/"))


def test_quiet_ends_with_its_day(reader):
    world.sentenced(quiet_until=date(2026, 11, 22))
    assert 'class="qr"' in reader.get(URL).content.decode()


@pytest.mark.parametrize("make", [world.by_initials, world.released, world.beyond_reach, world.sent_to_war])
def test_of_some_there_is_no_poster(reader, make):
    person = make()
    text = words(reader.get(f"/en/prisoners/{person.slug}/poster/"))
    assert "There is no poster" in text


@pytest.mark.parametrize(
    "make", [world.civilian, world.nameless, world.for_life, world.in_treatment, world.died_in_custody]
)
def test_of_others_there_is_one(reader, make):
    person = make()
    response = reader.get(f"/en/prisoners/{person.slug}/poster/")
    assert 'class="qr"' in response.content.decode()


def test_where_no_letter_can_be_sent_the_poster_has_no_address(reader):
    person = world.civilian()
    text = words_of_main(reader.get(f"/en/prisoners/{person.slug}/poster/"))
    assert "Read and pass on" in text
    assert "Write a letter" not in text


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_poster_hidden_answers_like_absent(reader, state):
    world.sentenced()
    Prisoner.objects.update(state=state)
    hidden, absent = reader.get(URL), reader.get("/ru/prisoners/nobody-at-all/poster/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


def test_poster_leads_back(reader):
    world.sentenced()
    assert URL.removesuffix("poster/") in links(reader.get(URL))


def test_poster_costs_the_same_with_one_fact_and_with_three(reader):
    person = world.sentenced()

    def more():
        custody = CustodyFactory(prisoner=person, detained_on=day("2012"))
        StayFactory(
            prisoner=person, facility=FacilityFactory(), temporary=True, ongoing=False, ended=day("2024")
        )
        RecognitionFactory(prisoner=person, custody=custody)
        StayFactory(prisoner=PrisonerFactory())

    assert same_number_of_queries(reader, URL, add_row=more) <= 9
    assert len(page_queries(reader, ENGLISH)) <= 9


# --- One sheet ---------------------------------------------------------------------------------

LONG = "Съешь ещё этих мягких французских булок, да выпей же чаю в тюремной столовой. "


def wordy(length: int) -> str:
    return (LONG * 20)[:length].rstrip()


def everything_long(**fields):
    """A person whose every text is as long as the database allows."""
    person = world.sentenced(
        surname_ru="Оченьдлиннофамильцева-" * 5,
        given_names_ru="Многоимённая Александра-Виктория Константина " * 2,
        patronymic_ru="Константинополевна " * 6,
        surname_en="Ochendlinnofamiltseva-" * 5,
        given_names_en="Mnogoimyonnaya Alexandra Victoria " * 3,
        summary_ru=wordy(600),
        summary_en=("The quick brown fox jumps over the lazy dog in court. " * 20)[:600].rstrip(),
        sentence_ru=wordy(200),
        sentence_en=wordy(200),
        charges_ru=wordy(MOST_CHARGES),
        charges_en=wordy(MOST_CHARGES),
        name_for_envelope=wordy(250),
        **fields,
    )
    world.models.Facility.objects.filter(slug="ik-99").update(
        official_name_ru=wordy(250), street=wordy(200), city=wordy(120)
    )
    return person


def with_photo(person):
    import io

    from memorial.base.photos import make_public_sizes, random_stem

    picture, stem = io.BytesIO(), random_stem()
    Image.new("L", (800, 1000), 120).save(picture, "JPEG")
    make_public_sizes(picture.getvalue(), stem)
    world.models.Photo.objects.create(prisoner=person, stem=stem, alt_ru="Портрет", alt_en="Portrait")
    return person


def just_below(**fields):
    """Each part as long as it may be before the type becomes smaller, and badly broken."""
    names = {
        "surname": "Рождественскаянская",
        "given_names": "Александрина-Викторина",
        "patronymic": "Амвросиевна",
    }
    person = world.sentenced(
        **{f"{part}_{code}": text for part, text in names.items() for code in ("ru", "en")},
        **{f"summary_{code}": wordy(265) for code in ("ru", "en")},
        **{f"{part}_{code}": "" for part in ("charges", "sentence") for code in ("ru", "en")},
        **fields,
    )
    world.models.Facility.objects.filter(slug="ik-99").update(street="ул. Образцовая, корпус 2, д. 11")
    return person


def poster_of(person):
    return Poster(PrisonerPosterView().get_queryset().get(pk=person.pk), world.TODAY)


def just_below_with_a_short_address():
    person = just_below()
    world.models.Facility.objects.filter(slug="ik-99").update(
        official_name_ru="ФКУ ИК-99", street="", city="г. Эн", region=None
    )
    rest = len(poster_of(person).writing.line)
    letters = 265 + (190 - rest) // 2
    person.summary_ru = wordy(letters)
    person.save()
    return person


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("photo", [True, False], ids=["photo", "no photo"])
@pytest.mark.parametrize(
    "make", [world.sentenced, world.civilian, everything_long, just_below, world.died_in_custody]
)
def test_poster_is_one_sheet_of_a4(reader, make, photo, language):
    person = make()
    if photo:
        with_photo(person)
    with browser(reader) as context:
        page, complaints = opened(context, f"/{language}/prisoners/{person.slug}/poster/")
        pdf = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 1017})  # 180 × 269 mm, what the margins leave
        below = page.evaluate(
            """() => { const box = document.querySelector('.sheet').getBoundingClientRect();
            return [...document.querySelectorAll('.sheet *')].filter(
                each => each.getBoundingClientRect().bottom > box.bottom + 1
                     || each.getBoundingClientRect().right > box.right + 1).length }"""
        )
    assert complaints == []
    assert pages_of(pdf) == 1
    assert below == 0
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", pdf)


@pytest.mark.browser
def test_longer_texts_in_large_type_where_the_address_is_short_are_one_sheet(reader):
    person = just_below_with_a_short_address()
    assert "sheet--body-" not in poster_of(person).sizes
    assert len(person.summary_ru) > 300
    with browser(reader) as context:
        page, _complaints = opened(context, f"/ru/prisoners/{person.slug}/poster/")
        assert pages_of(page.pdf(prefer_css_page_size=True)) == 1


@pytest.mark.browser
def test_the_count_of_sheets_would_notice_a_second_one(reader):
    world.sentenced()
    with browser(reader) as context:
        page, _complaints = opened(context, URL)
        page.evaluate("document.querySelector('.sheet .gap').style.flexBasis = '300mm'")
        page.evaluate("document.querySelector('.sheet').style.height = 'auto'")
        assert pages_of(page.pdf(prefer_css_page_size=True)) > 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_poster_on_a_screen_never_goes_sideways(reader, width):
    everything_long()
    with browser(reader, viewport={"width": width, "height": 800}) as context:
        page, complaints = opened(context, URL)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


@pytest.fixture(autouse=True)
def _russian_by_default():
    with translation.override("ru"):
        yield
