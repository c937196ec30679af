"""The data under a list: the same selection as on screen, all of its rows, in four formats.

An app declares an `OpenList` beside the list's view; `open_data_paths` gives the addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header

from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.opendata.about import LICENCE_URL, About, in_all_languages
from memorial.base.opendata.atom import Entry, atom_feed
from memorial.base.opendata.columns import Table
from memorial.base.opendata.csv_file import csv_file
from memorial.base.opendata.csvw import description_of
from memorial.base.opendata.json_file import json_file
from memorial.base.opendata.xlsx_file import xlsx_file
from memorial.base.public_pages import public_page

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Selection:
    """What an address asks of a list. `rows` reads all of them, a portion at a time, whenever it is called.

    `described` says the filter in the active language; `query` is the canonical one, "" for the whole list.
    """

    rows: Callable[[], Iterable[Any]]
    described: Callable[[], str]
    query: str = ""
    entries: Callable[[], Iterable[Entry]] | None = None


@dataclass(frozen=True)
class OpenList:
    """A list with its table. `select` reads the parameters as the list's own page does, on a day."""

    table: Table
    list_url: str
    select: Callable[[QueryDict, date], Selection]

    def about(self, selection: Selection, on: date) -> About:
        """What the files say of themselves."""
        asked = f"?{selection.query}" if selection.query else ""
        urls = in_all_languages(lambda: f"{settings.PUBLIC_URL}{reverse(self.list_url)}{asked}")
        return About(self.table.title, selection.described, on, urls)


def open_data_paths(prefix: str, stem: str, of: OpenList, *, has_feed: bool = False) -> list[URLPattern]:
    """The addresses below a list: `prisoners/export.csv` is `prisoner-list-csv`."""
    views = {
        "export.csv": ("csv", _csv),
        "export.csv-metadata.json": ("csv-metadata", _csv_metadata),
        "export.json": ("json", _json),
        "export.xlsx": ("xlsx", _xlsx),
    }
    if has_feed:
        views["feed/"] = ("feed", _feed)
    return [
        path(prefix + end, _as_view(of, answer), name=f"{stem}-{suffix}")
        for end, (suffix, answer) in views.items()
    ]


Answer = Callable[[HttpRequest, OpenList, Selection, date], HttpResponseBase]


def _as_view(of: OpenList, answer: Answer) -> Callable[..., HttpResponseBase]:
    @public_page()
    def view(request: HttpRequest) -> HttpResponseBase:
        on = civil_date()
        response = answer(request, of, of.select(request.GET, on), on)
        # The list is what search engines should lead to.
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return view


def _csv(request: HttpRequest, of: OpenList, selection: Selection, on: date) -> HttpResponseBase:
    about, language = of.about(selection, on), current_language()
    chunks = csv_file(of.table, selection.rows(), about, language)
    response = _file(chunks, f"{of.table.name}-{on}.csv", "text/csv; charset=utf-8; header=present")
    described_by = f"{request.path}-metadata.json{_asked(selection)}"
    response.headers["Link"] = (
        f'<{described_by}>; rel="describedby"; type="application/csvm+json", <{LICENCE_URL}>; rel="license"'
    )
    return response


def _csv_metadata(request: HttpRequest, of: OpenList, selection: Selection, on: date) -> HttpResponseBase:
    table_path = request.path.removesuffix("-metadata.json")
    url = f"{settings.PUBLIC_URL}{table_path}{_asked(selection)}"
    content = description_of(of.table, of.about(selection, on), url)
    return HttpResponse(content, content_type="application/csvm+json")


def _json(request: HttpRequest, of: OpenList, selection: Selection, on: date) -> HttpResponseBase:
    chunks = json_file(of.table, selection.rows(), of.about(selection, on))
    return _file(chunks, f"{of.table.name}-{on}.json", "application/json")


def _xlsx(request: HttpRequest, of: OpenList, selection: Selection, on: date) -> HttpResponseBase:
    about = of.about(selection, on)
    chunks = xlsx_file(of.table, selection.rows(), about, current_language())
    return _file(chunks, f"{of.table.name}-{on}.xlsx", XLSX)


def _feed(request: HttpRequest, of: OpenList, selection: Selection, on: date) -> HttpResponseBase:
    entries = selection.entries() if selection.entries else []
    name = of.table.name + _asked(selection)
    here = f"{settings.PUBLIC_URL}{request.path}{_asked(selection)}"
    content = atom_feed(of.about(selection, on), entries, name=name, self_url=here)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _file(chunks: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(chunks, content_type=content_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def _asked(selection: Selection) -> str:
    return f"?{selection.query}" if selection.query else ""
