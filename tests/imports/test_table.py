import pytest

from prisoners.importers.errors import ImportRefused
from prisoners.importers.table import open_table

HEADER = "key,surname_ru,summary_ru"
RUSSIAN = "key;surname_ru;summary_ru\n1;Горинцев;«Ещё одно ёлочное дело» — № 5\n2;Лазоревская;да\n"


@pytest.mark.parametrize(
    ("encoding", "described"),
    [("utf-8", "UTF-8, semicolon"), ("utf-8-sig", "UTF-8, semicolon"), ("cp1251", "WINDOWS-1251, semicolon")],
)
def test_the_encoding_is_found_out_and_said(table, encoding, described):
    opened = open_table(table(RUSSIAN, encoding=encoding), known=())
    assert opened.described == described
    assert opened.header == ("key", "surname_ru", "summary_ru")
    assert [row.cells["surname_ru"] for row in opened.rows()] == ["Горинцев", "Лазоревская"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_separator_is_found_out(table, mark):
    text = f'key{mark}surname_ru{mark}note\n1{mark}Ветров{mark}"а,б;в\tг"\n'
    (row,) = open_table(table(text), known=("key", "surname_ru")).rows()
    assert row.cells == {"key": "1", "surname_ru": "Ветров", "note": "а,б;в\tг"}


def test_rows_are_numbered_as_a_spreadsheet_shows_them(table):
    text = f'{HEADER}\n1,А,"первая\nстрока"\n\n,,\n2,Б,\n'
    assert [row.number for row in open_table(table(text), known=()).rows()] == [2, 5]


def test_a_damaged_utf8_file_is_not_taken_for_windows_1251(table):
    damaged = RUSSIAN.encode().replace("Лазоревская".encode(), "Лазор".encode() + b"\xd0" + "ая".encode())
    with pytest.raises(ImportRefused, match="Line 3 is damaged"):
        open_table(table(damaged), known=())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"key,surname_ru\n1,A\x00B\n", "Line 2 has a NUL byte"),
        (b"PK\x03\x04rest", "Excel workbook"),
        ("key,surname_ru\n".encode("utf-16"), "UTF-16"),
        (b"\n\nkey,surname_ru\n", "no names of columns"),
        (b"key,key\n1,2\n", "same name: key"),
        (b"key,,surname_ru\n1,2,3\n", "Column 2 has no name"),
        (b"key\n" + b"\x98\xff\n", "not in windows-1251"),
        (",".join(f"c{n}" for n in range(300)).encode(), "More than 200 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(table, content, message):
    with pytest.raises(ImportRefused, match=message):
        open_table(table(content), known=())


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest(table):
    opened = open_table(table(f'{HEADER}\n1,А,да\n2,Б,"не закрыто\n3,В,да\n'), known=())
    with pytest.raises(ImportRefused, match="breaks off at row 3"):
        list(opened.rows())


def test_a_cell_without_end_is_refused(table):
    opened = open_table(table(f"{HEADER}\n1,А,{'я' * 4_000_001}\n"), known=())
    with pytest.raises(ImportRefused, match="breaks off at row 2"):
        list(opened.rows())


def test_too_many_rows_are_refused(table, monkeypatch):
    monkeypatch.setattr("prisoners.importers.table.MAX_ROWS", 2)
    opened = open_table(table(f"{HEADER}\n1,А,\n2,Б,\n3,В,\n"), known=())
    with pytest.raises(ImportRefused, match="More than 2 rows"):
        list(opened.rows())


def test_a_file_too_large_is_refused(table, monkeypatch):
    monkeypatch.setattr("prisoners.importers.encoding.MAX_BYTES", 10)
    with pytest.raises(ImportRefused, match="at a time"):
        open_table(table(RUSSIAN), known=())


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ImportRefused, match="no file"):
        open_table(tmp_path / "nothing.csv", known=())


def test_empty_columns_at_the_end_of_the_header_are_let_go(table):
    opened = open_table(table("key,surname_ru,,\n1,А,,\n2,Б,лишнее,\n"), known=())
    assert opened.header == ("key", "surname_ru")
    assert [row.surplus for row in opened.rows()] == [0, 1]
