"""The natural order of articles and parts, and the address of an article.

207.3 comes before 208, and 208 before 280.10: neither the order of texts nor that of decimal
fractions. The SQL function `memorial_article_key` is the same rule for stored columns.
"""

from __future__ import annotations

import re

_WIDTH = 4
_NUMBER = re.compile(r"\d+")
_HYPHEN = re.compile(r"-")


def article_order(number: str) -> str:
    """Return a text whose plain order is the natural order of articles or parts.

    Each number is padded to four digits: "207.3" becomes "0207.0003", so that it stands before
    "0208" and "0280.0010". The hyphen of Ukrainian articles (114-1) counts as a dot.
    """
    return _NUMBER.sub(lambda found: found.group().zfill(_WIDTH)[-_WIDTH:], _HYPHEN.sub(".", number))


def article_slug(code: str, number: str) -> str:
    """Return the address part of an article: "uk-rf-207.3"."""
    return f"{code}-{number}"
