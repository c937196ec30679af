"""Reads the files of open data as their users would: with the csv module, json, openpyxl and feedparser."""

import csv
import io
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import feedparser
from django.test import Client
from openpyxl import load_workbook

from memorial.base.formulas import undefused

ABOUT = "about_this_file"


def body(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, f"{path} answered {response.status_code}"
    return b"".join(response) if response.streaming else response.content


@dataclass
class CsvTable:
    header: list[str]
    rows: list[dict[str, str]]
    about: str


def read_csv(data: bytes) -> CsvTable:
    """Every cell as text, the apostrophes of defused formulas taken away."""
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    rows = [dict(zip(header, map(undefused, line), strict=True)) for line in lines]
    about = [row.pop(ABOUT) for row in rows]
    assert not any(about[1:])
    return CsvTable(header, rows, about[0] if about else "")


def read_json(data: bytes) -> tuple[dict, list[dict]]:
    read = json.loads(data)
    assert list(read) == ["metadata", "rows"]
    return read["metadata"], read["rows"]


def read_xlsx(data: bytes) -> tuple[list[str], list[dict[str, str]], dict[str, list[list]]]:
    """The header, the rows as text, and the sheets behind them by title."""
    book = load_workbook(io.BytesIO(data), read_only=False)
    first, *others = book.worksheets
    lines = [[cell.value for cell in line] for line in first.iter_rows()]
    assert not any(cell.data_type == "f" for line in first.iter_rows() for cell in line), "a formula"
    header = lines[0]
    rows = [
        {name: undefused(as_text(cell)) for name, cell in zip(header, line, strict=False)}
        for line in lines[1:]
    ]
    said = {sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows()] for sheet in others}
    return header, rows, said


def as_text(cell: object) -> str:
    """A typed value as the CSV writes it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "; ".join(cell) if isinstance(cell, list) else str(cell)


def read_feed(data: bytes) -> feedparser.FeedParserDict:
    """A feed that the parser has nothing to complain about."""
    feed = feedparser.parse(data)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))
    assert all(entry.updated and entry.title and entry.link for entry in feed.entries)
    return feed


def shown_on(client: Client, path: str, prefix: str) -> list[str]:
    """The last parts of the addresses that a list links to, page after page, in their order."""
    found: list[str] = []
    number, join = 1, "&" if "?" in path else "?"
    while True:
        page = body(client, f"{path}{join}page={number}").decode()
        main = page.partition('<main id="main"')[2].partition("</main>")[0]
        links = re.findall(rf'<h[23]><a href="{prefix}([^/"?#]+)/"', main)
        links += re.findall(rf'<th scope="row">(?:<span class="nm">)?<a href="{prefix}([^/"?#]+)/"', main)
        found += links
        number += 1
        if f"page={number}" not in main:
            return found


def last_part(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]
