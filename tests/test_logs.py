"""Readers leave no trace in a log."""

from __future__ import annotations

import logging

import pytest

from memorial.logs import NoTraceFormatter, without_traces


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Error handling request GET /ru/search/?q=Иванов", "Error handling request GET /ru/search/-"),
        ("Invalid request from ip=203.0.113.7: Invalid Request Line 'GET /?q=x'", "Invalid request from -"),
        ("from 203.0.113.7:4711 refused", "from - refused"),
        ("from 2001:db8::8a2e:370:7334 refused", "from - refused"),
        ("Not Found: /ru/prisoners/ivanov/", "Not Found: /ru/prisoners/ivanov/"),
        ("2026-01-02 03:04:05,678 INFO", "2026-01-02 03:04:05,678 INFO"),
        ('File "memorial/base/page.py", line 12, in get', 'File "memorial/base/page.py", line 12, in get'),
    ],
)
def test_queries_and_addresses_are_dropped_and_the_rest_is_kept(written: str, kept: str) -> None:
    assert without_traces(written) == kept


def test_a_traceback_loses_them_too() -> None:
    try:
        raise ValueError("GET /ru/search/?q=secret-word from 198.51.100.23")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "failed for %s", ("/?a=secret-word",), None)
        record.exc_info = (type(error), error, error.__traceback__)
    line = NoTraceFormatter("{message}", style="{").format(record)
    assert "ValueError: GET /ru/search/-" in line
    assert "secret-word" not in line
    assert "198.51" not in line
