"""The pages on letters: the guide, the pack, its postcards."""

from __future__ import annotations

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.public_pages import public_page
from memorial.letters.pack import ADDRESSES, LetterPack
from memorial.letters.pages import letters_page, pack_page, postcards_page
from memorial.letters.whom import suggested
from prisoners.display.postal_index import postal_index
from prisoners.letters import PHRASES
from prisoners.postcard import CARDS_ON_A_SHEET, card_size

SAMPLE_INDEX = "999014"
"""Of a place that does not exist."""


@method_decorator(public_page(), name="dispatch")
class LettersView(TemplateView):
    """How to write, what not to write, and five people of the day."""

    template_name = "letters/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _(
            "How to write to a political prisoner in Russia: safety first, the envelope, what not to write."
        )
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("How to write a letter"), said, letters_page()),
            "index": postal_index(SAMPLE_INDEX),
            "people": suggested(civil_date()),
            "phrases": () if current_language() == "ru" else PHRASES,
        }


class PackPage(TemplateView):
    """A page of the pack that the address asks for."""

    @property
    def pack(self) -> LetterPack:
        return LetterPack(self.request.GET, civil_date())


@method_decorator(public_page(), name="dispatch")
class LetterPackView(PackPage):
    """Up to twenty addresses with what is to be known of each, to print."""

    template_name = "letters/pack.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pack = self.pack
        head = PageHead(
            _("A pack for an evening of letters"),
            _("Addresses of political prisoners, to print, with what to know before writing."),
            pack_page(),
            pack.query(),
            is_indexed=False,
            kept_query=pack.query(),
        )
        return super().get_context_data(**kwargs) | {
            "head": head,
            "pack": pack,
            "most": ADDRESSES,
            "on": pack.on,
            "phrases": () if current_language() == "ru" else PHRASES,
        }


@method_decorator(public_page(), name="dispatch")
class PackPostcardsView(PackPage):
    """The addresses of a pack on postcards: four on a sheet of A4."""

    template_name = "letters/postcards.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pack = self.pack
        rows = pack.rows
        sheets = [rows[first : first + CARDS_ON_A_SHEET] for first in range(0, len(rows), CARDS_ON_A_SHEET)]
        head = PageHead(
            _("Postcards of a pack"),
            _("Sheets to print and cut."),
            postcards_page(),
            pack.query(),
            is_indexed=False,
            kept_query=pack.query(),
        )
        return super().get_context_data(**kwargs) | {
            "head": head,
            "pack": pack,
            "sheets": [
                (sheet, card_size(max((row.writing.line for row in sheet), key=len))) for sheet in sheets
            ],
        }
