"""JSON lines: machine-readable, and no reader, no name and no text of an exception in them."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from memorial import operation_environment
from memorial.errors import Misconfigured
from memorial.logs import JsonFormatter, formatter

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"time", "level", "logger", "message", "process", "role", "version"}


def line(record: logging.LogRecord) -> dict:
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_the_fields_and_nothing_else_of_a_record():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "f.py", 1, "Not Found: %s", ("/ru/x/?q=Ива",), None
    )
    record.request = "GET /ru/x/ from 203.0.113.9 by Firefox"
    record.somebody = "Иванов"
    told = line(record)
    assert set(told) == FIELDS
    assert told["message"] == "Not Found: /ru/x/-"
    assert told["level"] == "WARNING"
    assert told["time"].endswith("+00:00")


def test_an_exception_tells_type_and_place_and_never_its_text():
    try:
        json.loads("{secret-of-somebody")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "failed", (), sys.exc_info())
    told = line(record)
    assert told["exception"]["type"] == "JSONDecodeError"
    assert told["exception"]["where"][0].startswith("tests/operation/test_logs_json.py:")
    assert told["exception"]["where"][-1].startswith("json/decoder.py:")
    assert "secret-of-somebody" not in json.dumps(told)
    assert str(ROOT) not in json.dumps(told)


def test_the_word_of_the_environment(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "json")
    assert formatter() == {"()": "memorial.logs.JsonFormatter"}
    monkeypatch.setenv("LOG_FORMAT", "yaml")
    with pytest.raises(Misconfigured, match="plain or json"):
        operation_environment.log_format()


def test_gunicorn_and_django_write_through_the_same_formatter():
    code = (
        "import runpy, json, sys; sys.path.insert(0, '.');"
        "print(json.dumps(runpy.run_path('deploy/gunicorn.conf.py')['logconfig_dict']['formatters']))"
    )
    for word, name in (("json", "JsonFormatter"), ("", "NoTraceFormatter")):
        env = {**os.environ, "LOG_FORMAT": word}
        said = subprocess.run(
            [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, check=True
        )
        assert json.loads(said.stdout)["plain"]["()"] == f"memorial.logs.{name}"
