"""Keeps readers out of the logs: no address, no browser, nothing of what they searched for."""

from __future__ import annotations

import logging
import re
from typing import Final

# From the question mark to the next blank or quote: what somebody searched for.
_QUERY: Final = re.compile(r"\?[^\s'\"]*")
_ADDRESS_4: Final = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b")
_ADDRESS_6: Final = re.compile(
    r"(?<![\w:])(?=[0-9a-f]*:)(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE
)
# gunicorn repeats the line or header that it could not read, whatever stood in it.
_MALFORMED: Final = re.compile(r"(?<=Invalid request from )ip=.*", re.DOTALL)


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
