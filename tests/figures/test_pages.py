"""The pages of the statistics: any day or nonsense, what is hidden, what they cost, how they are cited."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from PIL import Image

from memorial.base.choices import State
from memorial.figures.catalogue import FIGURES
from memorial.figures.models import PublishedFigure
from memorial.figures.pages import PAGE_KINDS
from prisoners.models import Prisoner
from tests.counting import same_number_of_queries
from tests.factories import (
    ChargeFactory,
    CustodyFactory,
    DecisionPersonFactory,
    DraftFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    StayFactory,
)
from tests.figures import world as made
from tests.figures.world import TODAY, day, held, hidden, years

pytestmark = pytest.mark.django_db
PAGE = "/en/statistics/"
ALL = [PAGE, *(f"{PAGE}{figure.code}/" for figure in FIGURES)]


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(response.content.decode()).replace("\u00a0", " ")


def large(page: str) -> str:
    return re.search(r'<span class="d num">([\d,]+)', page)[1]


def test_every_page_answers_in_both_languages_with_people_and_without(client):
    for path in ALL:
        assert "Nobody is counted here on that day." in text(client, path) or path == PAGE
    made.everybody()
    for path in ALL:
        assert "В этот день здесь не посчитан никто." not in text(client, path.replace("/en/", "/ru/"))


def test_the_registry_lists_every_figure_and_no_other():
    paths = {page.path("en") for kind in PAGE_KINDS for page in kind.pages()}
    assert paths == {*ALL, f"{PAGE}map/", f"{PAGE}map/held/"}
    assert all(kind.depends_on_date for kind in PAGE_KINDS)


def test_a_figure_that_there_is_not_is_absent(client):
    for path in ("happiness/", "happiness/export.csv", "happiness/export.json", "happiness/export.xlsx"):
        assert client.get(f"{PAGE}{path}").status_code == 404


def test_a_past_day_has_its_own_address_and_is_not_for_search_engines(client):
    held("2023")
    held("02.2025")
    page = text(client, f"{PAGE}liberty/?on=2024-12-31")
    assert large(page) == "1"
    assert "On 31 December 2024, from data as of 23 November 2026." in page
    assert 'canonical" href="http://localhost:8000/en/statistics/liberty/?on=2024-12-31"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "<title>Deprived of liberty: statistics, 31 December 2024 — " in page
    assert 'href="/ru/statistics/liberty/?on=2024-12-31"' in page
    assert 'href="/en/statistics/liberty/export.csv?on=2024-12-31"' in page
    assert 'href="/en/statistics/?on=2024-12-31"' in page


def test_today_asked_for_by_its_date_is_the_page_of_today(client):
    held("2023")
    by_date = text(client, f"{PAGE}liberty/?on={TODAY}")
    assert 'canonical" href="http://localhost:8000/en/statistics/liberty/"' in by_date
    assert 'content="noindex"' not in by_date
    assert large(by_date) == large(text(client, f"{PAGE}liberty/"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("on=yesterday", "That is not a date"),
        ("on=2024-02-30", "That is not a date"),
        ("on=0000-00-00", "That is not a date"),
        ("on=٢٠٢٤-01-01", "That is not a date"),
        ("on=2024-1-1", "That is not a date"),
        ("on=2026-11-24", "That day lies ahead"),
        ("on=9999-12-31", "That day lies ahead"),
        ("on=2022-12-31", "The first fact we know has the date 1 January 2023"),
        ("on=0001-01-01", "The first fact we know has the date 1 January 2023"),
        ("region=ru-mow", "The address asks for something that is not here"),
        ("on=2024-01-01&sort=name", "The address asks for something that is not here"),
    ],
)
def test_a_day_that_makes_no_sense_is_said_and_the_page_is_usable(client, asked, said):
    held("2023")
    for path in (f"{PAGE}liberty/", PAGE):
        page = text(client, f"{path}?{asked}")
        assert f'<p class="note" role="status">{said}' in page
        assert 'content="noindex"' in page
        assert re.search(r"\b1</span>", page)
    assert client.get(f"{PAGE}liberty/export.json?{asked}").status_code == 200


def test_without_any_fact_a_past_day_says_so(client):
    PrisonerFactory()
    assert "Nothing here has a date yet." in text(client, f"{PAGE}people/?on=2020-01-01")
    assert large(text(client, f"{PAGE}people/")) == "1"


def test_who_is_not_public_changes_no_byte(client):
    """A case neither names, numbers nor counts them: not in any figure, on any day, in any file."""
    held("2022")
    shown = ProsecutionFactory(since=day("2022"))
    ChargeFactory(prosecution=shown)
    ends = ("", "?on=2024-12-31", "export.csv", "export.json?on=2024-12-31", "decisions/")
    paths = [f"{PAGE}{end}" for end in ends]
    before = {path: _bytes(client, path) for path in paths}
    hidden_in(shown.case)
    assert {path: _bytes(client, path) for path in paths} == before


def hidden_in(case) -> None:
    """Somebody hidden in a published case, with a record of everything."""
    draft = DraftFactory(gender="f")
    CustodyFactory(prisoner=draft)
    StayFactory(prisoner=draft)
    RecognitionFactory(prisoner=draft)
    prosecution = ProsecutionFactory(case=case, prisoner=draft, since=day("2021"), in_absentia=True)
    ChargeFactory(prosecution=prosecution)
    made.verdict(prosecution, "2024", years(5))


def _bytes(client, path):
    response = client.get(path)
    return b"".join(response) if response.streaming else response.content


def test_a_world_of_the_hidden_alone_counts_the_one_whom_readers_know(client):
    hidden()
    shown = Prisoner.objects.published().count()
    assert large(text(client, f"{PAGE}people/")) == str(shown) == "2"
    assert large(text(client, f"{PAGE}articles/")) == "0"
    assert large(text(client, f"{PAGE}releases/")) == "0"


def test_hiding_somebody_takes_them_out_at_once(client):
    person = held("2022")
    held("2022")
    assert large(text(client, f"{PAGE}liberty/")) == "2"
    Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN)
    assert large(text(client, f"{PAGE}liberty/")) == "1"


def test_ages_do_not_tell_an_exact_birthday(client):
    """Were they counted by the day, the day on which a count changes would be the birthday."""
    born = held("2020", born=day("02.10.1994"))
    assert born.born.day == 2
    told = [_bytes(client, f"{PAGE}ages/export.csv?on={on}") for on in ("2024-10-01", "2024-10-03")]
    rows = [re.findall(rb"ages,[a-z_]+,[^,]*,\d*", each) for each in told]
    assert rows[0] == rows[1]
    assert any(b"30-39" in row for row in rows[0])


def test_rows_lead_to_lists_of_the_same_people_today_only(client):
    held("2022", gender="f")
    held("2022", gender="m")
    today = text(client, f"{PAGE}sex/")
    assert 'href="/en/prisoners/?gender=f"' in today
    assert "1 person" in text(client, "/en/prisoners/?gender=f")
    assert "gender=" not in text(client, f"{PAGE}sex/?on=2024-01-01")


def test_how_to_cite_names_both_days_and_the_address_of_the_day(client):
    held("2023")
    cited = re.search(r'<p class="copy">(.*?)</p>', text(client, f"{PAGE}liberty/"), re.DOTALL)[1]
    assert cited == (
        "“Political Prisoners. Memorial”. Deprived of liberty: 1. On 23 November 2026, from data as of "
        "23 November 2026. http://localhost:8000/en/statistics/liberty/?on=2026-11-23"
    )


def test_a_shared_link_has_a_picture_with_the_number_of_the_day(client):
    held("2023")
    held("02.2025")
    for query in ("", "?on=2024-12-31"):
        page = text(client, f"{PAGE}liberty/{query}")
        said = "2 people deprived of liberty" if not query else "1 person deprived of liberty"
        assert f'<meta property="og:image:alt" content="{said}">' in page
        (url,) = re.findall(r'og:image" content="http://localhost:8000([^"]+)"', page)
        response = client.get(url)
        assert response.headers["Content-Type"] == "image/png"
        image = Image.open(io.BytesIO(response.content))
        assert (image.size, image.mode, image.info) == ((1200, 630), "L", {})
        assert image.crop((60, 170, 500, 350)).getextrema()[0] < 60
    assert client.get(f"{PAGE}liberty/share.png").content != response.content


def test_the_page_of_all_figures_has_a_picture_of_its_own(client):
    held("2023")
    page = text(client, f"{PAGE}?on=2024-12-31")
    (url,) = re.findall(r'og:image" content="http://localhost:8000([^"]+)"', page)
    assert url == f"{PAGE}share.png?on=2024-12-31"
    assert "1 person in the encyclopaedia; 0 people recognised" in page
    pictures = [
        Image.open(io.BytesIO(client.get(each).content)) for each in (url, f"{PAGE}share.png?on=2023-01-01")
    ]
    assert {(image.size, image.mode) for image in pictures} == {((1200, 630), "L")}
    held("2022")
    assert client.get(url).content != client.get(f"{PAGE}share.png?on=2023-01-01").content
    # A number stands in each quarter.
    assert all(
        pictures[0].crop((left, top, left + 300, top + 100)).getextrema()[0] < 60
        for left in (60, 600)
        for top in (140, 340)
    )


def test_the_composition_adds_up_to_everybody(client):
    made.everybody()
    section = text(client, PAGE).split('id="composition"')[1].split("</table>")[0]
    numbers = [int(number) for number in re.findall(r'<td class="r num">(\d+)</td>', section)]
    assert sum(numbers[:-1]) == numbers[-1] > 50


def test_a_year_that_is_not_over_is_drawn_lighter_and_said(client):
    made.arrested("2023")
    made.arrested("03.2025")
    page = text(client, f"{PAGE}arrests/")
    assert page.count('class="t-soft"') == 1
    assert "2026 is not over: counted up to 23 November 2026 and drawn lighter." in page
    whole = text(client, f"{PAGE}arrests/?on=2025-12-31")
    assert 't-soft"' not in whole
    assert "is not over" not in whole


def test_a_median_is_told_of_five_and_not_of_four(client):
    for number in (2, 3, 5, 8):
        made.verdict(ProsecutionFactory(since=day("2023")), "2024", years(number))
    assert "4 people: too few for a median." in text(client, f"{PAGE}terms/")
    made.verdict(ProsecutionFactory(since=day("2023")), "2024", years(9))
    assert "5 years, counted from 5 people." in text(client, f"{PAGE}terms/")


def test_figures_of_others_stand_apart_with_their_source(client):
    assert "What others have counted" not in text(client, PAGE)
    PublishedFigure.objects.create(
        value_ru="около 2 500",
        value_en="about 2,500",
        what_ru="человек за три года",
        source_name_ru="Доклад",
        source_url="https://example.org/report",
    )
    page = text(client, PAGE)
    assert "about 2,500" in page
    assert '<span lang="ru">человек за три года</span>' in page
    assert 'href="https://example.org/report" rel="noopener noreferrer"' in page
    assert "about 2,500" not in _bytes(client, f"{PAGE}export.csv").decode()


def _whole_record() -> None:
    """One more person with a row of everything that figures read."""
    person = held("2022", gender="f")
    CustodyFactory(prisoner=person)
    RecognitionFactory(prisoner=person)
    made.released(("2024", "pardon", "exchange"))
    prosecution = ProsecutionFactory(prisoner=person, since=day("2022"))
    ChargeFactory(prosecution=prosecution)
    made.verdict(prosecution, "2024", years(5))
    DecisionPersonFactory()


@pytest.mark.parametrize("path", ["", "stages/", "liberty/?on=2024-12-31"])
def test_one_person_or_three_the_same_number_of_queries(client, path):
    assert same_number_of_queries(client, f"{PAGE}{path}", add_row=_whole_record) <= 24


def test_one_year_alone_is_a_table_and_no_chart(client):
    made.arrested("2023")
    page = text(client, f"{PAGE}arrests/?on=2023-12-31")
    assert 'class="chart"' not in page
    assert '<details class="data" open>' in page
    assert page.count('class="chart"') + 1 == text(client, f"{PAGE}arrests/").count('class="chart"')
