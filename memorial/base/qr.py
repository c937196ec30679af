"""QR codes as a drawing inside the page: nothing is asked of another host, and any size is sharp."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET_ZONE = 4
"""White modules on every side, as ISO/IEC 18004 asks; a reader fails without them."""
MOST_CHARACTERS = 500
"""Beyond this a printed code is too fine for an old telephone."""


@dataclass(frozen=True)
class QrCode:
    """A QR code for an SVG: one path in units of modules, `side` modules wide with its quiet zone."""

    content: str
    side: int
    path: str

    @property
    def view_box(self) -> str:
        return f"0 0 {self.side} {self.side}"


def qr_code(content: str) -> QrCode:
    """The code of a text, readable with a seventh of it dirty. Raises ValueError for none or too long."""
    if not content or len(content) > MOST_CHARACTERS:
        raise ValueError(f"A QR code holds 1 to {MOST_CHARACTERS} characters here, not {len(content)}.")
    code = segno.make_qr(content, error="m", boost_error=True)
    rows = [bytes(row) for row in code.matrix]
    path = "".join(_row_path(number, row) for number, row in enumerate(rows))
    return QrCode(content, len(rows) + 2 * QUIET_ZONE, path)


def _row_path(number: int, row: bytes) -> str:
    """Dark runs of a row as rectangles: strokes would be blurred by some printers' hairlines."""
    path, x = [], QUIET_ZONE
    for is_dark, modules in groupby(row):
        width = len(list(modules))
        if is_dark:
            path.append(f"M{x} {number + QUIET_ZONE}h{width}v1h-{width}z")
        x += width
    return "".join(path)
