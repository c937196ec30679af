"""The public sources of a page, each once. A source shown without its origin is only what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from memorial.base.choices import SourceKind
from memorial.base.shown_text import ShownText, text_by_script
from prisoners.choices import StayPublic
from prisoners.display.words import capital, date_words
from prisoners.models import Citation, Facility, Prisoner


@dataclass(frozen=True)
class ShownSource:
    """A source as readers see it: its title with a link, and what else identifies it."""

    title: ShownText
    url: str
    archive_url: str
    publisher: ShownText
    published: str
    seen: str


def sources_of(person: Prisoner) -> list[ShownSource]:
    """The sources of everything that the page shows, in the order in which they were entered.

    Those of a stay whose institution is not shown stay away: a link may name the place. Of a
    person shown by initials only the kinds of sources are told: a title or a link names them.
    """
    return shown_sources(_citations(person), names_nobody=person.initials_only)


def sources_of_place(facility: Facility) -> list[ShownSource]:
    """The sources of what is said of an institution."""
    return shown_sources(facility.citations.all(), names_nobody=False)


def _citations(person: Prisoner) -> Iterator[Citation]:
    yield from person.citations.all()
    facts: list[Any] = [
        *person.custodies.all(),
        *(stay for stay in person.stays.all() if stay.public == StayPublic.YES),
        *person.ends_of_custody.all(),
        *person.recognitions.all(),
        *person.register_entries.all(),
    ]
    if (death := getattr(person, "death", None)) is not None:
        facts.append(death)
    for fact in facts:
        yield from fact.citations.all()


def shown_sources(citations: Iterable[Any], *, names_nobody: bool) -> list[ShownSource]:
    """Public sources of any app, each once, in the order in which they were entered."""
    in_order = sorted(citations, key=lambda citation: citation.pk)
    return list(dict.fromkeys(_shown(citation, names_nobody=names_nobody) for citation in in_order))


def _shown(citation: Any, *, names_nobody: bool) -> ShownSource:
    kind = capital(str(SourceKind(citation.kind).label))
    if citation.without_origin or names_nobody:
        return ShownSource(text_by_script(kind), "", "", text_by_script(""), "", "")
    return ShownSource(
        title=text_by_script(citation.title or citation.publisher or kind),
        url=citation.url,
        archive_url=citation.archive_url,
        publisher=text_by_script(citation.publisher if citation.title else ""),
        published=date_words(citation.published_on, "numeric") if citation.published_on else "",
        seen=date_words(citation.accessed_on, "numeric") if citation.accessed_on else "",
    )
