"""Is it safe for me: what readers are told for each place and each way to give, on a day. It fails closed.

A cell says «do not pay» unless a text for donors holds today, a notice for this very cell holds today, and
the organisation's legal status lets anybody in that place give at all. Pages ask `SafetyTable` and nothing
else, so the rule stands here once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.choices import Level, Place
from donations.legal_status import LegalStatus
from donations.models import DonorNotice, PaymentMethod, SafetyNotice
from donations.signing.current import current_details
from donations.signing.details import MethodDetails
from memorial.base.shown_text import ShownText, shown_text

UNDER_RUSSIAN_LAW: Final = frozenset({Place.IN_RUSSIA, Place.SOMETIMES})
"""Where the legal status alone can forbid everything."""
FORBIDDEN: Final[Mapping[LegalStatus, Promise]] = {
    LegalStatus.UNDESIRABLE: _(
        "The organisation is declared “undesirable”: in Russia giving it money and"
        " passing its links on are prosecuted (Art. 284.1 of the Criminal Code)."
    ),
    LegalStatus.EXTREMIST: _(
        "The organisation is declared “extremist”: in Russia giving it money and"
        " passing its links on are prosecuted (Art. 282.3 of the Criminal Code)."
    ),
    LegalStatus.TERRORIST: _(
        "The organisation is declared “terrorist”: in Russia giving it money and"
        " passing its links on are prosecuted (Art. 205.1 of the Criminal Code)."
    ),
}
NOT_CHECKED: Final = _("The advice is being checked.")
SHAPES: Final = {Level.NO: "nope", Level.CAUTION: "mind", Level.SUITABLE: "ok"}


@dataclass(frozen=True)
class Cell:
    """What is told to somebody in a place of one way to give; of telling others, where `method` is None.

    `refusal` says why it is «do not pay» although no notice says so. `details` are those of the signed set.
    """

    place: Place
    method: PaymentMethod | None
    notice: SafetyNotice | None = None
    refusal: str | Promise = ""
    details: MethodDetails | None = None

    @property
    def level(self) -> Level:
        """The word itself: that of the notice, or «do not pay»."""
        return Level(self.notice.level) if self.notice and not self.refusal else Level.NO

    @property
    def shape(self) -> str:
        """The sign beside the word."""
        return SHAPES[self.level]

    @property
    def words(self) -> str | Promise:
        """The word as readers see it."""
        if self.method is None and self.level == Level.NO:
            return _("Do not pass it on")
        return self.level.label

    @property
    def why(self) -> str | ShownText:
        """Why, in a few words; empty where nothing is to be said."""
        if self.refusal:
            return str(self.refusal)
        return shown_text(self.notice, "reason") if self.notice else ""

    @property
    def place_name(self) -> str | Promise:
        return self.place.label

    @property
    def may_pay(self) -> bool:
        """Whether somebody in this place may be led towards a payment. Never where it is «do not pay»."""
        return self.method is not None and self.level != Level.NO

    @property
    def way_out(self) -> MethodDetails | None:
        """The account or the link, for this page alone; None where it is forbidden or not signed."""
        return self.details if self.may_pay else None

    @property
    def notice_shown(self) -> SafetyNotice | None:
        """The notice whose days are told; None where something else forbids."""
        return None if self.refusal else self.notice


class SafetyTable:
    """Places × ways to give on a day. Five queries at most, whatever there is."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.status = LegalStatus(settings.LEGAL_STATUS)
        self.donor_notice = DonorNotice.objects.published().valid(on).first()
        self.methods = list(PaymentMethod.objects.published().for_list())

    @cached_property
    def _notices(self) -> Mapping[tuple[str, int | None], SafetyNotice]:
        valid = SafetyNotice.objects.published().valid(self.on)
        return {(notice.place, notice.method_id): notice for notice in valid}

    @cached_property
    def _details(self) -> Mapping[str, MethodDetails]:
        return current_details(self.on)

    def cell(self, place: Place, method: PaymentMethod | None) -> Cell:
        """One cell, without account or link: what a table may hold."""
        notice = self._notices.get((place, method.pk if method else None))
        return Cell(place, method, notice, self._refusal(place, notice))

    def way(self, place: Place, method: PaymentMethod) -> Cell:
        """One cell with what the signed set says of the way, for whoever chose place and way."""
        cell = self.cell(place, method)
        return Cell(place, method, cell.notice, cell.refusal, self._details.get(method.slug))

    @property
    def rows(self) -> list[tuple[PaymentMethod | None, list[Cell]]]:
        """Each way with its cells in the order of places; telling others is the last row."""
        return [(each, [self.cell(place, each) for place in Place]) for each in (*self.methods, None)]

    def ways(self, place: Place) -> list[Cell]:
        """All ways for one place."""
        return [self.way(place, method) for method in self.methods]

    @cached_property
    def _shown(self) -> list[SafetyNotice]:
        cells = [cell for _method, cells in self.rows for cell in cells]
        return [cell.notice_shown for cell in cells if cell.notice_shown is not None]

    @property
    def checked_on(self) -> date | None:
        """The oldest lawyer's check behind the table; None where no notice holds."""
        return min((notice.checked_on for notice in self._shown), default=None)

    @property
    def valid_until(self) -> date | None:
        """The last day on which every word of the table still holds."""
        return min((notice.valid_until for notice in self._shown), default=None)

    def _refusal(self, place: Place, notice: SafetyNotice | None) -> str | Promise:
        if place in UNDER_RUSSIAN_LAW and self.status in FORBIDDEN:
            return FORBIDDEN[self.status]
        return "" if self.donor_notice and notice else NOT_CHECKED
