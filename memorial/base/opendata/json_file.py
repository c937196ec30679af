"""A table as JSON: `metadata` with the dictionary of the columns, then `rows`, one object each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from memorial.base.opendata.about import About, in_all_languages
from memorial.base.opendata.columns import Column, Table

_ROWS_AT_A_TIME: Final = 50


def json_file(table: Table, rows: Iterable[Any], about: About) -> Iterator[bytes]:
    """The file in portions; a row a line, so that it can be read line by line too."""
    metadata = {**about.as_data(), "columns": [column_as_data(column) for column in table.columns]}
    yield f'{{"metadata": {_text(metadata)},\n"rows": ['.encode()
    separator = "\n"
    remaining = iter(rows)
    while portion := list(islice(remaining, _ROWS_AT_A_TIME)):
        lines = [_text(table.record(row)) for row in portion]
        yield (separator + ",\n".join(lines)).encode()
        separator = ",\n"
    yield b"\n]}\n"


def column_as_data(column: Column) -> dict[str, Any]:
    """A column as the dictionary tells it, in every language of the site."""
    return {
        "code": column.code,
        "kind": column.kind.value,
        "title": in_all_languages(column.titled),
        "description": in_all_languages(lambda: str(column.description)),
        "source": column.source,
    }


def _text(value: Any) -> str:
    # The shortest number that is read as the same: exact for sums of money with their cents.
    return json.dumps(value, ensure_ascii=False, default=float)
