from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.base.partial_date import PartialDate
from prisoners.choices import LegalCode, StayReason
from prisoners.importers import cells
from prisoners.importers.errors import CellError
from prisoners.importers.fields import FIELDS

TODAY = date(2026, 11, 23)
days = st.dates(date(1900, 1, 1), date(2020, 12, 31))


@given(days)
def test_a_date_is_read_by_its_format_and_by_no_other(day):
    assert cells.read_date(f"{day:%m/%d/%Y}", ["%m/%d/%Y"]) == PartialDate.from_date(day)
    assert cells.read_date(f"{day:%d/%m/%Y}", ["%d/%m/%Y"]) == PartialDate.from_date(day)
    assert cells.read_date(f"{day:%d %B %Y}", []) == PartialDate.from_date(day)


@given(days)
def test_a_format_says_how_precise_a_date_is(day):
    assert cells.read_date(f"{day:%m-%Y}", ["%m-%Y"]) == PartialDate(day.year, day.month)
    assert cells.read_date(f"{day:%b %Y}", ["%b %Y"]) == PartialDate(day.year, day.month)
    assert cells.read_date(f"{day:%Y}", ["%Y"]) == PartialDate(day.year)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_dates(text):
    try:
        known = cells.read_date(text, ["%d.%m.%y"], TODAY)
    except CellError:
        return
    assert not known.in_future(TODAY)


def test_formats_are_tried_in_their_order():
    assert cells.read_date("03.04.21", ["%d.%m.%y", "%m.%d.%y"]).text == "2021-04-03"
    assert cells.read_date("03.04.21", ["%m.%d.%y", "%d.%m.%y"]).text == "2021-03-04"
    assert cells.read_date("03.14.21", ["%d.%m.%y", "%m.%d.%y"]).text == "2021-03-14"


@pytest.mark.parametrize(
    "text", ["03/04/2021", "31.02.2020", "20 May 2012 59", "весной", "99999999999999999999"]
)
def test_what_can_be_read_in_two_ways_or_in_none_is_refused(text):
    with pytest.raises(CellError):
        cells.read_date(text, [])


def test_what_happened_is_not_in_the_future():
    with pytest.raises(CellError, match="future"):
        cells.read_date("01.03.2099", [], TODAY)
    assert cells.read_date("01.03.2099", []).year == 2099


def test_control_characters_and_turned_lines_are_taken_out():
    assert cells.plain("\ufeffА\u202eБ\x07В\r\nГ") == "АБВ\nГ"


def test_plain_text_becomes_paragraphs_and_never_markup():
    assert cells.read_paragraphs("Один <b>& два\nтри\n\nчетыре") == (
        "<p>Один &lt;b&gt;&amp; два<br>три</p><p>четыре</p>"
    )
    assert "<script" not in cells.read_paragraphs("<script>alert(1)</script>")
    assert cells.read_paragraphs("<p>да</p><script>alert(1)</script>", markup=True) == "<p>да</p>"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Abilin wrote. He was tried.", "Abilin wrote."),
        ("Mr. Abilin wrote to P.S. Vestnik. He was tried.", "Mr. Abilin wrote to P.S. Vestnik."),
        ("Писал на ул. Образцовой. Его судили.", "Писал на ул. Образцовой."),
        ("Сказал: «Нет!» Его судили.", "Сказал: «Нет!»"),
        ("Без точки", "Без точки"),
    ],
)
def test_the_first_sentence(text, first):
    assert cells.first_sentence(text) == first


def test_words_mean_codes_in_both_languages():
    assert cells.read_choice("Remand in custody", StayReason) == StayReason.REMAND
    assert cells.read_choice("remand", StayReason) == StayReason.REMAND
    assert cells.read_choice("муж.", FIELDS["gender"].choices) == "m"
    with pytest.raises(CellError, match="uk-rf"):
        cells.read_choice("УК", LegalCode)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "example.org", "ftp://example.org/a", "https://a b"])
def test_only_links_of_the_web(text):
    with pytest.raises(CellError):
        cells.read_link(text, FIELDS["source_url"])


def test_a_text_that_is_too_long_is_never_cut():
    with pytest.raises(CellError, match="120"):
        cells.read_line("я" * 121, FIELDS["surname_ru"])


@pytest.mark.parametrize("text", ["", "-", "н/д", "НЕИЗВЕСТНО", "n/a", "?"])
def test_words_for_not_known(text):
    assert cells.is_unknown(text)
