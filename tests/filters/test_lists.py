"""The lists with their filters, as readers get them: whatever is asked, a usable page with one address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlencode

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prisoners.filters import list_view
from prisoners.models import PrisonerTheme, Theme
from tests.counting import page_queries, same_number_of_queries
from tests.factories import CaseFactory, PrisonerFactory, RegionFactory, StayFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
URL = "/ru/prisoners/"
CASES = "/ru/cases/"


@pytest.fixture
def two():
    """A woman of one region and a man of another, with a theme each."""
    for n, gender in enumerate("fm"):
        theme = Theme.objects.create(code=f"theme_{n}", label_ru=f"тема {n}", label_en=f"theme no {n}")
        region = RegionFactory(code=f"XX-{n}", name_ru=f"Заречье {n}", name_en=f"Zarechye {n}")
        person = PrisonerFactory(surname_ru=f"Пробин{n}", gender=gender, region=region, slug=f"probin-{n}")
        PrisonerTheme.objects.create(prisoner=person, theme=theme)


def shown(answer) -> list[str]:
    """The slugs of the people on a page."""
    main = answer.content.decode().split("<main")[1]
    return re.findall(r'<h3><a href="/\w\w/prisoners/([\w-]+)/"', main)


def boxes(answer) -> dict[tuple[str, str], tuple[bool, int]]:
    """The values on a page: whether ticked, and their number."""
    found = re.findall(
        r'<input type="checkbox" name="(\w+)" value="([^"]*)"( checked)?>.*?class="num">([\d\s\xa0]+)<',
        answer.content.decode(),
    )
    return {
        (name, value): (bool(ticked), int(re.sub(r"\D", "", number))) for name, value, ticked, number in found
    }


def test_the_list_shows_who_passes_and_counts_the_others(reader, two):
    answer = reader.get(URL, {"gender": "f"})
    assert shown(answer) == ["probin-0"]
    counted = boxes(answer)
    assert counted["gender", "f"] == (True, 1)
    assert counted["gender", "m"] == (False, 1)
    assert counted["theme", "theme_0"] == (False, 1)
    assert ("theme", "theme_1") not in counted


def test_chips_lead_to_the_list_without_them(reader, two):
    answer = reader.get(URL, {"gender": ["f", "m"], "region": "xx-0"})
    found = links(answer)
    for left in ("gender=f&gender=m", "gender=f&region=xx-0", "gender=m&region=xx-0"):
        assert f"{URL}?{left}" in found


def test_an_empty_list_says_what_to_drop(reader, two):
    answer = reader.get(URL, {"gender": "f", "region": "xx-1"})
    assert shown(answer) == []
    found = links(answer)
    assert {f"{URL}?gender=f", f"{URL}?region=xx-1"} <= set(found)
    assert re.search(rf'href="{re.escape(URL)}\?gender=f">1</a>', answer.content.decode())


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("theme=theme_0&gender=f&gender=f&page=1", "gender=f&theme=theme_0"),
        ("sort=name&q=&letter=&gender=m&liberty=", "gender=m"),
        ("region=xx-1&region=xx-0&sort=since&view=table", "region=xx-0&region=xx-1&sort=since"),
        ("region=gone&utm=1", ""),
    ],
)
def test_every_selection_has_one_canonical_address(reader, two, asked, canonical):
    page = reader.get(f"{URL}?{asked}").content.decode()
    address = f"http://localhost:8000{URL}" + (f"?{canonical}" if canonical else "")
    assert f'rel="canonical" href="{address.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize(
    ("asked", "is_indexed"),
    [("", True), ("theme=theme_0", True), ("region=xx-1", True), ("gender=f", False), ("q=Пробин", False),
     ("theme=theme_0&region=xx-0", False), ("theme=theme_0&theme=theme_1", False), ("theme=gone", False),
     ("theme=theme_0&sort=since", False)],
)  # fmt: skip
def test_search_engines_are_shown_few_selections(reader, two, asked, is_indexed):
    assert ("noindex" not in reader.get(f"{URL}?{asked}").content.decode()) == is_indexed


def test_what_is_stale_or_unknown_is_left_out_and_said(reader, two):
    for asked in (
        "region=gone",
        "region=xx-0&region=gone",
        "colour=red",
        "theme=<script>alert(1)</script>",
    ):
        answer = reader.get(f"{URL}?{asked}")
        assert answer.status_code == 200
        assert "Показываем самое близкое" in words(answer), asked
        assert "<script>alert" not in answer.content.decode()
        assert shown(answer)
    assert shown(reader.get(f"{URL}?region=xx-0&region=gone")) == ["probin-0"]


def test_a_filter_goes_along_into_the_other_language(reader, two):
    assert "/en/prisoners/?region=xx-1" in links(reader.get(f"{URL}?region=xx-1&sort=since"))


def test_a_name_and_a_filter_narrow_together(reader, two):
    assert shown(reader.get(URL, {"q": "Пробин1"}))[0] == "probin-1"
    assert shown(reader.get(URL, {"q": "Пробин", "gender": "f"})) == ["probin-0"]
    nobody = reader.get(URL, {"q": "Щукарёва"})
    assert shown(nobody) == []
    assert "Щукарёва" in words(nobody)


def test_a_single_sign_is_no_name_and_the_list_says_so(reader, two):
    answer = reader.get(URL, {"q": "0", "gender": "f"})
    assert "«0» — слишком мало, чтобы искать имя" in words(answer)
    assert shown(answer) == ["probin-0"]
    assert 'value="0"' in answer.content.decode(), "what was typed stays in its field"
    assert f'rel="canonical" href="http://localhost:8000{URL}?gender=f"' in answer.content.decode()


NAMES = st.sampled_from(
    ["liberty", "gender", "region", "theme", "born", "q", "letter", "sort", "page", "view", "х", "list"]
)
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["f", "m", "xx-0", "theme_1", "table", "2", "' OR 1=1", "<i7>", "\0"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(st.tuples(NAMES, WORDS), max_size=6),
    where=st.sampled_from([URL, CASES, f"{URL}filter/region/"]),
)
def test_whatever_is_asked_there_is_a_page(reader, two, asked, where):
    answer = reader.get(f"{where}?{urlencode(asked)}")
    assert answer.status_code in (200, 400)
    assert "<i7>" not in answer.content.decode()
    if answer.status_code == 200:
        canonical = re.search(
            r'rel="canonical" href="http://localhost:8000([^"]*)"', answer.content.decode()
        )[1]
        again = reader.get(canonical.replace("&amp;", "&"))
        assert "Показываем самое близкое" not in words(again)
        assert f'rel="canonical" href="http://localhost:8000{canonical}"' in again.content.decode()


def test_many_values_are_twelve_and_a_page_of_their_own(reader):
    with translation.override("ru"):
        for n in range(15):
            region = RegionFactory(code=f"YY-{n}", name_ru=f"{'АБВ'[n % 3]}заречье {n}")
            PrisonerFactory.create_batch(1 + (n == 14), region=region)
    answer = reader.get(URL)
    regions = [value for name, value in boxes(answer) if name == "region"]
    assert len(regions) == 12
    assert regions[0] == "yy-14"
    assert f"{URL}filter/region/" in links(answer)
    chosen = reader.get(URL, {"region": "yy-0"})
    assert boxes(chosen)["region", "yy-0"] == (True, 1)
    page = reader.get(f"{URL}filter/region/", {"region": "yy-3", "gender": "m"})
    assert len([1 for name, _value in boxes(page) if name == "region"]) == 15
    assert boxes(page)["region", "yy-3"][0]
    assert '<input type="hidden" name="gender" value="m">' in page.content.decode()
    assert [unquote(link)[-1] for link in links(page) if link.startswith("#l-")] or "АБВ" in words(
        page
    ).replace(" ", "")
    assert reader.get(f"{URL}filter/colour/").status_code == 404


def test_pages_end_and_letters_do_not(reader, monkeypatch):
    monkeypatch.setattr(list_view, "MOST_PAGES", 2)
    PrisonerFactory.create_batch(60, surname_ru="Яров")
    last = reader.get(URL, {"page": "3"})
    assert "Показываем самое близкое" in words(last)
    assert "выберите букву" in words(last) or "choose a letter" in words(last)
    assert "60 человек" in words(last)
    by_letter = reader.get(URL, {"letter": "Я", "page": "3"})
    assert len(shown(by_letter)) == 12


@pytest.mark.parametrize("asked", ["", "?gender=f&theme=theme_0", "?q=Пробин", "?letter=П&gender=f"])
def test_the_list_costs_the_same_with_one_person_and_with_three(reader, two, asked):
    assert (
        same_number_of_queries(reader, f"{URL}{asked}", add_row=lambda: StayFactory(prisoner__gender="f"))
        <= 12
    )


@pytest.mark.parametrize("path", [f"{URL}filter/region/", f"{CASES}filter/region/", f"{CASES}?kind=criminal"])
def test_pages_of_filters_cost_the_same_with_one_row_and_with_three(reader, path):
    def more() -> None:
        CaseFactory(region=RegionFactory(), kind="criminal")
        PrisonerFactory(region=RegionFactory())

    assert same_number_of_queries(reader, path, add_row=more) <= 12


@pytest.mark.django_db(transaction=True)
def test_in_a_process_that_has_counted_a_list_asks_five_times_at_most(reader):
    PrisonerFactory.create_batch(3, gender="f")
    reader.get(f"{URL}?gender=f")
    assert len(page_queries(reader, f"{URL}?gender=f")) <= 5
    # Another choice is counted without asking anything more.
    assert len(page_queries(reader, f"{URL}?letter=&gender=f&english=yes")) <= 5


def test_cases_are_narrowed_and_counted(reader):
    CaseFactory(kind="criminal", title_ru="Дело о чтении")
    CaseFactory(kind="administrative", title_ru="Дело о пикете")
    answer = reader.get(CASES, {"kind": "criminal"})
    assert "Дело о чтении" in words(answer)
    assert "Дело о пикете" not in words(answer)
    assert boxes(answer)["kind", "administrative"] == (False, 1)
    assert f"{CASES}" in links(answer)
