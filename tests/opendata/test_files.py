"""What each file holds beside its rows, and what strange rows become."""

import io
import json
import zipfile

import pytest

from memorial.base.opendata.about import DISCLAIMER, LICENCE_URL
from tests.factories import PrisonerFactory
from tests.opendata.reading import ABOUT, body, read_csv, read_feed, read_json, read_xlsx
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
STRANGE = [
    "=cmd|'/c calc'!A1",
    "+1234",
    "-Иванов",
    "@SUM(A1)",
    "'=1+1",
    'Кав"ычкин',
    "Стро\nкин",
    "Запятая, Точка; с запятой",
    "\u202eнезад",
    "גולדמן",
    "<b>&amp;</b>]]>",
    "_x0041_",
    "NaN",
    "007",
    "true",
]


def test_strange_names_come_out_as_they_went_in(reader):
    for number, name in enumerate(STRANGE):
        PrisonerFactory(
            slug=f"strange-{number:02}",
            surname_ru=name,
            given_names_ru="",
            patronymic_ru="",
            updated_on=TODAY,
        )
    wanted = {f"strange-{number:02}": name for number, name in enumerate(STRANGE)}
    table = read_csv(body(reader, "/ru/prisoners/export.csv"))
    _metadata, records = read_json(body(reader, "/ru/prisoners/export.json"))
    _header, lines, _said = read_xlsx(body(reader, "/ru/prisoners/export.xlsx"))
    feed = read_feed(body(reader, "/ru/prisoners/feed/"))
    for rows in (table.rows, records, lines):
        assert {row["id"]: row["surname_ru"] for row in rows} == wanted
    titles = " ".join(entry.title for entry in feed.entries)
    assert "Кав" in titles
    assert b"<b>&amp;</b>" not in body(reader, "/ru/prisoners/feed/")


