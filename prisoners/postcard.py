"""Postcards to a person: A6 cards on a sheet of A4, the address already on them. For evenings of letters."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from memorial.base.civil_date import civil_date
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page
from prisoners.display.people import PersonCard
from prisoners.letters import letter_address, with_places
from prisoners.models import Prisoner
from prisoners.moved_pages import MovedDetailView

CARDS_ON_A_SHEET: Final = 4
_LONG_ADDRESS, _VERY_LONG_ADDRESS = 190, 420


@method_decorator(public_page(), name="dispatch")
class PrisonerPostcardView(MovedDetailView):
    """Postcards to one person, or the honest reason why they cannot be sent.

    Nothing on a card names this site or the case: it is read by a censor and lies in a cell.
    """

    tail = "postcard/"
    template_name = "prisoners/prisoner_postcard.html"
    context_object_name = "person"

    def get_queryset(self) -> QuerySet[Prisoner]:
        people = Prisoner.objects.published().for_addresses().select_related("region", "death")
        return with_places(people.with_liberty(civil_date()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | postcard_context(self.object, civil_date())


def postcard_context(person: Prisoner, on: date) -> dict[str, Any]:
    """What the template of a sheet of postcards needs."""
    writing = letter_address(person, on)
    title = _("Postcards: %(name)s") % {"name": person.name.full}
    page = Page("prisoners:prisoner-postcard", {"slug": person.slug})
    return {
        "head": PageHead(title, _("A sheet to print and cut."), page, is_indexed=False),
        "card": PersonCard(person, on),
        "writing": writing,
        "size": card_size(writing.line) if writing.is_possible else "",  # type: ignore[union-attr]
        "cards": range(CARDS_ON_A_SHEET),
    }


def card_size(address: str) -> str:
    """How small the type of the address must be to stay on the card: a class of the style sheet."""
    if len(address) <= _LONG_ADDRESS:
        return ""
    return "cards4--long" if len(address) <= _VERY_LONG_ADDRESS else "cards4--longest"
