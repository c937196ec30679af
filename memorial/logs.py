"""Keeps readers out of the logs: no address, no browser, nothing of what they searched for."""

from __future__ import annotations

import json
import logging
import os
import re
import tomllib
import traceback
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final

# From the question mark to the next blank or quote: what somebody searched for.
_QUERY: Final = re.compile(r"\?[^\s'\"]*")
_ADDRESS_4: Final = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b")
_ADDRESS_6: Final = re.compile(
    r"(?<![\w:])(?=[0-9a-f]*:)(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE
)
# gunicorn repeats the line or header that it could not read, whatever stood in it.
_MALFORMED: Final = re.compile(r"(?<=Invalid request from )ip=.*", re.DOTALL)
_PROGRAM: Final = Path(__file__).resolve().parent.parent
_MOST_FRAMES: Final = 8


def without_traces(text: str) -> str:
    """The text without query strings, network addresses and malformed requests."""
    for pattern in (_MALFORMED, _QUERY, _ADDRESS_4, _ADDRESS_6):
        text = pattern.sub("-", text)
    return text


class NoTraceFormatter(logging.Formatter):
    """Formats a record, traceback included, and takes readers' traces out of the result."""

    def format(self, record: logging.LogRecord) -> str:
        """The line that is written."""
        return without_traces(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, without readers' traces: LOG_FORMAT=json.

    Of an exception only its type and where it came from, never its text: a database repeats in it what
    somebody typed. Nothing else of a record is written, whatever was given to it as `extra`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line that is written."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_traces(record.getMessage()),
            "process": record.process,
            "role": os.environ.get("SITE_ROLE", ""),
            "version": program_version(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            said["exception"] = {
                "type": record.exc_info[0].__name__,
                "where": _frames_of(record.exc_info[2]),
            }
        return json.dumps(said, ensure_ascii=False)


def _frames_of(frames: TracebackType | None) -> list[str]:
    """«prisoners/views.py:12 get», the innermost last: the last of them all, and those of the program before it."""
    found = traceback.extract_tb(frames)
    ours = [frame for frame in found[:-1] if _PROGRAM in Path(frame.filename).parents]
    return [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in [*ours[-_MOST_FRAMES:], *found[-1:]]
    ]


def _short(file: str) -> str:
    """Below the program's folder its path, elsewhere the last two parts: no machine's folders in a log."""
    path = Path(file)
    return str(path.relative_to(_PROGRAM) if _PROGRAM in path.parents else Path(*path.parts[-2:]))


@cache
def program_version() -> str:
    """What runs here: RELEASE, which whoever builds an image may set, or the version of the project."""
    if release := os.environ.get("RELEASE", "").strip():
        return release
    return str(tomllib.loads((_PROGRAM / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def formatter() -> dict[str, str]:
    """The entry of a logging configuration, for Django and for gunicorn, as LOG_FORMAT says."""
    if os.environ.get("LOG_FORMAT", "").strip() == "json":
        return {"()": "memorial.logs.JsonFormatter"}
    return {
        "()": "memorial.logs.NoTraceFormatter",
        "format": "{asctime} {levelname} {name}: {message}",
        "style": "{",
    }
