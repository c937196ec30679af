"""Where pages of the old site lead that were of no person: regions, articles of law, lists, the front page.

A kind of page is a function from the word of the vocabulary to a path without language, or None
where there is none.
"""

import re
from collections.abc import Callable
from typing import Final

from cases.models import Article
from cases.references import article_slug, read_references
from prisoners.choices import LegalCode
from prisoners.importers.errors import CellError
from prisoners.importers.words import Words

_ADDRESS_OF_ARTICLE: Final = re.compile(r"[a-z]+-[a-z]+-[0-9][0-9.-]*")
PageOf = Callable[[str, Words], str | None]


def _region(word: str, words: Words) -> str | None:
    try:
        return f"regions/{words.region(word).lower()}/"
    except CellError:
        return None


def _people(_word: str, _words: Words) -> str | None:
    return "prisoners/"


def _article(word: str, _words: Words) -> str | None:
    """The page of an article that the word names for certain: «ст. 207.3 УК РФ», or its own address, uk-rf-207.3.

    A word without the code of law leads nowhere, for codes share their numbers; the mapping may say the address.
    """
    slug = word.strip().casefold()
    if not _ADDRESS_OF_ARTICLE.fullmatch(slug):
        reading = read_references(word)
        named = {(found.reference.code, found.reference.article) for found in reading.found}
        if reading.not_understood or len(named) != 1:
            return None
        slug = article_slug(*named.pop())
    known = Article.objects.exclude(code=LegalCode.OTHER).filter(slug=slug)
    return f"articles/{slug}/" if known.exists() else None


KINDS_OF_PAGE: Final[dict[str, PageOf]] = {"people": _people, "region": _region, "article": _article}
