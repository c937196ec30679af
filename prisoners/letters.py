"""Writing to a person: the envelope with all that must be said of it, or the reason why there is none.

The one place that decides whether a person can be written to; page, poster, postcards and the
exactness of a birth date ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.localized import current_language
from memorial.base.romanisation import romanise
from memorial.base.shown_text import shown_text
from memorial.base.typography import NBSP, typeset
from prisoners.choices import InstitutionKind, LibertyStatus, StayPublic, StayReason
from prisoners.display.liberty import liberty_of
from prisoners.display.places import current_stays
from prisoners.display.postal_index import PostalIndex, postal_index
from prisoners.display.words import date_words
from prisoners.models import Facility, Prisoner, Stay
from prisoners.names import name_in
from prisoners.querysets import PrisonerQuerySet

OF_AGE: Final = 18
ADDRESS_GROWS_OLD: Final = timedelta(days=183)
_INVESTIGATOR_READS: Final = frozenset(
    {InstitutionKind.SIZO, InstitutionKind.FSB_SIZO, InstitutionKind.PFRSI, InstitutionKind.IVS}
)
_AT_LARGE: Final = {
    LibertyStatus.DIED: gettext_lazy("The person has died: letters can no longer be delivered."),
    LibertyStatus.AT_LIBERTY: gettext_lazy("The person is at liberty. We never publish home addresses."),
    LibertyStatus.BEYOND_REACH: gettext_lazy("The person is beyond reach. We do not publish where."),
    LibertyStatus.SENT_TO_WAR: gettext_lazy(
        "The person was sent to the war. We never publish the address of a military unit."
    ),
}

_IN_THE_NOMINATIVE: Final = gettext_lazy(
    "On an envelope the name stands in the dative; here it is in the nominative, because the form "
    "has not been checked against the prison's papers yet."
)


class Phrase(NamedTuple):
    """A Russian sentence to copy out, and what it means."""

    russian: str
    meaning: str | Promise

    @property
    def sound(self) -> str:
        """How it sounds, in Latin letters."""
        return romanise(self.russian)


PHRASES: Final = (
    Phrase("Здравствуйте!", gettext_lazy("Hello!")),
    Phrase("Меня зовут …", gettext_lazy("My name is …")),
    Phrase("Мы не знакомы, но я думаю о вас.", gettext_lazy("We have never met, but I am thinking of you.")),
    Phrase("Вы не одни.", gettext_lazy("You are not alone.")),
    Phrase("Желаю вам здоровья и сил.", gettext_lazy("I wish you health and strength.")),
    Phrase("С днём рождения!", gettext_lazy("Happy birthday!")),
    Phrase("С Новым годом!", gettext_lazy("Happy New Year!")),
    Phrase(
        "У нас сейчас весна (лето, осень, зима).", gettext_lazy("It is spring (summer, autumn, winter) here.")
    ),
    Phrase("У меня есть кошка (собака).", gettext_lazy("I have a cat (a dog).")),
    Phrase("Я люблю читать (готовить, гулять).", gettext_lazy("I like reading (cooking, walking).")),
    Phrase("Какую книгу вы сейчас читаете?", gettext_lazy("What book are you reading now?")),
    Phrase("Какая у вас погода?", gettext_lazy("What is the weather like where you are?")),
    Phrase(
        "Буду рад письму от вас.", gettext_lazy("I would be glad to have a letter from you (a man writes).")
    ),
    Phrase(
        "Буду рада письму от вас.",
        gettext_lazy("I would be glad to have a letter from you (a woman writes)."),
    ),
    Phrase("Всего вам доброго!", gettext_lazy("All the best to you!")),
)
"""For those who have no Russian: other letters are often not delivered. None tells where one lives."""


@dataclass(frozen=True)
class NoAddress:
    """There is no address for letters, and why."""

    why_not: str
    is_possible: bool = field(default=False, init=False)


@dataclass(frozen=True)
class LetterAddress:
    """An envelope: who to, where to (Russian, index last), and what is to be known before it is sent."""

    addressee: str
    destination: str
    facility: Facility
    certainty: str
    notes: tuple[str, ...]
    checked: str
    from_abroad_harmful: bool
    is_possible: bool = field(default=True, init=False)

    @property
    def line(self) -> str:
        """The whole address on one line, its spaces plain: forms of e-letters refuse others."""
        return f"{self.addressee}, {self.destination}".replace(NBSP, " ")

    @property
    def index(self) -> PostalIndex:
        return postal_index(self.facility.postal_index)

    @property
    def has_rules(self) -> bool:
        """Whether the institution has rules of its own, in any language."""
        return bool(shown_text(self.facility, "rules"))

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Simple Russian sentences for readers of the other language, unless abroad must not be felt."""
        return () if self.from_abroad_harmful or current_language() == "ru" else PHRASES


Writing = LetterAddress | NoAddress
"""What there is to say of writing to a person."""


