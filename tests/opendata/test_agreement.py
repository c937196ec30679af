"""A page, its CSV, JSON, workbook and feed say the same of the same rows, and plain SQL agrees."""

import pytest
from django.db import connection

from prisoners.models import Prisoner
from tests.opendata.reading import (
    as_text,
    body,
    last_part,
    read_csv,
    read_feed,
    read_json,
    read_xlsx,
    shown_on,
)
from tests.pages.world import TODAY, everybody

pytestmark = pytest.mark.django_db
LANGUAGES = ("ru", "en")


@pytest.fixture
def world():
    return everybody()


def in_sql(where: str, *parameters) -> set[str]:
    """The addresses of published people, asked past the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug FROM prisoners_prisoner p WHERE state = 'published' AND ({where})",
            parameters,
        )
        return {slug for (slug,) in cursor.fetchall()}


QUERIES = {
    "": "true",
    "?gender=f": "gender = 'f'",
    "?gender=f&gender=m": "gender IN ('f', 'm')",
    "?region=xx-z": "region_id = (SELECT id FROM prisoners_region WHERE code = 'XX-Z')",
    "?register=rosfinmonitoring&gender=f": "gender = 'f' AND EXISTS (SELECT 1 FROM prisoners_registerentry r"
    " WHERE r.prisoner_id = p.id AND r.register = 'rosfinmonitoring')",
    "?gender=f&register=rosfinmonitoring&citizenship=unknown": "false",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_agree_in_every_format_and_with_sql(reader, world, language):
    for query, condition in QUERIES.items():
        path = f"/{language}/prisoners/"
        table = read_csv(body(reader, f"{path}export.csv{query}"))
        metadata, records = read_json(body(reader, f"{path}export.json{query}"))
        header, lines, _said = read_xlsx(body(reader, f"{path}export.xlsx{query}"))
        slugs = [row["id"] for row in table.rows]
        assert set(slugs) == in_sql(condition), query
        assert len(set(slugs)) == len(slugs)
        assert slugs == shown_on(reader, f"{path}{query}", f"/{language}/prisoners/"), query
        assert table.rows == [{name: as_text(cell) for name, cell in row.items()} for row in records]
        assert table.rows == lines
        assert table.header[:-1] == header == [column["code"] for column in metadata["columns"]]
        feed = read_feed(body(reader, f"{path}feed/{query}"))
        told = in_sql(f"({condition}) AND updated_on IS NOT NULL AND coalesce(quiet_until < %s, true)", TODAY)
        assert {last_part(entry.link) for entry in feed.entries} == told, query


def test_rows_are_the_same_at_both_addresses(reader, world):
    """Only the order follows the reader's alphabet."""
    found = [read_json(body(reader, f"/{code}/prisoners/export.json"))[1] for code in LANGUAGES]
    by_id = [sorted(rows, key=lambda row: row["id"]) for rows in found]
    assert by_id[0] == by_id[1]
    assert len(by_id[0]) == len(in_sql("true")) >= 15


@pytest.mark.parametrize(
    ("listed", "records"),
    [
        ("cases", "cases_case WHERE state = 'published'"),
        ("courts", "cases_court WHERE state = 'published'"),
        ("officials", "cases_official WHERE state = 'published'"),
        ("documents", "cases_document WHERE state = 'published'"),
        ("facilities", "prisoners_facility WHERE state = 'published'"),
        (
            "documents/last-words",
            "cases_document d WHERE state = 'published' AND kind = 'last_word' AND text_ru || text_en <> ''",
        ),
    ],
)
def test_other_lists_agree(reader, world, listed, records):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT slug FROM {records}")
        there = {slug for (slug,) in cursor.fetchall()}
    assert there, "nothing to compare"
    for language in LANGUAGES:
        table = read_csv(body(reader, f"/{language}/{listed}/export.csv"))
        _metadata, rows = read_json(body(reader, f"/{language}/{listed}/export.json"))
        _header, lines, _said = read_xlsx(body(reader, f"/{language}/{listed}/export.xlsx"))
        assert {row["id"] for row in table.rows} == there
        assert table.rows == [{name: as_text(cell) for name, cell in row.items()} for row in rows] == lines
        page = body(reader, f"/{language}/{listed}/").decode()
        stem = listed.partition("/")[0]
        assert all(f'/{language}/{stem}/{row["id"]}/"' in page for row in table.rows)


def test_articles_and_findings_agree(reader, world):
    table = read_csv(body(reader, "/ru/articles/export.csv"))
    page = body(reader, "/ru/articles/").decode()
    assert table.rows
    assert all(f'/ru/articles/{row["id"]}/"' in page for row in table.rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.slug, count(DISTINCT p.prisoner_id) FROM cases_charge c"
            " JOIN cases_prosecution p ON p.id = c.prosecution_id JOIN cases_case k ON k.id = p.case_id"
            " JOIN prisoners_prisoner m ON m.id = p.prisoner_id JOIN cases_article a ON a.id = c.article_id"
            " WHERE k.state = 'published' AND m.state = 'published' AND c.verification <> 'unverified' GROUP BY 1"
        )
        counted = dict(cursor.fetchall())
    assert {row["id"]: int(row["people"]) for row in table.rows if row["people"] != "0"} == counted
    whole = read_csv(body(reader, "/ru/findings/export.csv")).rows
    one = read_csv(body(reader, "/ru/findings/export.csv?body=wgad")).rows
    assert [row for row in whole if row["body"] == "wgad"] == one != []
    assert len(whole) > len(one)


def test_documents_are_narrowed_as_on_the_page(reader, world):
    rows = read_csv(body(reader, "/ru/documents/export.csv")).rows
    for name in ("kind", "language", "case", "person"):
        value = next(row[name] for row in rows if row[name])
        narrowed = read_csv(body(reader, f"/ru/documents/export.csv?{name}={value}")).rows
        page = body(reader, f"/ru/documents/?{name}={value}").decode()
        assert narrowed
        assert all(f'/ru/documents/{row["id"]}/"' in page for row in narrowed)
        shown = sum(f'/ru/documents/{row["id"]}/"' in page for row in rows)
        assert shown == len(narrowed)


def test_the_last_part_of_every_address_is_a_page(reader, world):
    for row in read_csv(body(reader, "/ru/prisoners/export.csv")).rows[:5]:
        for language in LANGUAGES:
            path = row[f"url_{language}"].removeprefix("http://localhost:8000")
            assert row[f"name_{language}"].split(" ")[0] in body(reader, path).decode()


def test_no_row_has_a_number_of_ours(reader, world):
    """Rows are numbered from far away, so that any of our numbers would be seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('prisoners_prisoner', 'id'), 777000111)")
    first = Prisoner.objects.get(slug="rozhdestvenskaya-pereverzeva")
    Prisoner.objects.create(slug="numbered", surname_ru="Нумерова", state="published", region=first.region)
    assert Prisoner.objects.get(slug="numbered").pk > 777000111
    for end in ("export.csv", "export.json", "export.csv-metadata.json", "feed/"):
        assert b"7770001" not in body(reader, f"/ru/prisoners/{end}"), end
