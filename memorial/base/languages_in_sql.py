"""Columns of translated fields in our SQL, for as many languages as the site has.

A function that copies a text names its Russian and its English column side by side, `NEW.reason_ru, NEW.reason_en`.
In the database it names one column for each language: a further language is carried along by every function
that carries these two, and none of them is written anew.
"""

from __future__ import annotations

import re
from typing import Final

from memorial.base.localized import LANGUAGES

_PAIR: Final = re.compile(r"\b((?:\w+\.)?\w+)_ru,(\s+)\1_en\b")


def in_every_language(sql: str) -> str:
    """The same SQL with `x_ru, x_en` as `x_ru, x_en, x_uk` where the site has Ukrainian."""
    return _PAIR.sub(lambda pair: f",{pair[2]}".join(f"{pair[1]}_{code}" for code in LANGUAGES), sql)
