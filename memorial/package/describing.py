"""What stands in the package beside its tables: descriptions for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from memorial.base.localized import LANGUAGES
from memorial.base.opendata.about import (
    DISCLAIMER,
    LICENCE,
    LICENCE_NAME,
    LICENCE_URL,
    in_all_languages,
    licence_words,
)
from memorial.base.opendata.columns import Column, Kind, Table
from memorial.base.partial_date import PartialDate, format_partial_date

NAME: Final = "political-prisoners"
_DATE: Final = "^[~<>]?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_TYPES: Final[dict[Kind, dict[str, Any]]] = {
    Kind.BOOLEAN: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
    Kind.LINK: {"type": "string", "format": "uri"},
    Kind.DATE: {"type": "string", "constraints": {"pattern": _DATE}},
}


def descriptor(
    on: date, files: Mapping[str, tuple[int, str]], tables: Iterable[Table], *, withdrawn: bool
) -> bytes:
    """`datapackage.json` (Frictionless Data). `files` are size and SHA-256 of each table's file by its name."""
    told = {
        "profile": "tabular-data-package",
        "name": NAME,
        "version": on.isoformat(),
        "created": f"{on.isoformat()}T00:00:00Z",
        **_words(lambda: _("Political prisoners in Russia"), lambda: about_words(on, withdrawn=withdrawn)),
        "homepage": _page("en"),
        "licenses": [{"name": LICENCE, "title": LICENCE_NAME, "path": LICENCE_URL}],
        "sources": [{"title": "Political Prisoners. Memorial", "path": str(settings.PUBLIC_URL)}],
        "rows_withdrawn": withdrawn,
        "resources": [_resource(table, *files[table.name]) for table in tables],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _resource(table: Table, size: int, digest: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    kinds = {column.code: column.kind for column in table.columns}
    links = [
        {"fields": link.column, "reference": {"resource": link.table, "fields": link.its_column}}
        for link in table.links
        if kinds[link.column] is not Kind.CODES
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": size,
        "hash": f"sha256:{digest}",
        **_words(lambda: str(table.title), lambda: str(table.description)),
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    told = {"name": column.code, **_TYPES.get(column.kind, {"type": "string"})}
    return told | _words(column.titled, lambda: str(column.description)) | {"source": column.source}


def _words(title: Any, description: Any) -> dict[str, Any]:
    """English where programs look, and both languages beside it."""
    titles, descriptions = in_all_languages(title), in_all_languages(description)
    return {
        "title": titles["en"],
        "description": descriptions["en"],
        "titles": titles,
        "descriptions": descriptions,
    }


def about_words(on: date, *, withdrawn: bool) -> str:
    """What must be known before use, in the active language."""
    day = format_partial_date(PartialDate.from_date(on), translation.get_language() or "en")
    said = [
        _("All public data of the encyclopaedia as of %(date)s.") % {"date": day},
        _("It is not a list of everybody who is persecuted: we do not know of every case."),
        str(DISCLAIMER),
        licence_words(),
    ]
    if withdrawn:
        said.append(
            _(
                "Since then rows were withdrawn from this version, or replaced by their present state, to protect people."
            )
        )
    return " ".join(said)


def readme(on: date, tables: Iterable[Table], *, withdrawn: bool) -> bytes:
    """`README.txt`, in every language of the site, one after the other."""
    known, parts = list(tables), []
    for language in LANGUAGES:
        with translation.override(language):
            parts += [_("Political prisoners in Russia"), "", about_words(on, withdrawn=withdrawn), ""]
            parts += [
                _(
                    "Tables are UTF-8, with commas; a date is as exact as it is known; an empty cell is not known."
                ),
                _(
                    "A cell that begins with =, +, - or @ has an apostrophe before it, so that no program computes it."
                ),
                "",
                *(f"{table.name}.csv — {table.title}. {table.description}" for table in known),
                "",
                _("How to cite") + f": {citation(on)}",
                _page(language),
                "",
                "",
            ]
    return "\n".join(parts).encode("utf-8-sig")


def citation(on: date) -> str:
    """How to cite a version, in the active language."""
    site = _("Political Prisoners. Memorial")
    title = _("Political prisoners in Russia: data")
    return f"{site}. {title}. {_('Version')} {on.isoformat()}. {_page(translation.get_language() or 'en')}"


def citation_file(on: date) -> bytes:
    """`CITATION.cff` (Citation File Format 1.2)."""
    lines = [
        "cff-version: 1.2.0",
        "message: Please cite this data with its version.",
        "type: dataset",
        'title: "Political prisoners in Russia: data"',
        "authors:",
        '  - name: "Political Prisoners. Memorial"',
        f"version: {on.isoformat()}",
        f"date-released: {on.isoformat()}",
        f"license: {LICENCE}",
        f"url: {json.dumps(_page('en'))}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _page(language: str) -> str:
    with translation.override(language):
        return f"{settings.PUBLIC_URL}{reverse('data-packages')}"
