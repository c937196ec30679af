"""The description of a CSV for programs: CSV on the Web (W3C, 2015)."""

from __future__ import annotations

import json
from typing import Any, Final

from memorial.base.opendata.about import LICENCE_URL, About, in_all_languages
from memorial.base.opendata.columns import SEPARATOR, Column, Kind, Table
from memorial.base.opendata.csv_file import ABOUT

_DATATYPES: Final[dict[Kind, Any]] = {
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.LINK: "anyURI",
    Kind.DATE: {"base": "string", "format": "[~<>]?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"},
}


def description_of(table: Table, about: About, csv_url: str) -> bytes:
    """What the columns of a CSV mean, as of when it is, and on what terms."""
    note = {"name": ABOUT, "titles": ABOUT, "datatype": "string", "suppressOutput": True}
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": csv_url,
        "dc:title": _texts(in_all_languages(lambda: str(table.title))),
        "dc:license": {"@id": LICENCE_URL},
        "dc:date": {"@value": about.on.isoformat(), "@type": "xsd:date"},
        "dc:description": _texts(in_all_languages(about.in_a_line)),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [*map(_column, table.columns), note]},
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.code,
        "titles": column.code,
        "datatype": _DATATYPES.get(column.kind, "string"),
        "dc:title": _texts(in_all_languages(column.titled)),
        "dc:description": _texts(in_all_languages(lambda: str(column.description))),
        "dc:source": column.source,
    }
    if column.kind is Kind.CODES:
        found["separator"] = SEPARATOR
    if column.language:
        found["lang"] = column.language
    return found


def _texts(words: dict[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in words.items()]