def letter_address(person: Prisoner, on: date) -> Writing:
    """The envelope of a person on a day, or why there is none. Reads what `with_places()` has loaded."""
    stay = next(iter(current_stays(person, on)), None)
    why_not = _own_obstacle(person, on) or _stay_obstacle(person, stay) or _name_obstacle(person)
    facility = stay.facility if stay else None
    if why_not := why_not or _facility_obstacle(facility):
        return NoAddress(why_not)
    assert facility is not None  # `_facility_obstacle` has found one  # noqa: S101
    return LetterAddress(
        addressee=typeset(_addressee(person), "ru"),
        destination=typeset(facility.address_line, "ru"),
        facility=facility,
        certainty=_certainty(facility),
        notes=tuple(_notes(person, facility)),
        checked=_checked(facility, on),
        from_abroad_harmful=person.letters_from_abroad_harmful,
    )


def with_places(people: PrisonerQuerySet) -> PrisonerQuerySet:
    """People with the stays and institutions that an envelope is made of."""
    stays = Stay.objects.select_related("facility__region", "region")
    return people.prefetch_related(Prefetch("stays", queryset=stays))


def may_be_minor(person: Prisoner, on: date) -> bool:
    """Whether the person may be under 18 on that day, by the youngest age that the birth date allows."""
    born = (person.born.latest or person.born.earliest) if person.born else None
    return born is not None and on < _birthday(born, OF_AGE)


def _birthday(born: date, years: int) -> date:
    """The day of an age; of those born on 29 February, 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _own_obstacle(person: Prisoner, on: date) -> str:
    """What in the person stands in the way; initials come first, because they say least."""
    liberty = LibertyStatus(liberty_of(person))
    if liberty in _AT_LARGE:
        return str(_AT_LARGE[liberty])
    if person.initials_only:
        return _("There is no address for letters on this page, and there will be none.")
    if may_be_minor(person, on):
        return _("We publish no address for letters to people under eighteen.")
    if liberty == LibertyStatus.HOUSE_ARREST:
        return _("Under house arrest letters are usually forbidden, and we never publish a home address.")
    return ""


def _stay_obstacle(person: Prisoner, stay: Stay | None) -> str:
    """What in the place stands in the way; of one that is not public, not even that it is a transfer."""
    if stay is not None and stay.public != StayPublic.NO and stay.reason == StayReason.TRANSIT:
        return _(
            "The person is being moved from one institution to another, and letters would not arrive. "
            "The address will stand here as soon as we know the new place."
        )
    if stay is None or (stay.public == StayPublic.YES and stay.facility_id is None):
        return _("There is no address for letters: we do not know where the person is.")
    if stay.public != StayPublic.YES:
        return _("We do not publish where the person is held, so there is no address for letters.")
    return ""


def _name_obstacle(person: Prisoner) -> str:
    name = name_in(person, "ru")
    if name.described_as:
        return _("Letters cannot be delivered: the person's name is not known yet.")
    if name.language != "ru" and not person.envelope_name_confirmed:
        return _("We do not know how the name is written in Russian, which an envelope needs.")
    return ""


def _facility_obstacle(facility: Facility | None) -> str:
    if facility is None or not facility.is_published:
        return _(
            "There is no address for letters to this place: it is unofficial, or we have not checked it."
        )
    if facility.accepts_letters == Facility.Letters.NO:
        return _("This institution does not accept letters.")
    if not facility.has_address:
        return _("We do not know the postal address of this institution yet.")
    return ""


def _addressee(person: Prisoner) -> str:
    """Name and year of birth. No program puts a name into the dative: on some it errs, and letters return."""
    confirmed = person.name_for_envelope if person.envelope_name_confirmed else ""
    name = confirmed or name_in(person, "ru").full
    born = person.born
    return f"{name}, {born.year}{NBSP}г.{NBSP}р." if born and not born.qualifier else name


def _certainty(facility: Facility) -> str:
    if facility.in_occupied_territory:
        return _("This place is in occupied territory: letters often do not arrive.")
    said: dict[str, str] = {
        Facility.Letters.YES: _("Letters usually arrive, though not always."),
        Facility.Letters.UNCERTAIN: _("Letters to this place often do not arrive."),
    }
    return said.get(facility.accepts_letters) or _("We do not know whether letters arrive at this place.")


def _notes(person: Prisoner, facility: Facility) -> list[str]:
    """What this very envelope needs: the form of the name, the year of birth, who reads it first."""
    found = []
    if not (person.envelope_name_confirmed and person.name_for_envelope):
        found.append(str(_IN_THE_NOMINATIVE))
    if not person.born or person.born.qualifier:
        found.append(_("The year of birth is not known to us; without it a letter may come back."))
    if facility.kind in _INVESTIGATOR_READS or liberty_of(person) == LibertyStatus.PRETRIAL_DETENTION:
        found.append(_("Before the verdict the investigator may hold letters back."))
    return found


def _checked(facility: Facility, on: date) -> str:
    """When somebody last checked the address of the institution, once for all its people."""
    checked = facility.address_checked_on
    if checked is None:
        return _("Nobody has checked this address yet: it may be out of date.")
    words = _("The address was checked on %(date)s.") % {"date": date_words(checked)}
    if on - checked > ADDRESS_GROWS_OLD:
        old = _("That is more than half a year ago: it may have changed.")
        return f"{words} {old}"
    return words
