"""Where a person is held, as far as readers may know: an institution, a region, or why neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from prisoners.choices import Regime, StayPublic, StayReason
from prisoners.display.words import Gendered, capital, date_words, since_words
from prisoners.models import Prisoner, Region, Stay

_REASONS: Final[dict[str, Gendered]] = {
    StayReason.CAPTURED: Gendered(
        pgettext_lazy("stay_reason feminine", "captured"),
        pgettext_lazy("stay_reason masculine", "captured"),
        StayReason.CAPTURED.label,
    ),
    StayReason.SEIZED: Gendered(
        pgettext_lazy("stay_reason feminine", "seized"),
        pgettext_lazy("stay_reason masculine", "seized"),
        StayReason.SEIZED.label,
    ),
    StayReason.POLICE_DETENTION: Gendered(
        pgettext_lazy("stay_reason feminine", "detention by police"),
        pgettext_lazy("stay_reason masculine", "detention by police"),
        StayReason.POLICE_DETENTION.label,
    ),
}


@dataclass(frozen=True)
class ShownPlace:
    """A place in words, the address of its page if it has one, and what the words leave out."""

    words: ShownText
    url: str = ""
    remark: str = ""


@dataclass(frozen=True)
class ShownStay:
    """A stay as a line of the list of places: when, where, why, in which regime."""

    stay: Stay
    place: ShownPlace
    when: str
    details: str
    is_now: bool
    note: ShownText

    @property
    def moment(self) -> str:
        """The first day for machines, only as precise as it is known."""
        began = self.stay.began
        return began.text if began and not began.qualifier else ""


def current_stays(person: Prisoner, on: date) -> list[Stay]:
    """Stays that go on, the main one first and temporary ones after it; as `with_liberty` picks it."""
    going_on = [stay for stay in person.stays.all() if _goes_on(stay, on)]
    newest = sorted(going_on, key=lambda stay: (_began(stay), stay.pk), reverse=True)
    return sorted(newest, key=lambda stay: stay.temporary)


def stay_place(person: Prisoner, stay: Stay) -> ShownPlace:
    """The place of a stay for readers: never the name of an institution that is not published.

    Of a person shown by initials the region at most, whatever the stay allows.
    """
    if stay.reason == StayReason.HOUSE_ARREST:
        return _plain(_("at home: the address is never published"))
    facility = stay.facility
    if stay.public == StayPublic.YES and facility is not None and facility.is_published:
        if not person.initials_only:
            return ShownPlace(shown_text(facility, "name"), facility.get_absolute_url())
        region = stay.region or facility.region
        return _only_region(region) if region else _plain(_("the place is not published"))
    if stay.public != StayPublic.NO and stay.region is not None:
        return _only_region(stay.region)
    # Readers' role does not even see an institution that is not published: only its number is left.
    if stay.public == StayPublic.YES and stay.facility_id is None:
        return _plain(pgettext("institution_kind", "place unknown"))
    return _plain(_("the place is not published"))


def shown_stays(person: Prisoner) -> list[ShownStay]:
    """The stays that readers may see, in order of time; of one that is not public nothing is told."""
    stays = [stay for stay in person.stays.all() if stay.public != StayPublic.NO]
    ordered = sorted(stays, key=lambda stay: (_began(stay), stay.pk))
    return [
        ShownStay(
            stay,
            stay_place(person, stay),
            _when(stay),
            _details(person, stay),
            stay.ongoing,
            shown_text(stay, "note"),
        )
        for stay in ordered
    ]


def _plain(words: str) -> ShownPlace:
    return ShownPlace(ShownText(words, current_language()))


def _only_region(region: Region) -> ShownPlace:
    """A region, and that it is all we tell: «Северореченск» alone would read as the place itself."""
    words = ShownText(str(region.shown_name), current_language())
    return ShownPlace(words, region.get_absolute_url(), _("the place is not published"))


def _goes_on(stay: Stay, on: date) -> bool:
    begun = stay.began is None or stay.began.earliest is None or stay.began.earliest <= on
    over = stay.ended is None or stay.ended.earliest is None or stay.ended.earliest <= on
    return begun and (stay.ongoing or not over)


def _began(stay: Stay) -> date:
    known = (stay.began.earliest or stay.began.latest) if stay.began else None
    return known or date.min


def _when(stay: Stay) -> str:
    began = date_words(stay.began) if stay.began else ""
    if stay.ongoing:
        since = since_words(stay.began)
        return _("since %(date)s, until now") % {"date": since} if since else _("until now")
    if stay.ended:
        ended = date_words(stay.ended)
        return f"{began} — {ended}" if began else _("until %(date)s") % {"date": ended}
    if began:
        return _("%(date)s; until when is not known") % {"date": began}
    return _("when is not known")


def _details(person: Prisoner, stay: Stay) -> str:
    reason = _REASONS.get(stay.reason)
    parts = [capital(reason.of(person.gender) if reason else str(StayReason(stay.reason).label))]
    if stay.regime and stay.regime != Regime.UNKNOWN:
        parts.append(str(Regime(stay.regime).label))
    if stay.temporary:
        parts.append(pgettext("stay", "temporarily"))
    return ", ".join(parts)
