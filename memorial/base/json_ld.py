"""Structured data for search engines, as it stands in a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

# Inside <script> the parser looks for the end of the element alone; these letters can make none.
_ESCAPED: Final = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class JsonLd:
    """Data for a block of `<script type="application/ld+json">`, which browsers do not run."""

    data: dict[str, Any]

    def __html__(self) -> str:
        """The data as JSON in which nothing can end the element; asked for by `format_html`."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
