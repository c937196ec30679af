"""How cases hang together, in words from either side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.utils.translation import pgettext_lazy

from cases.choices import CaseLinkKind
from cases.models import Case
from memorial.base.partial_date import PartialDate
from prisoners.display.words import capital, date_words

_TO_THIS_CASE: Final = {
    CaseLinkKind.JOINED_INTO: pgettext_lazy("case_link", "joined into this case"),
    CaseLinkKind.SEVERED_FROM: pgettext_lazy("case_link", "severed from this case"),
    CaseLinkKind.LED_TO: pgettext_lazy("case_link", "grew out of"),
}


class LinkedCase(NamedTuple):
    """Another published case, and how the two hang together."""

    words: str
    case: Case
    on: PartialDate | None

    @property
    def when(self) -> str:
        return date_words(self.on) if self.on else ""


def linked_cases(case: Case) -> Iterator[LinkedCase]:
    """«Выделено из», «выделено из этого дела»: the cases that this one hangs together with, each with its words."""
    for link in case.links.all():
        yield _linked(str(CaseLinkKind(link.kind).label), link.other, link.on)
    for link in case.links_from_others.all():
        yield _linked(str(_TO_THIS_CASE[CaseLinkKind(link.kind)]), link.case, link.on)


def _linked(words: str, case: Case, on: object) -> LinkedCase:
    return LinkedCase(capital(words), case, on if isinstance(on, PartialDate) else None)
