"""Names of months as they are typed and as they are shown, in Russian and English."""

from __future__ import annotations

from functools import cache
from typing import Literal

from babel.dates import get_month_names

LANGUAGES = ("ru", "en")
_TYPED_TOO = {"сент": 9, "нояб": 11, "фев": 2, "мар": 3, "июн": 6, "июл": 7, "сен": 9, "ноя": 11, "sept": 9}


@cache
def month_name(month: int, language: str, case: str = "nominative", *, short: bool = False) -> str:
    """Return the name of a month: «март», genitive «марта», prepositional «марте»; "March".

    `case` is nominative, genitive or prepositional; English has one form. Babel knows the first
    two («stand-alone» and «format»).
    """
    width: Literal["abbreviated", "wide"] = "abbreviated" if short else "wide"
    if language == "ru" and case == "prepositional":
        nominative = month_name(month, language)
        return nominative.rstrip("йь") + "е"
    context: Literal["format", "stand-alone"] = "format" if case == "genitive" else "stand-alone"
    return str(get_month_names(width, context, language)[month])


def _typed_names() -> dict[str, int]:
    """Collect every form a month may be typed in, without its dot, in small letters."""
    names = dict(_TYPED_TOO)
    for language in LANGUAGES:
        for month in range(1, 13):
            for case in ("nominative", "genitive", "prepositional"):
                for short in (False, True):
                    name = month_name(month, language, case, short=short)
                    names[name.rstrip(".").casefold()] = month
    return names


MONTHS = _typed_names()
