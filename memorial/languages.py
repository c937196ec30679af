"""The languages of the site, in their order. The first is the one that every text is written in.

A text that a language lacks is shown in the others in this order, marked.
"""

from __future__ import annotations

from typing import Final

CODES: Final = ("ru", "en")