def test_no_cell_is_a_formula(reader):
    for number, name in enumerate(STRANGE[:5]):
        PrisonerFactory(slug=f"strange-{number}", surname_ru=name, given_names_ru="", patronymic_ru="")
    raw = body(reader, "/ru/prisoners/export.csv").decode("utf-8-sig")
    cells = [cell for line in raw.splitlines() for cell in line.replace('"', "").split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=") for cell in cells)
    parts = zipfile.ZipFile(io.BytesIO(body(reader, "/ru/prisoners/export.xlsx")))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_filter_date_disclaimer_and_licence_are_inside(reader, language):
    PrisonerFactory(gender="f", surname_ru="Первая")
    path, query = f"/{language}/prisoners/", "?gender=f"
    about = read_csv(body(reader, f"{path}export.csv{query}")).about
    metadata, _rows = read_json(body(reader, f"{path}export.json{query}"))
    _header, _lines, said = read_xlsx(body(reader, f"{path}export.xlsx{query}"))
    feed = body(reader, f"{path}feed/{query}").decode()
    in_workbook = " ".join(str(cell) for line in next(iter(said.values())) for cell in line)
    assert metadata["as_of"] == TODAY.isoformat()
    assert metadata["licence"]["url"] == LICENCE_URL
    selection = metadata["selection"][language]
    assert selection
    for text in (about, in_workbook, feed):
        assert selection in text
        assert str(DISCLAIMER) in text
        assert "CC BY 4.0" in text
    for text in (about, in_workbook):
        assert "2026" in text
        assert f"{path}{query}" in text
    assert metadata["url"][language].endswith(f"{path}{query}")


def test_the_dictionary_tells_every_column_in_both_languages(reader):
    PrisonerFactory()
    metadata, _rows = read_json(body(reader, "/ru/prisoners/export.json"))
    for column in metadata["columns"]:
        assert column["code"].replace("_", "").isalnum()
        for words in (column["title"], column["description"]):
            assert set(words) == {"ru", "en"}
            assert all(words.values()), column
    _header, _lines, said = read_xlsx(body(reader, "/ru/prisoners/export.xlsx"))
    dictionary = list(said.values())[1]
    assert [line[0] for line in dictionary[1:]] == [column["code"] for column in metadata["columns"]]


def test_a_program_is_led_to_the_description_of_the_csv(reader):
    PrisonerFactory(gender="f")
    response = reader.get("/ru/prisoners/export.csv?gender=f")
    assert '</ru/prisoners/export.csv-metadata.json?gender=f>; rel="describedby"' in response.headers["Link"]
    described = json.loads(body(reader, "/ru/prisoners/export.csv-metadata.json?gender=f"))
    names = [column["name"] for column in described["tableSchema"]["columns"]]
    assert names == read_csv(b"".join(response)).header
    assert described["url"].endswith("/ru/prisoners/export.csv?gender=f")


def test_nobody_is_a_table_too(reader):
    table = read_csv(body(reader, "/ru/prisoners/export.csv"))
    metadata, records = read_json(body(reader, "/ru/prisoners/export.json"))
    header, lines, _said = read_xlsx(body(reader, "/ru/prisoners/export.xlsx"))
    assert table.rows == records == lines == []
    assert [*header, ABOUT] == table.header
    assert metadata["as_of"] == TODAY.isoformat()
    assert read_feed(body(reader, "/ru/prisoners/feed/")).entries == []
    assert "export.csv" not in body(reader, "/ru/prisoners/").decode()


def test_unknown_parameters_leave_the_list_that_the_page_shows(reader):
    PrisonerFactory(slug="one", gender="f")
    for query in (
        "?gender=nonsense",
        "?page=99999",
        "?sort=%2500",
        "?nobody=1&letter=11",
        "?q=" + "a" * 5000,
    ):
        found = {row["id"] for row in read_csv(body(reader, f"/ru/prisoners/export.csv{query}")).rows}
        page = body(reader, f"/ru/prisoners/{query}").decode()
        assert found == ({"one"} if '/ru/prisoners/one/"' in page else set()), query


def test_a_long_text_is_cut_where_no_cell_could_hold_it(reader):
    PrisonerFactory(slug="long", charges_ru="ы" * 40_000)
    _header, lines, _said = read_xlsx(body(reader, "/ru/prisoners/export.xlsx"))
    assert len(lines[0]["charges_ru"]) == 32_767
    assert lines[0]["charges_ru"].endswith("…")
    assert len(read_csv(body(reader, "/ru/prisoners/export.csv")).rows[0]["charges_ru"]) == 40_000


def test_a_workbook_goes_on_to_another_sheet(monkeypatch, reader):
    monkeypatch.setattr("memorial.base.opendata.xlsx_file.MOST_ROWS", 3)
    for number in range(5):
        PrisonerFactory(slug=f"p{number}", surname_ru=f"Фамилия{number}")
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(body(reader, "/ru/prisoners/export.xlsx")))
    sheets = book.worksheets[:3]
    found = [line[0].value for sheet in sheets for line in list(sheet.iter_rows())[1:]]
    assert found == [f"p{number}" for number in range(5)]
    assert len({sheet.title for sheet in book.worksheets}) == 5


def test_the_same_rows_are_the_same_bytes(reader, time_machine):
    PrisonerFactory()
    for end in ("export.csv", "export.json", "export.xlsx", "feed/"):
        first = body(reader, f"/ru/prisoners/{end}")
        time_machine.move_to(f"{TODAY.isoformat()}T20:00:00+03:00")
        assert body(reader, f"/ru/prisoners/{end}") == first


def test_a_file_is_asked_again_by_its_etag(reader):
    PrisonerFactory()
    for end in ("export.csv", "export.json", "export.xlsx", "feed/"):
        response = reader.get(f"/ru/prisoners/{end}")
        body_read = b"".join(response) if response.streaming else response.content
        assert body_read
        asked = {"If-None-Match": response.headers["ETag"]}
        assert reader.get(f"/ru/prisoners/{end}", headers=asked).status_code == 304
        assert response.headers["X-Robots-Tag"] == "noindex"
