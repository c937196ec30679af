"""People of a list as a page shows them: cards or rows of a table, rendered once while nothing public changes.

What a card says depends on the person, the language, its look, the civil date and the published
data, and on nothing else: these are its key (`memorial.base.kept_pieces`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from django.db import connection
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from memorial.base.content_version import content_version
from memorial.base.kept_pieces import KeptPieces, Moment
from memorial.base.localized import current_language
from memorial.base.models import ContentVersion
from memorial.base.stored_queries import IsOneOf, StoredQuery, StoredStatement
from prisoners.belongings import published_cards
from prisoners.models import Prisoner
from prisoners.told import cards_of

MOST_CARDS_KEPT: Final = 5_000
"""In each process: some 15 MB."""
_cards = KeptPieces(MOST_CARDS_KEPT)


class Look(NamedTuple):
    """How people are shown; `by_update` where the list is in the order of the latest events, which it names."""

    is_table: bool = False
    by_update: bool = False

    @property
    def template(self) -> str:
        return "prisoners/_prisoner_row.html" if self.is_table else "prisoners/_prisoner_card.html"


def shown_cards(numbers: Sequence[int], on: date, look: Look) -> list[SafeString]:
    """Those of the people with these numbers who are published, in that order, rendered for a list on a day.

    In a transaction nothing is kept: what it has changed itself no version tells.
    """

    def make(missing: Sequence[int]) -> dict[int, SafeString]:
        return _rendered(missing, on, look)

    if connection.in_atomic_block:
        made = make(numbers)
        return [made[number] for number in numbers if number in made]
    return _cards.get((current_language(), look), numbers, _moment(numbers, on), make)


def forget_cards() -> None:
    """Makes the next list render its cards anew; for measuring."""
    _cards.forget()


def _moment(numbers: Sequence[int], on: date) -> Moment:
    """Who of these is published now, and the version, the last change as the database has it this instant.

    The version that is read once a second stands beside it for its count, which tells of a
    transaction that took an earlier number and was committed later.
    """
    version = content_version()
    now = _now().ask({"people": numbers})
    last = now["last"][0].pk if now["last"] else 0
    return Moment((version, last, on), frozenset(person.pk for person in now["public"]))


@cache
def _now() -> StoredStatement:
    last = ContentVersion.objects.order_by("-id").only("id")[:1]
    public = Prisoner.objects.published().filter(IsOneOf("id", "people")).order_by().only("id")
    return StoredStatement({"last": StoredQuery(last), "public": StoredQuery(public)}, ["people"])


def _rendered(numbers: Sequence[int], on: date, look: Look) -> dict[int, SafeString]:
    template = get_template(look.template)
    said: dict[str, Any] = {"is_by_update": look.by_update, "unknown": _("not known")}
    return {
        # Engines return safe text; the stubs know of plain text alone.
        card.person.pk: SafeString(template.render(said | {"card": card}))
        for card in cards_of(published_cards(numbers, on), on)
    }
