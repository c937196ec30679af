"""A person's name out of the title of a post: «ГОРИНЦЕВ Иван Петрович, 1987 г. р.»"""

import re
from collections.abc import Iterable
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_YEAR = re.compile(
    r"\s*[,(–—-]?\s*\(?\s*(?:род(?:ился|илась|\.)?\s*)?(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d{2}"
    r"\s*(?:г(?:од[ау]?)?\.?\s*(?:р(?:ожд(?:ения|\.)?)?\.?)?)?\s*\)?\s*$",
    re.IGNORECASE,
)
_ALL_CAPITALS = re.compile(r"\b[А-ЯЁA-Z]{2}[А-ЯЁA-Z’'ʼ-]*[А-ЯЁA-Z]\b|\b[А-ЯЁA-Z]{2}\b")


def name_of_title(title: str, without: Iterable[re.Pattern[str]] = ()) -> str:
    """The name that a title holds, on one line, words in capitals written as names are."""
    text = _INVISIBLE.sub("", _TAG.sub(" ", unescape(unescape(title))))
    text = " ".join(text.split())
    for pattern in without:
        text = " ".join(pattern.sub("", text).split())
    text = _YEAR.sub("", text).strip(" ,.;–—|/")
    return _ALL_CAPITALS.sub(lambda found: _as_a_name(found[0]), text)


def _as_a_name(word: str) -> str:
    """«ГОРИНЦЕВА-ВЕТРОВА» as «Горинцева-Ветрова»."""
    return "".join(part.capitalize() for part in re.split(r"([-’'ʼ])", word))
