"""How much of the encyclopaedia is in English: one line for readers, from what they see themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q

from memorial.base.content_version import content_version
from memorial.base.localized import in_language
from memorial.translating.catalogue import ORIGINAL
from prisoners.models import Prisoner

_LONG = ("what_happened", "why_political")


@dataclass(frozen=True)
class InLanguage:
    """Of published people: whole per cents, rounded down, so that a hundred means every one.

    `names` of all people; `summaries` and `texts` of those whose page has such a text in Russian.
    """

    names: int
    summaries: int
    texts: int


def in_english(language: str = "en") -> InLanguage | None:
    """The three shares now; None where nobody is published. Counted anew when something public has changed."""
    return _counted(language, content_version())


@lru_cache(maxsize=4)
def _counted(language: str, _version: str) -> InLanguage | None:
    def said(*fields: str, code: str) -> Q:
        nothing = Q(**{in_language(field, code): "" for field in fields})
        return ~nothing

    def both(*fields: str) -> Q:
        written = said(*fields, code=ORIGINAL)
        for field in fields:
            # Each text that there is in Russian is there in the other language too.
            written &= Q(**{in_language(field, ORIGINAL): ""}) | ~Q(**{in_language(field, language): ""})
        return written

    def count(condition: Q) -> Count:
        return Count("pk", filter=condition)

    found = Prisoner.objects.published().aggregate(
        people=Count("pk"),
        names=count(said("surname", "given_names", "described_as", code=language)),
        summaries=count(both("summary")),
        all_summaries=count(said("summary", code=ORIGINAL)),
        texts=count(both(*_LONG)),
        all_texts=count(said(*_LONG, code=ORIGINAL)),
    )
    if not found["people"]:
        return None
    return InLanguage(
        _share(found["names"], found["people"]),
        _share(found["summaries"], found["all_summaries"]),
        _share(found["texts"], found["all_texts"]),
    )


def _share(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 100
