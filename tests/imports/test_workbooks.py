"""Excel workbooks: what is read of them, and that hostile ones are refused in one clear sentence."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from prisoners.importers.errors import ImportRefused
from prisoners.importers.opening import Reading, keep_table, open_file, sheets_of
from tests.imports.workbooks import repacked, saved, sheet_of, with_part, workbook

AS_IT_IS = Reading()
HEADER = ["key", "surname_ru", "born"]


@pytest.fixture
def opened(tmp_path):
    """Opens bytes as a file and gives its table."""

    def open_bytes(content, how=AS_IT_IS, name="list.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return keep_table(path, how, known=(), keep=tmp_path / "kept")

    return open_bytes


def cells(table, column):
    return [row.cells[column] for row in table.rows()]


def test_a_sheet_is_read_as_it_looks(opened):
    table = opened(
        workbook([HEADER, [1, "Горинцев", "1987"], [None, None, None], [2.0, " Ветров\n", 1990.0]])
    )
    assert table.described == "XLSX, Люди"
    assert [(row.number, *row.cells.values()) for row in table.rows()] == [
        (2, "1", "Горинцев", "1987"),
        (4, "2", " Ветров\n", "1990"),
    ]
    assert [row.number for row in table.rows(after=1)] == [4]


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("dd.mm.yyyy", "1987-03-14"),
        ("mmm yy", "1987-03"),
        ('mmmm" "yyyy" г."', "1987-03"),
        ("yyyy", "1987"),
        ("[$-419]d mmmm yyyy", "1987-03-14"),
    ],
)
def test_a_date_is_as_precise_as_its_cell_shows_it(opened, shown, read):
    """A spreadsheet turns «март 1987» into the first of March and shows «мар.87»."""
    assert cells(opened(workbook([HEADER, [1, "А", (date(1987, 3, 14), shown)]])), "born") == [read]


def test_days_are_counted_from_1904_where_the_workbook_says_so(opened):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEADER)
    book.active.append([1, "А", date(1987, 3, 14)])
    assert cells(opened(saved(book)), "born") == ["1987-03-14"]


def test_a_formula_and_an_error_are_not_read_and_say_why(opened):
    table = opened(workbook([HEADER, [1, '=CONCATENATE("Гор","инцев")', "#REF!"]]))
    (row,) = table.rows()
    assert "paste it as values" in row.unreadable["surname_ru"]
    assert "#REF!" in row.unreadable["born"] or row.cells["born"] == "#REF!"


def test_differently_formatted_pieces_and_escapes_are_one_text(opened):
    xml = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>Гор</t></r><r><t>ин_x000D_цев</t></r><rPh><t>х</t></rPh></is></c>'
        "</row></sheetData>"
    )
    assert cells(opened(sheet_of(xml)), "key") == ["Горин\rцев"]


def test_the_first_sheet_that_is_not_hidden_is_read_unless_one_is_named(opened, tmp_path):
    book = Workbook()
    book.active.title, book.active.sheet_state = "Черновик", "hidden"
    book.active.append(["key"])
    sheet = book.create_sheet("Люди")
    for row in (HEADER, [1, "А", ""], [2, "Б", ""]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    content = saved(book)
    table = opened(content)
    assert table.described == "XLSX, Люди"
    assert table.notes == ("Hidden columns are read, too: B.", "1 hidden row is read, too.")
    assert "hidden" in opened(content, Reading(sheet="черновик")).notes[0]
    assert [(sheet.name, sheet.hidden) for sheet in sheets_of(tmp_path / "list.xlsx")] == [
        ("Черновик", True),
        ("Люди", False),
    ]
    with pytest.raises(ImportRefused, match="no sheet “Судьи”"):
        opened(content, Reading(sheet="Судьи"))


def test_of_two_rows_of_names_the_second_may_be_named(opened):
    book = Workbook()
    for row in (["Человек", None, "Даты"], HEADER, [1, "А", "1987"]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    with pytest.raises(
        ImportRefused, match=r"header are merged \(A1:B1\).*say which|no name in the first row"
    ):
        opened(saved(book))
    assert cells(opened(saved(book), Reading(header=2)), "surname_ru") == ["А"]


def test_csv_may_have_its_names_in_a_later_row(opened):
    table = opened("Список\n\nkey;surname_ru\n1;А\n".encode(), Reading(header=3), "list.csv")
    assert [(row.number, row.cells["surname_ru"]) for row in table.rows()] == [(4, "А")]


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    """A sheet that is nothing but spaces: 300 MB in 300 KB."""
    target = io.BytesIO(workbook([HEADER]))
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/x", "w") as part,
    ):
        for _block in range(190):
            part.write(b" " * (1 << 20))
    return target.getvalue()


def with_merged() -> bytes:
    book = Workbook()
    for row in (HEADER, [1, "А", "1987"], [2, None, None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    return saved(book)


def external(name, part):
    if name == "xl/_rels/workbook.xml.rels":
        link = b'<Relationship Id="rIdX" Type="x" Target="https://example.org/" TargetMode="External"/>'
        return part.replace(b"</Relationships>", link + b"</Relationships>")
    return part


def entities(name, part):
    if name.startswith("xl/worksheets/"):
        return b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'">]>' + part.split(b"?>")[-1]
    return part


def ods() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return target.getvalue()


PLAIN = workbook([HEADER, [1, "А", ""]])
HOSTILE = {
    "bomb": (bomb, "zip bomb"),
    "password": (locked, "locked with a password"),
    "old binary": (lambda: b"\xd0\xcf\x11\xe0" + b"Workbook" * 100, "before 2007"),
    "macros": (lambda: with_part(PLAIN, "xl/vbaProject.bin", b"x"), "has macros"),
    "external links": (
        lambda: with_part(PLAIN, "xl/externalLinks/externalLink1.xml", b"<x/>"),
        "other files",
    ),
    "external relation": (lambda: repacked(PLAIN, external), "other files or addresses"),
    "connections": (lambda: with_part(PLAIN, "xl/connections.xml", b"<x/>"), "other files or addresses"),
    "embedded": (lambda: with_part(PLAIN, "xl/embeddings/a.docx", b"x"), "other files inside"),
    "binary workbook": (lambda: with_part(PLAIN, "xl/workbook.bin", b"x"), "xlsb"),
    "open document": (ods, "OpenDocument"),
    "another zip": (
        lambda: repacked(PLAIN, lambda name, part: None if "workbook.xml" in name else part),
        "no Excel",
    ),
    "entities": (lambda: repacked(PLAIN, entities), "damaged"),
    "cut off": (lambda: PLAIN[:-300], "damaged"),
    "broken xml": (lambda: sheet_of("<sheetData><row>"), "damaged"),
    "paths": (lambda: with_part(PLAIN, "../../evil.xml", b"x"), "leads outside"),
    "merged": (with_merged, r"merged \(B2:B3\)"),
    "web page": (lambda: b"\xef\xbb\xbf <HTML><table><tr><td>key</td></tr></table>", "web page"),
    "xml spreadsheet": (lambda: b'<?xml version="1.0"?><Workbook/>', "XML file"),
    "no header": (lambda: workbook([[]]), "no row with the names"),
    "formula as a name": (lambda: workbook([["key", "=A1"]]), "column B is a formula"),
    "too many columns": (lambda: workbook([[f"c{n}" for n in range(201)]]), "More than 200 columns"),
    "the same name twice": (lambda: workbook([["key", "key"]]), "same name"),
    "too many rows": (
        lambda: sheet_of(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>'
        ),
        "More than 100000 rows",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(opened, name):
    make, sentence = HOSTILE[name]
    with pytest.raises(ImportRefused, match=sentence) as caught:
        opened(make())
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("place", range(0, len(PLAIN), 97))
def test_a_damaged_byte_is_refused_or_read_but_never_breaks(opened, place):
    damaged = bytearray(PLAIN)
    damaged[place] ^= 0xFF
    with suppress(ImportRefused):
        list(opened(bytes(damaged)).rows())


def test_rows_without_end_that_are_empty_take_no_memory(opened):
    rows = "".join(f'<row r="{n}" ht="15"/>' for n in range(3, 250_000))
    content = sheet_of(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c></row>'
        f'<row r="2"><c r="A2"><v>7</v></c></row>{rows}</sheetData>'
    )
    tracemalloc.start()
    try:
        assert cells(opened(content), "key") == ["7"]
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 << 20


def test_ten_thousand_rows_are_read_within_twenty_megabytes(opened):
    """Their texts differ, so that all of them stand among the shared texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([*HEADER, *(f"c{n}" for n in range(3))])
    for n in range(10_000):
        sheet.append([n, f"Ветров-{n}", "1987", *(f"слово {n} {m}" if m < 2 else "да" for m in range(3))])
    content = saved(book)
    tracemalloc.start()
    try:
        assert sum(1 for _row in opened(content).rows()) == 10_000
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 << 20


def test_what_is_no_file_is_said(tmp_path):
    with pytest.raises(ImportRefused, match="There is no file"):
        open_file(tmp_path / "none.xlsx", Reading(), known=(), keep=tmp_path / "kept")


def test_a_workbook_that_takes_too_long_is_refused_while_a_browser_waits(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(PLAIN)
    with pytest.raises(ImportRefused, match="too large to be read while a browser waits"):
        keep_table(path, AS_IT_IS, known=(), keep=tmp_path / "kept", seconds=0)
